"""A chain with its rosters, a month of punches and some requests, made set-based."""

import io
from datetime import datetime, time

import rostering

from odoo.addons.chain_attendance_terminal.models.attendance_punch import WirePunch

DATES = rostering.DATES
FIRST, LAST = DATES[0], DATES[-1]
STAFF = 50  # people who share a terminal
CODES = 10_000_000  # the code of a person is their id more than this
PORTION = 1_000_000  # rows of one statement that fills the table
# After the roster's start: in, out for the break, in again, out; and once more within
# a minute, as people do. ``seed`` is 0 to 9999 and different from day to day.
EVENTS = """(VALUES
    (interval '-20 min' + mod(seed, 23) * interval '1 min', 1),
    (interval '-20 min' + mod(seed, 23) * interval '1 min' + interval '25 s', 5),
    (interval '210 min' + mod(seed, 11) * interval '1 min', 60),
    (interval '250 min' + mod(seed, 13) * interval '1 min', 60),
    (lasts + interval '3 min' + mod(seed, 29) * interval '1 min', 50),
    (lasts + interval '3 min' + mod(seed, 29) * interval '1 min'
        + interval '25 s', 2)
) AS event (after, rare)"""
FILL = f"""
    INSERT INTO attendance_punch (
        terminal_id, company_id, store_id, user_code, code_key, wall_time, punched_at,
        state_key, verify_mode, work_code, raw_line, source, received_at, employee_id,
        department_id, job_id, home_store_id)
    SELECT %(terminal)s + (e.id - %(person)s) / {STAFF}, e.company_id, v.store_id,
        code, code, at::text, at - interval '8 hours', 255, 15, '0',
        code || E'\\t' || at || E'\\t255\\t15\\t0\\t0\\t0\\t0\\t0\\t0', 'push',
        at - interval '8 hours', e.id, v.department_id, v.job_id, v.store_id
    FROM bench_plan p
    JOIN hr_employee e ON e.id = p.employee_id
    JOIN hr_version v ON v.id = e.current_version_id
    CROSS JOIN LATERAL (SELECT
        ({CODES} + e.id)::text AS code,
        mod(e.id * 7919 + extract(doy FROM p.day)::int * 104729, 10000) AS seed,
        p.length * interval '1 min' AS lasts) made
    CROSS JOIN LATERAL (SELECT
        p.day + p.start * interval '1 min' + event.after
            + mod(seed, 60) * interval '1 s' AS at
        FROM {EVENTS}
        WHERE mod(seed, 50) <> 0 AND (event.rare <> 50 OR mod(seed, 50) <> 1)) punch
    ORDER BY at
"""
OLDER = f"""
    INSERT INTO attendance_punch (
        terminal_id, company_id, store_id, user_code, code_key, wall_time, punched_at,
        state_key, verify_mode, work_code, raw_line, source, received_at, employee_id,
        department_id, job_id, home_store_id)
    SELECT %(terminal)s + who / {STAFF}, e.company_id, v.store_id,
        code, code, at::text, at - interval '8 hours', 255, 15, '0',
        code || E'\\t' || at || E'\\t255\\t15\\t0\\t0\\t0\\t0\\t0\\t0', 'push',
        at - interval '8 hours', e.id, v.department_id, v.job_id, v.store_id
    FROM generate_series(%(first)s, %(last)s) AS n
    CROSS JOIN LATERAL (
        SELECT n %% %(people)s AS who,
            timestamp '2011-01-01' + n * interval '12 s' AS at) made
    JOIN hr_employee e ON e.id = %(person)s + who
    JOIN hr_version v ON v.id = e.current_version_id
    CROSS JOIN LATERAL (SELECT ({CODES} + e.id)::text AS code) coded
"""


class DaysChain(rostering.Bench):
    """10,000 people of rostering's chain, each with a code and a terminal."""

    def make(self):
        super().make()
        # The clock of the punches and forms below.
        self.env.cr.execute("UPDATE attendance_store SET tz = 'Asia/Shanghai'")
        self.env.invalidate_all()
        first = self.people[0]
        count = len(self.people)
        terminal = self.env["attendance.terminal"].create(
            {
                "name": "Bench",
                "code": "800000",
                "serial_number": "BENCHDAYS0",
                "vendor": "zkteco",
                "store_id": self.chain.stores + 1,
            }
        )
        self.terminal = 1 + self.chain.multiply(
            terminal,
            max(1, count // STAFF + 1),
            code="(800000 + n)::text",
            name="'Bench ' || n",
            serial_number="'BENCHDAYS' || n",
        )
        self.make_codes()
        self.make_plan()
        self.env.cr.execute(FILL, {"terminal": self.terminal, "person": first})
        self.punches = self.env.cr.rowcount
        self.make_forms()
        self.env.cr.execute("DELETE FROM attendance_day_queue")
        self.env.cr.commit()
        self.env.cr.execute("ANALYZE")
        self.env.cr.commit()

    def make_plan(self):
        """Who works when, as the roster says: punches are made of it."""
        plans = self.rosters._resolve(self.people, DATES)
        hours = {
            shift.id: (start, end - start + (1440 if end < start else 0))
            for shift in self.shifts
            for start, end in [
                (shift.timetable_ids.start_minutes, shift.timetable_ids.end_minutes)
            ]
        }
        text = io.StringIO()
        for (person, day), plan in plans.items():
            if plan.shift_id:
                start, length = hours[plan.shift_id]
                text.write(f"{person}\t{day}\t{start}\t{length}\n")
        text.seek(0)
        cr = self.env.cr
        cr.execute(
            "CREATE TEMP TABLE bench_plan"
            " (employee_id int, day date, start int, length int)"
        )
        cr._obj.copy_from(text, "bench_plan")
        cr.execute("ANALYZE bench_plan")

    def make_forms(self):
        """Two hours of overtime for everybody, on one of the dates."""
        one = self.env["attendance.request"].create(
            {
                "kind": "overtime",
                "employee_id": self.people[0],
                "date_from": FIRST,
            }
        )
        day = f"date '{FIRST}' + mod(n, {len(DATES)})"
        self.chain.multiply(
            one,
            len(self.people) - 1,
            employee_id=f"{self.people[0]} + n",
            date_from=day,
            date_to=day,
            work_date=day,
            start_at=f"{day} + interval '10 h'",
            stop_at=f"{day} + interval '12 h'",
        )

    def make_codes(self):
        first = self.people[0]
        one = self.env["attendance.terminal.code"].create(
            {"employee_id": first, "code": self.code_of(first)}
        )
        code = f"({CODES} + {first} + n)::text"
        self.chain.multiply(
            one,
            len(self.people) - 1,
            employee_id=f"{first} + n",
            code=code,
            code_key=code,
        )

    def code_of(self, employee):
        return str(CODES + employee)

    def fill(self, rows):
        """Punches of earlier years, as they come: the table has so many then.

        Without indexes and checks of references; the indexes are made again.
        """
        cr = self.env.cr
        cr.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename ="
            " 'attendance_punch' AND indexdef NOT LIKE '%UNIQUE%'"
        )
        indexes = cr.fetchall()
        cr.execute("SET session_replication_role = replica")
        for name, _definition in indexes:
            cr.execute(f'DROP INDEX "{name}"')  # pylint: disable=sql-injection
        values = {
            "terminal": self.terminal,
            "person": self.people[0],
            "people": len(self.people),
        }
        for first in range(self.punches + 1, rows + 1, PORTION):
            last = min(first + PORTION - 1, rows)
            cr.execute(OLDER, values | {"first": first, "last": last})
            cr.commit()
        for _name, definition in indexes:
            cr.execute(definition)  # pylint: disable=sql-injection
        cr.execute("SET session_replication_role = DEFAULT")
        cr.commit()
        cr._cnx.autocommit = True
        cr.execute("VACUUM ANALYZE attendance_punch")
        cr._cnx.autocommit = False
        cr.execute("SELECT count(*) FROM attendance_punch")
        return cr.fetchone()[0]

    def punch_late(self, employee, day):
        """A punch at midday, as a terminal that was offline sends it; one is new."""
        terminal = self.env["attendance.terminal"].browse(self.terminal)
        at = datetime.combine(day, time(12, 34, 56))
        punch = WirePunch(self.code_of(employee), at, 255, 15, "0", f"late {employee}")
        assert self.env["attendance.punch"]._store(terminal, [punch], "push") == 1
