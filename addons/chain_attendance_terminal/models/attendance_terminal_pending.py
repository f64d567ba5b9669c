from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_datetime

from ..const import GREEDY_ROWS, PENDING_LIMIT, PENDING_REST_MINUTES


class AttendanceTerminalPending(models.Model):
    """A serial number that called and that nobody has registered yet.

    The inbox has no company and is bounded. A person claims a serial number for a
    store, or blocks it: then it is answered as blocked and is out of the way.
    """

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
    is_blocked = fields.Boolean(
        string="Blocked",
        readonly=True,
        help="It is told so whenever it calls, and waits for nobody.",
    )
    blocked_by_id = fields.Many2one("res.users", readonly=True)
    blocked_at = fields.Datetime(readonly=True)
    note = fields.Char(
        compute="_compute_note", help="Where this unit hung before, if it was replaced."
    )

    _serial_uniq = models.Constraint("UNIQUE(serial_number)", "Known already.")

    @api.depends("serial_number")
    @api.depends_context("uid", "allowed_company_ids", "lang")
    def _compute_note(self):
        serials = self.env["attendance.terminal.serial"]
        replaced = serials.browse()
        if serials.has_access("read"):
            numbers = self.mapped("serial_number")
            replaced = serials.search([("serial_number", "in", numbers)])
        # The latest of each: they come newest first.
        latest = {row.serial_number: row for row in reversed(replaced)}
        for pending in self:
            row = latest.get(pending.serial_number)
            pending.note = row and self.env._(
                "Replaced at %(terminal)s on %(at)s.",
                terminal=row.terminal_id.display_name,
                at=format_datetime(self.env, row.replaced_at, dt_format="short"),
            )

    @api.model
    @api.private
    def _note_visit(self, serial_number, address):
        """Count a visit of an unknown unit.

        The inbox holds ``PENDING_LIMIT`` of them besides those that are blocked. If
        it is full, see ``_make_room``; without room a new one is passed over and may
        try again when it calls next.
        """
        values = {"serial": serial_number, "address": address}
        self.flush_model()
        self.env.cr.execute(
            """
            UPDATE attendance_terminal_pending SET
                last_address = %(address)s,
                last_seen_at = now() AT TIME ZONE 'UTC',
                visit_count = visit_count + 1
            WHERE serial_number = %(serial)s
            """,
            values,
        )
        if not self.env.cr.rowcount and self._make_room(address):
            self.env.cr.execute(
                """
                INSERT INTO attendance_terminal_pending
                    (serial_number, first_address, last_address, first_seen_at,
                     last_seen_at, visit_count)
                VALUES (%(serial)s, %(address)s, %(address)s,
                        now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC', 1)
                ON CONFLICT (serial_number) DO NOTHING
                """,
                values,
            )
        self.invalidate_model(flush=False)

    @api.model
    def _make_room(self, address):
        """Whether the inbox takes one more from this address.

        A full inbox gives up the one that has been quiet longest, if it has been so
        for ``PENDING_REST_MINUTES``: a real unit calls all the time. A flood of
        invented serial numbers from one address gives way at once to a unit that
        calls from another.
        """
        self.env.cr.execute(
            "SELECT count(*) FROM attendance_terminal_pending WHERE is_blocked IS NOT"
            " TRUE"
        )
        if self.env.cr.fetchone()[0] < PENDING_LIMIT:
            return True
        self.env.cr.execute(
            """
            WITH greedy AS (
                SELECT first_address FROM attendance_terminal_pending
                WHERE is_blocked IS NOT TRUE
                GROUP BY first_address HAVING count(*) > %(greedy)s
                ORDER BY count(*) DESC LIMIT 1
            )
            DELETE FROM attendance_terminal_pending WHERE id = (
                SELECT id FROM attendance_terminal_pending p
                WHERE is_blocked IS NOT TRUE AND (
                    last_seen_at < now() AT TIME ZONE 'UTC'
                                   - %(rest)s * interval '1 min'
                    OR (first_address <> %(address)s AND first_address IN
                        (SELECT first_address FROM greedy)))
                ORDER BY last_seen_at LIMIT 1 FOR UPDATE SKIP LOCKED)
            """,
            {
                "address": address,
                "rest": PENDING_REST_MINUTES,
                "greedy": GREEDY_ROWS,
            },
        )
        return bool(self.env.cr.rowcount)

    @api.model
    @api.private
    def _is_blocked(self, serial_number):
        """Whether a person has said that this unit is not to be served."""
        self.flush_model(["is_blocked"])
        self.env.cr.execute(
            "SELECT 1 FROM attendance_terminal_pending"
            " WHERE serial_number = %s AND is_blocked",
            [serial_number],
        )
        return bool(self.env.cr.fetchone())

    def action_register(self):
        """Ask for the place and the number of a terminal with this serial number."""
        self.ensure_one()
        self.check_access("read")
        if self.is_blocked:
            raise UserError(
                self.env._(
                    "The serial number %(serial)s is blocked. Unblock it first.",
                    serial=self.serial_number,
                )
            )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Register Terminal"),
            "res_model": "attendance.terminal.claim",
            "view_mode": "form",
            "target": "new",
            "context": {"default_pending_id": self.id},
        }

    def action_block(self):
        self._block(True)

    def action_unblock(self):
        self._block(False)

    def _block(self, is_blocked):
        """For those who may delete from the inbox, which all companies share."""
        self.check_access("unlink")
        # sudo: nobody writes the inbox by hand; the right was checked above.
        self.sudo().write(
            {
                "is_blocked": is_blocked,
                "blocked_by_id": is_blocked and self.env.uid,
                "blocked_at": is_blocked and fields.Datetime.now(),
            }
        )
