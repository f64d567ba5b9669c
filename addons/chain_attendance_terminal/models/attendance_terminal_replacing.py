from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .attendance_terminal_clearing import OPEN_STATES

# What a unit says of itself, and what was found out by its calls. Settings, the
# place, people, punches and the last punch belong to the place and stay.
OF_THE_UNIT = (
    "first_address",
    "last_address",
    "last_seen_at",
    "punch_stamp",
    "firmware",
    "model_name",
    "unit_users",
    "unit_fingerprints",
    "unit_faces",
    "unit_punches",
    "unit_info_at",
    "capacity_users",
    "capacity_punches",
    "fingerprint_version",
    "face_version",
    "unit_options",
    "clock_offset_seconds",
    "clock_checked_at",
    "rival_address",
    "rival_seen_at",
    "refused_at",
    "refused_address",
    "refused_reason",
)


class AttendanceTerminal(models.Model):
    """Another unit takes over a terminal's place, people and history."""

    # One concern a file: together they would be far too long.
    _inherit = "attendance.terminal"  # pylint: disable=consider-merging-classes-inherited

    replaced_ids = fields.One2many(
        "attendance.terminal.serial", "terminal_id", string="Units Before"
    )

    @api.constrains("serial_number", "authorization_code")
    def _check_papers(self):
        papers = self.env["attendance.terminal.authorization"]
        for terminal in self.sudo():  # sudo: the field has a group of its own
            if papers._refuses(terminal):
                raise ValidationError(
                    self.env._(
                        "The authorization code does not belong to the serial number "
                        "%(serial)s. It is on the papers that came with the terminal.",
                        serial=terminal.serial_number,
                    )
                )

    def write(self, vals):
        """Another serial number is another unit, however it is written."""
        if "serial_number" not in vals:
            return super().write(vals)
        new = vals["serial_number"]
        replaced = self.filtered(
            lambda terminal: terminal.last_seen_at and terminal.serial_number != new
        )
        before = [terminal._prepare_replaced(new) for terminal in replaced]
        result = super().write(vals)
        if before:
            # sudo: history is not written by hand; the terminal's own rights were
            # checked by writing its serial number.
            self.env["attendance.terminal.serial"].sudo().create(before)
            replaced.sudo()._forget_unit()
        return result

    def _prepare_replaced(self, serial_number):
        return {
            "terminal_id": self.id,
            "serial_number": self.serial_number,
            "replaced_by": serial_number,
            "replaced_at": fields.Datetime.now(),
            "replaced_by_id": self.env.uid,
            "model_name": self.model_name,
            "last_seen_at": self.last_seen_at,
            "reason": self.env.context.get("attendance_replace_reason"),
        }

    @api.private
    def _forget_unit(self):
        """Hook: nothing that was known of the old unit holds for the new one.

        Called as sudo after the serial number changed. Extend it where something is
        remembered of what is on a unit: cursors, proofs, confirmed people. What
        belongs to the place stays: store, settings, assignments, punches.

        Commands that wait are for the old unit and are cancelled, and so is what is
        to be deleted on it: it would otherwise reach the new one, whose punches
        nobody has uploaded.
        """
        self.write(dict.fromkeys(OF_THE_UNIT, False))
        clearings = self.env["attendance.terminal.clearing"].search(
            [("terminal_id", "in", self.ids), ("state", "in", OPEN_STATES)]
        )
        clearings._drop_replaced()
        waiting = self.env["attendance.terminal.command"].search(
            [("terminal_id", "in", self.ids), ("state", "in", ("waiting", "sent"))]
        )
        waiting._end("cancelled", "replaced")
        self._forget_people()

    def _forget_people(self):
        """Hook: nobody is known to be on the new unit."""
        self.env["attendance.terminal.user"].search(
            [("terminal_id", "in", self.ids)]
        ).unlink()

    def action_replace(self):
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Replace Unit"),
            "res_model": "attendance.terminal.replace",
            "view_mode": "form",
            "target": "new",
            "context": {"default_terminal_id": self.id},
        }
