from odoo import api, fields, models
from odoo.exceptions import RedirectWarning

from odoo.addons.chain_attendance_day.models.attendance_closed_mixin import (
    CONFIRMED,
    is_ticked,
)

OFFICERS = "hr_holidays.group_hr_holidays_user"


class AttendanceClosedFactMixin(models.AbstractModel):
    """What is filed about people: requests, and leave.

    Who may change what is filed of a person may count it in an open period; the person
    may not, unless the company lets everybody.

    It is named before the model that it is put into, so that saving and deleting pass
    here first.
    """

    _name = "attendance.closed.fact.mixin"
    _description = "What Is Filed about Closed Days"
    _inherit = ["attendance.closed.mixin"]

    closed_warning = fields.Text(
        string="Closed Period",
        compute="_compute_closed_warning",
        help="What becomes of it where a date lies in a closed period.",
    )

    def _compute_closed_warning(self):
        self.closed_warning = False
        for record in self:
            found = self._first_closed_of(record._closed_spans())
            if found:
                record.closed_warning = record._closed_fact(found)

    @api.model_create_multi
    def create(self, vals_list):
        confirmed = self._confirming(vals_list)
        records = super(AttendanceClosedFactMixin, confirmed).create(vals_list)
        records._check_counting()
        return records.with_env(self.env)

    def unlink(self):
        self._check_counting()
        return super().unlink()

    def _counting(self):
        """Those of these records that days are judged by."""
        return self

    def _check_counting(self):
        """Refuse what counts on closed days and was not confirmed."""
        filed = self._counting()
        filed._check_closed(filed._closed_spans())

    def _confirming(self, vals_list):
        """These records, with the tick of a form in the context.

        So that what saving calls by itself need not be ticked again.
        """
        is_said = bool(vals_list) and is_ticked(vals_list)
        return self.with_context(**{CONFIRMED: True}) if is_said else self

    @api.model
    def _first_closed_of(self, spans):
        return self.env["attendance.period"]._first_closed(spans)

    def _may_adjust_closed(self):
        # sudo() or not: it is the login who files that is looked at.
        people = self.employee_id.sudo(False)._origin
        if self.env.user.has_group(OFFICERS):
            return True
        # sudo: a switch of the company, for whoever files
        is_open = people.sudo().filtered("company_id.attendance_files_into_closed")
        others = people - is_open.sudo(False)
        return others._held_for_requests("edit") == others

    def _ask_closed(self, method):
        """Before a button changes closed days: say so, with the way to go on.

        :raise RedirectWarning: leads to a page that calls ``method`` again, confirmed.
        """
        found = self._first_closed_of(self._closed_spans())
        if not found or self._is_closed_allowed():
            return
        if not self._may_adjust_closed():
            self._check_closed(self._closed_spans())
        words = self._closed_fact(found)
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("Count as Adjustment"),
            "res_model": "attendance.closed.confirmation",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_model": self._name,
                "default_method": method,
                "default_numbers": ",".join(map(str, self.ids)),
                "default_words": words,
            },
        }
        raise RedirectWarning(words, action, self.env._("Go On"))
