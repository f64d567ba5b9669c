"""Open the same lists as the administrator and as scoped logins, in turns."""

import ast
import statistics
import time

from world import MONTH

from odoo.api import Environment

LIMIT = 2.0
PAGE = 80
COLUMNS = (
    "employee_id", "work_date", "department_id", "store_id", "due_minutes",
    "worked_minutes", "late_minutes", "overtime_workday_minutes",
)  # fmt: skip
SUMS = ("due_minutes:sum", "worked_minutes:sum", "late_minutes:sum", "__count")
MONTH_DOMAIN = [("work_date", ">=", f"{MONTH}-01"), ("work_date", "<=", f"{MONTH}-31")]


def specification(names):
    return {
        n: {"fields": {"display_name": {}}} if n.endswith("_id") else {} for n in names
    }


def listing(model, extra, **paging):
    return lambda env, domain: env[model].web_search_read(
        [*MONTH_DOMAIN, *domain, *extra],
        specification(COLUMNS),
        count_limit=10001,
        **paging,
    )["length"]


def grouped(model):
    return lambda env, domain: env[model].web_read_group(
        [*MONTH_DOMAIN, *domain], ["employee_id"], list(SUMS), limit=PAGE
    )["length"]


def people(model):
    names = ("name", "department_id", "job_id", "work_email")
    return lambda env, domain: env[model].web_search_read(
        domain, specification(names), limit=PAGE, count_limit=10001
    )["length"]


DAY, DAILY = "attendance.day", "attendance.report.daily"
DAY_LISTS = {
    "month, 2,000 rows at most": listing(DAY, [], limit=2000),
    "page 1 and count": listing(DAY, [], limit=PAGE),
    "page 10": listing(DAY, [], limit=PAGE, offset=9 * PAGE),
    "by employee, sums": grouped(DAY),
    "by name": listing(DAY, [("employee_id.name", "ilike", "person 12")], limit=PAGE),
    "daily report, page 1": listing(DAILY, [], limit=PAGE),
    "daily report, sums": grouped(DAILY),
}
PEOPLE_LISTS = {
    "hr.employee": people("hr.employee"),
    "hr.employee.public": people("hr.employee.public"),
}


class Case:
    """A login, and the administrator's domains that return the same rows.

    Every login of an employee sees oneself besides.
    """

    def __init__(self, env, name, days=((0, "=", 1),), people=((0, "=", 1),)):
        self.name = name
        user = env["res.users"].search([("login", "=", f"bench_{name}")])
        self.user_id, own = user.id, user.employee_ids.ids
        self.day_domain = ["|", ("employee_id", "in", own), *days]
        self.person_domain = ["|", ("id", "in", own), *people]


def cases(env):
    places = ast.literal_eval(env["ir.config_parameter"].get_param("bench.places"))
    users = {
        name: env["res.users"].search([("login", "=", f"bench_{name}")])
        for name in ("jobs", "departments", "employees")
    }
    picked = {name: user.attendance_role_ids[:1] for name, user in users.items()}
    job, branch = picked["jobs"].job_ids.ids, picked["departments"].department_ids.ids
    listed = picked["employees"].employee_ids.ids

    def below(departments):
        return env["hr.department"].search([("id", "child_of", departments)]).ids

    by_place = {
        "own_stores": ("store_id", "=", places["store"]),
        "leaf": ("department_id", "in", below(places["leaf"])),
        "middle": ("department_id", "in", below(places["middle"])),
        "jobs": ("job_id", "in", job),
        "departments": ("department_id", "in", below(branch)),
    }
    found = [Case(env, name, [held], [held]) for name, held in by_place.items()]
    return [
        *found,
        Case(env, "employees", [("employee_id", "in", listed)], [("id", "in", listed)]),
        Case(env, "self"),
        Case(env, "all", [(1, "=", 1)], [(1, "=", 1)]),
    ]


def once(env, call, domain):
    """``(seconds, queries, result)`` with nothing remembered of the rows."""
    env.invalidate_all()
    queries, started = env.cr.sql_log_count, time.perf_counter()
    result = call(env, domain)
    return time.perf_counter() - started, env.cr.sql_log_count - queries, result


def run(env, options):
    env.company.is_attendance_directory_limited = True
    context = {"allowed_company_ids": env.ref("base.main_company").ids, "lang": "en_US"}
    administrator = Environment(env.cr, env.ref("base.user_admin").id, context)
    if options["explain"]:
        return explain(env, options["explain"], context)
    print(f"{'login':<12} {'list':<26} {'rows':>6} {'admin ms':>9} {'login ms':>9} "
          f"{'ratio':>6} {'queries':>9}")  # fmt: skip
    missed = []
    for case in cases(env):
        login = Environment(env.cr, case.user_id, context)
        for lists, domain in (
            (DAY_LISTS, case.day_domain),
            (PEOPLE_LISTS, case.person_domain),
        ):
            for label, call in lists.items():
                row = compare(administrator, login, call, domain, options["rounds"])
                print(f"{case.name:<12} {label:<26} {row['rows']:>6} "
                      f"{row['admin'] * 1000:>9.1f} {row['login'] * 1000:>9.1f} "
                      f"{row['ratio']:>6.2f} {row['queries']:>9}")  # fmt: skip
                if row["ratio"] > LIMIT:
                    missed.append(f"{case.name}, {label}: {row['ratio']:.2f}")
    print(f"above {LIMIT}:", "; ".join(missed) or "none")
    return None


def compare(administrator, login, call, domain, rounds):
    seconds = {"admin": [], "login": []}
    for number in range(rounds + 2):
        taken, admin_queries, admin_rows = once(administrator, call, domain)
        held, login_queries, login_rows = once(login, call, [])
        if number > 1:  # the first ones warm up
            seconds["admin"].append(taken)
            seconds["login"].append(held)
    admin, mine = (statistics.median(seconds[who]) for who in ("admin", "login"))
    rows = str(login_rows) if login_rows == admin_rows else f"{login_rows}!{admin_rows}"
    return {
        "rows": rows,
        "admin": admin,
        "login": mine,
        "ratio": mine / admin,
        "queries": f"{admin_queries}/{login_queries}",
    }


def explain(env, name, context):
    """The plans of the first page and of the count of a login's list."""
    user = env["res.users"].search([("login", "=", f"bench_{name}")])
    login = Environment(env.cr, user.id, context)
    query = login["attendance.day"]._search(
        MONTH_DOMAIN, limit=PAGE, order="work_date desc, employee_id"
    )
    statement = query.select()
    env.cr.execute(f"EXPLAIN (ANALYZE, BUFFERS) {statement.code}", statement.params)
    for (line,) in env.cr.fetchall():
        print(line)
