from collections import defaultdict

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools.misc import format_date

from odoo.addons.chain_attendance_engine import format_leave, format_minutes

from ..models.attendance_report_monthly_paper import MOST_DAYS, MOST_PEOPLE

# The columns of figures, in their order; of the first ones a zero is left blank.
BLANK_ZERO = ("late_minutes", "early_minutes", "absent_minutes")
OVERTIME = (
    "overtime_workday_minutes",
    "overtime_rest_day_minutes",
    "overtime_holiday_minutes",
)
SUMMED = ("due_minutes", "worked_minutes", *BLANK_ZERO, *OVERTIME)
AWAY = ("leave", "worked_leave", "outing", "trip")
# Millimetres of the page that the days share, and the most that one of them takes.
ROWS_HEIGHT, ROW_HEIGHT = 212, 6.6


class AttendancePersonMonthPaper(models.AbstractModel):
    """The days of a month of a person on a page to be signed, for each person."""

    _name = "report.chain_attendance_report.attendance_person_month_paper"
    _description = "Month of a Person on Paper"
    _inherit = ["attendance.paper.mixin"]

    @api.model
    def _get_report_values(self, docids, data=None):
        if docids:
            spans = self.env["attendance.report.monthly"].browse(docids)._paper_spans()
        else:
            spans = (data or {}).get("spans")
        pages = []
        for first, last, of_people in self._found(spans):
            people = [latest.employee_id.id for latest, _rows in of_people]
            monthly = self.env["attendance.report.monthly"]
            taken = monthly._taken_texts(first, last, people)
            pages += [
                self._page(first, last, *page, taken.get(person))
                for person, page in zip(people, of_people, strict=True)
            ]
        return {
            "pages": pages,
            "made": self._made_text(),
            "zoom": self._zoom(data),
            "signatures": [
                self.env._("Employee: signature and date"),
                self.env._("Manager: signature and date"),
            ],
        }

    @api.model
    @api.private
    def _found(self, spans):
        """``[(first, last, [(latest, rows of the daily report), ...]), ...]``.

        A person each, of which ``latest`` says the name and places: the last of the
        rows, or a row of the monthly report of who has none and is to be adjusted.

        :param spans: ``[[first, last, employee ids], ...]``
        :raise UserError: for nonsense, or more than is made at a time.
        :raise AccessError: if of one of the people nothing may be printed.
        """
        found = []
        for first, last, people in self._read_spans(spans):
            domain = Domain("employee_id", "in", people)
            domain &= Domain("work_date", ">=", first) & Domain("work_date", "<=", last)
            domain &= self._paper_domain("attendance.report.daily")
            rows = self.env["attendance.report.daily"].search(
                domain, order="employee_number, employee_id, work_date"
            )
            of_people = rows.grouped("employee_id")
            alone = self._alone(first, last, people - set(rows.employee_id.ids))
            if missing := len(people) - len(of_people) - len(alone):
                raise AccessError(
                    self.env._(
                        "Of %(count)s of the people chosen there is no day from "
                        "%(first)s to %(last)s that you may take away.",
                        count=missing,
                        first=format_date(self.env, first),
                        last=format_date(self.env, last),
                    )
                )
            pages = [(of_person[-1], of_person) for of_person in of_people.values()]
            pages += [(row, rows.browse()) for row in alone]
            found.append((first, last, pages))
        return found

    @api.model
    def _alone(self, first, last, people):
        """The rows of the monthly report of people without days."""
        monthly = self.env["attendance.report.monthly"].with_context(
            attendance_from=str(first),
            attendance_to=str(last),
            attendance_taken_away=True,
        )
        if not people:
            return monthly
        domain = Domain("employee_id", "in", people)
        domain &= Domain("kind", "=", "adjustments")
        return monthly.search(domain & self._paper_domain(monthly._name))

    @api.model
    def _read_spans(self, spans):
        try:
            read = [
                (first, last, {int(number) for number in people})
                for first, last, people in spans
            ]
        except (TypeError, ValueError) as error:
            raise UserError(self.env._("Choose people and days to print.")) from error
        if not 0 < sum(len(people) for *_span, people in read) <= MOST_PEOPLE:
            raise UserError(
                self.env._("Choose people to print: at most %s at a time.", MOST_PEOPLE)
            )
        return [
            (*self._paper_span(first, last, MOST_DAYS), people)
            for first, last, people in read
        ]

    @api.model
    def _page(self, first, last, latest, rows, taken):
        away = self._away(rows)
        final = rows.filtered(lambda row: row.state == "final")
        sums = {name: sum(final.mapped(name)) for name in SUMMED}
        # sudo: names of places of days that the login sees
        places = latest.sudo()
        return {
            "name": latest.employee_name,
            "number": latest.employee_number or "",
            "department": places.department_id.name or "",
            "store": places.store_id.name or "",
            "job": places.job_id.name or "",
            "company": places.company_id.name or "",
            "span": self.env["attendance.month.sheet"]._span_title(first, last),
            "days": [self._day(row, away[row.id]) for row in rows],
            "sums": _shown(sums, sum(sums[name] for name in OVERTIME)),
            "summary": self._summary(final, sums, away),
            "taken": taken,
            "height": min(ROW_HEIGHT, ROWS_HEIGHT / max(1, len(rows))),
        }

    @api.model
    def _away(self, rows):
        """``{day id: [(what, days, minutes), ...]}``: leave, outings and trips."""
        segments = self.env["attendance.day.segment"].search(
            [("day_id", "in", rows.ids), ("kind", "in", AWAY)],
            order="work_date, sequence",
        )
        away = defaultdict(list)
        for segment in segments:
            away[segment.day_id.id].append(
                (segment.label, segment.days, segment.minutes)
            )
        return away

    @api.model
    def _day(self, row, away):
        is_open = row.state != "final"
        overtime = sum(row[name] for name in OVERTIME)
        shown = _shown({name: row[name] for name in SUMMED}, overtime)
        if is_open:
            shown = {name: "" for name in shown} | {"due_minutes": shown["due_minutes"]}
        notes = [self.env._("In Progress")] if is_open else []
        return {
            "date": format_date(self.env, row.work_date, date_format="MM-dd"),
            "weekday": format_date(self.env, row.work_date, date_format="EEE"),
            "is_weekend": row.work_date.isoweekday() > 5,
            "shift": row.shift_label or "",
            "in": self._clock(row.first_in_at, row),
            "out": self._clock(row.last_out_at, row),
            "shown": shown,
            "away": ", ".join(_amount(*one) for one in away),
            "notes": ", ".join([*notes, row.exception_text or ""]).strip(", "),
        }

    @api.model
    def _summary(self, final, sums, away):
        """What is said below the table: ``[(label, amount), ...]``."""
        present = final.filtered(lambda row: row.first_in_at or row.last_out_at)
        due = final.filtered(lambda row: row.due_minutes > 0)
        labels = self.env["attendance.report.daily"].fields_get(OVERTIME, ["string"])
        lines = [
            (self.env._("Days Due"), str(len(due))),
            (self.env._("Days Present"), str(len(present))),
        ]
        lines += [
            (labels[name]["string"], format_minutes(sums[name]))
            for name in OVERTIME
            if sums[name]
        ]
        taken = defaultdict(lambda: [0, 0])
        for row in final:
            for label, days, minutes in away[row.id]:
                taken[label][0] += days
                taken[label][1] += 0 if days else minutes
        return lines + [(label, format_leave(*sizes)) for label, sizes in taken.items()]


def _amount(label, days, minutes):
    return f"{label} {format_leave(days, 0 if days else minutes)}"


def _shown(figures, overtime):
    """Figures as the manual prints them; overtime of whatever kind is one column."""
    shown = {
        name: format_minutes(figures[name], blank_zero=name in BLANK_ZERO)
        for name in ("due_minutes", "worked_minutes", *BLANK_ZERO)
    }
    return shown | {"overtime": format_minutes(overtime, blank_zero=True)}
