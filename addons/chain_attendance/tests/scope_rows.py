"""For each model that data scopes hold back: its rows in the world of the tests.

A model that inherits ``attendance.scope.mixin`` and is not in ``ROWS`` fails
``TestScopeCoverage``: whoever adds the model says here how it is tried.
"""

from dataclasses import dataclass
from typing import Any

from . import common
from . import scope_builders as build


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
        new=build.new_roster,
        hand_over="employee_id",
        can_delete=True,
    ),
    "attendance.roster.override": Rows(
        build.overrides,
        oneself=True,
        change={"reason": "X"},
        new=lambda world, name: {
            "employee_id": world.people[name].id,
            "date": "2026-03-19",
        },
        can_delete=True,
    ),
    "attendance.coverage.need": Rows(
        build.needs,
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
    "attendance.roster.publication": Rows(build.published, oneself=True),
    "attendance.roster.publication.line": Rows(
        lambda world: {
            name: published.line_ids
            for name, published in build.published(world).items()
        },
        oneself=True,
    ),
    "attendance.request": Rows(
        build.requests,
        oneself=True,
        creates_oneself=True,
        change={"reason": "X"},
        new=build.new_request,
        hand_over="employee_id",
        hand_over_with={"date_from": "2026-03-21", "date_to": "2026-03-21"},
        can_delete=True,
    ),
    "attendance.request.entry": Rows(build.entries, oneself=True),
    # Filing makes these; nobody does by hand.
    "attendance.request.approval": Rows(build.approvals, oneself=True),
    # Who edits a person makes these; nobody does by hand.
    "attendance.personal.link": Rows(build.links),
    "attendance.login": Rows(
        lambda world: {
            name: world.env["attendance.login"].browse(employee.id)
            for name, employee in world.people.items()
        },
    ),
    "attendance.period": Rows(
        build.periods,
        holds=common.stores_in,
        reading=False,
        change={"name": "X"},
        new=lambda world, name: {
            "store_id": world.stores[name].id,
            "company_id": world.stores[name].company_id.id,
            "date_from": "2027-02-01",
        },
        copy_with={"date_from": "2027-03-01", "date_to": "2027-03-31"},
        hand_over="store_id",
        hand_over_with={"date_from": "2027-04-01", "date_to": "2027-04-30"},
        targets="stores",
        can_delete=True,
    ),
    # The machine makes these; nobody does by hand.
    "attendance.period.confirmation": Rows(build.confirmations, oneself=True),
    "attendance.adjustment": Rows(build.adjustments, oneself=True),
    # The code that everybody was given is in the audit, and the loan.
    "attendance.audit": Rows(of_people("attendance.audit")),
    "attendance.day": Rows(of_people("attendance.day"), oneself=True),
    "attendance.exception": Rows(build.exceptions, oneself=True),
    "attendance.day.segment": Rows(of_people("attendance.day.segment"), oneself=True),
    "attendance.report.detail": Rows(
        of_people("attendance.report.detail"), oneself=True
    ),
    "attendance.report.record": Rows(
        of_people("attendance.report.record"), oneself=True
    ),
    "attendance.report.daily": Rows(of_people("attendance.report.daily"), oneself=True),
    "attendance.report.monthly": Rows(
        of_people("attendance.report.monthly"), oneself=True
    ),
    "attendance.punch": Rows(of_people("attendance.punch"), oneself=True),
    "attendance.punch.archive": Rows(
        of_people("attendance.punch.archive"), oneself=True
    ),
    "attendance.punch.photo": Rows(build.photos, oneself=True),
    "attendance.report.punch": Rows(of_people("attendance.report.punch"), oneself=True),
    "attendance.report.request": Rows(build.request_rows, oneself=True),
    "attendance.report.terminal": Rows(build.anomalies, holds=common.stores_in),
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
    "attendance.code.unknown": Rows(build.unknown_codes, holds=common.stores_in),
    "attendance.code.dismissed": Rows(build.dismissed_codes, holds=common.stores_in),
    "attendance.punch.review": Rows(build.decisions, holds=common.stores_in),
    "attendance.biometric": Rows(build.templates, can_delete=True),
    "attendance.biometric.deletion": Rows(build.deletions),
    "attendance.biometric.deletion.line": Rows(build.deletion_lines),
    "attendance.terminal.event": Rows(build.events, holds=common.stores_in),
    "attendance.terminal.user": Rows(build.people_on_terminals, holds=common.stores_in),
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
        build.on_terminals("attendance.terminal.command"),
        holds=common.stores_in,
    ),
    "attendance.terminal.clearing": Rows(
        build.on_terminals("attendance.terminal.clearing"),
        holds=common.stores_in,
    ),
    "attendance.terminal.run": Rows(
        build.on_terminals("attendance.terminal.run"),
        holds=common.stores_in,
    ),
    "attendance.terminal.serial": Rows(
        build.on_terminals("attendance.terminal.serial"),
        holds=common.stores_in,
    ),
    "attendance.terminal.assignment": Rows(
        build.assignments,
        holds=common.stores_in,
        change={"is_administrator": True},
        new=lambda world, name: {
            "terminal_id": world.terminals[name].id,
            "employee_id": world.people[build.TO_ASSIGN[name]].id,
        },
        hand_over="terminal_id",
        targets="terminals",
        can_delete=True,
    ),
    "attendance.terminal.person": Rows(
        build.people_for_terminals, holds=common.stores_in
    ),
    "attendance.usb.file": Rows(
        build.on_terminals("attendance.usb.file"),
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
    "attendance.request.turn": "a counter for the server; administrators of Odoo only",
    "attendance.terminal.mark": "a scheduled job's notes; administrators of Odoo only",
}
