from odoo import api, fields, models
from odoo.tools import split_every

from odoo.addons.chain_attendance_base.sql import array_of

from ..const import INSERT_ROWS, REJECT_TEXT_LIMIT


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
        lines = {r.raw_line[:REJECT_TEXT_LIMIT]: r.reason for r in rejects}
        # In one order everywhere: two uploads of the same lines then only wait.
        for some in split_every(INSERT_ROWS, sorted(lines.items())):
            self.env.cr.execute(
                """
                INSERT INTO attendance_punch_reject
                    (terminal_id, company_id, received_at, raw_line, reason, times_seen)
                SELECT %s, %s, %s, v.raw_line, v.reason, 1
                FROM unnest(%s::text[], %s::text[]) AS v(raw_line, reason)
                ON CONFLICT (terminal_id, md5(raw_line)) DO UPDATE
                SET times_seen = attendance_punch_reject.times_seen + 1
                """,
                [
                    terminal.id,
                    terminal.company_id.id,
                    now,
                    array_of(raw_line for raw_line, _reason in some),
                    array_of(reason for _raw_line, reason in some),
                ],
            )
