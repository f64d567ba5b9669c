"""The overview and the raw punches in a large chain; nothing is kept.

``run(env, options)`` fills the database with ``people``, their days of a month and
of today, today's punches, and ``punches`` older ones, and measures what the screens ask
for. Wanted: one second of the server's time, and a page of punches at once.
"""

import time
from datetime import date, datetime, timedelta
from statistics import median

from world import Chain

from odoo import fields

ROUNDS = 5
WANTED_BOARD = 1.0
WANTED_PAGE = 0.5
STORES = DEPARTMENTS = 200


def run(env, options):
    """Print the table; the exit status is 1 where a figure is not reached."""
    try:
        bench = Bench(env, options)
        bench.make()
        return bench.measure()
    finally:
        env.cr.rollback()


class Bench:
    def __init__(self, env, options):
        sizes = {"departments": DEPARTMENTS, "stores": STORES, "days": 31}
        self.options = options
        self.chain = Chain(env, options | sizes)
        self.env = self.chain.env
        self.today = date.today()

    def make(self):
        chain = self.chain
        chain.make_places()
        chain.make_people()
        self.shift = self.env["attendance.shift"].create(
            {
                "name": "Bench",
                "company_id": chain.company.id,
                "timetable_ids": [(0, 0, {"start_minutes": 510, "end_minutes": 1050})],
            }
        )
        self.make_days()
        self.make_punches()
        self.env.cr.execute("ANALYZE")

    def make_days(self):
        """Thirty days that are over, and today in progress, with their rows."""
        self.env.flush_all()
        self.env.cr.execute(
            """
            INSERT INTO attendance_day (
                employee_id, work_date, company_id, department_id, job_id, store_id,
                home_store_id, shift_id, state, day_name, due_minutes, worked_minutes,
                late_minutes, absent_minutes, overtime_workday_minutes,
                overtime_rest_day_minutes, overtime_holiday_minutes, leave_days,
                window_closes_at)
            SELECT e.id, %(today)s::date - ago, e.company_id, v.department_id, v.job_id,
                v.store_id, v.store_id, %(shift)s,
                CASE WHEN ago = 0 THEN 'in_progress' ELSE 'final' END, 'work', 540, 530,
                e.id %% 7, e.id %% 3, e.id %% 60, 0, 0, 0,
                CASE WHEN ago = 0 THEN now() AT TIME ZONE 'UTC' + interval '6 h' END
            FROM hr_employee e JOIN hr_version v ON v.id = e.current_version_id
            CROSS JOIN generate_series(0, 30) AS ago WHERE e.id > %(people)s
            ORDER BY ago DESC, e.id
            """,
            {
                "today": self.here().date(),
                "shift": self.shift.id,
                "people": self.chain.people,
            },
        )
        self.env.cr.execute(
            """
            INSERT INTO attendance_day_segment (
                day_id, state, employee_id, work_date, company_id, department_id,
                job_id, store_id, home_store_id, sequence, kind, shift_id, due_minutes,
                start_at, stop_at)
            SELECT id, state, employee_id, work_date, company_id, department_id, job_id,
                store_id, home_store_id, 1, 'shift', shift_id, 540,
                CASE WHEN state = 'final' THEN work_date + interval '30 min'
                     ELSE now() AT TIME ZONE 'UTC' - interval '2 h' END,
                CASE WHEN state = 'final' THEN work_date + interval '570 min'
                     ELSE now() AT TIME ZONE 'UTC' + interval '5 h' END
            FROM attendance_day WHERE shift_id = %s
            """,
            [self.shift.id],
        )

    def here(self):
        """The clock of the stores."""
        clocks = self.env["attendance.overview"]._clocks()
        return clocks[self.chain.stores + 1]

    def make_punches(self):
        """Four a day and person, back into the past."""
        vendors = self.env["attendance.terminal"]._fields["vendor"]
        first = self.env["attendance.terminal"].create(
            {
                "code": "991",
                "name": "Bench",
                "serial_number": "BENCH000001",
                "vendor": vendors._description_selection(self.env)[0][0],
                "company_id": self.chain.company.id,
            }
        )
        people = self.options["people"]
        self.env.cr.execute(
            """
            INSERT INTO attendance_punch (
                terminal_id, company_id, store_id, user_code, code_key, wall_time,
                punched_at, state_key, verify_mode, work_code, raw_line, source,
                received_at, employee_id, department_id, job_id, home_store_id)
            SELECT %(terminal)s, e.company_id, v.store_id, e.id::text, e.id::text,
                to_char(at + interval '8 h', 'YYYY-MM-DD HH24:MI:SS'), at, 255, 15, '',
                repeat('x', 40), 'push', at, e.id, v.department_id, v.job_id, v.store_id
            FROM generate_series(0, %(punches)s - 1) n
            JOIN hr_employee e ON e.id = %(people)s + 1 + n %% %(count)s
            JOIN hr_version v ON v.id = e.current_version_id
            CROSS JOIN LATERAL (SELECT date_trunc('second', now() AT TIME ZONE 'UTC')
                - (n / %(count)s) * interval '6 h' - mod(e.id, 7000) * interval '1 s')
                AS made (at)
            WHERE n %% 17 <> 0
            """,
            {
                "terminal": first.id,
                "punches": self.options["punches"],
                "people": self.chain.people,
                "count": people,
            },
        )

    def measure(self):
        overview = self.env["attendance.overview"]
        since = fields.Datetime.to_string(datetime.now() - timedelta(days=7))
        week = [("punched_at", ">=", since)]
        page = {"employee_name": {}, "wall_date": {}, "wall_clock": {}, "mark": {}}
        rows = self.env["attendance.report.punch"]
        tasks = {
            "the board": (overview.get_board, WANTED_BOARD),
            "the people who are missing": (
                lambda: overview.get_people("missing"),
                WANTED_BOARD,
            ),
            "the last 30 days": (overview.get_trend, WANTED_BOARD),
            "punches: the first page of 7 days": (
                lambda: rows.search(week, limit=80).web_read(page),
                WANTED_PAGE,
            ),
            "punches: with how many there are": (
                lambda: rows.web_search_read(week, page, limit=80),
                WANTED_BOARD,
            ),
        }
        print(f"{'what':36} {'seconds':>8} {'queries':>8}")
        is_slow = False
        for name, (task, wanted) in tasks.items():
            seconds, queries = self.time(task)
            is_slow |= seconds > wanted
            mark = f"  <- at most {wanted}" if seconds > wanted else ""
            print(f"{name:36} {seconds:8.3f} {queries:8}{mark}")
        return int(is_slow)

    def time(self, task):
        taken = []
        for _round in range(ROUNDS):
            self.env.invalidate_all()
            before, started = self.env.cr.sql_log_count, time.perf_counter()
            task()
            taken.append(time.perf_counter() - started)
            queries = self.env.cr.sql_log_count - before
        return median(taken), queries
