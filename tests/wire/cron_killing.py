"""Kill Odoo's own cron worker again and again in a recompute.

The server is the shipped one with processes: its master starts the next worker by
itself. Processes are killed by their number, and only children of the server that was
given; which of them computes is read from the server's log. There is one of them, so
that whatever is claimed is claimed by it.
"""

import contextlib
import os
import random
import re
import signal
import time
from datetime import date, timedelta
from pathlib import Path

from terminal_simulator import Device, Target

FIRST, DAYS = date(2026, 1, 5), 300
SERIAL = "KILLEDCRON"
ALIVE = re.compile(r"Worker WorkerCron \((\d+)\) alive")
# A batch of days takes about so long: blows fall before, in and after it.
LONGEST_SECONDS = 2.5
NUDGE_SECONDS = 0.7
PATIENCE_SECONDS = 240
# What is left out of the comparison: numbers that rows get as they come, and when an
# exception was found.
SERIAL_COLUMNS = ("id", "day_id", "opened_at")
TABLES = ("attendance_day", "attendance_day_segment", "attendance_exception")


class CronKilling:
    """One run.

    :param server: a :class:`devkit.server.OdooServer` with workers, which runs
    :param rpc: the administrator's :class:`devkit.rpc.Rpc`
    """

    def __init__(self, server, rpc, seed):
        self.server, self.rpc = server, rpc
        self.databases, self.name = server.databases, server.name
        self.random = random.Random(seed)
        self.late = self.refills = 0
        self.killed, self.dead = [], set()
        self.nudged = 0
        self.dates = [FIRST + timedelta(days=n) for n in range(DAYS)]
        self.people = dict(
            self.query(
                "SELECT e.id, c.code FROM hr_employee e"
                " JOIN attendance_terminal_code c ON c.employee_id = e.id"
                " WHERE e.active AND e.company_id = 1 AND c.date_to IS NULL"
                " ORDER BY e.id"
            )
        )
        self.device = self.make_terminal()

    def make_terminal(self):
        self.rpc.create(
            "attendance.terminal",
            code="7999",
            name="Unit of late punches",
            serial_number=SERIAL,
            vendor="zkteco",
            store_id=self.rpc.ref("chain_attendance_demo.store_hq"),
        )
        return Device(SERIAL, Target.from_url(self.server.url))

    def query(self, statement, parameters=None):
        return self.databases.query(self.name, statement, parameters)

    def run(self, kills):
        """Kill so often; how many of the dead had claimed days.

        :raise AssertionError: if what is left differs from a clean run
        """
        self.punch_now_and_then()
        self.wait()
        self.recompute()
        hit = 0
        for _number in range(kills):
            if self.count() < DAYS * len(self.people) // 3:
                self.wait()
                self.recompute()
            hit += self.kill_one()
            self.punch_late()
        self.wait()
        left = self.rows()
        self.recompute()
        self.wait()
        clean = self.rows()
        for table in TABLES:
            assert left[table], table
            assert left[table] == clean[table], _difference(left[table], clean[table])
        assert len(set(self.killed)) == kills
        return hit

    def recompute(self):
        """Nothing is stored of these people; then a person has it computed."""
        self.refills += 1
        people = list(self.people)
        for table in ("attendance_exception", "attendance_day"):
            self.query(
                f"DELETE FROM {table} WHERE employee_id = ANY(%s)"
                " AND work_date BETWEEN %s AND %s RETURNING 1",
                [people, self.dates[0], self.dates[-1]],
            )
        wizard = self.rpc.create(
            "attendance.recompute",
            employee_ids=[(6, 0, people)],
            date_from=str(self.dates[0]),
            date_to=str(self.dates[-1]),
        )
        self.rpc("attendance.recompute", "action_start", [wizard])

    def count(self):
        return self.query("SELECT count(*) FROM attendance_day_queue")[0][0]

    def punch_now_and_then(self):
        """And never at the end of the shift, so that there are exceptions."""
        for day in self.dates[::14]:
            for code in self.people.values():
                self.device.punch(code, at=f"{day} 08:50:00")
        self.device.wake()
        self.device.settle(seconds=PATIENCE_SECONDS)

    def punch_late(self):
        """A terminal that was offline sends; its day waits again, whoever has it."""
        self.late += 1
        code = self.random.choice(list(self.people.values()))
        day = self.random.choice(self.dates)
        at = f"{day} {9 + self.late // 3600:02d}"
        at += f":{self.late // 60 % 60:02d}:{self.late % 60:02d}"
        self.device.punch(code, at=at)
        self.device.wake()
        self.device.settle(seconds=PATIENCE_SECONDS)

    # --- the worker ---------------------------------------------------------------

    def worker(self):
        """The process that computes: the server's newest, if it lives."""
        found = ALIVE.findall(self.server.log.read_text(errors="replace"))
        pid = int(found[-1]) if found else 0
        return pid if pid in _children(self.server.process.pid) else None

    def claims(self):
        """The connections of the living that have claimed days."""
        found = self.query(
            "SELECT DISTINCT q.claimed_pid FROM attendance_day_queue q"
            " JOIN pg_stat_activity a ON a.pid = q.claimed_pid"
        )
        return {pid for (pid,) in found} - self.dead

    def kill_one(self):
        """Whether the worker had claimed days when it was killed."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not self.worker() or not self.claims():
            assert time.monotonic() < deadline, "no worker computes"
            self.nudge()
            time.sleep(0.1)
        time.sleep(self.random.uniform(0, LONGEST_SECONDS))
        pid, claims = self.worker(), self.claims()
        assert pid in _children(self.server.process.pid)
        os.kill(pid, signal.SIGKILL)
        self.killed.append(pid)
        # The server of the database takes a moment to notice.
        self.dead |= claims
        while pid in _children(self.server.process.pid):
            assert time.monotonic() < deadline, "the dead worker is still there"
            time.sleep(0.02)
        return bool(claims)

    def nudge(self):
        """Wake the cron, as whatever happens in Odoo does.

        A new worker looks by itself only after a minute, and Odoo puts off for a
        minute what has died three times in a row.
        """
        now = time.monotonic()
        if now - self.nudged < NUDGE_SECONDS:
            return
        self.nudged = now
        self.query(
            "INSERT INTO ir_cron_trigger (cron_id, call_at)"
            " SELECT res_id, now() AT TIME ZONE 'UTC' FROM ir_model_data"
            " WHERE module = 'chain_attendance_day' AND name = 'ir_cron_compute'"
            " RETURNING id"
        )
        with (
            self.databases.connect("postgres") as connection,
            connection.cursor() as cursor,
        ):
            cursor.execute("SELECT pg_notify('cron_trigger', %s)", [self.name])

    def wait(self):
        """Until nothing is left to compute; rows of the dead are taken over."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while self.count():
            assert time.monotonic() < deadline, f"{self.count()} days still wait"
            self.nudge()
            time.sleep(0.2)

    # --- what is stored -----------------------------------------------------------

    def rows(self):
        """``{table: [row, ...]}``, without what differs from run to run anyhow.

        An exception that was withdrawn tells of what was before a late punch; a clean
        run has never raised it.
        """
        return {table: self.rows_of(table) for table in TABLES}

    def rows_of(self, table):
        names = self.query(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_schema = current_schema() AND table_name = %s"
            " AND NOT column_name = ANY(%s) ORDER BY 1",
            [table, list(SERIAL_COLUMNS)],
        )
        columns = ", ".join(f'x."{name}"::text' for (name,) in names)
        day = ", d.employee_id, d.work_date" if table.endswith("_segment") else ""
        joined = "JOIN attendance_day d ON d.id = x.day_id" if day else ""
        live = "AND x.state != 'withdrawn'" if table.endswith("_exception") else ""
        return sorted(
            self.query(
                f"SELECT {columns}{day} FROM {table} x {joined}"
                f" WHERE x.employee_id = ANY(%s) AND x.work_date = ANY(%s) {live}",
                [list(self.people), self.dates],
            ),
            key=repr,
        )

    def close(self):
        self.device.close()


def _children(pid):
    with contextlib.suppress(OSError):
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
        return {int(word) for word in text.split()}
    return set()


def _difference(left, clean):
    return f"{len(left)} rows, {len(clean)} of a clean run; only on one side: " + repr(
        sorted(set(left) ^ set(clean), key=repr)[:4]
    )
