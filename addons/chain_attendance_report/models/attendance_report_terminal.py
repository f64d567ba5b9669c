from odoo import api, fields, models
from odoo.tools import SQL, LazyTranslate

from odoo.addons.chain_attendance_terminal.health import (
    CLOCK_DANGER_SECONDS,
    CLOCK_SECONDS,
    SILENT,
)

from ..checked import Checked

_lt = LazyTranslate(__name__)

SERIOUS, WARNING, NOTICE = "1", "2", "3"
TERMINAL = "chain_attendance_terminal."
# Where a row leads; those that are not here lead to the terminal itself.
ACTIONS = {
    "event": TERMINAL + "attendance_terminal_event_action",
    "reject": TERMINAL + "attendance_punch_reject_action",
    "set_aside": TERMINAL + "attendance_punch_set_aside_action",
}
DETAILS = {
    "silent": _lt("No contact since then."),
    "never": _lt("Registered, and never heard of."),
    "clock": _lt("The clock is %(number)s seconds off."),
    "rival": _lt("Another unit called with its serial number, from %(word)s."),
    "set_aside": _lt("Punches that wait for a decision: the clock was wrong."),
    "unknown": _lt("Nobody holds the code %(word)s."),
    "refused": _lt("A call from %(word)s was refused."),
}
# ``number`` is one of each kind, so that ids are the same at every reading.
ROWS = """
    SELECT t.id::bigint * 16 AS id, 'silent' AS kind, '1' AS severity,
           t.id AS terminal_id, t.last_seen_at AS happened_at, 1 AS amount,
           NULL::text AS word, NULL::int AS number, TRUE AS is_open
    FROM attendance_terminal t
    WHERE t.active AND t.last_seen_at < %(silent_since)s
    UNION ALL
    SELECT t.id::bigint * 16 + 1, 'never', '2', t.id, t.create_date, 1, NULL, NULL, TRUE
    FROM attendance_terminal t WHERE t.active AND t.last_seen_at IS NULL
    UNION ALL
    SELECT t.id::bigint * 16 + 2, 'clock',
           CASE WHEN abs(t.clock_offset_seconds) > %(danger)s THEN '1' ELSE '2' END,
           t.id, t.clock_checked_at, 1, NULL, t.clock_offset_seconds, TRUE
    FROM attendance_terminal t
    WHERE t.active AND t.clock_checked_at IS NOT NULL
      AND abs(t.clock_offset_seconds) > %(off)s
    UNION ALL
    SELECT t.id::bigint * 16 + 3, 'rival', '1', t.id, t.rival_seen_at, 1,
           t.rival_address, NULL, TRUE
    FROM attendance_terminal t WHERE t.active AND t.rival_seen_at IS NOT NULL
    UNION ALL
    SELECT t.id::bigint * 16 + 4, 'refused', '2', t.id, t.refused_at, 1,
           t.refused_address, NULL, TRUE
    FROM attendance_terminal t WHERE t.active AND t.refused_at IS NOT NULL
    UNION ALL
    SELECT min(p.id)::bigint * 16 + 5, 'set_aside', '1', p.terminal_id,
           max(p.received_at), count(*)::int, NULL, NULL, TRUE
    FROM attendance_punch p
    WHERE p.quarantine IN ('past', 'future')
      AND NOT EXISTS (SELECT FROM attendance_punch_review w
                      WHERE w.punch_id = p.id AND w.active)
    GROUP BY p.terminal_id
    UNION ALL
    SELECT min(p.id)::bigint * 16 + 6, 'unknown', '2', p.terminal_id,
           max(p.punched_at), count(*)::int, p.code_key, NULL, TRUE
    FROM attendance_punch p
    WHERE p.employee_id IS NULL AND p.quarantine IS NULL
    GROUP BY p.terminal_id, p.code_key
    UNION ALL
    SELECT j.id::bigint * 16 + 7, 'reject', '2', j.terminal_id, j.received_at,
           j.times_seen, j.reason, NULL, TRUE
    FROM attendance_punch_reject j
    UNION ALL
    SELECT v.id::bigint * 16 + 8, 'event', '2', v.terminal_id, v.received_at, 1, NULL,
           v.operation, v.seen_at IS NULL
    FROM attendance_terminal_event v WHERE v.is_worrying
"""


class AttendanceReportTerminal(models.Model):
    """Everything about terminals that somebody should look at, in one list."""

    _name = "attendance.report.terminal"
    _description = "Anomalies of Terminals"
    _inherit = ["attendance.report.file.mixin"]
    _auto = False
    _order = "happened_at desc, id desc"
    _rec_name = "terminal_id"
    _depends = {
        "attendance.terminal": [
            "active", "store_id", "company_id", "last_seen_at", "clock_checked_at",
            "clock_offset_seconds", "rival_seen_at", "rival_address", "refused_at",
            "refused_address",
        ],
        "attendance.punch": ["employee_id", "quarantine", "code_key", "terminal_id"],
        "attendance.punch.review": ["punch_id", "active"],
        "attendance.punch.reject": ["terminal_id", "reason", "times_seen"],
        "attendance.terminal.event": ["terminal_id", "is_worrying", "seen_at"],
    }  # fmt: skip

    _attendance_area = "terminals"
    _attendance_scope_columns = {
        "store": ("store_id",),
        "department": ("store_id.department_id",),
    }

    kind = fields.Selection(
        [
            ("silent", "Silent"),
            ("never", "Never called"),
            ("clock", "Wrong clock"),
            ("set_aside", "Punches set aside"),
            ("unknown", "Unknown code"),
            ("reject", "Unreadable line"),
            ("event", "At its keys"),
            ("rival", "Same serial number"),
            ("refused", "Refused call"),
        ],
        readonly=True,
    )
    severity = fields.Selection(
        [(SERIOUS, "Serious"), (WARNING, "Warning"), (NOTICE, "Notice")], readonly=True
    )
    terminal_id = fields.Many2one("attendance.terminal", readonly=True)
    store_id = fields.Many2one("attendance.store", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    happened_at = fields.Datetime(
        string="Since", readonly=True, help="When it was last seen, or since when."
    )
    amount = fields.Integer(string="Times", readonly=True)
    word = fields.Char(readonly=True, export_string_translation=False)
    number = fields.Integer(
        readonly=True, aggregator=None, export_string_translation=False
    )
    is_open = fields.Boolean(
        string="To Do", readonly=True, help="Nobody has looked at it yet."
    )
    detail = fields.Char(string="Details", compute="_compute_detail")

    @property
    def _table_query(self):
        rows = SQL(
            ROWS,
            silent_since=fields.Datetime.now() - SILENT,
            danger=CLOCK_DANGER_SECONDS,
            off=CLOCK_SECONDS,
        )
        return SQL(
            """
            SELECT u.*, t.store_id, t.company_id FROM (%s) u
            JOIN attendance_terminal t ON t.id = u.terminal_id
            """,
            rows,
        )

    @api.depends("kind", "word", "number")
    @api.depends_context("lang")
    def _compute_detail(self):
        reasons = dict(
            self.env["attendance.punch.reject"]
            ._fields["reason"]
            ._description_selection(self.env)
        )
        events = self.env["attendance.terminal.event"]
        for row in self:
            if row.kind == "event":
                row.detail = events._operation_label(row.number)
            elif row.kind == "reject":
                row.detail = reasons.get(row.word, row.word)
            else:
                values = {"word": row.word or "", "number": row.number}
                sentence = self.env._(DETAILS[row.kind])
                row.detail = sentence % values

    @api.model
    @api.readonly
    def report_totals(self, domain, names):
        """Kinds that differ have no sum; see ``attendance.report.rows.mixin``."""
        Checked(self.env).names(names, "names", self)
        return {}

    def action_open(self):
        """Where something is done about it."""
        self.ensure_one()
        if self.kind == "unknown":
            return self._open(
                TERMINAL + "attendance_code_unknown_action",
                [("code_key", "=", self.word), ("store_id", "=", self.store_id.id)],
            )
        if self.kind in ACTIONS:
            domain = [("terminal_id", "=", self.terminal_id.id)]
            return self._open(ACTIONS[self.kind], domain)
        return {
            "type": "ir.actions.act_window",
            "res_model": "attendance.terminal",
            "res_id": self.terminal_id.id,
            "views": [(False, "form")],
        }

    @api.model
    def _open(self, xml_id, domain):
        action = self.env["ir.actions.act_window"]._for_xml_id(xml_id)
        return {**action, "domain": domain, "context": {}}
