"""A small chain in which every scope holds other people, and who they must be.

Whose rows a scope holds is worked out here a second time, in plain Python from the
tables below; nothing of the models under test takes part.
"""

from datetime import date

from odoo import fields
from odoo.fields import Command

from odoo.addons.chain_attendance_base.const import AREAS
from odoo.addons.chain_attendance_day.tests.common import DayCommon

WORK_DAY = "2026-03-06"

DEPARTMENTS = {  # name: (company, the one above)
    "root": ("A", None),
    "north": ("A", "root"),
    "leaf": ("A", "north"),
    "far": ("B", None),
}
STORES = {  # name: (company, department)
    "s1": ("A", "north"),
    "s2": ("A", "root"),
    "s3": ("B", "far"),
    # Nobody's own and not kept by the asker: people are lent to these.
    "s4": ("A", "root"),
    "s5": ("B", "far"),
}
LENT_TO = {"A": "s4", "B": "s5"}
JOBS = {  # name: (company, department)
    "clerk": ("A", None),
    "boss": ("A", None),
    "guard": ("A", "north"),
    "abroad": ("B", None),
}
PEOPLE = {  # name: (company, department, job, store)
    "asker": ("A", "north", "clerk", "s1"),
    "amy": ("A", "north", "clerk", "s1"),
    "leo": ("A", "leaf", "clerk", "s2"),
    "rob": ("A", "root", "boss", "s2"),
    "sam": ("A", "root", "clerk", "s1"),
    "tom": ("A", "leaf", "boss", None),
    "una": ("A", None, "guard", "s2"),
    "bea": ("B", "far", "abroad", "s3"),
}
ASKER = "asker"
ASKER_KEEPS = {"s2"}  # the stores that name the asker as manager

LISTED = ("leo", "una", "bea")  # one of them is in a company the asker is not in
SCOPES = {  # label: values of the role; names stand for records
    "all": {"scope": "all"},
    "employees": {"scope": "employees", "employee_ids": LISTED},
    "jobs": {"scope": "jobs", "job_ids": ("boss", "abroad")},
    "departments": {"scope": "departments", "department_ids": ("north", "far")},
    "departments, flat": {
        "scope": "departments",
        "department_ids": ("north",),
        "includes_children": False,
    },
    "self": {"scope": "self"},
    "own_department": {"scope": "own_department"},
    "own_department, flat": {"scope": "own_department", "includes_children": False},
    "own_stores": {"scope": "own_stores"},
}


def with_children(names):
    """These departments and all below them."""
    found = set(names)
    while True:
        more = {n for n, (_c, above) in DEPARTMENTS.items() if above in found} - found
        if not more:
            return found
        found |= more


def scope_departments(values, people=None):
    """The departments of a scope that speaks of departments, or nothing."""
    people = people or PEOPLE
    if values["scope"] == "departments":
        chosen = set(values["department_ids"])
    elif values["scope"] == "own_department":
        chosen = {(people or PEOPLE)[ASKER][1]} - {None}
    else:
        return set()
    return with_children(chosen) if values.get("includes_children", True) else chosen


def people_in(values, people=None, keeps=frozenset(ASKER_KEEPS), asked=None):
    """The names of the people of company A that a scope holds.

    :param people: where everybody is now; decides where the asker stands. Without,
        as in ``PEOPLE``.
    :param keeps: the stores that name the asker.
    :param asked: where the rows say that people were; without, where they are now.
    """
    people = people or PEOPLE
    departments = scope_departments(values, people)
    tests = {
        "all": lambda name, row: True,
        "employees": lambda name, row: name in values["employee_ids"],
        "jobs": lambda name, row: row[2] in values["job_ids"],
        "departments": lambda name, row: row[1] in departments,
        "own_department": lambda name, row: row[1] in departments,
        "self": lambda name, row: name == ASKER,
        "own_stores": lambda name, row: row[3] in keeps,
    }
    test = tests[values["scope"]]
    rows = (asked or people or PEOPLE).items()
    return {n for n, row in rows if row[0] == "A" and test(n, row)}


def stores_in(values):
    departments = scope_departments(values)
    return {
        name
        for name, (company, department) in STORES.items()
        if company == "A"
        and (
            values["scope"] == "all"
            or department in departments
            or (values["scope"] == "own_stores" and name in ASKER_KEEPS)
        )
    }


def rejects_in(values):
    """What a terminal could not say belongs to its store, to no department."""
    return stores_in(values) if values["scope"] in ("all", "own_stores") else set()


def departments_in(values):
    found = set(DEPARTMENTS) if values["scope"] == "all" else scope_departments(values)
    return {name for name in found if DEPARTMENTS[name][0] == "A"}


def jobs_in(values):
    departments = scope_departments(values)
    return {
        name
        for name, (company, department) in JOBS.items()
        if company == "A"
        and (
            values["scope"] == "all"
            or name in values.get("job_ids", ())
            or department in departments
        )
    }


class ScopeCommon(DayCommon):
    """The world above as records, one row of each model for each person or place."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        other = cls.env["res.company"].create({"name": "Other Chain"})
        cls.env.user.company_ids |= other
        cls.env = cls.env(
            context=dict(
                cls.env.context, allowed_company_ids=[cls.company.id, other.id]
            )
        )
        cls.companies = {"A": cls.company, "B": other}
        cls.company.is_attendance_directory_limited = True
        cls.person.unlink()  # the world is the tables above and nobody else
        cls.terminal.unlink()
        cls.store.unlink()
        cls._build_places()
        cls._build_people()
        cls.user = cls.new_user("asker", employee=cls.people[ASKER])
        cls.user.password = "a long password"
        for name in ASKER_KEEPS:
            cls.stores[name].manager_id = cls.people[ASKER]
        cls._build_rows()

    @classmethod
    def _build_places(cls):
        cls.departments, cls.stores, cls.jobs, cls.terminals = {}, {}, {}, {}
        for name, (company, above) in DEPARTMENTS.items():
            cls.departments[name] = cls.env["hr.department"].create(
                {
                    "name": name,
                    "company_id": cls.companies[company].id,
                    "parent_id": above and cls.departments[above].id,
                }
            )
        for name, (company, department) in JOBS.items():
            cls.jobs[name] = cls.env["hr.job"].create(
                {
                    "name": name,
                    "company_id": cls.companies[company].id,
                    "department_id": department and cls.departments[department].id,
                }
            )
        for number, (name, (company, department)) in enumerate(STORES.items(), 1):
            cls.stores[name] = cls.new_store(
                name,
                company_id=cls.companies[company].id,
                department_id=cls.departments[department].id,
                hours_ids=[Command.create({"weekday": "0"})],
            )
            cls.terminals[name] = cls.new_terminal(
                str(number),
                f"SCOPE{number:05}",
                store_id=cls.stores[name].id,
                company_id=cls.companies[company].id,
            )
        cls.store = cls.stores["s1"]
        cls.shifts = {
            key: cls.new_shift(f"Day {key}", (510, 1050), company_id=company.id)
            for key, company in cls.companies.items()
        }

    @classmethod
    def _build_people(cls):
        cls.people, cls.codes = {}, {}
        for number, (name, row) in enumerate(PEOPLE.items(), 1):
            company, department, job, store = row
            cls.codes[name] = str(7000 + number)
            cls.people[name] = cls.new_employee(
                name,
                cls.codes[name],
                employee_number=f"N{number}",
                private_phone=f"555-{name}",
                company_id=cls.companies[company].id,
                department_id=department and cls.departments[department].id,
                job_id=cls.jobs[job].id,
                store_id=store and cls.stores[store].id,
            )

    @classmethod
    def _build_rows(cls):
        """Rosters, loans, punches, days and a mark in the queue of everybody."""
        cls.rosters, cls.loans = {}, {}
        for name, employee in cls.people.items():
            company, _department, _job, store = PEOPLE[name]
            cls.rosters[name] = cls.roster(employee, cls.shifts[company], "2026-03-02")
            cls.loans[name] = cls.env["attendance.store.loan"].create(
                cls.loan_values(name)
            )
            cls.send(
                cls.codes[name],
                f"{WORK_DAY} 08:30:00",
                terminal=cls.terminals[store or "s1"],
            )
        pairs = [(e.id, date.fromisoformat(WORK_DAY)) for e in cls.people.values()]
        cls.env["attendance.day"]._recompute(pairs)
        cls.clear_queue()
        cls.env["attendance.day.queue"]._mark(pairs)
        cls._archive_copies()
        for name, terminal in cls.terminals.items():
            cls.env["attendance.punch.reject"].create(
                {
                    "terminal_id": terminal.id,
                    "company_id": terminal.company_id.id,
                    "raw_line": f"noise of {name}",
                    "reason": "fields",
                }
            )
        cls.env.flush_all()

    @classmethod
    def _archive_copies(cls):
        """The archive holds the same rows, as if they had been moved there."""
        cls.env["attendance.punch"].flush_model()
        columns = cls.env["attendance.punch.archive"]._columns()
        cls.env.cr.execute(
            f"INSERT INTO attendance_punch_archive ({columns})"  # pylint: disable=sql-injection
            f" SELECT {columns} FROM attendance_punch WHERE employee_id = ANY(%s)",
            [[employee.id for employee in cls.people.values()]],
        )

    @classmethod
    def loan_values(cls, name):
        """Nobody is lent to a store that the asker keeps: that would let him in."""
        return {
            "employee_id": cls.people[name].id,
            "store_id": cls.stores[LENT_TO[PEOPLE[name][0]]].id,
            "date_from": fields.Date.to_date("2026-03-09"),
            "date_to": fields.Date.to_date("2026-03-10"),
        }

    @classmethod
    def rows_of_people(cls, model):
        """``{name: records}`` of a model that names its person."""
        rows = cls.env[model].with_context(active_test=False)
        return {
            name: rows.search([("employee_id", "=", employee.id)])
            for name, employee in cls.people.items()
        }

    @classmethod
    def give_role(cls, label, functions=None, **more):
        """Let the asker hold a role with one of the scopes above.

        :param functions: as ``new_role``; without, every function of every area.
        """
        places = {
            "employee_ids": cls.people,
            "job_ids": cls.jobs,
            "department_ids": cls.departments,
        }
        values = {
            key: [Command.set([places[key][name].id for name in value])]
            if key in places
            else value
            for key, value in SCOPES[label].items()
        }
        if functions is None:
            functions = {area: cls.every_operation(area) for area, _label in AREAS}
        return cls.new_role(functions, user_ids=cls.user, **values, **more)

    @classmethod
    def every_operation(cls, area):
        known = cls.env["res.groups"]._attendance_functions()
        return " ".join(done for where, done in known if where == area)

    def as_asker(self, model):
        """The model as the asker's browser has it: one company switched on."""
        context = {"allowed_company_ids": self.company.ids}
        return self.env(user=self.user, context=context)[model]
