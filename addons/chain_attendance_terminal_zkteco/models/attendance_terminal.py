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
        firmware = _clean(firmware, 64)
        if firmware and firmware != self.firmware:
            self.firmware = firmware

    def _note_punch_stamp(self, stamp):
        """Keep the cursor of units that resume from it; new ones always send 9999."""
        self.ensure_one()
        stamp = _clean(stamp, 32)
        if stamp and stamp != self.punch_stamp:
            self.punch_stamp = stamp


def _clean(text, length):
    """What a unit says of itself, without what a database or a screen cannot hold."""
    return "".join(c for c in text or "" if c.isprintable())[:length]
