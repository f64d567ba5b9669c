from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..checked import Checked, shown
from ..overview import ABSENT, LATE, MISSING, NUMBERS, belongs, count

PAGE = 80
TREND_DAYS = 30
SHOWN_TERMINALS = 8
OVERTIME = ("workday", "rest_day", "holiday")
# What the trend shows of each date, of final days.
TREND = {
    "late": SQL("count(*) FILTER (WHERE attendance_day.late_minutes > 0)"),
    "absent": SQL("sum(attendance_day.absent_minutes)"),
    "overtime": SQL(
        " + ".join(f"sum(attendance_day.overtime_{kind}_minutes)" for kind in OVERTIME)
    ),
}


class AttendanceOverview(models.AbstractModel):
    """Today's board: who should be there, who came, who is late or missing.

    Everything is counted of the days that the reader sees in the reports; exceptions,
    requests and terminals are those that the reader's roles show.
    """

    _name = "attendance.overview"
    _description = "Overview"

    @api.model
    @api.readonly
    def get_board(self, store_ids=False, department_id=False, offset=0):
        """The numbers of now.

        :param store_ids: stores where people work today; ``False`` are all.
        :param department_id: with what is below it.
        :param offset: of the stores; up to 80 are told, those with most missing first.
        :return: ``{numbers, stores, store_count, exceptions, approvals, terminals}``;
            what the reader's roles do not show is ``None``.
        """
        domain = self._domain(store_ids, department_id)
        Checked(self.env).number(offset, "offset")
        by_store = defaultdict(list)
        for person in self._gather(domain):
            by_store[person.row.store_id or False].append(person.standing)
        numbers = {store: count(found) for store, found in by_store.items()}
        stores = self._stores(numbers)
        return {
            "numbers": {
                name: sum(found[name] for found in numbers.values()) for name in NUMBERS
            },
            "stores": stores[offset : offset + PAGE],
            "store_count": len(stores),
            "exceptions": self._exceptions(domain),
            "approvals": self._approvals(),
            "terminals": self._terminals(store_ids),
        }

    @api.model
    @api.readonly
    def get_people(
        self, number, store_id=None, store_ids=False, department_id=False, offset=0
    ):
        """The people behind a number.

        :param number: one of ``overview.NUMBERS``.
        :param store_id: of one store; ``False``: of those without any; ``None``: all.
        :return: ``{count, people, day_ids}``, at most 80 people; times are those of the
            clock of their store.
        """
        if number not in NUMBERS:
            raise UserError(
                self.env._(
                    "“%(number)s” is no number of the overview.", number=shown(number)
                )
            )
        checked = Checked(self.env)
        checked.number(offset, "offset")
        domain = self._domain(store_ids, department_id)
        if store_id is not None:
            store_id = checked.number(store_id or 0, "store_id") or False
            domain &= Domain("store_id", "=", store_id)
        found = [
            person
            for person in self._gather(domain)
            if belongs(person.standing, number)
        ]
        names = self._names([person.row.employee_id for person in found])
        found.sort(
            key=lambda person: (-person.standing.minutes, names[person.row.employee_id])
        )
        return {
            "count": len(found),
            "day_ids": [person.row.id for person in found],
            "people": self._told(found[offset : offset + PAGE], names),
        }

    @api.model
    @api.readonly
    def get_trend(self, store_ids=False, department_id=False):
        """Late people, minutes of absence and of overtime of the last 30 dates.

        Of days that are over; today is not among the dates.

        :return: ``[{date, late, absent, overtime}]``, oldest first.
        """
        today = fields.Date.context_today(self)
        dates = [today - timedelta(days=n) for n in range(TREND_DAYS, 0, -1)]
        domain = self._domain(store_ids, department_id) & Domain(
            [("work_date", ">=", dates[0]), ("work_date", "<", today)]
        )
        query = self.env["attendance.day"]._search(
            domain & Domain("state", "=", "final")
        )
        query.groupby = SQL.identifier(query.table, "work_date")
        found = {
            day: [int(figure or 0) for figure in figures]
            for day, *figures in self.env.execute_query(
                query.select(SQL.identifier(query.table, "work_date"), *TREND.values())
            )
        }
        nothing = [0] * len(TREND)
        return [
            {
                "date": fields.Date.to_string(day),
                **dict(zip(TREND, found.get(day, nothing), strict=True)),
            }
            for day in dates
        ]

    @api.model
    def get_options(self):
        """What the screen offers this login."""
        self._check_function()
        user = self.env.user
        return {
            "may_correct": user._attendance_may("requests", "create"),
            "most_people": PAGE,
        }

    @api.model
    def _domain(self, store_ids, department_id):
        """The days asked for, of which the record rules show those of the reader."""
        self._check_function()
        checked = Checked(self.env)
        checked.ids(store_ids, "store_ids")
        checked.number(department_id or 0, "department_id")
        domain = Domain.TRUE
        if store_ids:
            domain &= Domain("store_id", "in", store_ids)
        if department_id:
            domain &= Domain("department_id", "child_of", department_id)
        return domain

    @api.model
    def _check_function(self):
        """Nobody is told of an empty world who may not look at it."""
        if not self.env.user._attendance_may("reports", "view"):
            raise AccessError(
                self.env._(
                    "Your roles do not let you look at the overview. Ask an "
                    "administrator for the function “View” of the area “Reports”."
                )
            )

    @api.model
    def _stores(self, numbers):
        """Stores with people, those with most missing first."""
        clocks = self._clocks()
        # sudo: who sees somebody's day sees where it was
        stores = self.env["attendance.store"].sudo().browse(numbers)
        stores.filtered("id").fetch(["code", "name"])
        told = [
            {
                "id": store.id,
                "name": store.display_name if store.id else self.env._("No store"),
                "clock": clocks[store.id].strftime("%H:%M"),
                "date": fields.Date.to_string(clocks[store.id].date()),
                "numbers": numbers[store.id],
            }
            for store in stores
            if any(numbers[store.id].values())
        ]
        return sorted(
            told,
            key=lambda store: (
                -store["numbers"][MISSING] - store["numbers"][ABSENT],
                -store["numbers"][LATE],
                store["name"],
            ),
        )

    @api.model
    def _names(self, employee_ids):
        """``{employee id: (name, number)}``."""
        self.env["hr.employee"].flush_model(["name", "employee_number"])
        # In SQL: who may see the day may see whose it is, as in the daily report.
        self.env.cr.execute(
            "SELECT id, name, employee_number FROM hr_employee WHERE id = ANY(%s)",
            [employee_ids],
        )
        return {
            employee: (name or "", number or "")
            for employee, name, number in self.env.cr.fetchall()
        }

    @api.model
    def _told(self, people, names):
        clocks = self._clocks()
        now = fields.Datetime.now()
        # sudo: an archived shift, or one of another company, still has a name
        shifts = self.env["attendance.shift"].sudo()
        stores = self.env["attendance.store"].sudo()
        shifts = shifts.browse({person.row.shift_id for person in people} - {None})
        stores = stores.browse({person.row.store_id for person in people} - {None})
        shift_names = {shift.id: shift.name for shift in shifts}
        store_names = {store.id: store.display_name for store in stores}
        told = []
        for row, facts, standing in people:
            ahead = clocks[row.store_id or False] - now

            def clock(at, ahead=ahead):
                return (at + ahead).strftime("%H:%M") if at else ""

            name, number = names[row.employee_id]
            told.append(
                {
                    "day_id": row.id,
                    "employee_id": row.employee_id,
                    "name": name,
                    "number": number,
                    "date": fields.Date.to_string(row.work_date),
                    "store": store_names.get(row.store_id, ""),
                    "shift": shift_names.get(row.shift_id, ""),
                    "start": clock(standing.start),
                    "stop": clock(standing.stop),
                    "came": clock(facts.came_at),
                    "left": clock(facts.left_at),
                    "state": standing.state,
                    "is_late": standing.is_late,
                    "minutes": standing.minutes,
                    "why": standing.why,
                }
            )
        return told

    @api.model
    def _exceptions(self, domain):
        """Open exceptions: ``[{severity, name, count}]``."""
        exceptions = self.env["attendance.exception"]
        if not exceptions.has_access("read"):
            return None
        names = dict(exceptions._fields["severity"]._description_selection(self.env))
        found = dict(
            exceptions._read_group(
                domain & Domain("state", "=", "open"), ["severity"], ["__count"]
            )
        )
        return [
            {"severity": severity, "name": name, "count": found.get(severity, 0)}
            for severity, name in names.items()
        ]

    @api.model
    def _approvals(self):
        """How many requests and leaves wait for the reader."""
        steps = self.env["attendance.request.approval"]
        if not steps.has_access("read"):
            return None
        return steps.search_count([("may_decide", "=", True)])

    @api.model
    def _terminals(self, store_ids):
        """Terminals that do not call, the longest silent first."""
        terminals = self.env["attendance.terminal"]
        if not terminals.has_access("read"):
            return None
        place = Domain("store_id", "in", store_ids) if store_ids else Domain.TRUE
        silent = place & Domain("connection_state", "=", "offline")
        found = terminals.search_fetch(
            silent,
            ["name", "code", "store_id", "last_seen_at"],
            order="last_seen_at, id",
            limit=SHOWN_TERMINALS,
        )
        return {
            "total": terminals.search_count(place),
            "silent": terminals.search_count(silent),
            "never": terminals.search_count(
                place & Domain("connection_state", "=", "never")
            ),
            "rows": [
                {
                    "id": terminal.id,
                    "name": terminal.display_name,
                    # sudo: where a terminal hangs is told with it
                    "store": terminal.sudo().store_id.name or "",
                    "since": fields.Datetime.to_string(terminal.last_seen_at),
                }
                for terminal in found
            ],
        }
