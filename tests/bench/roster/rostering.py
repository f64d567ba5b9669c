"""The chain, its rosters, and how long they take; nothing is kept."""

import json
import time
from datetime import date, timedelta
from statistics import median

from world import Chain

from odoo.addons.chain_attendance_shift.models.attendance_rotation import Plan

DEPARTMENTS = STORES = 200
FIRST = date(2026, 3, 1)
DATES = [FIRST + timedelta(days=n) for n in range(31)]
SCREEN = (DATES[0].isoformat(), DATES[-1].isoformat())
WANTED_SECONDS = 3
WANTED_QUERIES = 12
WANTED_GENERATION = 5
WANTED_GRID = 1
WANTED_EDIT = 0.05
ROWS = 200
ONE_BY_ONE = 300
# Of ten people these have a standing roster, and these a dated one; one has both, and
# two have neither, but their store has a default shift.
STANDING, DATED = range(4), range(3, 8)
EVERY_OTHER = 7

# The same rows, read and thrown away.
READ = (
    "SELECT id, employee_id, date, shift_id FROM attendance_roster_override"
    " WHERE active AND employee_id = ANY(%(people)s) AND date BETWEEN %(first)s"
    " AND %(last)s",
    "SELECT r.*, t.date_from FROM attendance_roster r LEFT JOIN attendance_rotation t"
    " ON t.id = r.rotation_id WHERE r.employee_id = ANY(%(people)s)",
    "SELECT * FROM attendance_rotation_slot",
    "SELECT employee_id, date_version, department_id, job_id, store_id FROM hr_version"
    " WHERE employee_id = ANY(%(people)s) AND active",
    "SELECT * FROM attendance_store",
)


def run(env, options):
    """Print the table; the exit status is 1 where a figure is not reached."""
    bench = Bench(env, options)
    try:
        bench.make()
        return bench.measure()
    finally:
        env.cr.rollback()


class Bench:
    def __init__(self, env, options):
        self.options = options
        self.chain = Chain(
            env, options | {"departments": DEPARTMENTS, "stores": STORES}
        )
        self.env = self.chain.env
        self.rosters = self.env["attendance.roster"]

    def make(self):
        self.chain.make_places()
        self.chain.make_people()
        count, before = self.options["people"], self.chain.people
        self.people = list(range(before + 1, before + count + 1))
        spans = ((510, 1050), (1320, 360))
        self.shifts = self.env["attendance.shift"].create(
            [
                {
                    "name": f"Bench {start}",
                    "company_id": self.chain.company.id,
                    "timetable_ids": [
                        (0, 0, {"start_minutes": start, "end_minutes": end})
                    ],
                }
                for start, end in spans
            ]
        )
        self.env["attendance.store"].browse(
            range(self.chain.stores + 1, self.chain.stores + STORES + 1)
        ).default_shift_id = self.shifts[0]
        self.make_rosters()
        self.env.flush_all()
        self.env.cr.execute("ANALYZE")

    def make_rosters(self):
        standing = [person for person in self.people if person % 10 in STANDING]
        first = self.rosters.create(
            {
                "employee_id": standing[0],
                "shift_id": self.shifts[0].id,
                "date_from": FIRST - timedelta(days=400),
            }
        )
        people = f"(ARRAY{standing})[n]"
        self.chain.multiply(first, len(standing), employee_id=people)
        dated = [person for person in self.people if person % 10 in DATED]
        self.generate(dated[:1], DATES[0], DATES[-1])
        (row,) = self.rosters.search(
            [("kind", "=", "dated"), ("employee_id", "=", dated[0])]
        )
        self.chain.multiply(
            row,
            len(dated) - 1,
            employee_id=f"(ARRAY{dated[1:]})[n]",
            cycle_offset="mod(n, 8)",
        )
        changed = [person for person in self.people if person % 10 == 0]
        overrides = self.env["attendance.roster.override"]
        for day in DATES[::EVERY_OTHER]:
            (one,) = overrides._set({(changed[0], day): 0})
            self.chain.multiply(
                one, len(changed) - 1, employee_id=f"(ARRAY{changed[1:]})[n]"
            )

    def generate(self, people, first, last):
        day, night = self.shifts.ids
        cycle = [day, day, day, 0, night, night, 0, 0]
        offsets = {person: person % 8 for person in people}
        plan = Plan(first, last, cycle, offsets)
        return self.env["attendance.rotation"]._generate(plan, self.chain.company)

    def timed(self, work):
        """``((seconds, CPU seconds), queries, what the work gave)``, the medians."""
        taken = []
        for _round in range(self.options["rounds"]):
            self.env.flush_all()
            self.env.invalidate_all()
            queries, start = self.env.cr.sql_log_count, clocks()
            given = work()
            taken.append(since(start))
            queries = self.env.cr.sql_log_count - queries
        wall, own = zip(*taken, strict=True)
        return (median(wall), median(own)), queries, given

    def read(self):
        values = {"people": self.people, "first": DATES[0], "last": DATES[-1]}
        for statement in READ:
            self.env.cr.execute(statement, values)
            self.env.cr.fetchall()

    def one_by_one(self):
        for person in self.people[:ONE_BY_ONE]:
            self.rosters._resolve([person], DATES)

    def measure(self):
        count = len(self.people)
        half, _queries, _found = self.timed(
            lambda: self.rosters._resolve(self.people[: count // 2], DATES)
        )
        whole, queries, found = self.timed(
            lambda: self.rosters._resolve(self.people, DATES)
        )
        sources = {}
        for plan in found.values():
            sources[plan.source] = sources.get(plan.source, 0) + 1
        bare, _queries, _none = self.timed(self.read)
        single, _queries, _none = self.timed(self.one_by_one)
        single = [taken / min(ONE_BY_ONE, count) * count for taken in single]
        print(f"{count} people x {len(DATES)} dates, {queries} queries; {sources}")
        print(f"{'':42} {'wall':>10} {'own CPU':>10} {'ratio':>7}")
        line("resolve all", whole, whole)
        line("resolve half of them", half, whole)
        line("read the same rows alone", bare, whole)
        line("resolve one after another", single, whole)
        generated = self.measure_generation(whole)
        shown, changed = self.measure_grid()
        return not (
            whole[0] <= WANTED_SECONDS
            and queries <= WANTED_QUERIES
            and generated <= WANTED_GENERATION
            and shown <= WANTED_GRID
            and changed <= WANTED_EDIT
        )

    def measure_generation(self, whole):
        """Ahead, where nothing is marked, and back in time, where each day is."""
        people, worst = self.people[: self.options["generated"]], 0
        for words, year in (("ahead", 2099), ("back in time", 2026)):
            first, last = date(year, 1, 1), date(year, 1, 31)
            for again in ("", ", again"):
                start = clocks()
                self.generate(people, first, last)
                self.env.flush_all()
                taken = since(start)
                worst = max(worst, taken[0])
                name = f"generate for {len(people)} {words}{again}"
                line(name, taken, whole)
        return worst

    def measure_grid(self):
        """The screen of a login with a role; ``(of 200 people, of one edit)``."""
        self.grid = self.env["attendance.roster.grid"].with_user(self.planner())
        page = self.people[:ROWS]
        shown, queries, grid = self.timed(lambda: self.show(page))
        bare, _queries, _none = self.timed(lambda: self.rosters._resolve(page, DATES))
        assert len(grid["rows"]) == ROWS
        size = len(json.dumps(grid)) // 1024
        print(f"\n{ROWS} people x {len(DATES)} dates: {queries} queries, {size} kB")
        line("grid of these people", shown, shown)
        line("resolve the same people alone", bare, shown)
        for found in (self.people[:1000], self.people):
            taken = self.timed(lambda found=found: self.show(found))[0]
            line(f"their page, of {len(found)} found", taken, shown)
        changed = self.measure_edits(page, shown)
        return shown[0], changed

    def planner(self):
        user = self.env["res.users"].create(
            {"name": "Planner", "login": "bench_planner"}
        )
        role = self.env["attendance.role"].create({"name": "Planner", "scope": "all"})
        functions = self.env["res.groups"]._attendance_functions()
        role.group_id.implied_ids = [
            (4, functions["rosters", operation].id)
            for operation in ("view", "create", "edit")
        ]
        role.user_ids = user
        return user

    def show(self, people):
        return self.grid.get_grid(
            [("id", "in", people)], *SCREEN, groupby="store_id", limit=ROWS
        )

    def measure_edits(self, page, shown):
        """One cell, a whole column, and both taken back."""
        worst = 0
        for name, people in (("one cell", page[:1]), (f"{ROWS} cells", page)):
            days, steps = iter(DATES), []

            def change(people=people, days=days, steps=steps):
                day, night = next(days).isoformat(), self.shifts[1].id
                cells = [[person, day, night] for person in people]
                steps.append(self.grid.set_cells(cells, *SCREEN)["step"])
                self.env.flush_all()

            def take_back(steps=steps):
                self.grid.toggle_step(steps.pop(), *SCREEN)
                self.env.flush_all()

            changed, queries, _none = self.timed(change)
            line(f"change {name}, {queries} queries", changed, shown)
            line(f"take {name} back", self.timed(take_back)[0], shown)
            worst = worst or changed[0]
        return worst


def clocks():
    return time.perf_counter(), time.process_time()


def since(start):
    return tuple(now - before for now, before in zip(clocks(), start, strict=True))


def line(name, seconds, whole):
    wall, own = seconds
    print(f"{name:42} {wall:8.3f} s {own:8.3f} s {wall / whole[0]:7.2f}")
