"""What the roster grid shows: people by dates, with all that speaks for or against."""

from collections import Counter, defaultdict, namedtuple
from datetime import date

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..holiday_effect import FREEING
from ..roster_news import days_between

# Instead of a shift: who has one and does not work.
AWAY = -1
LONGEST_DAYS = 62
MOST_ROWS = 500
PERSON_FIELDS = [
    "name", "employee_number", "store_id", "department_id", "job_id", "company_id"
]  # fmt: skip

# ``planned`` is ``{(employee id, date): RosteredDay}``, ``kinds`` ``{(employee id,
# date): day kind}``, ``gone`` and ``leave`` the pairs on which a person is not
# employed, or on leave.
Planned = namedtuple("Planned", "planned kinds gone leave")


class AttendanceRosterGrid(models.AbstractModel):
    """The rosters of many people on the dates of a screen.

    It has no rows of its own: what is shown is resolved, what is changed becomes
    changed days. Dates of its methods are ISO texts.
    """

    _name = "attendance.roster.grid"
    _description = "Roster Grid"

    @api.model
    def get_grid(self, domain, date_from, date_to, groupby=False, offset=0, limit=80):  # pylint: disable=too-many-arguments
        """One page of people and what they work, over whom one has ``rosters.view``.

        A cell is ``[shift, source, marks]``: the shift's id, 0 for rest or ``None``
        where nothing is planned; what decided, a value of the engine's
        ``RosterSource`` or an empty text; and a list of words: the kind of day where
        a holiday calendar holds the date, ``leave``, ``not_employed``,
        ``other_store``, ``locked``, ``short_rest``, ``long_run``, ``unpublished``.

        :param domain: over ``hr.employee.public``.
        :param groupby: a stored many2one of it, by which the people are sorted.
        :return: days, shifts, rows; the groups and the headcounts are those of the
            whole search, not of the page.
        :raise UserError: naming what is wrong with the dates or the grouping.
        """
        self.env["attendance.roster"].check_access("read")
        days = self._dates(date_from, date_to)
        field = self._grouping(groupby)
        order = f"{field}, name, id" if field else "name, id"
        found = self._people().search(self._in_scope(domain), order=order)
        limit = max(1, min(int(limit), MOST_ROWS))
        page = found[max(0, int(offset)) :][:limit]
        plan = self._plan(found.ids, days)
        return {
            "days": self._days(days),
            "shifts": self._shifts(plan),
            "people_count": len(found),
            "groups": self._groups(domain, field),
            "rows": self._rows(page, plan, days, field),
            "headcounts": self._headcounts(plan, days, len(found)),
            "lock_date": fields.Date.to_string(self._lock_date()) or False,
            **self._may(),
        }

    @api.model
    def _dates(self, date_from, date_to):
        """The dates of a span, checked."""
        try:
            first, last = date.fromisoformat(date_from), date.fromisoformat(date_to)
        except (TypeError, ValueError) as error:
            raise UserError(
                self.env._(
                    "The dates of the roster are written as 2026-11-30; “%(first)s” to "
                    "“%(last)s” was asked for.",
                    first=date_from,
                    last=date_to,
                )
            ) from error
        count = (last - first).days + 1
        if not 1 <= count <= LONGEST_DAYS:
            raise UserError(
                self.env._(
                    "The roster shows 1 to %(limit)s days at a time; %(first)s to "
                    "%(last)s was asked for.",
                    limit=LONGEST_DAYS,
                    first=first,
                    last=last,
                )
            )
        return days_between(first, last)

    @api.model
    def _people(self):
        return self.env["hr.employee.public"]

    @api.model
    def _in_scope(self, domain, *operations):
        """The people of a domain over whom the login has these functions."""
        held = [
            self.env.user._attendance_scope("rosters", operation)
            for operation in operations or ("view",)
        ]
        return Domain.AND([Domain(domain or []), *held])

    @api.model
    def _grouping(self, groupby):
        if not groupby:
            return None
        field = self._people()._fields.get(groupby)
        if field is None or field.type != "many2one" or not field.store:
            raise UserError(
                self.env._("The roster cannot be grouped by “%s”.", groupby)
            )
        return groupby

    @api.model
    def _groups(self, domain, field):
        if not field:
            return []
        found = self._people()._read_group(
            self._in_scope(domain), [field], ["__count"], order=field
        )
        return [
            {
                "id": group.id,
                "name": group.display_name or self.env._("None"),
                "count": count,
            }
            for group, count in found
        ]

    @api.model
    def _may(self):
        may = self.env.user._attendance_may
        edits = may("rosters", "create") and may("rosters", "edit")
        return {
            "may_edit": edits,
            "may_publish": edits,
            "may_export": may("rosters", "export"),
        }

    @api.model
    def _lock_date(self):
        """The lock date of the company; of several, the one that holds for all."""
        # sudo: a date of the companies that plan, whoever looks
        locks = self.env.companies.sudo().mapped("attendance_roster_lock_date")
        return min(locks) if all(locks) else False

    @api.model
    def _days(self, days):
        today = fields.Date.context_today(self)
        names = self._holiday_names(days)
        return [
            {
                "date": day.isoformat(),
                "weekday": day.isoweekday(),
                "today": day == today,
                "names": names.get(day, {}),
            }
            for day in days
        ]

    @api.model
    def _holiday_names(self, days):
        """``{date: {kind: name}}`` of the calendars of the companies."""
        names = defaultdict(dict)
        holidays = self.env["attendance.holiday"].search(
            [
                ("date", ">=", days[0]),
                ("date", "<=", days[-1]),
                ("company_id", "in", self.env.companies.ids),
            ],
            order="id",
        )
        for holiday in holidays:
            names[holiday.date].setdefault(holiday.day_kind, holiday.name)
        return names

    @api.model
    def _plan(self, employee_ids, days):
        """The :class:`Planned` of these people; nothing outside of their employment."""
        rosters = self.env["attendance.roster"]
        if not employee_ids:
            return Planned({}, {}, set(), set())
        kinds = rosters._day_kinds(employee_ids, days[0], days[-1])
        make_up = {pair for pair, kind in kinds.items() if kind == "make_up_workday"}
        planned = rosters._resolve(employee_ids, days, make_up)
        gone = set(
            rosters._not_employed([(one, day) for one in employee_ids for day in days])
        )
        for pair in gone & planned.keys():
            del planned[pair]
        leave = set(rosters._on_leave(employee_ids, days[0], days[-1]))
        return Planned(planned, kinds, gone, leave)

    @api.model
    def _shifts(self, plan):
        """What the cells refer to, and what can be chosen."""
        # sudo: shifts are no secret, and a lent person may bring another company's
        shifts = self.env["attendance.shift"].sudo()
        found = shifts.search([("company_id", "in", self.env.companies.ids)])
        found |= shifts.browse({day.shift_id for day in plan.planned.values()} - {0})
        return {
            str(shift.id): {
                "id": shift.id,
                "name": shift.name,
                "code": shift.code or shift.name[:2],
                "color": shift.color % 12,
                "hours": shift.time_summary,
                "minutes": shift.due_minutes,
                "workday_value": shift.workday_value,
                "works_on_holidays": shift.works_on_holidays,
                "active": shift.active,
            }
            for shift in found
        }

    @api.model
    def _rows(self, page, plan, days, field):
        page.fetch([*PERSON_FIELDS, *([field] if field else [])])
        editable = set()
        if self._may()["may_edit"]:
            held = self._in_scope([("id", "in", page.ids)], "create", "edit")
            editable = set(self._people().search(held)._ids)
        cells = self._cells(page.ids, plan, days)
        return [
            {
                "id": person.id,
                "name": person.name,
                "number": person.employee_number or "",
                "store": person.store_id.display_name or "",
                "department": person.department_id.display_name or "",
                "job": person.job_id.display_name or "",
                "group": person[field].id if field else False,
                "may_edit": person.id in editable,
                "cells": cells[person.id],
            }
            for person in page
        ]

    @api.model
    def _cells(self, employee_ids, plan, days):
        """``{employee id: [cell, ...]}`` of these people."""
        marks = self._marks(employee_ids, plan, days)
        rows = {}
        for employee in employee_ids:
            row = rows[employee] = []
            for day in days:
                found = plan.planned.get((employee, day))
                said = marks.get((employee, day), [])
                if found is None:
                    row.append([None, "", said])
                else:
                    row.append([found.shift_id, found.source, said])
        return rows

    @api.model
    def _marks(self, employee_ids, plan, days):
        """``{(employee id, date): [word, ...]}``."""
        rosters = self.env["attendance.roster"]
        people, first, last = set(employee_ids), days[0], days[-1]
        ids = sorted(people)
        marks = defaultdict(list)
        for pair, kind in plan.kinds.items():
            if pair[0] in people:
                marks[pair].append(kind)
        planned = {
            pair: day.shift_id
            for pair, day in plan.planned.items()
            if pair[0] in people
        }
        for word, pairs in (
            ("not_employed", (pair for pair in plan.gone if pair[0] in people)),
            ("leave", (pair for pair in plan.leave if pair[0] in people)),
            ("other_store", rosters._in_other_store(ids, first, last)),
            ("locked", self._locked(ids, days)),
        ):
            for pair in pairs:
                marks[pair].append(word)
        if planned:
            for pair, words in rosters._tiring(planned, ids, first, last).items():
                marks[pair] += words
        return marks

    @api.model
    def _locked(self, employee_ids, days):
        # sudo: of people who are shown, and their companies' lock dates
        people = self.env["hr.employee"].sudo().browse(employee_ids)
        for person in people:
            lock = person.company_id.attendance_roster_lock_date
            for day in days if lock else ():
                if day <= lock:
                    yield person.id, day

    @api.model
    def _headcounts(self, plan, days, people_count):
        """How many people work each shift, rest, or have nothing planned, by date.

        ``away`` counts those with a shift whom leave or a holiday takes off it.
        """
        away = self._away(plan)
        counts = {day: Counter() for day in days}
        for pair, found in plan.planned.items():
            counts[pair[1]][AWAY if pair in away else found.shift_id] += 1
        gone = Counter(day for _employee, day in plan.gone)
        shifts = set().union(*counts.values()) - {0, AWAY}
        return {
            "shifts": {
                str(shift): [counts[day][shift] for day in days] for shift in shifts
            },
            "working": [sum(counts[day][shift] for shift in shifts) for day in days],
            "away": [counts[day][AWAY] for day in days],
            "rest": [counts[day][0] for day in days],
            "none": [people_count - counts[day].total() - gone[day] for day in days],
        }

    @api.model
    def _away(self, plan):
        """The pairs with a shift on which a person is on leave, or has a holiday."""
        # sudo: shifts are no secret
        shifts = self.env["attendance.shift"].sudo()
        used = shifts.browse({found.shift_id for found in plan.planned.values()} - {0})
        on_holidays = set(used.filtered("works_on_holidays").ids)
        free = {pair for pair, kind in plan.kinds.items() if kind in FREEING}
        return {
            pair
            for pair in plan.leave | free
            if pair in plan.planned
            and plan.planned[pair].shift_id
            and (pair in plan.leave or plan.planned[pair].shift_id not in on_holidays)
        }
