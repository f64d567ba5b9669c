from collections import namedtuple
from datetime import timedelta

from babel.dates import format_skeleton

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, babel_locale_parse
from odoo.tools.date_utils import end_of
from odoo.tools.misc import format_date, get_lang

from ..checked import Checked
from ..const import DUE, JUDGED
from ..month_symbols import Day, Piece, symbols_of

PAGE = 50
# Six weeks: what still has room on paper.
MOST_DAYS = 42
MOST_TEXT = 64
# How many people are read at a time where all of them are wanted.
CHUNK = 200
# Figures of a day that are summed up as they are.
SUMMED = (
    DUE, *JUDGED, "leave_days", "leave_hour_minutes", "trip_days",
)  # fmt: skip
# And what is counted: days on which it holds.
COUNTED = {
    "due_days": lambda day: day.due > 0,
    "present_days": lambda day: day.first_in is not None or day.last_out is not None,
    "late_count": lambda day: day.late > 0,
    "early_count": lambda day: day.early > 0,
}
# What is taken by days or by hours.
BY_DAYS = ("leave_minutes", "trip_minutes")
OVERTIME = (
    "overtime_workday_minutes",
    "overtime_rest_day_minutes",
    "overtime_holiday_minutes",
)
# The columns of a day that are read, beside its figures.
READ = ("id", "employee_id", "work_date", "department_id", "store_id")

Choice = namedtuple("Choice", "first last store_ids department_ids text")


class AttendanceMonthSheet(models.AbstractModel):
    """The month sheet: people down, days across, a sign in each cell.

    Whoever may view reports reads it, within their data scope: of a person of whom
    they may see a part of the month, that part is shown.
    """

    _name = "attendance.month.sheet"
    _description = "Month Sheet"

    @api.model
    @api.readonly
    def get_sheet(self, choice, offset=0, limit=PAGE):
        """A page of the sheet in the reader's language.

        :param choice: ``from`` and ``to`` (dates, both inside, at most
            ``MOST_DAYS``), and to narrow it ``store_ids``, ``department_ids`` (with
            those below) and ``text``, a part of a name or employee number.
        :return: plain values: ``days``, ``people`` with a cell for each day and their
            totals, ``count`` of all people found, ``legend``, ``columns``, ``title``.
        """
        asked = self._choice(choice)
        checked = Checked(self.env)
        limit = min(checked.number(limit, "limit") or 1, PAGE)
        offset = checked.number(offset, "offset")
        ids, count = self._people(asked, "view", limit, offset)
        if count and not ids:
            # A page that is no longer there.
            offset = 0
            ids, count = self._people(asked, "view", limit, offset)
        words = self._words()
        return {
            "title": self._span_title(asked.first, asked.last),
            "days": self._head(asked),
            "people": self._rows(asked, "view", ids, words),
            "columns": self._columns(),
            "legend": words.legend(),
            "count": count,
            "offset": offset,
        }

    # What is asked for

    @api.model
    @api.private
    def _choice(self, choice):
        """What was asked for, looked at.

        :raise UserError: for dates that are none, or too many of them, and for what
            are no ids or no text.
        """
        try:
            first, last = (fields.Date.to_date(choice[end]) for end in ("from", "to"))
        except (KeyError, TypeError, ValueError) as error:
            raise UserError(
                self.env._("A month sheet needs a first and a last day.")
            ) from error
        if not first or not last or last < first:
            raise UserError(
                self.env._("A month sheet needs a first and a last day after it.")
            )
        if (last - first).days >= MOST_DAYS:
            raise UserError(self.env._("A month sheet has at most %s days.", MOST_DAYS))
        checked = Checked(self.env)
        store_ids, department_ids = (
            checked.ids(choice.get(name), name)
            for name in ("store_ids", "department_ids")
        )
        text = checked.text(choice.get("text"), "text").strip()[:MOST_TEXT]
        return Choice(first, last, store_ids, department_ids, text)

    @api.model
    def _day_query(self, choice, operation, employee_ids=None):
        """Days within the reader's scope, as a query."""
        days = self.env["attendance.day"]
        days.check_access("read")
        domain = Domain("work_date", ">=", choice.first)
        domain &= Domain("work_date", "<=", choice.last)
        if choice.store_ids:
            # Of who is lent: the sheet of the own store, and that of the other one.
            domain &= Domain("store_id", "in", choice.store_ids) | Domain(
                "home_store_id", "in", choice.store_ids
            )
        if choice.department_ids:
            domain &= Domain("department_id", "child_of", choice.department_ids)
        if employee_ids is not None:
            domain &= Domain("employee_id", "in", employee_ids)
        if operation != "view":
            domain &= days._attendance_held(operation)
        return days._search(domain)

    @api.model
    @api.private
    def _people(self, choice, operation, limit=None, offset=0):
        """``(ids, count)``: whose days are on the page, and how many there are.

        :param operation: ``view``, or ``export`` for what is taken away.
        """
        query = self._day_query(choice, operation)
        self.env["hr.employee"].flush_model(["name", "employee_number", "english_name"])
        condition = SQL("TRUE")
        if choice.text:
            found = "".join(f"\\{c}" if c in "\\%_" else c for c in choice.text)
            condition = SQL(
                "(e.name ILIKE %(text)s OR e.employee_number ILIKE %(text)s"
                " OR e.english_name ILIKE %(text)s)",
                text=f"%{found}%",
            )
        people = SQL(
            "FROM hr_employee e WHERE e.id IN %s AND %s",
            query.subselect(SQL.identifier(query.table, "employee_id")),
            condition,
        )
        rows = self.env.execute_query(
            SQL(
                "SELECT e.id, COUNT(*) OVER () %s"
                " ORDER BY e.employee_number, e.id LIMIT %s OFFSET %s",
                people,
                limit,
                offset,
            )
        )
        if rows or not offset:
            return [row[0] for row in rows], rows[0][1] if rows else 0
        ((count,),) = self.env.execute_query(SQL("SELECT COUNT(*) %s", people))
        return [], count

    # Reading

    @api.model
    @api.private
    def _rows(self, choice, operation, employee_ids, words):
        """One row a person, in the order of the ids: plain values."""
        found = {employee: {} for employee in employee_ids}
        for values in self._read_days(choice, operation, employee_ids):
            found[values["employee_id"]][values["work_date"]] = values
        names = self._names(employee_ids)
        dates = _dates(choice)
        people = []
        for employee in employee_ids:
            days = found[employee]
            latest = days[max(days)] if days else {}
            people.append(
                {
                    "id": employee,
                    **names[employee],
                    "department": self._place("hr.department", latest, "department_id"),
                    "store": self._place("attendance.store", latest, "store_id"),
                    "cells": [self._cell(days.get(day), words) for day in dates],
                    "totals": _totals(days.values()),
                }
            )
        return people

    @api.model
    def _read_days(self, choice, operation, employee_ids):
        """Days as dictionaries, each with its rows under ``pieces``; one statement."""
        query = self._day_query(choice, operation, employee_ids)
        columns = (*READ, *SUMMED, "missing_in_count", "missing_out_count")
        statement = SQL(
            """
            SELECT %(columns)s, d.state, d.day_name, %(first_in)s AS first_in,
                   %(last_out)s AS last_out, pieces.rows AS pieces
            FROM attendance_day d
            LEFT JOIN LATERAL (
                SELECT json_agg(json_build_array(
                    s.kind, s.leave_type_id, %(start)s, %(stop)s, s.due_minutes,
                    s.absent_minutes, s.minutes, s.days) ORDER BY s.sequence) AS rows
                FROM attendance_day_segment s WHERE s.day_id = d.id
            ) pieces ON TRUE
            WHERE d.id IN %(days)s
            """,
            columns=SQL(", ").join(SQL.identifier("d", name) for name in columns),
            first_in=_minute("d", "first_in_at"),
            last_out=_minute("d", "last_out_at"),
            start=_minute("s", "start_at"),
            stop=_minute("s", "stop_at"),
            days=query.subselect(),
        )
        names = (*columns, "state", "day_name", "first_in", "last_out", "pieces")
        for row in self.env.execute_query(statement):
            values = dict(zip(names, row, strict=True))
            values["day"] = _day(values)
            yield values

    @api.model
    def _names(self, employee_ids):
        # sudo: the names of people whose days the login sees
        people = self.env["hr.employee"].sudo().browse(employee_ids)
        return {
            person.id: {"number": person.employee_number or "", "name": person.name}
            for person in people
        }

    @api.model
    def _place(self, model, values, name):
        # sudo: names of places of days that the login sees
        place = self.env[model].sudo().browse(values.get(name) or [])
        return place.name or ""

    @api.model
    def _cell(self, values, words):
        """``None``, or the day's id, its signs, notes, colour and what they mean."""
        if not values:
            return None
        return {"id": values["id"], **words.cell(*symbols_of(values["day"]))}

    # Around the cells

    @api.model
    def _head(self, choice):
        """The days as the head names them."""
        return [
            {
                "date": day.isoformat(),
                "day": day.day,
                "weekday": format_date(self.env, day, date_format="EEEEE"),
                "is_weekend": day.isoweekday() > 5,
                "is_first": day.day == 1 or day == choice.first,
            }
            for day in _dates(choice)
        ]

    @api.model
    @api.private
    def _span_title(self, first, last):
        """The month's name, or the first and last day."""
        if first.day == 1 and last == end_of(first, "month"):
            locale = babel_locale_parse(get_lang(self.env).code)
            return format_skeleton("yMMMM", first, locale=locale)
        return " – ".join(format_date(self.env, day) for day in (first, last))

    @api.model
    def _columns(self):
        """``{"name", "label", "kind"}`` of the totals at the right, in their order."""
        labels = {
            "due_days": self.env._("Days Due"),
            "present_days": self.env._("Days Present"),
            "late_count": self.env._("Times Late"),
            "early_count": self.env._("Times Early"),
            "absent_minutes": self.env._("Absent"),
            "leave_minutes": self.env._("Leave"),
            "trip_minutes": self.env._("Business Trip"),
            "overtime_workday_minutes": self.env._("OT Workday"),
            "overtime_rest_day_minutes": self.env._("OT Rest Day"),
            "overtime_holiday_minutes": self.env._("OT Holiday"),
        }
        return [
            {"name": name, "label": label, "kind": _kind(name)}
            for name, label in labels.items()
        ]


def _kind(name):
    """How a total is shown: as a ``count``, as ``leave`` (days and hours) or hours."""
    if name in COUNTED:
        return "count"
    return "leave" if name in BY_DAYS else "minutes"


def _dates(choice):
    count = (choice.last - choice.first).days + 1
    return [choice.first + timedelta(days=number) for number in range(count)]


def _minute(alias, column):
    return SQL("(EXTRACT(EPOCH FROM %s) / 60)::int", SQL.identifier(alias, column))


def _day(values):
    """What the cell is decided by, out of a row of the database."""
    return Day(
        name=values["day_name"] or "work",
        is_open=values["state"] != "final",
        due=values["due_minutes"] or 0,
        worked=values["worked_minutes"] or 0,
        late=values["late_minutes"] or 0,
        early=values["early_minutes"] or 0,
        absent=values["absent_minutes"] or 0,
        overtime=sum(values[name] or 0 for name in OVERTIME),
        outing=values["outing_minutes"] or 0,
        trip=values["trip_minutes"] or 0,
        trip_days=values["trip_days"] or 0,
        missing=(values["missing_in_count"] or 0) + (values["missing_out_count"] or 0),
        first_in=values["first_in"],
        last_out=values["last_out"],
        pieces=tuple(
            Piece(kind, leave_type, start, stop, *(number or 0 for number in numbers))
            for kind, leave_type, start, stop, *numbers in values["pieces"] or ()
        ),
    )


def _totals(days):
    """Sums of the days that are over."""
    final = [values for values in days if values["state"] == "final"]
    totals = {name: sum(values[name] or 0 for values in final) for name in SUMMED}
    for name, holds in COUNTED.items():
        totals[name] = sum(holds(values["day"]) for values in final)
    return totals
