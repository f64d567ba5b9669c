from odoo import fields, models


class AttendancePeriodCloseLine(models.TransientModel):
    """One thing that was looked at, how often it was found, and the way there."""

    _name = "attendance.period.close.line"
    _description = "Found before Closing"
    _order = "id"

    close_id = fields.Many2one(
        "attendance.period.close", required=True, ondelete="cascade"
    )
    code = fields.Char(required=True)
    name = fields.Char(string="Looked At", readonly=True)
    found_count = fields.Integer(string="Found", readonly=True)
    is_blocking = fields.Boolean(readonly=True)
    is_warning = fields.Boolean(readonly=True)

    def action_open(self):
        """The list of what was found."""
        self.ensure_one()
        periods = self.close_id.period_ids
        periods.check_access("write")
        # sudo: who may close a period must see what is in the way; the list that
        # opens shows what the login may see
        for found in periods.sudo()._findings():
            if found.code == self.code and found.action:
                return found.action
        return False
