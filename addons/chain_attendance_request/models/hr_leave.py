from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models

from .attendance_request_time import MINUTES_PER_HOUR, REACH
from .leave_roster import leave_span

DAY = timedelta(days=1)
EFFECTIVE = {
    "employee_id", "state", "holiday_status_id", "date_from", "date_to",
    "request_date_from", "request_date_to", "request_hour_from", "request_hour_to",
    "request_date_from_period", "request_date_to_period", "is_by_days", "typed_days",
    "typed_hours",
}  # fmt: skip


class HrLeave(models.Model):
    """Leave is Odoo's; the day takes notice of what Time Off has validated."""

    _inherit = "hr.leave"

    @api.model_create_multi
    def create(self, vals_list):
        leaves = super().create(vals_list)
        leaves._mark_attendance_days()
        return leaves

    def write(self, vals):
        if not EFFECTIVE & vals.keys():
            return super().write(vals)
        self._mark_attendance_days()
        result = super().write(vals)
        self._mark_attendance_days()
        return result

    def unlink(self):
        self._mark_attendance_days()
        return super().unlink()

    def _mark_attendance_days(self):
        """The dates that these leaves can change and their neighbours, up to today."""
        # Somewhere it is tomorrow already; a date ahead has no row.
        today = fields.Date.today() + DAY
        pairs = set()
        for leave in self.filtered("request_date_from").filtered("request_date_to"):
            first = leave.request_date_from - DAY
            last = min(today, leave.request_date_to + DAY)
            pairs |= {
                (leave.employee_id.id, first + DAY * number)
                for number in range((last - first).days + 1)
            }
        self.env["attendance.day.queue"]._mark(pairs)

    @api.model
    @api.private
    def _engine_requests(self, employee_ids, first, last):
        """What the engine is told of validated leave, as of ``attendance.request``.

        Leave for whole days takes the shifts of its dates; leave for hours or half
        days the time from one instant to the other.
        """
        self.flush_model()
        # In SQL: days are computed in whoever's name, thousands at a time.
        self.env.cr.execute(
            """
            SELECT l.employee_id, extract(epoch FROM l.create_date), l.id,
                   CASE WHEN l.request_unit_hours OR l.request_unit_half
                        THEN ARRAY[l.date_from, l.date_to] END,
                   ARRAY[l.request_date_from, l.request_date_to],
                   CASE WHEN l.request_unit_half THEN l.number_of_days
                        ELSE l.typed_days END, l.typed_hours,
                   t.id, t.time_type = 'other', t.counts_calendar_days
            FROM hr_leave l JOIN hr_leave_type t ON t.id = l.holiday_status_id
            WHERE l.employee_id = ANY(%s) AND l.state = 'validate'
              AND l.request_date_from <= %s AND l.request_date_to >= %s
              AND (l.date_from < l.date_to
                   OR NOT (l.request_unit_hours OR l.request_unit_half))
            ORDER BY l.create_date, l.id
            """,
            [list(employee_ids), last + REACH, first - REACH],
        )
        found = defaultdict(list)
        for employee, filed, *row in self.env.cr.fetchall():
            found[employee].append(_span(filed, *row))
        return found


def _span(
    filed, leave, instants, dates, days, hours, leave_type, is_worked, is_calendar
):
    return leave_span(
        leave,
        instants or dates,
        filed=int(filed * 1_000_000),
        type_key=leave_type,
        counts_as_worked=bool(is_worked),
        counts_calendar_days=bool(is_calendar),
        typed_days=days or None,
        typed_minutes=round(hours * MINUTES_PER_HOUR) if hours else None,
    )
