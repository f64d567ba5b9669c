from datetime import date, datetime, timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import format_datetime

from .. import health
from ..const import SEARCHED_TERMINALS
from ..health_words import WORDS

# How long a refused command, and a code that nobody holds, is told.
COMMAND_DAYS = 7
UNKNOWN_DAYS = 30
SET_ASIDE_DAYS = 30
# From a terminal's first punch to its last, on any clock.
EVERYTHING = {"since": "2000-01-01 00:00:00", "until": "2099-12-31 23:59:59"}
LINE = Markup('<li class="mb-2"><b class="text-%s">%s</b><br/>%s</li>')
COLOURS = {health.DANGER: "danger", health.WARNING: "warning", health.NOTICE: "info"}
COUNTS = {
    "punches_here": """
        SELECT terminal_id, sum(n) FROM (
            SELECT terminal_id, count(*) n FROM attendance_punch
            WHERE terminal_id = ANY(%(ids)s) GROUP BY 1
            UNION ALL SELECT terminal_id, count(*) FROM attendance_punch_archive
            WHERE terminal_id = ANY(%(ids)s) GROUP BY 1
            UNION ALL SELECT terminal_id, count(*) FROM attendance_punch_reject
            WHERE terminal_id = ANY(%(ids)s) GROUP BY 1
            -- Corrected punches were made here, beside the one that came.
            UNION ALL SELECT p.terminal_id, -count(DISTINCT p.id)
            FROM attendance_punch_review r JOIN attendance_punch p
              ON p.id = r.corrected_id
            WHERE p.terminal_id = ANY(%(ids)s) AND p.source = 'clock'
            GROUP BY 1) kept
        GROUP BY 1""",
    "users_told": """
        SELECT terminal_id, count(*) FROM attendance_terminal_user
        WHERE terminal_id = ANY(%(ids)s) AND reported_at IS NOT NULL GROUP BY 1""",
    "administrators": """
        SELECT terminal_id, count(*) FROM attendance_terminal_user
        WHERE terminal_id = ANY(%(ids)s) AND privilege = 14 GROUP BY 1""",
    "worrying_events": """
        SELECT terminal_id, count(*) FROM attendance_terminal_event
        WHERE terminal_id = ANY(%(ids)s) AND is_worrying AND seen_at IS NULL
        GROUP BY 1""",
    "failed_commands": """
        SELECT terminal_id, count(*) FROM attendance_terminal_command
        WHERE terminal_id = ANY(%(ids)s) AND state IN ('failed', 'expired')
          AND create_date >= %(now)s - %(command_days)s * interval '1 day'
        GROUP BY 1""",
    "unknown_codes": """
        SELECT terminal_id, count(DISTINCT code_key) FROM attendance_punch
        WHERE employee_id IS NULL AND quarantine IS NULL
          AND terminal_id = ANY(%(ids)s)
          AND punched_at >= %(now)s - %(unknown_days)s * interval '1 day'
        GROUP BY 1""",
}


class AttendanceTerminal(models.Model):
    """How a terminal does: the plain reason and the next step."""

    # One concern a file: together they would be far too long.
    _inherit = "attendance.terminal"  # pylint: disable=consider-merging-classes-inherited

    health_state = fields.Selection(
        [
            ("good", "All well"),
            (health.NOTICE, "Notice"),
            (health.WARNING, "Needs a look"),
            (health.DANGER, "Trouble"),
        ],
        string="Health",
        compute="_compute_health",
        search="_search_health_state",
    )
    health_reason = fields.Char(string="Reason", compute="_compute_health")
    health_html = fields.Html(
        string="Reasons and Next Steps", compute="_compute_health", sanitize=False
    )
    health_steps = fields.Char(compute="_compute_health")
    room_users = fields.Integer(
        string="Room for People", compute="_compute_room", help="0: not known."
    )
    room_punches = fields.Integer(
        string="Room for Punches", compute="_compute_room", help="0: not known."
    )
    users_here = fields.Integer(
        string="People Known", compute="_compute_health", help="Whom it told of."
    )
    punches_here = fields.Integer(
        compute="_compute_health",
        help="Its punches and unreadable lines that are kept here, archive included.",
    )
    punch_gap = fields.Integer(
        string="Missing Here",
        compute="_compute_health",
        help="So many punches on it are not here, at least: what was deleted on it is "
        "still counted here.",
    )

    @api.depends("max_users", "capacity_users", "max_punches", "capacity_punches")
    def _compute_room(self):
        for terminal in self:
            terminal.room_users = terminal.max_users or terminal.capacity_users
            terminal.room_punches = terminal.max_punches or terminal.capacity_punches

    @api.depends_context("lang")
    def _compute_health(self):
        facts = self._health_facts()
        for terminal in self:
            fact = facts[terminal.id]
            found = health.findings(fact)
            words = [terminal._health_words(finding) for finding in found]
            terminal.health_state = health.worst(found) or "good"
            terminal.health_reason = words[0][0] if words else False
            terminal.health_html = terminal._health_list(found, words)
            terminal.health_steps = " ".join({f.step for f in found if f.step})
            terminal.users_here = fact.users_told
            terminal.punches_here = fact.punches_here
            terminal.punch_gap = fact.gap

    @api.model
    def _search_health_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        terminals = self.with_context(active_test=False).search_fetch(
            [("company_id", "in", self.env.companies.ids)], limit=SEARCHED_TERMINALS
        )
        found = terminals.filtered(lambda terminal: terminal.health_state in value)
        return [("id", "in", found.ids)]

    def _health_facts(self):
        """``{terminal id: Facts}``, in a fixed number of queries."""
        now = fields.Datetime.now()
        counts = self._health_counts(now)
        set_aside = self._health_set_aside(now)
        awaited = self._health_awaited_days()
        facts = {}
        for terminal in self:
            count, came_at, bore = set_aside.get(terminal.id, (0, None, None))
            facts[terminal.id] = health.Facts(
                now=now,
                is_active=terminal.active,
                has_store=bool(terminal.store_id),
                is_store_active=terminal.store_id.active,
                serial_number=terminal.serial_number or "",
                last_seen_at=terminal.last_seen_at or None,
                last_address=terminal.last_address or "",
                refused_at=terminal.refused_at or None,
                refused_reason=terminal.refused_reason or "",
                refused_address=terminal.refused_address or "",
                rival_address=terminal.rival_address or "",
                rival_seen_at=terminal.rival_seen_at or None,
                clock_offset_seconds=terminal.clock_offset_seconds,
                clock_checked_at=terminal.clock_checked_at or None,
                set_aside=count,
                set_aside_at=came_at,
                set_aside_on=bore and date.fromisoformat(bore[:10]),
                last_punch_at=terminal.last_punch_at or None,
                awaited_days=awaited.get(terminal.id, 0),
                unit_punches=terminal.unit_punches,
                unit_users=terminal.unit_users,
                room_users=terminal.room_users,
                room_punches=terminal.room_punches,
                **{name: found.get(terminal.id, 0) for name, found in counts.items()},
            )
        return facts

    def _health_counts(self, now):
        """``{name of the fact: {terminal id: count}}``, whoever asks."""
        self.env["attendance.terminal.command"].flush_model(["state"])
        self.env["attendance.terminal.event"].flush_model(["seen_at"])
        values = {
            "ids": self.ids,
            "now": now,
            "command_days": COMMAND_DAYS,
            "unknown_days": UNKNOWN_DAYS,
        }
        counts = {}
        for name, query in COUNTS.items():
            self.env.cr.execute(query, values)
            counts[name] = {row[0]: int(row[1]) for row in self.env.cr.fetchall()}
        return counts

    def _health_set_aside(self, now):
        """Punches lately not believed that wait for a decision.

        :return: ``{terminal id: (count, came at, date)}``.
        """
        self.env["attendance.punch.review"].flush_model()
        self.env.cr.execute(
            """
            SELECT terminal_id, count(*), max(received_at),
                   (array_agg(wall_time ORDER BY received_at DESC, id DESC))[1]
            FROM attendance_punch p
            WHERE quarantine IN ('past', 'future') AND terminal_id = ANY(%s)
              AND received_at >= %s
              AND NOT EXISTS (SELECT FROM attendance_punch_review r
                              WHERE r.punch_id = p.id AND r.active)
            GROUP BY terminal_id
            """,
            [self.ids, now - timedelta(days=SET_ASIDE_DAYS)],
        )
        return {row[0]: tuple(row[1:]) for row in self.env.cr.fetchall()}

    def _health_awaited_days(self):
        """Hook: days since the last punch on which people should have punched.

        Who should work when is known to the addon that computes days; without it no
        terminal is called too quiet.

        :return: ``{terminal id: number of days}``.
        """
        return {}

    def _health_words(self, finding):
        """The reason and the next step of a finding, in the reader's language."""
        values = {
            name: format_datetime(self.env, value, tz=self.tz, dt_format="short")
            if isinstance(value, datetime)
            else value
            for name, value in finding.values.items()
        }
        sentences = [self.env._(sentence) for sentence in WORDS[finding.kind]]
        return [sentence % values for sentence in sentences]

    def _health_list(self, found, words):
        if not found:
            return False
        lines = [
            LINE % (COLOURS[finding.severity], reason, step)
            for finding, (reason, step) in zip(found, words, strict=True)
        ]
        return Markup('<ul class="mb-0">%s</ul>') % Markup("").join(lines)

    def action_health_clock(self):
        return self._health_command("sync_time", {})

    def action_health_again(self):
        return self._health_command("query_punches", EVERYTHING)

    def _health_command(self, kind, values):
        """Ask the terminal for something, unless the same waits already."""
        self.ensure_one()
        self.check_access("write")
        commands = self.env["attendance.terminal.command"]
        waits = commands.search_count(
            [
                ("terminal_id", "=", self.id),
                ("kind", "=", kind),
                ("state", "in", ("waiting", "sent")),
            ],
            limit=1,
        )
        if not waits:
            commands._queue([{"terminal_id": self.id, "kind": kind, "values": values}])
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "It is told to the terminal when it calls next. What became of it "
                    "is in the list of commands."
                ),
            },
        }

    def action_health_set_aside(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "chain_attendance_terminal.attendance_punch_set_aside_action"
        )
        domain = [("terminal_id", "=", self.id), ("quarantine", "!=", False)]
        return {**action, "domain": domain}

    def action_health_unknown_codes(self):
        return self._health_punches(
            [("employee_id", "=", False), ("quarantine", "=", False)]
        )

    def _health_punches(self, domain):
        action = self.action_view_punches()
        return {**action, "domain": [*action["domain"], *domain]}

    def action_health_commands(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "chain_attendance_terminal.attendance_terminal_command_action"
        )
        domain = [
            ("terminal_id", "=", self.id),
            ("state", "in", ("failed", "expired")),
        ]
        return {**action, "domain": domain, "context": {}}
