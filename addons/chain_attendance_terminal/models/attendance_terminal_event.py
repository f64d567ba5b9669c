from datetime import datetime, timedelta

from odoo import api, fields, models
from odoo.tools import LazyTranslate

from odoo.addons.chain_attendance_base.models.attendance_terminal_code import code_key

from ..const import TERMINAL_COLUMNS

_lt = LazyTranslate(__name__)

LABELS = {
    0: _lt("Switched on"),
    1: _lt("Switched off"),
    2: _lt("Somebody was not recognized"),
    3: _lt("Alarm"),
    4: _lt("Menu opened"),
    5: _lt("Setting changed"),
    6: _lt("Fingerprint enrolled"),
    7: _lt("Password enrolled"),
    8: _lt("Card enrolled"),
    9: _lt("Person deleted"),
    10: _lt("Fingerprint deleted"),
    11: _lt("Password deleted"),
    12: _lt("Card deleted"),
    13: _lt("Data cleared"),
    **dict.fromkeys(range(14, 21), _lt("Mifare card written")),
    21: _lt("Clock set"),
    22: _lt("Reset to factory settings"),
    23: _lt("Punches deleted"),
    24: _lt("Administrators cleared"),
    **dict.fromkeys(range(25, 29), _lt("Door settings changed")),
    29: _lt("Door opened"),
    30: _lt("Person added"),
    31: _lt("Fingerprint's kind changed"),
    32: _lt("Duress"),
    34: _lt("Anti-passback"),
    35: _lt("Photos deleted"),
    36: _lt("Person changed"),
    37: _lt("Person changed"),
    40: _lt("Data taken in from a USB stick"),
    41: _lt("Data taken away on a USB stick"),
    42: _lt("USB files encrypted"),
    43: _lt("Punches deleted after a USB download"),
    68: _lt("Photo enrolled"),
    69: _lt("Photo changed"),
    70: _lt("Name changed"),
    71: _lt("Privilege changed"),
    **dict.fromkeys(range(76, 80), _lt("Network settings changed")),
    80: _lt("Communication key changed"),
    81: _lt("Terminal number changed"),
    82: _lt("Server address changed"),
    83: _lt("Server port changed"),
    92: _lt("Firmware taken from a USB stick"),
    100: _lt("Radio card"),
    101: _lt("Face enrolled"),
    102: _lt("Privilege changed"),
    103: _lt("Person deleted"),
    104: _lt("Person added"),
    105: _lt("Access records deleted"),
    106: _lt("Face deleted"),
    **dict.fromkeys(range(109, 113), _lt("Wireless or proxy settings changed")),
    113: _lt("Password changed"),
    114: _lt("Face changed"),
    **dict.fromkeys(range(121, 127), _lt("Vein or palm enrolled or deleted")),
}
WORRYING = frozenset({13, 21, 22, 23, 24, 41, 71, 80, 82, 83, 102})
# A unit's first contact sends years of its log: only what is fresh is told.
FRESH = timedelta(days=2)
MESSAGE_PAUSE = timedelta(hours=1)
MESSAGE_LINES = 10


class AttendanceTerminalEvent(models.Model):
    """A row of a terminal's own log: who did what at its keys."""

    _name = "attendance.terminal.event"
    _description = "Terminal Event"
    _inherit = ["attendance.scope.mixin"]
    _order = "id desc"
    _rec_name = "wall_time"
    _log_access = False

    _attendance_area = "terminals"
    _attendance_scope_columns = TERMINAL_COLUMNS

    terminal_id = fields.Many2one(
        "attendance.terminal", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    wall_time = fields.Char(string="Happened at", required=True, readonly=True)
    received_at = fields.Datetime(readonly=True)
    operation = fields.Integer(required=True, readonly=True)
    label = fields.Char(string="What Happened", compute="_compute_label")
    operator_code = fields.Char(
        string="Operator's Code",
        readonly=True,
        help="Who was signed in at the menu; 0: nobody.",
    )
    operator_name = fields.Char(
        string="Operator",
        compute="_compute_operator_name",
        help="By what the terminal tells of its people today.",
    )
    objects = fields.Char(
        string="Details",
        readonly=True,
        help="As the terminal sent them: codes of people, fingers, settings.",
    )
    raw_line = fields.Text(readonly=True)
    is_worrying = fields.Boolean(string="Needs a Look", readonly=True)
    seen_by_id = fields.Many2one("res.users", readonly=True)
    seen_at = fields.Datetime(readonly=True)

    _line_uniq = models.UniqueIndex("(terminal_id, md5(raw_line))")
    _worry_idx = models.Index("(terminal_id) WHERE is_worrying AND seen_at IS NULL")

    @api.depends("operation")
    @api.depends_context("lang")
    def _compute_label(self):
        for event in self:
            event.label = self._operation_label(event.operation)

    @api.depends("terminal_id", "operator_code")
    def _compute_operator_name(self):
        keys = {code_key(code) for code in self.mapped("operator_code") if code}
        users = self.env["attendance.terminal.user"].search(
            [
                ("terminal_id", "in", self.terminal_id.ids),
                ("code_key", "in", list(keys)),
            ]
        )
        names = {
            (user.terminal_id, user.code_key): user.sent_name or user.name_on_unit
            for user in users
        }
        for event in self:
            key = (event.terminal_id, code_key(event.operator_code or ""))
            event.operator_name = names.get(key)

    @api.model
    def _operation_label(self, operation):
        label = LABELS.get(operation)
        if label is None:
            return self.env._("Operation %(number)s", number=operation)
        return self.env._(label)

    @api.model
    @api.private
    def _keep(self, terminal, rows):
        """Keep each row of the terminal's log once, however often it is sent.

        :param rows: values with ``operation``, ``operator_code``, ``wall_time``,
            ``objects`` and ``raw_line``.
        :return: how many were new.
        """
        if not rows:
            return 0
        now = fields.Datetime.now()
        # In one order everywhere: two uploads of the same rows then only wait.
        values = [
            (
                terminal.id,
                terminal.company_id.id,
                str(row.wall_time.replace(microsecond=0)),
                now,
                row.operation,
                row.operator_code,
                row.objects,
                row.raw_line,
                row.operation in WORRYING,
            )
            for row in sorted(
                {row.raw_line: row for row in rows}.values(),
                key=lambda row: (row.wall_time, row.raw_line),
            )
        ]
        new = self.env.cr.execute_values(
            """
            INSERT INTO attendance_terminal_event
                (terminal_id, company_id, wall_time, received_at, operation,
                 operator_code, objects, raw_line, is_worrying)
            VALUES %s
            ON CONFLICT (terminal_id, md5(raw_line)) DO NOTHING
            RETURNING id, is_worrying, wall_time
            """,
            values,
            page_size=len(values),
            fetch=True,
        )
        fresh = [
            event_id
            for event_id, is_worrying, wall_time in new
            if is_worrying and datetime.fromisoformat(wall_time) >= now - FRESH
        ]
        if fresh:
            self.browse(fresh)._tell(terminal)
        return len(new)

    def _tell(self, terminal):
        """Say it on the terminal's chatter, at most once an hour and terminal."""
        now = fields.Datetime.now()
        told = self.search_count(
            [
                ("terminal_id", "=", terminal.id),
                ("is_worrying", "=", True),
                ("id", "not in", self.ids),
                ("received_at", ">", now - MESSAGE_PAUSE),
                ("wall_time", ">=", str(now - FRESH)),
            ],
            limit=1,
        )
        if told:
            return
        lang = terminal.company_id.partner_id.lang
        told = terminal.with_context(lang=lang or self.env.lang)
        lines = [
            f"{event.wall_time} {event.label}"
            for event in self.with_env(told.env)[:MESSAGE_LINES]
        ]
        told.message_post(
            body=told.env._(
                "At the keys of this terminal: %(events)s. More of the next hour is "
                "in the list of its events only.",
                events="; ".join(lines),
            )
        )

    def action_mark_seen(self):
        """Somebody who may edit the terminals has looked at these events."""
        self.check_access("read")
        self.terminal_id.check_access("write")
        # sudo: nobody writes events by hand; the right to edit the terminals, in
        # the login's scope, was checked above.
        self.sudo().filtered(lambda event: not event.seen_at).write(
            {"seen_by_id": self.env.uid, "seen_at": fields.Datetime.now()}
        )
