from odoo import fields, models


class AttendanceTerminal(models.Model):
    _inherit = "attendance.terminal"

    vendor = fields.Selection(
        selection_add=[("zkteco", "ZKTeco family")],
        ondelete={"zkteco": "cascade"},
        default="zkteco",
    )

    def _note_firmware(self, firmware):
        """Keep what the unit says of itself; most polls say nothing new."""
        self.ensure_one()
        if firmware and firmware != self.firmware:
            self.firmware = firmware[:64]

    def _note_punch_stamp(self, stamp):
        """Keep the cursor of units that resume from it; new ones always send 9999."""
        self.ensure_one()
        if stamp and stamp != self.punch_stamp:
            self.punch_stamp = stamp[:32]
