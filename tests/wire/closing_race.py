"""A period is closed while days of it are computed, over two real connections.

Runs inside Odoo's shell. Whichever of the two comes first, what is closed does not
change any more, and what came too late for it is in the lines of adjustment.
"""

import threading
from datetime import date, datetime, time, timedelta
from unittest.mock import patch

from odoo.api import SUPERUSER_ID, Environment
from odoo.exceptions import UserError

from odoo.addons.chain_attendance_day.models.attendance_adjustment import ADJUSTED
from odoo.addons.chain_attendance_terminal.models.attendance_punch import WirePunch

FIRST_MONTH, DAYS = date(2014, 7, 1), 14
WAIT_SECONDS = 20
HOLD_SECONDS = 0.5
CODE = "7003"


class Closer:
    """Somebody who closes a period, on a connection and in a thread of their own.

    What it sees is as old as this object: so late punches slip past the look at what
    still waits.
    """

    def __init__(self, registry, period):
        self.cr = registry.cursor()
        self.period = Environment(self.cr, SUPERUSER_ID, {})[period._name].browse(
            period.id
        )
        self.refusal = None
        # A snapshot is taken by the first statement.
        assert self.period.state == "reviewed"

    def close(self):
        self.period._close()

    def commit(self):
        self.cr.commit()
        self.cr.close()

    def close_and_commit(self):
        try:
            self.close()
        except UserError as refusal:
            self.refusal = refusal
            self.cr.rollback()
        self.commit()


class ClosingRace:
    """One person, a month for each order."""

    def __init__(self, env):
        self.env, self.registry = env, env.registry
        self.env["attendance.day.queue"]._cron_compute()
        store = env.ref("chain_attendance_demo.store_hq")
        self.terminal = env["attendance.terminal"].search(
            [("store_id", "=", store.id)], limit=1
        )
        self.person = env["hr.employee"].create(
            {
                "name": "Closing",
                "employee_number": "CLOSING",
                "terminal_user_code": CODE,
                "store_id": store.id,
            }
        )
        env["attendance.roster"].create(
            {
                "employee_id": self.person.id,
                "shift_id": env.ref("chain_attendance_demo.shift_day").id,
                "date_from": FIRST_MONTH,
            }
        )
        env.cr.commit()

    def run(self):
        orders = (
            self.computing_first,
            self.closing_first,
            self.closed_after_the_inputs_were_read,
            self.closing_meets_what_waits,
        )
        for number, order in enumerate(orders):
            self.prepare(FIRST_MONTH.replace(month=FIRST_MONTH.month + number))
            order()
            self.check(order.__name__)

    def prepare(self, first):
        """A month whose days are computed and whose period is reviewed."""
        self.dates = [first + timedelta(days=n) for n in range(DAYS)]
        self.pairs = [(self.person.id, day) for day in self.dates]
        self.period = self.env["attendance.period"].create(
            {
                "company_id": self.person.company_id.id,
                "date_from": first,
                "date_to": self.dates[-1],
            }
        )
        self.period.action_review()
        self.mark()
        self.compute()
        self.before = self.rows()
        assert len(self.before) == DAYS

    def mark(self):
        self.env["attendance.day.queue"]._mark(self.pairs)
        self.env.cr.commit()

    def compute(self):
        self.env["attendance.day.queue"]._cron_compute()
        self.env.cr.commit()

    def punch(self, hour):
        """For eight hours on every day of the month, late: all of them wait."""
        with self.registry.cursor() as cr:
            cr.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
            terminal = self.terminal.with_env(Environment(cr, SUPERUSER_ID, {}))
            punches = [
                WirePunch(CODE, datetime.combine(day, time(at)), 255, 15, "0", "")
                for day in self.dates
                for at in (hour, hour + 8)
            ]
            stored = terminal.env["attendance.punch"]._store(terminal, punches, "push")
            assert stored == len(punches)

    def beside(self, name, step):
        """Compute; ``step`` runs after the first call of a method of the day's.

        :return: how often days were judged
        """
        found = type(self.env["attendance.day"])
        methods = {method: getattr(found, method) for method in {name, "_judge"}}
        calls = []

        def wrapped_as(method):
            def wrapped(records, *values, **more):
                # Who closes judges days too, at the same time on another connection.
                if records.env.cr is not self.env.cr:
                    return methods[method](records, *values, **more)
                calls.append(method)
                result = methods[method](records, *values, **more)
                if method == name and calls.count(name) == 1:
                    step()
                return result

            return wrapped

        patches = [patch.object(found, one, wrapped_as(one)) for one in methods]
        for one in patches:
            one.start()
        try:
            self.compute()
        finally:
            for one in patches:
                one.stop()
        assert name in calls
        return calls.count("_judge")

    # --- the orders -----------------------------------------------------------------

    def computing_first(self):
        """The batch holds the period; who closes it waits, and closes what is new."""
        closer = Closer(self.registry, self.period)
        self.punch(9)
        thread = threading.Thread(target=closer.close_and_commit)

        def begin():
            thread.start()
            thread.join(HOLD_SECONDS)
            assert thread.is_alive(), "closed under the hands of who computes"

        assert self.beside("_hold_closed", begin) == 1
        thread.join(WAIT_SECONDS)
        assert not thread.is_alive() and not closer.refusal, closer.refusal
        self.env.cr.commit()
        assert self.rows() != self.before
        assert not self.lines()
        self.before = self.rows()
        self.punch(10)
        self.compute()

    def closing_first(self):
        """Who closes holds the period; the batch waits, and then finds it closed."""
        closer = Closer(self.registry, self.period)
        self.punch(9)
        closer.close()
        timer = threading.Timer(HOLD_SECONDS, closer.commit)
        # Once for nothing and once more, not once for each half and each day.
        assert self.beside("_judge", timer.start) == 2
        timer.join(WAIT_SECONDS)

    def closed_after_the_inputs_were_read(self):
        """All of the closing between reading inputs and storing rows."""
        closer = Closer(self.registry, self.period)
        self.punch(9)
        assert self.beside("_judge", closer.close_and_commit) == 2
        assert not closer.refusal, closer.refusal

    def closing_meets_what_waits(self):
        """Who begins to close when days wait already is refused, and closes later."""
        self.punch(9)
        closer = Closer(self.registry, self.period)
        assert self.beside("_judge", closer.close_and_commit) == 1
        assert closer.refusal
        self.env.cr.commit()
        assert self.period.state == "reviewed"
        assert self.rows() != self.before
        self.before = self.rows()
        Closer(self.registry, self.period).close_and_commit()
        self.env.cr.commit()
        self.punch(10)
        self.compute()

    # --- what is left ---------------------------------------------------------------

    def rows(self):
        self.env.cr.execute(
            "SELECT to_jsonb(d) FROM attendance_day d WHERE employee_id = %s"
            " AND work_date = ANY(%s) ORDER BY work_date",
            [self.person.id, self.dates],
        )
        found = [row for (row,) in self.env.cr.fetchall()]
        self.env.cr.commit()
        return found

    def lines(self):
        """``{(date, figure): minutes}``."""
        self.env.cr.execute(
            "SELECT work_date, figure, sum(minutes) FROM attendance_adjustment"
            " WHERE employee_id = %s AND work_date = ANY(%s) GROUP BY 1, 2",
            [self.person.id, self.dates],
        )
        found = {
            (day, figure): minutes for day, figure, minutes in self.env.cr.fetchall()
        }
        self.env.cr.commit()
        return found

    def check(self, order):
        """Closed rows are as they were closed; rows and lines are the figures now."""
        self.env.invalidate_all()
        assert self.period.state == "closed", order
        self.env.cr.execute(
            "SELECT * FROM attendance_day_queue WHERE employee_id = %s",
            [self.person.id],
        )
        assert not self.env.cr.fetchall(), order
        assert self.rows() == self.before, order
        lines = self.lines()
        assert lines, order
        judged = self.env["attendance.day"]._judge(self.pairs)
        for row, pair in zip(self.before, self.pairs, strict=True):
            now = judged[pair].result.totals
            for figure in ADJUSTED:
                late = lines.get((pair[1], figure), 0)
                assert row[figure] + late == (getattr(now, figure) or 0), (
                    order,
                    pair,
                    figure,
                )
        self.env.cr.commit()
