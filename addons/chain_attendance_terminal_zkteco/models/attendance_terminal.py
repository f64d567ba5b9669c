from odoo import fields, models

from ..guard import key_proof, vouches


class AttendanceTerminal(models.Model):
    _inherit = "attendance.terminal"

    vendor = fields.Selection(
        selection_add=[("zkteco", "ZKTeco family")],
        ondelete={"zkteco": "cascade"},
        default="zkteco",
    )

    upload_stamps = fields.Json(readonly=True, copy=False, groups="base.group_system")

    key_proof = fields.Char(readonly=True, copy=False, groups="base.group_system")

    def _note_key(self, request):
        """A handshake with the key vouches for what comes from its address without."""
        self.ensure_one()
        key = self.communication_key
        if vouches(key, request):
            proof = key_proof(key, request.address)
            if proof != self.key_proof:
                self.key_proof = proof

    def _note_upload_stamp(self, table, stamp):
        """Keep the cursor of a table other than punches, see `_note_punch_stamp`."""
        self.ensure_one()
        stamp = clean_text(stamp, 32)
        stamps = self.upload_stamps or {}
        if stamp and stamp != stamps.get(table):
            self.upload_stamps = {**stamps, table: stamp}

    def _note_punch_stamp(self, stamp):
        """Keep the cursor of units that resume from it; new ones always send 9999.

        :param stamp: cleaned, and another one than is there.
        """
        self.ensure_one()
        self.env.cr.execute(
            "UPDATE attendance_terminal SET punch_stamp = %s WHERE id = %s",
            [stamp, self.id],
        )
        self.invalidate_recordset(["punch_stamp"], flush=False)


def clean_text(text, length):
    """What a unit says of itself, without what a database or a screen cannot hold."""
    return "".join(c for c in text or "" if c.isprintable())[:length]
