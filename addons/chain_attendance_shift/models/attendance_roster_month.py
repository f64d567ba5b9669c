from collections import namedtuple
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools.misc import get_lang

from odoo.addons.chain_attendance_base.sql import place_on

from ..holiday_effect import FREEING
from ..roster_news import days_between
from .attendance_roster import EARLIEST
from .shift_words import ShiftWords

PICKED_SHIFTS = 500
UNSEEN_LINES = 100
LATEST = date(2100, 12, 31)

# ``holidays``: {date: attendance.holiday}; ``stores``: {date: name} where lent to
# another one; ``told``: {date: shift id, or 0}; ``news``: {date: shift told before}.
Facts = namedtuple("Facts", "holidays stores leave unemployed lock_date told news")


class AttendanceRosterMonth(models.AbstractModel):
    """The month calendar of one person: what is planned on each day, and why."""

    _name = "attendance.roster.month"
    _description = "Month Calendar of a Person"

    @api.model
    def get_month(self, employee_id, month):
        """The calendar of a month, in whole weeks as the language has them.

        :param employee_id: the login's own one, or somebody over whom it may view
            rosters; false: the own one.
        :param month: any date of the month, ``2026-11-01``.
        :return: ``{"employee": False}`` to a login that belongs to no employee.
        """
        employee_id = employee_id or self.env.user.employee_id.id
        if not employee_id:
            return {"employee": False}
        employee = self._employee(employee_id)
        first = self._first_day(month)
        last = first + relativedelta(day=31)
        start, end = self._whole_weeks(first, last)
        dates = days_between(start, end)
        lines = self._lines(employee)
        facts = self._facts(employee, dates, lines)
        planned = self._planned(employee, dates, facts)
        days = self._days(planned, dates, facts)
        may_edit = self._holds(employee, "create", "edit")
        return {
            "employee": self._introduced(employee),
            "is_own": employee.user_id == self.env.user,
            "may_edit": may_edit,
            "month": first.isoformat(),
            "today": fields.Date.context_today(self).isoformat(),
            "days": days,
            "shifts": self._shifts(employee, planned, may_edit),
            "totals": self._totals(days, first, last),
            "publication": self._publication(lines),
        }

    def _employee(self, employee_id):
        """The person, as sudo; the login is looked at here."""
        # sudo: of the own record, or of one within the scope, names and places
        employee = self.env["hr.employee"].sudo().browse(employee_id).exists()
        is_own = employee and employee.user_id == self.env.user
        if not is_own and not self._holds(employee, "view"):
            raise AccessError(
                self.env._(
                    "You may see your own roster and those of the people in your data "
                    "scope. This person is not among them."
                )
            )
        return employee

    def _holds(self, employee, *operations):
        """Whether the login has these functions of rosters over the person."""
        grid = self.env["attendance.roster.grid"].with_context(active_test=False)
        held = grid._in_scope([("id", "in", employee.ids)], *operations)
        return bool(grid._people().search_count(held))

    def _first_day(self, month):
        try:
            day = fields.Date.to_date(month)
        except ValueError:
            day = None
        if not day or not EARLIEST <= day <= LATEST:
            raise UserError(
                self.env._(
                    "“%(month)s” is no month. Give a date from %(earliest)s to "
                    "%(latest)s.",
                    month=month,
                    earliest=EARLIEST,
                    latest=LATEST,
                )
            )
        return day.replace(day=1)

    def _whole_weeks(self, first, last):
        week_start = int(get_lang(self.env).week_start)
        before = (first.isoweekday() - week_start) % 7
        after = (week_start - 1 - last.isoweekday()) % 7
        return first - timedelta(days=before), last + timedelta(days=after)

    def _introduced(self, employee):
        return {
            "id": employee.id,
            "name": employee.name,
            "number": employee.employee_number or "",
            "store": employee.store_id.name or "",
            "department": employee.department_id.name or "",
            "job": employee.job_id.name or "",
        }

    def _facts(self, employee, dates, lines):
        rosters = self.env["attendance.roster"]
        first, last = dates[0], dates[-1]
        self.env.flush_all()
        told = self.env["attendance.roster.publication"]._told(
            employee.ids, first, last
        )
        every_day = [(employee.id, day) for day in dates]
        return Facts(
            self._holidays(employee, first, last),
            self._other_stores(employee, dates),
            {day for _who, day in rosters._on_leave(employee.ids, first, last)},
            {day for _who, day in rosters._not_employed(every_day)},
            employee.company_id.attendance_roster_lock_date,
            {day: shift for (_who, day), shift in told.items()},
            lines._news(),
        )

    def _holidays(self, employee, first, last):
        """``{date: entry}`` of the calendar of where the person works on the date."""
        self.env.cr.execute(
            f"""
            SELECT h.id FROM attendance_holiday h JOIN hr_employee e ON e.id = %s
            {place_on("h.date")}
            WHERE h.date BETWEEN %s AND %s AND h.calendar_id = COALESCE(
                s.holiday_calendar_id, c.attendance_holiday_calendar_id)
            """,  # pylint: disable=sql-injection
            [employee.id, first, last],
        )
        # sudo: holiday calendars are no secret
        entries = self.env["attendance.holiday"].sudo()
        found = entries.browse(row[0] for row in self.env.cr.fetchall())
        return {entry.date: entry for entry in found}

    def _other_stores(self, employee, dates):
        history = employee._attendance_history(employee.ids, dates[0], dates[-1])
        lent = {}
        for day in dates:
            store = history.store_on(employee.id, day)
            if store != history.version_on(employee.id, day).store_id:
                lent[day] = store
        # sudo: names of stores are no secret
        stores = self.env["attendance.store"].sudo()
        return {day: stores.browse(store).name for day, store in lent.items()}

    def _planned(self, employee, dates, facts):
        """``{date: RosteredDay}``"""
        make_up_days = {
            (employee.id, day)
            for day, holiday in facts.holidays.items()
            if holiday.day_kind == "make_up_workday"
        }
        resolved = self.env["attendance.roster"]._resolve(
            employee.ids, dates, make_up_days
        )
        return {day: found for (_who, day), found in resolved.items()}

    def _days(self, planned, dates, facts):
        shift_ids = {found.shift_id for found in planned.values()} - {0}
        named = set(facts.told.values()) | set(facts.news.values())
        words = ShiftWords(self.env, shift_ids | named - {None})
        rules = self.env["attendance.shift"]._engine_shifts(shift_ids, dates)
        days = []
        for day in dates:
            rostered = planned.get(day)
            shift = rostered.shift_id if rostered else None
            holiday = facts.holidays.get(day)
            rule = rules.get((shift, day))
            works = bool(rule) and day not in facts.unemployed
            if works and holiday and holiday.day_kind in FREEING:
                works = rule.works_on_holidays
            days.append(
                {
                    "date": day.isoformat(),
                    "shift": shift,
                    "hours": words.hours(shift, day),
                    "source": rostered.source if rostered else "",
                    "works": works,
                    "minutes": rule.nominal_minutes if works else 0,
                    "marks": _marks(day, shift, facts),
                    "holiday": holiday.name if holiday else "",
                    "store": facts.stores.get(day, ""),
                    "told": self._told_in_words(words, facts.told, day),
                    "before": self._told_in_words(words, facts.news, day),
                }
            )
        return days

    def _told_in_words(self, words, told, day):
        return "" if told.get(day) is None else words.planned(told[day], day)

    def _shifts(self, employee, planned, may_edit):
        """Those of these days, and those that may be chosen."""
        used = {found.shift_id for found in planned.values()} - {0}
        # sudo: a shift that somebody works is shown, of whichever company
        shifts = self.env["attendance.shift"].sudo().browse(sorted(used))
        if may_edit:
            shifts |= shifts.search(
                [("company_id", "=", employee.company_id.id)], limit=PICKED_SHIFTS
            )
        return {
            str(shift.id): {
                "id": shift.id,
                "name": shift.name,
                "code": shift.code or "",
                "color": shift.color % 12,
                "hours": shift.time_summary,
                "active": shift.active,
            }
            for shift in shifts
        }

    def _totals(self, days, first, last):
        """Working days and hours of the month alone, together and by shift."""
        span = first.isoformat(), last.isoformat()
        working = [
            day for day in days if day["works"] and span[0] <= day["date"] <= span[1]
        ]
        shifts = {}
        for day in working:
            total = shifts.setdefault(
                day["shift"], {"id": day["shift"], "days": 0, "minutes": 0}
            )
            total["days"] += 1
            total["minutes"] += day["minutes"]
        return {
            "days": len(working),
            "minutes": sum(day["minutes"] for day in working),
            "shifts": list(shifts.values()),
        }

    def _lines(self, employee):
        """What the person was told last, and before that what is not seen yet."""
        # sudo: the login was looked at
        lines = self.env["attendance.roster.publication.line"].sudo()
        of_person = Domain("employee_id", "=", employee.id)
        unseen = lines.search(
            of_person & Domain("seen_at", "=", False), limit=UNSEEN_LINES
        )
        return unseen or lines.search(of_person, limit=1)

    def _publication(self, lines):
        if not lines:
            return False
        latest, changed = lines[0], sorted(lines._news())
        return {
            "lines": lines.ids,
            "at": fields.Datetime.to_string(latest.create_date),
            "by": latest.create_uid.name,
            "date_from": latest.date_from.isoformat(),
            "date_to": latest.date_to.isoformat(),
            "note": latest.publication_id.note or "",
            "seen_at": fields.Datetime.to_string(latest.seen_at) or "",
            "days": [day.isoformat() for day in changed],
        }


def _marks(day, shift, facts):
    """Codes of what is to be said of a day beside its shift."""
    holiday = facts.holidays.get(day)
    marks = [holiday.day_kind] if holiday else []
    if day in facts.leave:
        marks.append("leave")
    if day in facts.unemployed:
        marks.append("not_employed")
    if day in facts.stores:
        marks.append("other_store")
    if facts.lock_date and day <= facts.lock_date:
        marks.append("locked")
    if day in facts.told and facts.told[day] != shift:
        marks.append("unpublished")
    if day in facts.news:
        marks.append("news")
    return marks
