import logging
from datetime import timedelta

from psycopg2.errors import DeadlockDetected, SerializationFailure

from odoo import api, fields, models

_logger = logging.getLogger(__name__)

# People and terminals of one step.
PEOPLE_BATCH = 500
TERMINAL_BATCH = 20
# A terminal at which so many people changed is looked at as a whole.
WHOLE = 200
# A terminal whose turn failed is tried again after this.
POSTPONED = timedelta(hours=1)
PENDING = "attendance.terminal.mark"


class AttendanceTerminalMark(models.Model):
    """What a scheduled job has to look at: a person, a terminal, or one on the other.

    Marks are only ever inserted and deleted, so that whoever changes a person never
    waits for anything. A terminal that follows changes by itself always has one mark
    of its own: for its next midnight, when loans, transfers and employments begin and
    end.
    """

    _name = "attendance.terminal.mark"
    _description = "Person or Terminal to Look At"
    _order = "id"
    _log_access = False

    terminal_id = fields.Many2one(
        "attendance.terminal", readonly=True, ondelete="cascade"
    )
    employee_id = fields.Many2one("hr.employee", readonly=True, ondelete="cascade")
    due_at = fields.Datetime(required=True, readonly=True)

    _terminal_idx = models.Index("(terminal_id, due_at)")
    _employee_idx = models.Index("(employee_id) WHERE terminal_id IS NULL")

    @api.model
    @api.private
    def _mark(self, employee_ids=(), terminal_ids=(), pairs=()):
        """Have these looked at soon; one insert at the end of the transaction.

        :param pairs: ``(terminal id, employee id)``.
        """
        wanted = {(None, employee) for employee in employee_ids}
        wanted |= {(terminal, None) for terminal in terminal_ids}
        wanted |= set(pairs)
        if not wanted:
            return
        precommit = self.env.cr.precommit
        if PENDING not in precommit.data:
            precommit.data[PENDING] = set()
            precommit.add(self.sudo()._insert_pending)
        precommit.data[PENDING] |= wanted

    def _insert_pending(self):
        pending = self.env.cr.precommit.data.pop(PENDING, set())
        # Somebody may be gone by now.
        self.env.cr.execute(
            """
            INSERT INTO attendance_terminal_mark (terminal_id, employee_id, due_at)
            SELECT w.terminal_id, w.employee_id, %s
            FROM unnest(%s::int[], %s::int[]) AS w(terminal_id, employee_id)
            LEFT JOIN attendance_terminal t ON t.id = w.terminal_id
            LEFT JOIN hr_employee e ON e.id = w.employee_id
            WHERE w.terminal_id IS NOT DISTINCT FROM t.id
              AND w.employee_id IS NOT DISTINCT FROM e.id
            """,
            [
                fields.Datetime.now(),
                [terminal for terminal, _employee in pending],
                [employee for _terminal, employee in pending],
            ],
        )

    @api.model
    def _cron_follow(self):
        """Let terminals follow the people who changed, in batches."""
        self._mark_forgotten()
        cron = self.env["ir.cron"]
        while count := self._spread():
            if not cron._commit_progress(count, remaining=self._count_due()):
                return
        while terminals := self._due_terminals():
            self._follow(terminals)
            remaining = self._count_due()
            if not cron._commit_progress(len(terminals), remaining=remaining):
                return

    def _mark_forgotten(self):
        """Terminals that follow changes and have no mark of their own, new ones say."""
        self.env["attendance.terminal"].flush_model()
        self.env.cr.execute(
            """
            INSERT INTO attendance_terminal_mark (terminal_id, due_at)
            SELECT t.id, %s FROM attendance_terminal t
            WHERE t.active AND t.is_provisioned_automatically AND NOT EXISTS (
                SELECT 1 FROM attendance_terminal_mark m
                WHERE m.terminal_id = t.id AND m.employee_id IS NULL)
            """,
            [fields.Datetime.now()],
        )

    def _count_due(self):
        self.env.cr.execute(
            "SELECT count(*) FROM attendance_terminal_mark WHERE due_at <= %s",
            [fields.Datetime.now()],
        )
        return self.env.cr.fetchone()[0]

    def _spread(self):
        """Put marks of people on all terminals that they may concern; one statement.

        Too many rather than too few: which terminals serve whom on which day is
        looked at afterwards.

        :return: how many marks were spread.
        """
        for model in ("hr.employee", "hr.version", "attendance.store.loan"):
            self.env[model].flush_model()
        self.env.cr.execute(
            """
            WITH person AS (
                DELETE FROM attendance_terminal_mark WHERE id IN (
                    SELECT id FROM attendance_terminal_mark WHERE terminal_id IS NULL
                    ORDER BY id LIMIT %(limit)s)
                RETURNING employee_id
            ), place AS (
                SELECT v.employee_id, v.store_id FROM hr_version v
                WHERE v.employee_id IN (SELECT employee_id FROM person)
                UNION
                SELECT l.employee_id, l.store_id FROM attendance_store_loan l
                WHERE l.employee_id IN (SELECT employee_id FROM person)
            ), pair AS (
                SELECT t.id AS terminal_id, place.employee_id
                FROM place JOIN attendance_terminal t ON t.store_id = place.store_id
                UNION
                SELECT t.id, e.id FROM person
                JOIN hr_employee e ON e.id = person.employee_id
                JOIN attendance_terminal t ON t.company_id = e.company_id
                WHERE t.serve_all_employees
                UNION
                SELECT a.terminal_id, a.employee_id
                FROM attendance_terminal_assignment a
                WHERE a.employee_id IN (SELECT employee_id FROM person)
                UNION
                SELECT u.terminal_id, u.sent_employee_id FROM attendance_terminal_user u
                WHERE u.sent_employee_id IN (SELECT employee_id FROM person)
                UNION
                SELECT c.terminal_id, c.employee_id FROM attendance_terminal_command c
                WHERE c.employee_id IN (SELECT employee_id FROM person)
                  AND c.state IN ('waiting', 'sent')
            ), counted AS (
                SELECT pair.*, count(*) OVER (PARTITION BY terminal_id) AS people
                FROM pair
            ), spread AS (
                INSERT INTO attendance_terminal_mark (terminal_id, employee_id, due_at)
                SELECT DISTINCT terminal_id,
                    CASE WHEN people <= %(whole)s THEN employee_id END,
                    %(now)s::timestamp
                FROM counted
            )
            SELECT count(*) FROM person
            """,
            {"limit": PEOPLE_BATCH, "whole": WHOLE, "now": fields.Datetime.now()},
        )
        return self.env.cr.fetchone()[0]

    def _due_terminals(self):
        self.env.cr.execute(
            """
            SELECT DISTINCT terminal_id FROM attendance_terminal_mark
            WHERE terminal_id IS NOT NULL AND due_at <= %s
            ORDER BY terminal_id LIMIT %s
            """,
            [fields.Datetime.now(), TERMINAL_BATCH],
        )
        return self.env["attendance.terminal"].browse(
            terminal for (terminal,) in self.env.cr.fetchall()
        )

    def _follow(self, terminals):
        """Look at these terminals; one that fails does not stop the others."""
        try:
            with self.env.cr.savepoint():
                self._follow_at_once(terminals)
        except (SerializationFailure, DeadlockDetected):
            # The terminal answered meanwhile: look again at what it says now.
            self.env.cr.rollback()
        except Exception:  # pylint: disable=broad-except
            if len(terminals) == 1:
                _logger.exception("Terminal %s cannot follow changes.", terminals.id)
                self._postpone(terminals)
                return
            for terminal in terminals:
                self._follow(terminal)

    def _follow_at_once(self, terminals):
        """Look at these terminals, or at the people of them who changed."""
        self.env.cr.execute(
            """
            DELETE FROM attendance_terminal_mark
            WHERE terminal_id = ANY(%s) AND due_at <= %s
            RETURNING terminal_id, employee_id
            """,
            [terminals.ids, fields.Datetime.now()],
        )
        marks = self.env.cr.fetchall()
        following = terminals.filtered(
            lambda t: t.active and t.is_provisioned_automatically
        )
        ids = {terminal for terminal, employee in marks if employee is None}
        whole = following.filtered(lambda t: t.id in ids)
        partly = following - whole
        more = whole.browse()
        if whole:
            more |= whole._send_changes()
        if partly:
            employees = sorted({employee for _t, employee in marks if employee})
            more |= partly._send_changes(employees)
        self._insert_next(whole - more, more)

    def _insert_next(self, done, more):
        """The next midnight of these terminals; at once for who has more to do."""
        now = fields.Datetime.now()
        rows = [(terminal.id, terminal._next_midnight()) for terminal in done]
        rows += [(terminal.id, now) for terminal in more]
        self.env.cr.execute(
            """
            INSERT INTO attendance_terminal_mark (terminal_id, due_at)
            SELECT * FROM unnest(%s::int[], %s::timestamp[])
            """,
            [[terminal for terminal, _at in rows], [at for _terminal, at in rows]],
        )

    def _postpone(self, terminals):
        now = fields.Datetime.now()
        self.env.cr.execute(
            "UPDATE attendance_terminal_mark SET due_at = %s"
            " WHERE terminal_id = ANY(%s) AND due_at <= %s",
            [now + POSTPONED, terminals.ids, now],
        )
