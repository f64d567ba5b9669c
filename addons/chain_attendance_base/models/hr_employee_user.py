from odoo import api, models
from odoo.exceptions import AccessError


class HrEmployee(models.Model):
    """Which login is whose, and whose e-mail a login has.

    Scopes over oneself, the own department and the own stores follow a login's
    person, and a password is set anew by e-mail. So who may edit people within a
    scope may neither link logins nor take over the e-mail of one.
    """

    _inherit = "hr.employee"  # pylint: disable=consider-merging-classes-inherited

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self.browse()._check_attendance_user(vals, "create")
            self.browse()._check_attendance_email(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_attendance_user(vals, "edit")
        self._check_attendance_email(vals)
        return super().write(vals)

    def _check_attendance_user(self, vals, operation):
        """Refuse to link these people, or a new one, to another login or to none.

        :raise AccessError: unless the function is over everybody.
        """
        user = self.env.user
        names = {"user_id", "resource_id"} & vals.keys()
        if self.env.su or not names or user.has_group("base.group_erp_manager"):
            return
        if user._attendance_core_scope("employees", operation).is_true():
            return
        # sudo: compared only
        people, resources = self.sudo(), self.env["resource.resource"].sudo()
        wanted = {
            "user_id": vals.get("user_id"),
            "resource_id": resources.browse(vals.get("resource_id") or []).user_id.id,
        }
        held = {person.user_id.id for person in people} or {False}
        if any({wanted[name] or False} != held for name in names):
            raise AccessError(
                self.env._(
                    "Data scopes depend on which login a person has: with your roles "
                    "you cannot change it. Ask an administrator."
                )
            )

    def _check_attendance_email(self, vals):
        """Refuse who may not set a login to change the e-mail of that login.

        :raise AccessError: naming whose login it is.
        """
        user = self.env.user
        names = {"work_email", "work_contact_id"} & vals.keys()
        if self.env.su or not names or user.has_group("base.group_erp_manager"):
            return
        if user._is_hr_officer_without_roles():
            return
        # sudo: whose login a contact is, to hold it back
        everybody = self.sudo().with_context(active_test=False)
        contacts = everybody.env["res.partner"].browse(
            vals.get("work_contact_id") or []
        )
        for person in everybody:
            if any(
                vals[name]
                != person._fields[name].convert_to_write(person[name], person)
                for name in names
            ):
                contacts |= person.work_contact_id | person.user_id.partner_id
        wizard = self.env["attendance.login.wizard"]
        for login in contacts.user_ids - user.sudo():
            people = login.employee_ids
            if (
                len(wizard._within_scope(people.ids)) < len(people)
                or not (people or user._attendance_scope("settings", "edit").is_true())
                or wizard._target_problem(login, login.name)
            ):
                raise AccessError(
                    self.env._(
                        "By the e-mail of %s a login gets a new password: only who may "
                        "set that login changes the work e-mail or the contact.",
                        login.name,
                    )
                )


class ResourceResource(models.Model):
    """A person's login is stored here; it is held as the person's is."""

    _inherit = "resource.resource"

    def write(self, vals):
        if "user_id" in vals:
            # sudo: whose resource it is; what may be written is looked at as oneself
            people = self.sudo().with_context(active_test=False).employee_id
            for person in people.sudo(False):
                person._check_attendance_user({"user_id": vals["user_id"]}, "edit")
        return super().write(vals)
