from odoo import api, fields, models

from ..const import REJECT_TEXT_LIMIT


class AttendancePunchReject(models.Model):
    """A line of an upload that is no punch, kept for a person to look at.

    Refusing it would make the terminal send the same batch for ever; dropping it
    would lose what might be somebody's punch.
    """

    _name = "attendance.punch.reject"
    _description = "Unreadable Punch Line"
    _inherit = ["attendance.scope.mixin"]
    _order = "id desc"
    _log_access = False

    _attendance_area = "terminals"
    _attendance_scope_columns = {"store": ("terminal_id.store_id",)}

    terminal_id = fields.Many2one("attendance.terminal", readonly=True, index=True)
    company_id = fields.Many2one("res.company", readonly=True)
    received_at = fields.Datetime(readonly=True)
    raw_line = fields.Text(readonly=True)
    reason = fields.Selection(
        [
            ("fields", "Too few fields"),
            ("code", "No usable terminal user code"),
            ("time", "No valid time"),
            ("table", "Unknown kind of upload"),
            ("picture", "No readable picture"),
            ("size", "Upload too large: the rest was cut off"),
        ],
        readonly=True,
    )
    times_seen = fields.Integer(default=1, readonly=True)

    _line_uniq = models.UniqueIndex("(terminal_id, md5(raw_line))")

    @api.model
    @api.private
    def _keep(self, terminal, rejects):
        """Keep each line once, however often the unit sends it.

        :param rejects: values with ``raw_line`` and ``reason``.
        """
        now = fields.Datetime.now()
        for raw_line, reason in sorted({(r.raw_line, r.reason) for r in rejects}):
            self.env.cr.execute(
                """
                INSERT INTO attendance_punch_reject
                    (terminal_id, company_id, received_at, raw_line, reason, times_seen)
                VALUES (%s, %s, %s, %s, %s, 1)
                ON CONFLICT (terminal_id, md5(raw_line)) DO UPDATE
                SET times_seen = attendance_punch_reject.times_seen + 1
                """,
                [
                    terminal.id,
                    terminal.company_id.id,
                    now,
                    raw_line[:REJECT_TEXT_LIMIT],
                    reason,
                ],
            )
