"""For each model that data scopes hold back: its rows in the world of the tests.

A model that inherits ``attendance.scope.mixin`` and is not in ``ROWS`` fails
``TestScopeCoverage``: whoever adds the model says here how it is tried.
"""

from collections import namedtuple
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from . import common


def of_people(model):
    return lambda world: world.rows_of_people(model)


@dataclass(frozen=True)
class Rows:
    """How one model is tried.

    :ivar rows: the records by the name of the person or place they belong to.
    :ivar holds: which names a scope holds.
    :ivar oneself: whether everybody sees the own rows, whatever the scope.
    :ivar creates_oneself: whether everybody makes rows of oneself, too.
    :ivar reading: False where everybody may look (places are no secret).
    :ivar change: values to write; None where nobody writes by hand.
    :ivar new: values of a new row for a name; None where nobody creates by hand.
    :ivar copy_with: what a copy needs to be one.
    :ivar hand_over: the field that says whose the row is, and ``targets`` which
        records of the world it takes.
    :ivar hand_over_with: what else is written then, so that only the scope refuses.
    """

    rows: Any
    holds: Any = staticmethod(common.people_in)
    oneself: bool = False
    creates_oneself: bool = False
    reading: bool = True
    change: Any = None
    new: Any = None
    copy_with: Any = None
    hand_over: str = None
    hand_over_with: Any = None
    targets: str = "people"
    can_delete: bool = False

    def shows(self, values):
        """The names whose rows a login with this scope sees."""
        return self.holds(values) | ({common.ASKER} if self.oneself else set())

    def makes(self, values):
        """The names for whom such a login creates rows."""
        own = {common.ASKER} if self.creates_oneself else set()
        return self.holds(values) | own


def _new_roster(world, name):
    return {
        "employee_id": world.people[name].id,
        "shift_id": world.shifts[common.PEOPLE[name][0]].id,
        "date_from": "2026-03-16",
    }


def _overrides(world):
    """A changed day of everybody."""
    return {
        name: _once(
            world.env["attendance.roster.override"],
            {"employee_id": person.id, "date": "2026-03-18"},
            {},
        )
        for name, person in world.people.items()
    }


def _needs(world):
    """What each store needs on Mondays."""
    return {
        name: _once(
            world.env["attendance.coverage.need"],
            {"store_id": store.id, "weekday": "0"},
            {"people": 2},
        )
        for name, store in world.stores.items()
    }


def _published(world):
    """A publication to each person alone."""
    publications = world.env["attendance.roster.publication"]
    monday = date(2026, 3, 23)
    found = {}
    for name, person in world.people.items():
        found[name] = publications.search([("line_ids.employee_id", "=", person.id)])
        if not found[name]:
            found[name] = publications._publish(person.ids, monday, monday)
    return found


def _requests(world):
    """A trip of everybody."""
    return {
        name: _once(
            world.env["attendance.request"],
            {"employee_id": person.id, "date_from": "2026-03-18"},
            {"kind": "trip", "is_by_days": True},
        )
        for name, person in world.people.items()
    }


def _entries(world):
    """The lines that stand for the trips."""
    entries = world.env["attendance.request.entry"]
    return {
        name: entries.search([("request_id", "in", request.ids)])
        for name, request in _requests(world).items()
    }


def _approvals(world):
    """A step of each trip, for somebody who is not in the world."""
    return {
        name: _once(
            world.env["attendance.request.approval"],
            {"request_id": request.id},
            {
                "employee_id": request.employee_id.id,
                "company_id": request.company_id.id,
                "number": 1,
                "approver": "line_manager",
                "candidate_ids": world.env.ref("base.user_admin").ids,
                "state": "open",
            },
        )
        for name, request in _requests(world).items()
    }


def _links(world):
    """A personal link of everybody."""
    links = world.env["attendance.personal.link"]
    for person in world.people.values():
        if not links.search_count([("employee_id", "=", person.id)]):
            links._make(person)
    return {
        name: links.search([("employee_id", "=", person.id)])
        for name, person in world.people.items()
    }


def _new_request(world, name):
    return {
        "employee_id": world.people[name].id,
        "kind": "outing",
        "date_from": "2026-03-19",
    }


def _new_employee(world, name):
    company, department, job, store = common.PEOPLE[name]
    return {
        "name": f"Another beside {name}",
        "company_id": world.companies[company].id,
        "department_id": department and world.departments[department].id,
        "job_id": world.jobs[job].id,
        "store_id": store and world.stores[store].id,
    }


EventRow = namedtuple("EventRow", "operation operator_code wall_time objects raw_line")


def _events(world):
    """One row of the log of each terminal."""
    events = world.env["attendance.terminal.event"]
    row = EventRow(4, "1", datetime(2026, 3, 9, 9), "", "OPLOG 4\t1")
    for terminal in world.terminals.values():
        events._keep(terminal, [row])
    return {
        name: events.search([("terminal_id", "=", terminal.id)])
        for name, terminal in world.terminals.items()
    }


def _people_on_terminals(world):
    """One person on each terminal."""
    users = world.env["attendance.terminal.user"]
    row = {"code": "9", "name": "Nine", "privilege": 0, "card": ""}
    for terminal in world.terminals.values():
        users._note_reported(terminal, [row])
    return {
        name: users.search([("terminal_id", "=", terminal.id)])
        for name, terminal in world.terminals.items()
    }


def _unknown_codes(world):
    """One punch of a code that nobody holds at each terminal."""
    unknown = world.env["attendance.code.unknown"]
    for terminal in world.terminals.values():
        world.send("9999", f"{common.WORK_DAY} 12:00:00", terminal=terminal)
    world.env.flush_all()
    return {
        name: unknown.search([("terminal_ids", "in", terminal.ids)])
        for name, terminal in world.terminals.items()
    }


def _once(model, key, values):
    """The row with this key: a test that tries many scopes asks for it many times."""
    found = model.search([(name, "=", value) for name, value in key.items()])
    return found or model.create(key | values)


def _dismissed_codes(world):
    dismissed = world.env["attendance.code.dismissed"]
    return {
        name: _once(
            dismissed,
            {"company_id": store.company_id.id, "store_id": store.id},
            {"code_key": "9999", "reason": "A test"},
        )
        for name, store in world.stores.items()
    }


def _decisions(world):
    """A decision on one punch that was set aside at each terminal."""
    punches, reviews = world.env["attendance.punch"], {}
    for name, terminal in world.terminals.items():
        world.send("9998", "1999-01-01 00:10:00", terminal=terminal)
        punch = punches.search(
            [("terminal_id", "=", terminal.id), ("user_code", "=", "9998")]
        )
        reviews[name] = _once(
            world.env["attendance.punch.review"],
            {"punch_id": punch.id},
            {"decision": "dismissed"},
        )
    return reviews


def _templates(world):
    """One fingerprint of everybody, as an enrolment terminal would send it."""
    return {
        name: _once(
            world.env["attendance.biometric"],
            {"employee_id": person.id, "kind": "fingerprint", "number": 6},
            {
                "company_id": person.company_id.id,
                "part": 0,
                "version": "10",
                "collected_at": datetime(2026, 3, 9, 9),
            },
        )
        for name, person in world.people.items()
    }


def _deletions(world):
    """The proof that everybody's templates were deleted."""
    return {
        name: world.env["attendance.biometric.deletion"].create(
            {
                "employee_id": person.id,
                "employee_name": name,
                "company_id": person.company_id.id,
                "reason": "consent",
                "deleted_at": datetime(2026, 3, 9, 9),
            }
        )
        for name, person in world.people.items()
    }


def _deletion_lines(world):
    return {
        name: world.env["attendance.biometric.deletion.line"].create(
            {"deletion_id": deletion.id}
        )
        for name, deletion in _deletions(world).items()
    }


PHOTO_OF_PUNCH = (
    "terminal_id",
    "company_id",
    "store_id",
    "user_code",
    "code_key",
    "wall_time",
    "punched_at",
    "employee_id",
    "department_id",
    "job_id",
    "home_store_id",
)


def _photos(world):
    """A photo with each person's punch."""
    photos, found = world.env["attendance.punch.photo"], {}
    for name, person in world.people.items():
        found[name] = photos.search([("employee_id", "=", person.id)])
        if found[name]:
            continue
        punch = world.env["attendance.punch"].search(
            [("employee_id", "=", person.id)], limit=1
        )
        found[name] = photos.create(
            {
                field: punch[field].id if field.endswith("_id") else punch[field]
                for field in PHOTO_OF_PUNCH
            }
        )
    return found


def _on_terminals(model):
    """One row of a model about each terminal, made as the server itself makes it."""

    def build(world):
        rows = {"attendance.terminal.command": {"kind": "info", "values": {}}}
        rows["attendance.terminal.run"] = {"kind": "send"}
        rows["attendance.terminal.clearing"] = {"kind": "clear_punches"}
        rows["attendance.terminal.serial"] = {
            "serial_number": "OLDUNIT1",
            "replaced_by": "NEWUNIT1",
            "replaced_at": "2026-03-09 09:00:00",
        }
        rows["attendance.usb.file"] = {
            "name": "1_attlog.dat",
            "kind": "punches",
            "imported_by_id": world.env.uid,
        }
        return {
            name: _once(world.env[model], {"terminal_id": terminal.id}, rows[model])
            for name, terminal in world.terminals.items()
        }

    return build


# Of each store, whom those see who see its terminal.
ASSIGNED = {"s1": "amy", "s2": "rob", "s3": "bea", "s4": "rob", "s5": "bea"}
TO_ASSIGN = {**ASSIGNED, "s1": "asker", "s2": "una", "s4": "una"}


def _assignments(world):
    """One person assigned to each terminal."""
    return {
        name: _once(
            world.env["attendance.terminal.assignment"],
            {
                "terminal_id": terminal.id,
                "employee_id": world.people[ASSIGNED[name]].id,
            },
            {},
        )
        for name, terminal in world.terminals.items()
    }


def _people_for_terminals(world):
    """Everybody who is for a terminal, by its store."""
    people = world.env["attendance.terminal.person"]
    if not people.search([], limit=1):
        _assignments(world)
    return {
        name: people.search([("terminal_id", "=", terminal.id)])
        for name, terminal in world.terminals.items()
    }


ROWS = {
    "hr.employee": Rows(
        lambda world: world.people,
        change={"english_name": "X"},
        hand_over="department_id",
        targets="departments",
        can_delete=True,
    ),
    "hr.employee.public": Rows(
        lambda world: {
            name: world.env["hr.employee.public"].browse(employee.id)
            for name, employee in world.people.items()
        },
        oneself=True,
    ),
    "hr.version": Rows(
        of_people("hr.version"),
        change={"job_title": "X"},
        new=lambda world, name: {
            "employee_id": world.people[name].id,
            "date_version": "2026-05-01",
        },
        hand_over="department_id",
        targets="departments",
        can_delete=True,
    ),
    "attendance.terminal.code": Rows(
        of_people("attendance.terminal.code"),
        change={"date_to": "2026-12-31"},
        new=lambda world, name: {
            "employee_id": world.people[name].id,
            "code": "4242",
            "date_from": "2027-01-01",
        },
        hand_over="employee_id",
        can_delete=True,
    ),
    "attendance.store.loan": Rows(
        lambda world: world.loans,
        change={"note": "X"},
        new=lambda world, name: (
            world.loan_values(name)
            | {"date_from": "2026-04-01", "date_to": "2026-04-02"}
        ),
        hand_over="employee_id",
        # Who is lent on the same days already is refused for that.
        hand_over_with={"date_from": "2026-04-01", "date_to": "2026-04-02"},
        can_delete=True,
    ),
    "attendance.roster": Rows(
        lambda world: world.rosters,
        oneself=True,
        change={"works_sunday": True},
        new=_new_roster,
        hand_over="employee_id",
        can_delete=True,
    ),
    "attendance.roster.override": Rows(
        _overrides,
        oneself=True,
        change={"reason": "X"},
        new=lambda world, name: {
            "employee_id": world.people[name].id,
            "date": "2026-03-19",
        },
        can_delete=True,
    ),
    "attendance.coverage.need": Rows(
        _needs,
        holds=common.stores_in,
        change={"people": 3},
        new=lambda world, name: {"store_id": world.stores[name].id, "weekday": "3"},
        copy_with={"weekday": "4"},
        hand_over="store_id",
        hand_over_with={"weekday": "5"},
        targets="stores",
        can_delete=True,
    ),
    # Who publishes makes these; nobody does by hand.
    "attendance.roster.publication": Rows(_published, oneself=True),
    "attendance.roster.publication.line": Rows(
        lambda world: {
            name: published.line_ids for name, published in _published(world).items()
        },
        oneself=True,
    ),
    "attendance.request": Rows(
        _requests,
        oneself=True,
        creates_oneself=True,
        change={"reason": "X"},
        new=_new_request,
        hand_over="employee_id",
        hand_over_with={"date_from": "2026-03-21", "date_to": "2026-03-21"},
        can_delete=True,
    ),
    "attendance.request.entry": Rows(_entries, oneself=True),
    # Filing makes these; nobody does by hand.
    "attendance.request.approval": Rows(_approvals, oneself=True),
    # Who edits a person makes these; nobody does by hand.
    "attendance.personal.link": Rows(_links),
    "attendance.login": Rows(
        lambda world: {
            name: world.env["attendance.login"].browse(employee.id)
            for name, employee in world.people.items()
        },
    ),
    # The code that everybody was given is in the audit, and the loan.
    "attendance.audit": Rows(of_people("attendance.audit")),
    "attendance.day": Rows(of_people("attendance.day"), oneself=True),
    "attendance.report.daily": Rows(of_people("attendance.report.daily"), oneself=True),
    "attendance.punch": Rows(of_people("attendance.punch"), oneself=True),
    "attendance.punch.archive": Rows(
        of_people("attendance.punch.archive"), oneself=True
    ),
    "attendance.punch.photo": Rows(_photos, oneself=True),
    "attendance.day.queue": Rows(of_people("attendance.day.queue")),
    "attendance.punch.reject": Rows(
        lambda world: {
            name: world.env["attendance.punch.reject"].search(
                [("terminal_id", "=", terminal.id)]
            )
            for name, terminal in world.terminals.items()
        },
        holds=common.rejects_in,
        can_delete=True,
    ),
    "attendance.code.unknown": Rows(_unknown_codes, holds=common.stores_in),
    "attendance.code.dismissed": Rows(_dismissed_codes, holds=common.stores_in),
    "attendance.punch.review": Rows(_decisions, holds=common.stores_in),
    "attendance.biometric": Rows(_templates, can_delete=True),
    "attendance.biometric.deletion": Rows(_deletions),
    "attendance.biometric.deletion.line": Rows(_deletion_lines),
    "attendance.terminal.event": Rows(_events, holds=common.stores_in),
    "attendance.terminal.user": Rows(_people_on_terminals, holds=common.stores_in),
    "attendance.terminal": Rows(
        lambda world: world.terminals,
        holds=common.stores_in,
        change={"description": "X"},
        new=lambda world, name: {
            "code": "77",
            "name": "New",
            "serial_number": "SCOPENEW01",
            "vendor": world.terminals[name].vendor,
            "store_id": world.stores[name].id,
            "company_id": world.stores[name].company_id.id,
        },
        hand_over="store_id",
        targets="stores",
        can_delete=True,
    ),
    "attendance.terminal.command": Rows(
        _on_terminals("attendance.terminal.command"),
        holds=common.stores_in,
    ),
    "attendance.terminal.clearing": Rows(
        _on_terminals("attendance.terminal.clearing"),
        holds=common.stores_in,
    ),
    "attendance.terminal.run": Rows(
        _on_terminals("attendance.terminal.run"),
        holds=common.stores_in,
    ),
    "attendance.terminal.serial": Rows(
        _on_terminals("attendance.terminal.serial"),
        holds=common.stores_in,
    ),
    "attendance.terminal.assignment": Rows(
        _assignments,
        holds=common.stores_in,
        change={"is_administrator": True},
        new=lambda world, name: {
            "terminal_id": world.terminals[name].id,
            "employee_id": world.people[TO_ASSIGN[name]].id,
        },
        hand_over="terminal_id",
        targets="terminals",
        can_delete=True,
    ),
    "attendance.terminal.person": Rows(_people_for_terminals, holds=common.stores_in),
    "attendance.usb.file": Rows(
        _on_terminals("attendance.usb.file"),
        holds=common.stores_in,
    ),
    "attendance.store": Rows(
        lambda world: world.stores,
        holds=common.stores_in,
        reading=False,
        change={"phone": "1"},
        copy_with={"code": "CPY"},
        can_delete=True,
    ),
    "attendance.store.hours": Rows(
        lambda world: {name: s.hours_ids for name, s in world.stores.items()},
        holds=common.stores_in,
        reading=False,
        change={"time_to": 20.0},
        new=lambda world, name: {"store_id": world.stores[name].id, "weekday": "3"},
        copy_with={"weekday": "4"},
        hand_over="store_id",
        hand_over_with={"weekday": "5"},
        targets="stores",
        can_delete=True,
    ),
    "hr.department": Rows(
        lambda world: world.departments,
        holds=common.departments_in,
        reading=False,
        change={"color": 3},
        can_delete=True,
    ),
    "hr.job": Rows(
        lambda world: world.jobs,
        holds=common.jobs_in,
        reading=False,
        change={"sequence": 3},
        can_delete=True,
    ),
}

# Models with a person's rows that need no scope, and why.
WITHOUT_SCOPE = {
    "attendance.terminal.mark": "a scheduled job's notes; administrators of Odoo only",
}
