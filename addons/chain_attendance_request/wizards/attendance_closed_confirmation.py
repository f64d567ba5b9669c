from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.chain_attendance_day.models.attendance_closed_mixin import CONFIRMED

# The buttons that ask; anything else is called by nobody from here.
ASKING = {
    ("attendance.request", "action_submit"),
    ("attendance.request", "action_cancel"),
    ("hr.leave", "action_withdraw"),
    ("hr.leave", "action_refuse"),
}


class AttendanceClosedConfirmation(models.TransientModel):
    """A button changes closed days: what becomes of it, and the way to go on."""

    _name = "attendance.closed.confirmation"
    _description = "Count as Adjustment"

    model = fields.Char(required=True)
    method = fields.Char(required=True)
    numbers = fields.Char(required=True, help="The ids, joined by commas.")
    words = fields.Text(readonly=True)

    def action_go_on(self):
        """Do what was asked for; the rights are looked at there."""
        self.ensure_one()
        if (self.model, self.method) not in ASKING:
            raise UserError(self.env._("That is not asked here."))
        ids = [int(number) for number in self.numbers.split(",") if number.isdigit()]
        records = self.env[self.model].browse(ids).with_context(**{CONFIRMED: True})
        getattr(records, self.method)()
        return {"type": "ir.actions.client", "tag": "soft_reload"}
