"""What a personal link shows: the month, and a day of it."""

from datetime import date, timedelta

from babel.dates import format_skeleton
from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import babel_locale_parse, format_date
from odoo.tools.misc import get_lang

from odoo.addons.chain_attendance_engine import format_minutes
from odoo.addons.chain_attendance_shift.models.attendance_roster import EARLIEST
from odoo.addons.chain_attendance_shift.roster_news import days_between

from .attendance_personal_link_requests import read_number

# Always said of a day, and what is said of it only where there is some.
MAIN_FIGURES = ("due_minutes", "worked_minutes")
OTHER_FIGURES = (
    "late_minutes", "early_minutes", "absent_minutes", "leave_minutes",
    "outing_minutes", "trip_minutes", "punched_outing_minutes",
    "overtime_workday_minutes", "overtime_rest_day_minutes",
    "overtime_holiday_minutes",
)  # fmt: skip
BAD_FIGURES = ("late_minutes", "early_minutes", "absent_minutes")
LATEST = date(2100, 12, 31)
DAY = timedelta(days=1)


class AttendancePersonalLink(models.Model):
    # One concern a file.
    _inherit = "attendance.personal.link"  # pylint: disable=consider-merging-classes-inherited

    def _month_page(self, month=None):
        """The calendar of a month in whole weeks, its sums, and what is new."""
        rosters = self.env["attendance.roster.month"]
        first = rosters._first_day(month or fields.Date.context_today(self))
        last = first + relativedelta(day=31)
        dates = days_between(*rosters._whole_weeks(first, last))
        days, shifts, publication = self._planned_days(dates)
        results = self._results(dates)
        return {
            "title": self._in_words(first, "yMMMM"),
            "month": first.isoformat(),
            "before": (first - DAY).replace(day=1).isoformat(),
            "after": (last + DAY).isoformat(),
            "weekdays": [
                format_date(self.env, day, date_format="EEEEE") for day in dates[:7]
            ],
            "weeks": [
                [
                    self._cell(day, shifts, results, first)
                    for day in days[start : start + 7]
                ]
                for start in range(0, len(days), 7)
            ],
            "totals": self._month_totals(results, first),
            "news": self._news_in_words(publication, days),
        }

    def _in_words(self, day, skeleton):
        """A date as the language writes it, in its own order."""
        locale = babel_locale_parse(get_lang(self.env).code)
        return format_skeleton(skeleton, day, locale=locale)

    def _planned_days(self, dates):
        """The days as the month calendar has them, their shifts, and what was told."""
        rosters, employee = self.env["attendance.roster.month"], self.employee_id
        lines = rosters._lines(employee)
        facts = rosters._facts(employee, dates, lines)
        planned = rosters._planned(employee, dates, facts)
        days = rosters._days(planned, dates, facts)
        shifts = rosters._shifts(employee, planned, may_edit=False)
        return days, shifts, rosters._publication(lines)

    def _results(self, dates):
        """``{date: day}`` that were computed."""
        rows = self._own(
            "attendance.day",
            ("work_date", ">=", dates[0]),
            ("work_date", "<=", dates[-1]),
        )
        return {row.work_date.isoformat(): row for row in rows}

    def _cell(self, day, shifts, results, first):
        shift = shifts.get(str(day["shift"])) if day["works"] else None
        result = results.get(day["date"])
        is_over = result and result.state == "final"
        return {
            "date": day["date"],
            "number": int(day["date"][8:]),
            "is_other": day["date"][:7] != first.isoformat()[:7],
            "is_today": day["date"] == fields.Date.context_today(self).isoformat(),
            "is_leave": "leave" in day["marks"],
            "is_news": "news" in day["marks"],
            "color": shift["color"] if shift else None,
            "text": (shift["code"] or shift["name"])[:4] if shift else "",
            "is_rest": day["shift"] == 0 or bool(day["shift"] and not day["works"]),
            "is_bad": bool(is_over and any(result[name] for name in BAD_FIGURES)),
            "is_asked": bool(is_over and result.exception_codes),
        }

    def _month_totals(self, results, first):
        """``[(label, amount), ...]`` over the days of the month that are over."""
        month = first.isoformat()[:7]
        rows = [
            row
            for text, row in results.items()
            if text[:7] == month and row.state == "final"
        ]
        return self._figures({name: sum(row[name] for row in rows) for name in ALL})

    def _figures(self, amounts):
        labels = self.env["attendance.day"].fields_get(ALL, ["string"])
        return [
            (labels[name]["string"], format_minutes(amounts[name]))
            for name in ALL
            if name in MAIN_FIGURES or amounts[name]
        ]

    def _news_in_words(self, publication, days):
        """What was published to the person; who did it stays inside."""
        if not publication or publication["seen_at"]:
            return None
        return {
            "line": max(publication["lines"]),
            "first": format_date(self.env, publication["date_from"]),
            "last": format_date(self.env, publication["date_to"]),
            "note": publication["note"],
            "count": len(publication["days"]),
        }

    def _confirm_seen(self, line):
        """The person has seen what was published, up to the latest that was shown."""
        lines = self._own(
            "attendance.roster.publication.line",
            ("seen_at", "=", False),
            ("id", "<=", read_number(line)),
        )
        lines.write({"seen_at": fields.Datetime.now()})

    def _day_page(self, text):
        """One day: what is planned, what came of it, the raw punches."""
        day = self._read_day(text)
        (planned,), shifts, _publication = self._planned_days([day])
        shift = shifts.get(str(planned["shift"]))
        return {
            "date": day.isoformat(),
            "month": day.replace(day=1).isoformat(),
            "title": self._in_words(day, "yMMMEd"),
            "before": (day - DAY).isoformat(),
            "after": (day + DAY).isoformat(),
            "shift": shift["name"] if shift else "",
            "hours": planned["hours"],
            "color": shift["color"] if shift else None,
            "is_rest": planned["shift"] == 0,
            "is_employed": "not_employed" not in planned["marks"],
            "is_leave": "leave" in planned["marks"],
            "holiday": planned["holiday"],
            "other_store": planned["store"],
            "was": planned["before"],
            "result": self._result_page(day),
            "punches": self._punches(day),
        }

    def _read_day(self, text):
        text = text or ""
        try:
            day = date.fromisoformat(text)
        except ValueError:
            day = None
        if not day or not EARLIEST <= day <= LATEST:
            raise UserError(self.env._("“%s” is no date.", text[:20]))
        return day

    def _result_page(self, day):
        row = self._own("attendance.day", ("work_date", "=", day), limit=1)
        if not row:
            return None
        states = dict(row._fields["day_name"]._description_selection(self.env))
        names = self.env["attendance.report.daily"]._exception_names()
        codes = (row.exception_codes or "").split(",")
        is_over = row.state == "final"
        return {
            "name": states.get(row.day_name, ""),
            "is_over": is_over,
            "figures": self._figures({name: row[name] for name in ALL})
            if is_over
            else [],
            "exceptions": [names.get(code, code) for code in codes if code],
            "missing": sorted({"missing_in", "missing_out"}.intersection(codes)),
        }

    def _punches(self, day):
        """The punches that the clock of the terminal put on this date."""
        rows = self._own(
            "attendance.punch",
            ("wall_time", ">=", f"{day} 00:00:00"),
            ("wall_time", "<", f"{day + DAY} 00:00:00"),
            order="wall_time",
            limit=100,
        )
        return [
            {
                "time": row.wall_time[11:16],
                "store": row.store_id.name or "",
                "is_set_aside": bool(row.quarantine),
            }
            for row in rows
        ]


ALL = (*MAIN_FIGURES, *OTHER_FIGURES)
