"""A punch arrives while its day is being computed, over two real connections.

Runs inside Odoo's shell. In whichever order the two end, the punch is counted.
"""

import threading
from datetime import date, datetime
from unittest.mock import patch

from odoo.api import SUPERUSER_ID, Environment

from odoo.addons.chain_attendance_terminal.models.attendance_punch import WirePunch

FIRST = date(2026, 1, 7)
WAIT_SECONDS = 20
HOLD_SECONDS = 0.5


class Race:
    """One person, one terminal; a date for each order."""

    def __init__(self, env):
        self.env, self.registry = env, env.registry
        env.cr.execute(
            "SELECT e.id, c.code, t.id FROM hr_employee e"
            " JOIN attendance_terminal_code c ON c.employee_id = e.id"
            " JOIN attendance_terminal t ON t.company_id = e.company_id AND t.active"
            " WHERE e.active AND c.date_to IS NULL ORDER BY e.id, t.id LIMIT 1"
        )
        self.person, self.code, self.terminal = env.cr.fetchone()
        env.cr.commit()

    def run(self):
        for number, order in enumerate(
            (self.committed_while_computed, self.open_at_the_release, self.waiting)
        ):
            self.day = FIRST.replace(day=FIRST.day + 7 * number)
            self.mark()
            order()
            self.compute()
            self.check(order.__name__)

    def mark(self):
        self.env["attendance.day.queue"]._mark([(self.person, self.day)])
        self.env.cr.commit()

    def compute(self):
        self.env["attendance.day.queue"]._cron_compute()
        self.env.cr.commit()

    def punch(self, cr):
        cr.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
        env = Environment(cr, SUPERUSER_ID, {})
        at = datetime(self.day.year, self.day.month, self.day.day, 9)
        punch = WirePunch(self.code, at, 255, 15, "0", "")
        terminal = env["attendance.terminal"].browse(self.terminal)
        assert env["attendance.punch"]._store(terminal, [punch], "push") == 1

    def around(self, model, name, *, before=None, after=None):
        """Run the cron; the first call of a method has something beside it."""
        found = type(self.env[model])
        method = getattr(found, name)
        calls = []

        def wrapped(records, *values, **more):
            calls.append(name)
            if before and len(calls) == 1:
                before()
            result = method(records, *values, **more)
            if after and len(calls) == 1:
                after()
            return result

        with patch.object(found, name, wrapped):
            self.compute()
        assert calls

    def committed_while_computed(self):
        """All of the punch between reading the day's inputs and storing its row."""

        def send():
            with self.registry.cursor() as cr:
                self.punch(cr)

        self.around("attendance.day", "_judge", after=send)

    def open_at_the_release(self):
        """The terminal's transaction holds the mark while the cron releases it."""
        has_marked = threading.Event()
        may_end = threading.Event()

        def send():
            with self.registry.cursor() as cr:
                self.punch(cr)
                has_marked.set()
                may_end.wait(HOLD_SECONDS)

        thread = threading.Thread(target=send)

        def begin():
            thread.start()
            assert has_marked.wait(WAIT_SECONDS)

        self.around("attendance.day", "_judge", after=begin)
        thread.join(WAIT_SECONDS)

    def waiting(self):
        """The cron's transaction has released the mark and is not committed."""

        def send():
            with self.registry.cursor() as cr:
                self.punch(cr)

        thread = threading.Thread(target=send)

        def begin():
            thread.start()
            # It cannot end before the release is committed.
            thread.join(HOLD_SECONDS)
            assert thread.is_alive()

        self.around("attendance.day.queue", "_release", after=begin)
        thread.join(WAIT_SECONDS)
        assert not thread.is_alive()

    def check(self, order):
        """The stored row is of all inputs, the punch among them; nothing waits."""
        pair = self.person, self.day
        judged = self.env["attendance.day"]._judge([pair])[pair]
        self.env.cr.execute(
            "SELECT fingerprint FROM attendance_day"
            " WHERE employee_id = %s AND work_date = %s",
            pair,
        )
        assert self.env.cr.fetchone() == (judged.row[-1],), order
        assert len(judged.result.marks) == 1, (order, judged.result.marks)
        self.env.cr.execute(
            "SELECT count(*) FROM attendance_day_queue"
            " WHERE employee_id = %s AND work_date = %s",
            pair,
        )
        assert self.env.cr.fetchone() == (0,), order
        self.env.cr.commit()
