"""Records of every model in the world of the tests, by the name they belong to."""

from collections import namedtuple
from datetime import date, datetime

from . import common


def new_roster(world, name):
    return {
        "employee_id": world.people[name].id,
        "shift_id": world.shifts[common.PEOPLE[name][0]].id,
        "date_from": "2026-03-16",
    }


def overrides(world):
    """A changed day of everybody."""
    return {
        name: once(
            world.env["attendance.roster.override"],
            {"employee_id": person.id, "date": "2026-03-18"},
            {},
        )
        for name, person in world.people.items()
    }


def needs(world):
    """What each store needs on Mondays."""
    return {
        name: once(
            world.env["attendance.coverage.need"],
            {"store_id": store.id, "weekday": "0"},
            {"people": 2},
        )
        for name, store in world.stores.items()
    }


def published(world):
    """A publication to each person alone."""
    publications = world.env["attendance.roster.publication"]
    monday = date(2026, 3, 23)
    found = {}
    for name, person in world.people.items():
        found[name] = publications.search([("line_ids.employee_id", "=", person.id)])
        if not found[name]:
            found[name] = publications._publish(person.ids, monday, monday)
    return found


def requests(world):
    """A trip of everybody."""
    return {
        name: once(
            world.env["attendance.request"],
            {"employee_id": person.id, "date_from": "2026-03-18"},
            {"kind": "trip", "is_by_days": True},
        )
        for name, person in world.people.items()
    }


def entries(world):
    """The lines that stand for the trips."""
    entries = world.env["attendance.request.entry"]
    return {
        name: entries.search([("request_id", "in", request.ids)])
        for name, request in requests(world).items()
    }


def request_rows(world):
    """The rows of the report that stand for the trips."""
    rows = world.env["attendance.report.request"]
    return {
        name: rows.search([("request_id", "in", request.ids)])
        for name, request in requests(world).items()
    }


def anomalies(world):
    """What is told of each terminal, a code that nobody holds at least."""
    unknown_codes(world)
    rows = world.env["attendance.report.terminal"]
    return {
        name: rows.search([("terminal_id", "=", terminal.id)])
        for name, terminal in world.terminals.items()
    }


def approvals(world):
    """A step of each trip, for somebody who is not in the world."""
    return {
        name: once(
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
        for name, request in requests(world).items()
    }


def periods(world):
    """A month of each store."""
    return {
        name: once(
            world.env["attendance.period"],
            {"store_id": store.id, "date_from": "2027-01-01"},
            {"company_id": store.company_id.id},
        )
        for name, store in world.stores.items()
    }


def confirmations(world):
    """Everybody is asked for the month of some store."""
    period = periods(world)["s1"]
    return {
        name: once(
            world.env["attendance.period.confirmation"],
            {"employee_id": person.id},
            {"period_id": period.id, **_placed(person)},
        )
        for name, person in world.people.items()
    }


def adjustments(world):
    """A line of everybody."""
    period = periods(world)["s1"]
    return {
        name: once(
            world.env["attendance.adjustment"],
            {"employee_id": person.id},
            {
                "work_date": "2027-01-05",
                "closed_period_id": period.id,
                "figure": "due_minutes",
                "minutes": -60,
                "created_at": "2027-02-01 08:00:00",
                **_placed(person),
            },
        )
        for name, person in world.people.items()
    }


def _placed(person):
    """Where a person is, as columns of a row."""
    return {
        "company_id": person.company_id.id,
        "department_id": person.department_id.id,
        "job_id": person.job_id.id,
        "store_id": person.store_id.id,
    }


def links(world):
    """A personal link of everybody."""
    links = world.env["attendance.personal.link"]
    for person in world.people.values():
        if not links.search_count([("employee_id", "=", person.id)]):
            links._make(person)
    return {
        name: links.search([("employee_id", "=", person.id)])
        for name, person in world.people.items()
    }


def new_request(world, name):
    return {
        "employee_id": world.people[name].id,
        "kind": "outing",
        "date_from": "2026-03-19",
    }


def new_employee(world, name):
    company, department, job, store = common.PEOPLE[name]
    return {
        "name": f"Another beside {name}",
        "company_id": world.companies[company].id,
        "department_id": department and world.departments[department].id,
        "job_id": world.jobs[job].id,
        "store_id": store and world.stores[store].id,
    }


EventRow = namedtuple("EventRow", "operation operator_code wall_time objects raw_line")


def events(world):
    """One row of the log of each terminal."""
    events = world.env["attendance.terminal.event"]
    row = EventRow(4, "1", datetime(2026, 3, 9, 9), "", "OPLOG 4\t1")
    for terminal in world.terminals.values():
        events._keep(terminal, [row])
    return {
        name: events.search([("terminal_id", "=", terminal.id)])
        for name, terminal in world.terminals.items()
    }


def people_on_terminals(world):
    """One person on each terminal."""
    users = world.env["attendance.terminal.user"]
    row = {"code": "9", "name": "Nine", "privilege": 0, "card": ""}
    for terminal in world.terminals.values():
        users._note_reported(terminal, [row])
    return {
        name: users.search([("terminal_id", "=", terminal.id)])
        for name, terminal in world.terminals.items()
    }


def unknown_codes(world):
    """One punch of a code that nobody holds at each terminal."""
    unknown = world.env["attendance.code.unknown"]
    for terminal in world.terminals.values():
        world.send("9999", f"{common.WORK_DAY} 12:00:00", terminal=terminal)
    world.env.flush_all()
    return {
        name: unknown.search([("terminal_ids", "in", terminal.ids)])
        for name, terminal in world.terminals.items()
    }


def once(model, key, values):
    """The row with this key: a test that tries many scopes asks for it many times."""
    found = model.search([(name, "=", value) for name, value in key.items()])
    return found or model.create(key | values)


def dismissed_codes(world):
    dismissed = world.env["attendance.code.dismissed"]
    return {
        name: once(
            dismissed,
            {"company_id": store.company_id.id, "store_id": store.id},
            {"code_key": "9999", "reason": "A test"},
        )
        for name, store in world.stores.items()
    }


def decisions(world):
    """A decision on one punch that was set aside at each terminal."""
    punches, reviews = world.env["attendance.punch"], {}
    for name, terminal in world.terminals.items():
        world.send("9998", "1999-01-01 00:10:00", terminal=terminal)
        punch = punches.search(
            [("terminal_id", "=", terminal.id), ("user_code", "=", "9998")]
        )
        reviews[name] = once(
            world.env["attendance.punch.review"],
            {"punch_id": punch.id},
            {"decision": "dismissed"},
        )
    return reviews


def templates(world):
    """One fingerprint of everybody, as an enrolment terminal would send it."""
    return {
        name: once(
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


def deletions(world):
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


def deletion_lines(world):
    return {
        name: world.env["attendance.biometric.deletion.line"].create(
            {"deletion_id": deletion.id}
        )
        for name, deletion in deletions(world).items()
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


def photos(world):
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


def on_terminals(model):
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
            name: once(world.env[model], {"terminal_id": terminal.id}, rows[model])
            for name, terminal in world.terminals.items()
        }

    return build


# Of each store, whom those see who see its terminal.
ASSIGNED = {"s1": "amy", "s2": "rob", "s3": "bea", "s4": "rob", "s5": "bea"}
TO_ASSIGN = {**ASSIGNED, "s1": "asker", "s2": "una", "s4": "una"}


def assignments(world):
    """One person assigned to each terminal."""
    return {
        name: once(
            world.env["attendance.terminal.assignment"],
            {
                "terminal_id": terminal.id,
                "employee_id": world.people[ASSIGNED[name]].id,
            },
            {},
        )
        for name, terminal in world.terminals.items()
    }


def people_for_terminals(world):
    """Everybody who is for a terminal, by its store."""
    people = world.env["attendance.terminal.person"]
    if not people.search([], limit=1):
        assignments(world)
    return {
        name: people.search([("terminal_id", "=", terminal.id)])
        for name, terminal in world.terminals.items()
    }


def exceptions(world):
    """A clock-out that is missing on every day that everybody has."""
    days = world.env["attendance.day"].search(
        [("employee_id", "in", [person.id for person in world.people.values()])]
    )
    rows = world.env["attendance.exception"]
    rows._store(
        {
            (day.employee_id.id, day.work_date, "missing_out"): [{"at": 0}]
            for day in days
        },
        [],
    )
    return world.rows_of_people("attendance.exception")
