from odoo import api, fields, models

from ..const import PENDING_LIMIT


class AttendanceTerminalPending(models.Model):
    """A serial number that called and that nobody has registered yet."""

    _name = "attendance.terminal.pending"
    _description = "Pending Terminal"
    _order = "last_seen_at desc, id desc"
    _rec_name = "serial_number"

    serial_number = fields.Char(required=True, readonly=True)
    first_address = fields.Char(readonly=True)
    last_address = fields.Char(readonly=True)
    first_seen_at = fields.Datetime(readonly=True)
    last_seen_at = fields.Datetime(readonly=True)
    visit_count = fields.Integer(readonly=True)

    _serial_uniq = models.Constraint("UNIQUE(serial_number)", "Known already.")

    @api.model
    def _note_visit(self, serial_number, address):
        """Count a visit of an unknown unit; beyond the limit new ones are dropped."""
        self.env.cr.execute(
            """
            INSERT INTO attendance_terminal_pending
                (serial_number, first_address, last_address, first_seen_at,
                 last_seen_at, visit_count)
            SELECT %(serial)s, %(address)s, %(address)s, now() AT TIME ZONE 'UTC',
                   now() AT TIME ZONE 'UTC', 1
            WHERE (SELECT count(*) FROM attendance_terminal_pending) < %(limit)s
               OR EXISTS (SELECT 1 FROM attendance_terminal_pending
                          WHERE serial_number = %(serial)s)
            ON CONFLICT (serial_number) DO UPDATE SET
                last_address = EXCLUDED.last_address,
                last_seen_at = EXCLUDED.last_seen_at,
                visit_count = attendance_terminal_pending.visit_count + 1
            """,
            {"serial": serial_number, "address": address, "limit": PENDING_LIMIT},
        )

    def action_register(self):
        """Open the form of a new terminal with this serial number filled in."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Register Terminal"),
            "res_model": "attendance.terminal",
            "view_mode": "form",
            "context": {"default_serial_number": self.serial_number},
        }
