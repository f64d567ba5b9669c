from odoo import fields, models

from ..const import CONTACT_SECONDS


class AttendanceTerminal(models.Model):
    """What a terminal says of itself."""

    # One concern a file: together they would be far too long.
    _inherit = "attendance.terminal"  # pylint: disable=consider-merging-classes-inherited

    model_name = fields.Char(string="Model", readonly=True, copy=False)
    unit_users = fields.Integer(string="People on It", readonly=True, copy=False)
    unit_fingerprints = fields.Integer(
        string="Fingerprints on It", readonly=True, copy=False
    )
    unit_faces = fields.Integer(string="Faces on It", readonly=True, copy=False)
    unit_punches = fields.Integer(string="Punches on It", readonly=True, copy=False)
    unit_info_at = fields.Datetime(
        string="Counts of", readonly=True, copy=False, help="When it said so."
    )
    capacity_users = fields.Integer(readonly=True, copy=False)
    capacity_punches = fields.Integer(readonly=True, copy=False)
    fingerprint_version = fields.Char(readonly=True, copy=False)
    face_version = fields.Char(readonly=True, copy=False)
    unit_options = fields.Json(readonly=True, copy=False)
    clock_offset_seconds = fields.Integer(
        string="Clock Offset (s)",
        readonly=True,
        copy=False,
        help="How far the terminal's clock is ahead of the server's; negative: behind.",
    )
    clock_checked_at = fields.Datetime(readonly=True, copy=False)
    rival_address = fields.Char(
        string="Also Called From",
        readonly=True,
        copy=False,
        help="Another address that called with this serial number, within minutes.",
    )
    rival_seen_at = fields.Datetime(string="Also Called At", readonly=True, copy=False)
    refused_at = fields.Datetime(readonly=True, copy=False)
    refused_address = fields.Char(readonly=True, copy=False)
    refused_reason = fields.Selection(
        [
            ("path", "Wrong path secret"),
            ("key", "Wrong communication key"),
            ("address", "Address not allowed"),
        ],
        readonly=True,
        copy=False,
    )

    def _note_refusal(self, reason, address):
        """Remember that a call was refused, at most every 30 seconds; never waits."""
        self.ensure_one()
        self.env.cr.execute(
            """
            UPDATE attendance_terminal SET
                refused_at = now() AT TIME ZONE 'UTC',
                refused_address = %(address)s, refused_reason = %(reason)s
            WHERE id = (
                SELECT id FROM attendance_terminal
                WHERE id = %(id)s AND (
                    refused_at IS NULL OR refused_reason IS DISTINCT FROM %(reason)s
                    OR refused_at
                       < now() AT TIME ZONE 'UTC' - %(pause)s * interval '1 s')
                FOR UPDATE SKIP LOCKED
            )
            """,
            {
                "id": self.id,
                "address": address,
                "reason": reason,
                "pause": CONTACT_SECONDS,
            },
        )
        self.invalidate_recordset(
            ["refused_at", "refused_address", "refused_reason"], flush=False
        )
