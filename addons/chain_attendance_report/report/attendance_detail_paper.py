from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools.misc import format_date

from odoo.addons.chain_attendance_engine import format_leave, format_minutes

from ..models.attendance_day_paper import MOST_DAYS

ROWS_ON_PAGE = 32
# Of a person and span: a quarter and a bit.
MOST_SPAN = 100
FIGURES = (
    "due_minutes", "worked_minutes", "late_minutes", "early_minutes", "absent_minutes",
)  # fmt: skip
SUMMED = (*FIGURES, "punched_outing_minutes")
BLANK_ZERO = SUMMED[2:]


class AttendanceDetailPaper(models.AbstractModel):
    """The attendance detail on paper: the manual's rows, by person and time."""

    _name = "report.chain_attendance_report.attendance_detail_paper"
    _description = "Attendance Detail on Paper"
    _inherit = ["attendance.paper.mixin"]

    @api.model
    def _get_report_values(self, docids, data=None):
        days = self._found({"days": docids} if docids else data or {})
        rows, sums = self._rows(days)
        companies = days.sudo().company_id.mapped("name")  # sudo: their names alone
        dates = days.mapped("work_date")
        ends = [format_date(self.env, day) for day in (min(dates), max(dates))]
        span = " – ".join(dict.fromkeys(ends))
        return {
            "pages": [
                rows[start : start + ROWS_ON_PAGE]
                for start in range(0, len(rows), ROWS_ON_PAGE)
            ],
            "sums": sums,
            "zoom": self._zoom(data),
            "about": f"{', '.join(companies)}   {span}   {self._made_text()}",
            "signatures": [
                self.env._("Employee: signature and date"),
                self.env._("Manager: signature and date"),
            ],
        }

    @api.model
    @api.private
    def _found(self, asked):
        """The days that were asked for, in order of person and date.

        :param asked: ``days`` (ids), or ``from``, ``to`` and ``people`` (ids).
        :raise UserError: for nonsense, nothing, or more than is made at a time.
        :raise AccessError: if a day is not the reader's to take away.
        """
        try:
            ids = {int(number) for number in asked.get("days") or ()}
            people = [int(number) for number in asked.get("people") or ()]
        except (AttributeError, TypeError, ValueError) as error:
            raise UserError(self.env._("Choose people and days to print.")) from error
        if ids:
            domain = Domain("id", "in", list(ids))
        else:
            span = self._paper_span(asked.get("from"), asked.get("to"), MOST_SPAN)
            domain = Domain("employee_id", "in", people)
            domain &= Domain("work_date", ">=", span[0])
            domain &= Domain("work_date", "<=", span[1])
        days = self.env["attendance.day"]
        domain &= self._paper_domain(days._name)
        found = days.search(domain, limit=MOST_DAYS + 1)
        if len(found) > MOST_DAYS:
            raise UserError(
                self.env._(
                    "At most %s days are printed at a time; choose fewer people or a "
                    "shorter span.",
                    MOST_DAYS,
                )
            )
        if len(found) < len(ids):
            raise AccessError(
                self.env._(
                    "%s of the days chosen are not yours to take away.",
                    len(ids) - len(found),
                )
            )
        if not found:
            raise UserError(
                self.env._("There is no day in this span that you may take away.")
            )
        # sudo: by the number of people whose days the login sees
        return found.sorted(
            lambda day: (
                day.employee_id.sudo().employee_number or "",
                day.employee_id.id,
                day.work_date,
            )
        )

    @api.model
    def _rows(self, days):
        """``(rows, sums)``: the printed rows of days, and the texts of their sums."""
        segments = self.env["attendance.day.segment"].search(
            [("day_id", "in", days.ids)], order="work_date, sequence"
        )
        of_days = segments.grouped("day_id")
        rows, total = [], dict.fromkeys((*SUMMED, "overtime"), 0)
        for day in days:
            for segment in of_days.get(day, ()):
                rows.append(self._row(day, segment, len(rows) + 1))
                if segment.state == "final":
                    for name in SUMMED:
                        total[name] += segment[name]
                    if segment.overtime_kind:
                        total["overtime"] += segment.minutes
        sums = {
            n: format_minutes(m, blank_zero=n in BLANK_ZERO) for n, m in total.items()
        }
        return rows, sums

    @api.model
    def _row(self, day, segment, number):
        # sudo: names of the person and places of a day that the login sees
        known = day.sudo()
        is_shift = segment.kind == "shift"
        is_open = segment.state != "final"
        shown = {
            name: format_minutes(segment[name], blank_zero=name in BLANK_ZERO)
            if is_shift and not (is_open and name != "due_minutes")
            else ""
            for name in SUMMED
        }
        # Of whole days the list says no times either.
        ends = () if segment.days else (segment.start_at, segment.stop_at)
        times = [self._clock(at, day) for at in ends]
        return {
            "number": number,
            "department": known.department_id.name or "",
            "store": known.store_id.name or "",
            "employee_number": known.employee_id.employee_number or "",
            "name": known.employee_id.name,
            "date": format_date(self.env, day.work_date, date_format="yyyy-MM-dd"),
            "label": segment.label or "",
            "times": " – ".join(filter(None, times)),
            "shown": shown,
            **_taken(segment),
        }


def _taken(segment):
    """Claimed and recognised overtime, and leave, outing or trip."""
    taken = {"claimed": "", "overtime": "", "away": ""}
    if segment.overtime_kind:
        taken["claimed"] = format_minutes(segment.claimed_minutes)
        taken["overtime"] = format_minutes(segment.minutes)
    elif segment.kind in ("leave", "worked_leave", "outing", "trip"):
        minutes = 0 if segment.days else segment.minutes
        taken["away"] = format_leave(segment.days, minutes)
    return taken
