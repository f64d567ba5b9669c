"""A large chain, made set-based: one record by Odoo, its like by SQL."""

from odoo.fields import Command

JOBS = 20
LISTED = 200
MONTH = "2026-03"
FIRST_DAY = f"{MONTH}-01"
MARK = "Bench"


def make(env, options):
    """People, departments, stores and days, and logins for each scope; once."""
    if env["res.users"].search_count([("login", "=", "bench_all")]):
        return
    chain = Chain(env, options)
    chain.make_places()
    chain.make_people()
    chain.make_days()
    chain.make_logins()
    env.cr.commit()  # pylint: disable=invalid-commit
    env.cr._cnx.autocommit = True
    for table in ("attendance_day", "hr_employee", "hr_version", "hr_department"):
        env.cr.execute(f"VACUUM ANALYZE {table}")  # pylint: disable=sql-injection
    env.cr.execute("ANALYZE")
    env.cr._cnx.autocommit = False


class Chain:
    def __init__(self, env, options):
        company = env.ref("base.main_company")
        self.env = env(context={"allowed_company_ids": company.ids, "lang": "en_US"})
        self.options = options
        self.company = company

    def multiply(self, record, count, **columns):
        """``count`` rows like ``record``; the number before the first one's.

        :param columns: SQL for the columns that differ; ``n`` counts from 1. Columns
            that the table has not got are left out.
        """
        cr, table = self.env.cr, record._table
        self.env.flush_all()
        cr.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass"
            " AND attnum > 0 AND NOT attisdropped",
            [table],
        )
        names = [name for (name,) in cr.fetchall()]
        cr.execute(f"SELECT max(id) FROM {table}")  # pylint: disable=sql-injection
        (before,) = cr.fetchone()
        columns["id"] = f"{before} + n"
        values = ", ".join(
            columns.get(name, f'"{table}"."{name}"').replace("{before}", str(before))
            for name in names
        )
        listed = ", ".join(f'"{name}"' for name in names)
        cr.execute(  # pylint: disable=sql-injection
            f"INSERT INTO {table} ({listed}) SELECT {values} FROM {table},"
            f" generate_series(1, %s) AS n WHERE {table}.id = %s ORDER BY n",
            [count, record.id],
        )
        cr.execute(f"SELECT setval('{table}_id_seq', {before + count})")
        self.env.invalidate_all()
        return before

    def make_places(self):
        company, env = self.company.id, self.env
        root = env["hr.department"].create({"name": MARK, "company_id": company})
        # A tree of two branches at each place; a path is what lies above.
        self.departments = self.multiply(
            root,
            self.options["departments"],
            name=f"jsonb_build_object('en_US', '{MARK} department ' || n)",
            complete_name=f"'{MARK} department ' || n",
            parent_id=f"CASE WHEN n = 1 THEN {root.id} ELSE {{before}} + n / 2 END",
            code="'B' || n",
            master_department_id="NULL",
        )
        env.cr.execute(
            """
            WITH RECURSIVE tree AS (
                SELECT id, parent_path FROM hr_department WHERE id = %(root)s
                UNION ALL
                SELECT d.id, tree.parent_path || d.id || '/'
                FROM hr_department d JOIN tree ON d.parent_id = tree.id
            )
            UPDATE hr_department d SET parent_path = tree.parent_path
            FROM tree WHERE tree.id = d.id
            """,
            {"root": root.id},
        )
        job = env["hr.job"].create({"name": f"{MARK} job", "company_id": company})
        self.jobs = self.multiply(
            job, JOBS, name="jsonb_build_object('en_US', 'Bench job ' || n)"
        )
        store = env["attendance.store"].create(
            {"name": MARK, "code": "BENCH", "company_id": company}
        )
        self.stores = self.multiply(
            store,
            self.options["stores"],
            code="'BENCH' || n",
            name="jsonb_build_object('en_US', 'Bench store ' || n)",
        )

    def make_people(self):
        count, cr = self.options["people"], self.env.cr
        first = self.env["hr.employee"].create(
            {"name": MARK, "company_id": self.company.id, "employee_number": "BENCH0"}
        )
        resources = self.multiply(first.resource_id, count, name=self.name())
        version = first.current_version_id
        self.people = self.multiply(
            first,
            count,
            name=self.name(),
            legal_name=self.name(),
            resource_id=f"{resources} + n",
            employee_number="'BENCH' || n",
            current_version_id="NULL",
            message_main_attachment_id="NULL",
        )
        branches = self.options["departments"]
        versions = self.multiply(
            version,
            count,
            employee_id=f"{self.people} + n",
            department_id=f"{self.departments} + 1 + mod(n, {branches})",
            job_id=f"{self.jobs} + 1 + mod(n, {JOBS})",
            store_id=f"{self.stores} + 1 + mod(n, {self.options['stores']})",
        )
        cr.execute(
            "UPDATE hr_employee SET current_version_id = id - %s + %s WHERE id > %s",
            [self.people, versions, self.people],
        )
        self.env.invalidate_all()

    def name(self):
        return f"'{MARK} person ' || n"

    def make_days(self):
        self.env.cr.execute(
            """
            INSERT INTO attendance_day (
                employee_id, work_date, company_id, department_id, job_id, store_id,
                state, day_name, due_minutes, worked_minutes, late_minutes,
                early_minutes, absent_minutes, leave_minutes, punched_outing_minutes,
                outing_minutes, trip_minutes, overtime_workday_minutes,
                overtime_rest_day_minutes, overtime_holiday_minutes)
            SELECT e.id, day::date, e.company_id, v.department_id, v.job_id, v.store_id,
                'final', 'work', 480, 470, e.id %% 7, 0, 0, 0, 0, 0, 0, e.id %% 60, 0, 0
            FROM hr_employee e JOIN hr_version v ON v.id = e.current_version_id
            CROSS JOIN generate_series(
                %s::date, %s::date + %s, interval '1 day') AS day
            WHERE e.id > %s ORDER BY day, e.id
            """,
            [FIRST_DAY, FIRST_DAY, self.options["days"] - 1, self.people],
        )

    def make_logins(self):
        """A login for each scope; each stands for an own employee."""
        self.env.cr.execute(
            "SELECT d.department_id FROM (SELECT id AS department_id FROM hr_department"
            " WHERE id > %s) d WHERE NOT EXISTS (SELECT 1 FROM hr_department c"
            " WHERE c.parent_id = d.department_id) LIMIT 1",
            [self.departments],
        )
        (leaf,) = self.env.cr.fetchone()
        first = self.people + 1
        self.login("all", first, scope="all")
        self.login("self", first + 1, scope="self")
        store = self.stores + 5
        self.login("own_stores", first + 2, scope="own_stores")
        self.env["attendance.store"].browse(store).manager_id = first + 2
        self.login("leaf", self.one_of(leaf), scope="own_department")
        middle = self.departments + 8
        self.login("middle", self.one_of(middle), scope="own_department")
        self.login("jobs", first + 3, scope="jobs", job_ids=[self.jobs + 3])
        self.login(
            "departments",
            first + 4,
            scope="departments",
            department_ids=[self.departments + n for n in (40, 50, 60)],
        )
        listed = list(range(first + 100, first + 100 + LISTED))
        self.login("employees", first + 5, scope="employees", employee_ids=listed)
        self.env["ir.config_parameter"].set_param(
            "bench.places", repr({"store": store, "leaf": leaf, "middle": middle})
        )

    def one_of(self, department):
        number = department - self.departments - 1
        return self.people + (number or self.options["departments"])

    def login(self, name, employee_id, **values):
        env = self.env
        values = {
            key: [Command.set(value)] if key.endswith("_ids") else value
            for key, value in values.items()
        }
        user = env["res.users"].create(
            {
                "name": name,
                "login": f"bench_{name}",
                "company_id": self.company.id,
                "company_ids": [Command.set(self.company.ids)],
                "group_ids": [Command.link(env.ref("base.group_user").id)],
            }
        )
        env["hr.employee"].browse(employee_id).user_id = user
        role = env["attendance.role"].create({"name": f"{MARK} {name}", **values})
        functions = env["res.groups"]._attendance_functions()
        role.sudo().group_id.implied_ids = [
            Command.link(functions[key].id)
            for key in (
                ("reports", "view"), ("employees", "view"), ("employees", "edit"),
                ("rosters", "view"),
            )
        ]  # fmt: skip
        role.user_ids = user
