"""Workers that compute the queue and are killed at any moment.

Runs inside Odoo's shell: the process loads the addons once and forks its workers, as
Odoo's own does with those of its cron. It ends those that it has forked, by their
numbers, and no others.
"""

import os
import random
import signal
import sys
import time
import traceback
from datetime import date, datetime, timedelta

import odoo
from odoo.api import SUPERUSER_ID, Environment

from odoo.addons.chain_attendance_terminal.models.attendance_punch import WirePunch

FIRST, DAYS = date(2026, 1, 5), 60
BATCH = 100
# A worker lives at most so long; it computes a batch in a part of that.
LONGEST_SECONDS = 0.4
PATIENCE_SECONDS = 60
COLUMNS = """
    SELECT string_agg(quote_ident(column_name), ', ' ORDER BY column_name)
    FROM information_schema.columns
    WHERE table_name = 'attendance_day' AND column_name <> 'id'
"""


class Killing:
    """One run.

    :param dbname: a database with people, terminals and rosters
    """

    def __init__(self, dbname, seed):
        self.registry = odoo.modules.registry.Registry(dbname)
        self.random = random.Random(seed)
        self.late = 0

    def run(self, kills):
        """How many workers were killed while days were claimed.

        :raise AssertionError: if what they left differs from a clean run
        """
        self.choose()
        self.forget()
        done = hit = 0
        while done < kills:
            if self.count() < 2 * BATCH:
                self.forget()
            hit += self.kill_one()
            self.punch_late()
            done += 1
        self.finish()
        left = self.rows()
        self.forget()
        self.finish()
        clean = self.rows()
        assert left and left == clean, _difference(left, clean)
        return hit

    def choose(self):
        with self.registry.cursor() as cr:
            cr.execute(
                "SELECT e.id, c.code, t.id FROM hr_employee e"
                " JOIN attendance_terminal_code c ON c.employee_id = e.id"
                " JOIN hr_version v ON v.id = e.current_version_id"
                " JOIN attendance_terminal t ON t.company_id = e.company_id"
                " AND t.store_id = v.store_id AND t.active"
                " WHERE e.active AND c.date_to IS NULL ORDER BY e.id, t.id"
            )
            self.people = {row[0]: row[1:] for row in cr.fetchall()}
        self.dates = [FIRST + timedelta(days=n) for n in range(DAYS)]

    def forget(self):
        """Nothing is stored of these people, and all of it waits."""
        pairs = [(person, day) for person in self.people for day in self.dates]
        with self.registry.cursor() as cr:
            cr.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
            cr.execute(
                "DELETE FROM attendance_day WHERE employee_id = ANY(%s)",
                [list(self.people)],
            )
            self.queue(cr)._mark(pairs)

    @staticmethod
    def queue(cr):
        return Environment(cr, SUPERUSER_ID, {})["attendance.day.queue"]

    def count(self):
        with self.registry.cursor() as cr:
            cr.execute("SELECT count(*) FROM attendance_day_queue")
            return cr.fetchone()[0]

    def punch_late(self):
        """A terminal that was offline: its day waits again, whoever computes it."""
        person = self.random.choice(list(self.people))
        code, terminal = self.people[person]
        day = self.random.choice(self.dates)
        self.late += 1
        at = datetime(day.year, day.month, day.day, 9) + timedelta(seconds=self.late)
        with self.registry.cursor() as cr:
            cr.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
            env = Environment(cr, SUPERUSER_ID, {})
            punch = WirePunch(code, at, 255, 15, "0", "")
            env["attendance.punch"]._store(
                env["attendance.terminal"].browse(terminal), [punch], "push"
            )

    def fork(self):
        worker = os.fork()
        if worker:
            return worker
        try:
            # Connections of its own; what it has inherited stays as it is.
            self.inherited = odoo.sql_db._Pool, self.registry._db
            odoo.sql_db._Pool = None
            self.registry._db = odoo.sql_db.db_connect(self.registry.db_name)
            self.work()
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            sys.stderr.flush()
            os._exit(1)

    def work(self):
        """What a worker does: the cron's own method, in small batches."""
        model = self.registry["attendance.day.queue"]
        claim = model._claim
        model._claim = lambda queue, limit=BATCH: claim(queue, BATCH)
        with self.registry.cursor() as cr:
            self.queue(cr)._cron_compute()

    def kill_one(self):
        """Whether the worker had claimed days when it was killed."""
        worker = self.fork()
        time.sleep(self.random.uniform(0.02, LONGEST_SECONDS))
        with self.registry.cursor() as cr:
            cr.execute(
                "SELECT count(*) FROM attendance_day_queue q"
                " JOIN pg_stat_activity a ON a.pid = q.claimed_pid"
            )
            has_claimed = bool(cr.fetchone()[0])
        os.kill(worker, signal.SIGKILL)
        os.waitpid(worker, 0)
        return has_claimed

    def finish(self):
        """A worker that is left alone; it waits for connections of dead ones to end."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while self.count():
            _pid, status = os.waitpid(self.fork(), 0)
            assert status == 0, "the worker failed"
            assert time.monotonic() < deadline, f"{self.count()} days still wait"

    def rows(self):
        with self.registry.cursor() as cr:
            cr.execute(COLUMNS)
            (columns,) = cr.fetchone()
            cr.execute(
                f"SELECT {columns} FROM attendance_day WHERE employee_id = ANY(%s)"
                " AND work_date = ANY(%s) ORDER BY employee_id, work_date",
                [list(self.people), self.dates],
            )
            return cr.fetchall()


def _difference(left, clean):
    return f"{len(left)} rows, {len(clean)} of a clean run; only on one side: " + repr(
        sorted(set(left) ^ set(clean), key=repr)[:4]
    )
