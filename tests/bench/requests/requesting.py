"""The chain, what it filed, and how long filing and looking take; nothing is kept."""

import time
from datetime import date, timedelta
from statistics import median

from world import Chain

from odoo.fields import Command

DEPARTMENTS = STORES = 200
# Days of overtime that a person files in the bench, one a round.
FIRST = date(2026, 3, 1)
WANTED_FILING = 3
WANTED_LIST = 1
PAGE = 80
KINDS = ("overtime", "outing", "trip", "correction")
COLUMNS = (
    "department_id", "employee_number", "employee_id", "title", "start_text",
    "stop_text", "amount", "entered_at", "state",
)  # fmt: skip


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
        self.requests = self.env["attendance.request"]

    def make(self):
        self.chain.make_places()
        self.chain.make_people()
        first, count = self.chain.people + 1, self.options["people"]
        self.people = list(range(first, first + count))
        shift = self.env["attendance.shift"].create(
            {
                "name": "Bench",
                "company_id": self.chain.company.id,
                "timetable_ids": [
                    Command.create({"start_minutes": 510, "end_minutes": 1050})
                ],
            }
        )
        self.env["attendance.store"].browse(
            range(self.chain.stores + 1, self.chain.stores + STORES + 1)
        ).default_shift_id = shift
        self.make_requests()
        self.env.flush_all()
        self.env.cr.execute("ANALYZE")

    def make_requests(self):
        """Two years back, a row a person and date, of all kinds in turn."""
        count = self.options["requests"] // len(KINDS)
        for number, kind in enumerate(KINDS):
            one = self.requests.create(
                {"kind": kind, "employee_id": self.people[0], "date_from": FIRST}
            )
            day = f"date '2024-01-01' + mod(n * 13 + {number}, 701)"
            self.chain.multiply(
                one,
                count - 1,
                employee_id=f"{self.people[0]} + mod(n, {len(self.people)})",
                date_from=day,
                date_to=day,
                work_date=day if kind == "overtime" else "NULL",
            )

    def timed(self, work):
        """``((seconds, CPU seconds), queries, what the work gave)``, the medians."""
        taken = []
        for number in range(self.options["rounds"]):
            self.env.flush_all()
            self.env.invalidate_all()
            queries, start = self.env.cr.sql_log_count, clocks()
            given = work(number)
            self.env.flush_all()
            taken.append(since(start))
            queries = self.env.cr.sql_log_count - queries
        wall, own = zip(*taken, strict=True)
        return (median(wall), median(own)), queries, given

    def measure(self):
        print(f"{'':42} {'wall':>10} {'own CPU':>10} {'ratio':>7}")
        filed = self.measure_filing()
        shown = self.measure_list()
        return not (filed <= WANTED_FILING and shown <= WANTED_LIST)

    def measure_filing(self):
        count = self.options["filed"]
        people = self.people[-count:]
        bare, _queries, _made = self.timed(
            lambda number: self.env["res.bank"].create(
                [{"name": f"Bench {number}"} for _person in people]
            )
        )
        line(f"create {count} of a bare model", bare, bare)
        again = len(KINDS)
        alone, queries, _made = self.timed(
            lambda number: self.requests.create(
                [self.overtime(person, again + number) for person in people]
            )
        )
        line(f"create {count} overtime, {queries} queries", alone, bare)
        self.make_limits()
        batch, queries, _action = self.timed(
            lambda number: self.file(people, again + 20 + number)
        )
        line(f"file for {count} with limits, {queries} queries", batch, bare)
        refused, queries, _action = self.timed(
            lambda _number: self.file(people, again + 20)
        )
        line(f"refuse all {count}, {queries} queries", refused, bare)
        return batch[0]

    def overtime(self, person, number):
        day = FIRST + timedelta(days=number)
        return {"kind": "overtime", "employee_id": person, "date_from": day}

    def file(self, people, number):
        batch = self.env["attendance.request.batch"].create(
            {
                "date_from": FIRST + timedelta(days=number),
                "employee_ids": [Command.set(people)],
                "reason": "Stock-taking",
            }
        )
        return batch.action_file()

    def make_limits(self):
        self.env["attendance.request.limit"].create(
            {
                "kind": "overtime",
                "company_id": self.chain.company.id,
                "is_reason_required": True,
                "step_minutes": 30,
                "month_cap_hours": 100,
                "is_cap_strict": True,
            }
        )

    def measure_list(self):
        """The combined list of a login that sees everybody, and of a store's."""
        total = self.env["attendance.request.entry"].search_count([])
        print(f"\n{total} requests of {len(self.people)} people")
        worst = 0
        bare, _queries, _none = self.timed(lambda _number: self.count_rows())
        line("count the table's rows", bare, bare)
        number = "BENCH204"
        searches = {
            "page 1 and count": ([], 0),
            "by number": (
                [
                    "|",
                    ("employee_id.name", "ilike", number),
                    ("employee_id.employee_number", "=", number),
                ],
                0,
            ),
            "page in the middle": ([], total // 2),
            "one month": (
                [("date_from", ">=", "2025-03-01"), ("date_from", "<", "2025-04-01")],
                0,
            ),
        }
        for scope in ("all", "own_stores"):
            entries = self.entries_of(scope)
            for name, (domain, offset) in searches.items():
                if scope != "all" and offset:
                    offset = entries.search_count(domain) // 2
                shown, queries, _found = self.timed(
                    lambda _n, entries=entries, domain=domain, offset=offset: (
                        entries.web_search_read(
                            domain,
                            specification(),
                            limit=PAGE,
                            offset=offset,
                            count_limit=10001,
                        )
                    )
                )
                line(f"{scope}: {name}, {queries} queries", shown, bare)
                worst = max(worst, shown[0])
        return worst

    def count_rows(self):
        self.env.cr.execute("SELECT count(*) FROM attendance_request")
        return self.env.cr.fetchone()

    def entries_of(self, scope):
        user = self.env["res.users"].create(
            {"name": scope, "login": f"bench_requests_{scope}"}
        )
        role = self.env["attendance.role"].create({"name": scope, "scope": scope})
        functions = self.env["res.groups"]._attendance_functions()
        role.sudo().group_id.implied_ids = [
            Command.link(functions["requests", "view"].id)
        ]
        role.user_ids = user
        keeper = self.env["hr.employee"].browse(self.people[5])
        keeper.user_id = user
        self.env["attendance.store"].browse(self.chain.stores + 5).manager_id = keeper
        return self.env["attendance.request.entry"].with_user(user)


def specification():
    return {
        n: {"fields": {"display_name": {}}} if n.endswith("_id") else {}
        for n in COLUMNS
    }


def clocks():
    return time.perf_counter(), time.process_time()


def since(start):
    return tuple(now - before for now, before in zip(clocks(), start, strict=True))


def line(name, seconds, whole):
    wall, own = seconds
    print(f"{name:42} {wall:8.3f} s {own:8.3f} s {wall / whole[0]:7.2f}")
