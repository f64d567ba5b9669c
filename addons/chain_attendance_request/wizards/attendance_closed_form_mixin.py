from odoo import api, fields, models

from odoo.addons.chain_attendance_day.models.attendance_closed_mixin import CONFIRMED


class AttendanceClosedFormMixin(models.AbstractModel):
    """A form for several people: what lies in a closed period is confirmed for all."""

    _name = "attendance.closed.form.mixin"
    _description = "Form for Several People over Closed Days"

    is_adjustment_confirmed = fields.Boolean(
        string="Count as Adjustment",
        help="For all of them: the difference is counted in an open period.",
    )
    closed_warning = fields.Text(
        string="Closed Period", compute="_compute_closed_warning"
    )

    @api.depends("employee_ids", "date_from", "date_to")
    @api.depends_context("lang")
    def _compute_closed_warning(self):
        for page in self:
            page.closed_warning = page._closed_warning()

    def _closed_warning(self):
        """What becomes of it where a day of one of the people is closed."""
        people = self.employee_ids._origin
        if not people or not self.date_from:
            return False
        if people._held_for_requests("create") != people:
            return False
        last = self.date_to or self.date_from
        found = self.env["attendance.period"]._first_closed(
            [(person.id, self.date_from, last) for person in people]
        )
        return found and self.env["attendance.closed.mixin"]._closed_fact(found)

    def _as_confirmed(self):
        """The form, with its tick in the context of what it files."""
        if not self.is_adjustment_confirmed:
            return self
        return self.with_context(**{CONFIRMED: True})
