"""How long days take from the queue to the stored rows, and what it costs to say so."""

import cProfile
import gc
import time
from collections import namedtuple
from contextlib import nullcontext
from os import sysconf
from pathlib import Path
from resource import getpagesize
from statistics import median

import baseline
from chain import DATES, FIRST, LAST, DaysChain

from odoo.addons.chain_attendance_day.models import attendance_day

WANTED_SECONDS = 90
WANTED_REST = 60
WANTED_AGAIN = 0.6
WANTED_GROWTH = 400
WANTED_QUERIES = 40
WANTED_LATE = 0.05
WANTED_SLOPE = 1.25
WHOLE = 310_000  # days for which the seconds are wanted
LATE_ROUNDS = 20
MEGABYTE = 1024 * 1024

Done = namedtuple("Done", "days wall cpu engine queries growth written")


def run(env, options):
    """Print the table; the exit status is 1 where a figure is not reached."""
    bench = Days(env, options)
    bench.make()
    return bench.measure()


class Stopwatch:
    """Stands in for a generator of a module and adds up how long it takes.

    Asking for the time costs as much as a part of a day: it is asked for once a call.
    """

    def __init__(self, module, name):
        self.seconds = 0
        self.function = getattr(module, name)
        setattr(module, name, self)

    def __call__(self, *values, **options):
        start = time.process_time()
        results = list(self.function(*values, **options))
        self.seconds += time.process_time() - start
        return results


class Days(DaysChain):
    """The chain and its measures."""

    def measure(self):
        self.engine = Stopwatch(attendance_day, "evaluate_days")
        print(f"{self.punches:,} punches of {len(self.people):,} people\n")
        print(
            f"{'':38} {'days':>8} {'wall':>9} {'CPU':>9} {'engine':>9} {'rest':>9}"
            f" {'us/day':>7} {'queries':>8} {'MB':>5} {'written':>8}"
        )
        self.compute(self.people[:50])  # what a process reads only once
        steps = [self.step(n) for n in self.options["steps"] if n < len(self.people)]
        with self.profile():
            whole = self.step(len(self.people))
        again = self.compute(self.people)
        line("computed again, nothing changed", again)
        late = self.measure_late()
        pair, pairs, overtime = baseline.measure(
            self.env, self.people, self.options["pairs"], self.cpu
        )
        assert overtime, "Odoo has computed no overtime"
        ours = whole.cpu / whole.days
        print(
            f"Odoo's attendance, a pair: {pair * 1e6:,.0f} us, {pair / ours:.1f} times"
            f" a day of ours; {pairs:,} pairs made {overtime:,} rows of overtime"
        )
        return self.judge(steps, whole, again, late)

    def profile(self):
        name = self.options["profile"]
        return Profile(name) if name else nullcontext()

    def step(self, count):
        """Nothing is stored; then these people's month is."""
        self.env.cr.execute("TRUNCATE attendance_day CASCADE")
        self.vacuum("attendance_day")
        done = self.compute(self.people[-count:])
        line(f"{count:,} people x {len(DATES)} dates", done)
        return done

    def vacuum(self, table):
        cr = self.env.cr
        cr.commit()
        cr._cnx.autocommit = True
        cr.execute(f"VACUUM ANALYZE {table}")  # pylint: disable=sql-injection
        cr._cnx.autocommit = False

    def compute(self, people):
        """Mark these people's month and work the queue off, as the cron does."""
        queue, cr = self.env["attendance.day.queue"], self.env.cr
        cr.execute(
            """
            INSERT INTO attendance_day_queue (employee_id, work_date, seq, attempts)
            SELECT e, d::date, nextval('attendance_day_queue_mark'), 0
            FROM unnest(%s) AS e, generate_series(%s::date, %s, interval '1 day') AS d
            ORDER BY 1, 2
            """,
            [people, FIRST, LAST],
        )
        self.vacuum("attendance_day_queue")
        self.env.invalidate_all()
        gc.collect()
        cr.execute("SELECT txid_current()")
        (first,) = cr.fetchone()
        before, queries = resident(), cr.sql_log_count
        peak, self.engine.seconds = before, 0
        wall, cpu = time.perf_counter(), self.cpu()
        while queue._waiting():
            queue._cron_compute()
            peak = max(peak, resident())
        wall, cpu = time.perf_counter() - wall, self.cpu() - cpu
        days = len(people) * len(DATES)
        queries = (cr.sql_log_count - queries) / days * 1000
        cr.execute(
            "SELECT count(*) FROM attendance_day WHERE xmin::text::bigint > %s", [first]
        )
        growth = (peak - before) / MEGABYTE
        return Done(
            days, wall, cpu, self.engine.seconds, queries, growth, cr.fetchone()[0]
        )

    def cpu(self):
        """Seconds of a core that this process and its database connection took."""
        stat = Path(f"/proc/{self.env.cr._cnx.info.backend_pid}/stat")
        ticks = stat.read_text("ascii").rpartition(")")[2].split()[11:13]
        return time.process_time() + sum(map(int, ticks)) / sysconf("SC_CLK_TCK")

    def measure_late(self):
        """One punch of a day that was computed, in a large table; the median."""
        rows = self.fill(self.options["punches"])
        queue, taken = self.env["attendance.day.queue"], []
        for number in range(LATE_ROUNDS):
            pair = self.people[number * 7 % len(self.people)], DATES[number]
            self.punch_late(*pair)
            self.env.cr.execute("DELETE FROM attendance_day_queue")
            queue._mark([pair])
            self.env.cr.commit()
            self.env.invalidate_all()
            start = time.perf_counter()
            queue._cron_compute()
            taken.append(time.perf_counter() - start)
        print(
            f"\none late punch among {rows:,}, one day: median of {LATE_ROUNDS}"
            f" {median(taken) * 1000:.1f} ms, longest {max(taken) * 1000:.1f} ms"
        )
        return median(taken)

    def judge(self, steps, whole, again, late):
        scale = WHOLE / whole.days
        slope = max(
            [whole.cpu / whole.days / (one.cpu / one.days) for one in steps],
            default=1,
        )
        print(f"\n{'':38} {'is':>9} {'wanted':>9} {'ratio':>7}")
        wanted = [
            ("310,000 days, seconds of one core", whole.cpu * scale, WANTED_SECONDS),
            ("without the engine", (whole.cpu - whole.engine) * scale, WANTED_REST),
            ("again, of the first time", again.cpu / whole.cpu, WANTED_AGAIN),
            ("written again", again.written, 0),
            ("MB more than idle", max(whole.growth, again.growth), WANTED_GROWTH),
            ("queries of 1,000 days", whole.queries, WANTED_QUERIES),
            ("a late punch, seconds", late, WANTED_LATE),
            ("a day, of one among fewer", slope, WANTED_SLOPE),
        ]
        good = True
        for name, found, limit in wanted:
            good &= found <= limit
            share = f"{found / limit:7.2f}" if limit else ""
            print(f"{name:38} {found:9.3f} {limit:9} {share}")
        return not good


class Profile:
    """Writes the figures of cProfile into a file."""

    def __init__(self, name):
        self.name, self.profile = name, cProfile.Profile()

    def __enter__(self):
        self.profile.enable()

    def __exit__(self, *_error):
        self.profile.disable()
        self.profile.dump_stats(self.name)


def line(name, done):
    rest = done.cpu - done.engine
    print(
        f"{name:38} {done.days:8,} {done.wall:7.2f} s {done.cpu:7.2f} s"
        f" {done.engine:7.2f} s {rest:7.2f} s {done.cpu / done.days * 1e6:7.0f}"
        f" {done.queries:8.1f} {done.growth:5.0f} {done.written:8,}",
        flush=True,
    )


def resident():
    """Bytes of this process that are in memory."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * getpagesize()
