from collections import defaultdict
from datetime import datetime, time

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.chain_attendance_shift.coverage import (
    DAY_MINUTES,
    Presence,
    gaps,
    without,
)
from odoo.addons.chain_attendance_shift.models.attendance_coverage_gather import (
    DAY,
    lay,
    planned_spans,
    wall_clock,
)

# Nobody is missing because of a punch two minutes early.
ROUND_MINUTES = 15


class AttendanceCoverage(models.AbstractModel):
    """People needed against those who were there, by computed days."""

    _inherit = "attendance.coverage"

    @api.model
    def _measures(self):
        return [
            *super()._measures(),
            (
                "present",
                self.env._("Present"),
                self.env._(
                    "Up to yesterday, by the first clock-in and the last clock-out of "
                    "each computed day, to the nearest quarter of an hour; without the "
                    "gaps and unpaid breaks of the shift. Who left in between counts "
                    "as there; who lacks a punch does not count."
                ),
            ),
        ]

    @api.model
    def _store_domain(self, store_ids=False, measure="rostered"):
        domain = super()._store_domain(store_ids, measure)
        if measure == "present":
            domain &= Domain(self.env.user._attendance_scope("reports", "view"))
        return domain

    @api.model
    def _named(self, employee_ids, measure):
        if measure == "present":
            return self._people_in(employee_ids, ("reports", "view"))
        return super()._named(employee_ids, measure)

    @api.model
    def _known_until(self, measure, place, dates):
        if measure != "present":
            return super()._known_until(measure, place, dates)
        today = wall_clock(fields.Datetime.now(), place.zone).date()
        return {day: DAY_MINUTES if day < today else 0 for day in dates}

    @api.model
    def _gather_presence(self, measure, places, dates):
        """Of those present; the second lack a punch, or their day is not over."""
        if measure != "present":
            return super()._gather_presence(measure, places, dates)
        asked = set(dates)
        around = sorted(asked | {day - DAY for day in dates})
        days = self._gather_days(list(places), around[0], around[-1])
        shifts = self.env["attendance.shift"]._engine_shifts(
            {row[4] for row in days} - {None}, around
        )
        there, unplaced = defaultdict(list), defaultdict(int)
        for employee, day, store, job, shift, came, left in days:
            if not came or not left:
                unplaced[store, day] += 1
                continue
            zone = places[store].zone
            spans = [(_minute(came, day, zone), _minute(left, day, zone))]
            if shift:
                spans = without(spans, gaps(planned_spans(shifts[shift, day])))
            for start, stop in spans:
                lay(there, store, day, asked, Presence(start, stop, job, employee))
        return there, unplaced

    @api.model
    def _gather_days(self, store_ids, first, last):
        self.env["attendance.day"].flush_model()
        # In SQL: numbers are for whoever may look at the store.
        self.env.cr.execute(
            """
            SELECT employee_id, work_date, store_id, job_id, shift_id, first_in_at,
                   last_out_at
            FROM attendance_day
            WHERE store_id = ANY(%s) AND work_date BETWEEN %s AND %s
              AND (first_in_at IS NOT NULL OR last_out_at IS NOT NULL
                   OR state = 'in_progress')
            """,
            [store_ids, first, last],
        )
        return self.env.cr.fetchall()


def _minute(instant, day, zone):
    """Minutes after midnight of a date on the store's clock, to the quarter."""
    midnight = datetime.combine(day, time())
    minutes = (wall_clock(instant, zone) - midnight).total_seconds() / 60
    return round(minutes / ROUND_MINUTES) * ROUND_MINUTES
