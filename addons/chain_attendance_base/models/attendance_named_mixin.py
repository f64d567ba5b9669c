from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain


class AttendanceNamedMixin(models.AbstractModel):
    """A place that names who is in charge of it; nobody names oneself.

    Scopes over the own stores follow from these names. Whoever may edit a place
    names others there; who names oneself would widen the own scope. Only who has
    the function over everybody may, and so may administrators.
    """

    _name = "attendance.named.mixin"
    _description = "Place That Names Who Is in Charge"

    # The fields that name employees, and those that name logins.
    _attendance_named_people = ("manager_id",)
    _attendance_named_users = ()

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._check_not_oneself("create")
        return records

    def write(self, vals):
        names = {*self._attendance_named_people, *self._attendance_named_users}
        if self.env.su or not names & vals.keys():
            return super().write(vals)
        before = self._naming_oneself()
        result = super().write(vals)
        self._check_not_oneself("edit", before)
        return result

    def _naming_oneself(self):
        """Those of these places that name the acting login."""
        user = self.env.user
        # sudo: who one is oneself
        people = self.env["hr.employee"].sudo()._search([("user_id", "=", user.id)])
        named = Domain.OR(
            Domain(name, "in", list(ids))
            for names, ids in (
                (self._attendance_named_people, people.get_result_ids()),
                (self._attendance_named_users, user.ids),
            )
            for name in names
        )
        # sudo: who is in charge is compared with oneself only
        return self.sudo().filtered_domain(named).sudo(False)

    def _check_not_oneself(self, operation, before=()):
        """Refuse who names oneself where ``before`` did not.

        :raise AccessError: naming the first such place.
        """
        if self.env.su or self._attendance_held(operation).is_true():
            return
        named = self._naming_oneself().filtered(lambda record: record not in before)
        if named:
            raise AccessError(
                self.env._(
                    "You cannot put yourself in charge of “%s”: your data scope would "
                    "grow by it. Ask an administrator.",
                    named[0].display_name,
                )
            )
