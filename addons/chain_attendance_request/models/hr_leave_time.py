"""When a leave is: by the roster and the wall clock of the store."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools.sql import column_exists, create_column

from ..inside import INSIDE
from .hr_leave_approval import QUIET
from .leave_roster import DAY_MINUTES, Plan, halves_of, hours_of, instant

DAY = timedelta(days=1)
# A longer leave is counted by Odoo's calendar.
LONGEST_DAYS = 731


class HrLeave(models.Model):
    # One concern a file.
    _inherit = "hr.leave"  # pylint: disable=consider-merging-classes-inherited

    is_by_days = fields.Boolean(
        string="Whole Days",
        help="Of a type in hours: it takes the whole shifts of its dates.",
    )
    roster_tz = fields.Char(
        string="Zone of the Store",
        compute="_compute_date_from_to",
        store=True,
        help="Where the roster counts; empty where Odoo's working calendar does.",
    )

    def _auto_init(self):
        # Leave that was there before is not counted anew.
        if not column_exists(self.env.cr, self._table, "roster_tz"):
            create_column(self.env.cr, self._table, "roster_tz", "varchar")
        return super()._auto_init()

    @api.depends("is_by_days")
    def _compute_request_unit_hours(self):
        result = super()._compute_request_unit_hours()
        for leave in self.filtered("is_by_days"):
            leave.request_unit_hours = False
        return result

    def _compute_date_from_to(self):
        # Time Off calls it for leave that is in force, when a contract changes.
        self = self.with_context(**{QUIET: INSIDE})
        plans = self._roster_plans()
        others = self.filtered(lambda leave: leave not in plans)
        others.roster_tz = False
        result = super(HrLeave, others)._compute_date_from_to()
        usual = {}
        for leave, plan in plans.items():
            leave.roster_tz = str(plan.roster[leave.request_date_from].zone)
            leave.date_from, leave.date_to = leave._roster_instants(plan, usual)
        return result

    @api.depends("roster_tz")
    def _compute_tz(self):
        known = self.filtered("roster_tz")
        for leave in known:
            leave.tz = leave.roster_tz
        return super(HrLeave, self - known)._compute_tz()

    def _roster_plans(self):
        """``{leave: Plan}`` of those that the roster counts, in a fixed number of
        queries.

        Those are leaves in companies that have it so, with a roster on any of their
        dates.
        """
        asked = self.filtered(lambda leave: leave._may_follow_roster())
        pairs = {
            (leave.employee_id._origin.id, day)
            for leave in asked
            for day in leave._dates_around()
        }
        if not pairs:
            return {}
        days = self.env["attendance.day"]
        people = sorted({employee for employee, _day in pairs})
        dates = {day for _employee, day in pairs}
        around = dates | {day - DAY for day in dates} | {day + DAY for day in dates}
        places = days._gather_places(people, min(around), max(around))
        planned = days._plan_days(
            pairs,
            places,
            days._gather_policies(places.company_ids),
            days._gather_day_kinds(places.calendar_ids, around),
            around,
        )
        employments = days._gather_employments(people)
        plans = {}
        for leave in asked:
            employee = leave.employee_id._origin.id
            roster = {
                day: planned[employee, day]
                for day in leave._dates_around()
                if (employee, day) in planned
            }
            if not roster:
                continue
            plan = Plan(roster, employments[employee])
            if any(plan.is_planned(day) for day in leave._dates_asked()):
                plans[leave] = plan
        return plans

    def _may_follow_roster(self):
        first, last = self.request_date_from, self.request_date_to
        employee = self.employee_id._origin
        if not (first and last and employee):
            return False
        # sudo: a switch of the company, for whoever files
        company = employee.sudo().company_id
        is_short = DAY * 0 <= last - first < DAY * LONGEST_DAYS
        return is_short and company.attendance_leave_by_roster

    def _dates_asked(self):
        """The dates whose shifts it can take: a night before reaches into its first."""
        first = self.request_date_from
        if self.request_unit_hours or self.request_unit_half:
            first -= DAY
        number = (self.request_date_to - first).days + 1
        return [first + DAY * n for n in range(number)]

    def _dates_around(self):
        dates = self._dates_asked()
        return [dates[0] - DAY, *dates, dates[-1] + DAY]

    def _roster_instants(self, plan, usual):
        """The naive UTC datetimes of its start and end.

        :param usual: hours of Odoo's calendars that were looked up before.
        """
        first = plan.roster[self.request_date_from]
        last = plan.roster[self.request_date_to]
        if self.request_unit_half:
            start = halves_of(first)[self.request_date_from_period == "pm"]
            end = halves_of(last)[1 + (self.request_date_to_period == "pm")]
        else:
            start, end = self._roster_minutes(first, last, usual)
        return instant(first, start), max(instant(first, start), instant(last, end))

    def _roster_minutes(self, first, last, usual):
        """Minutes after midnight of its first and of its last date.

        On one date an end at or before the start lies on the next day.
        """
        start = round(self.request_hour_from * 60)
        end = round(self.request_hour_to * 60)
        if self.request_unit_hours and (start or end):
            is_over_midnight = first is last and end <= start
            return start, end + DAY_MINUTES * is_over_midnight
        begin, over = hours_of(first), hours_of(last)
        if not (begin and over):
            # On a day of rest those of Odoo's calendar; they take nothing.
            key = self.resource_calendar_id, first.date, last.date
            if key not in usual:
                usual[key] = self._get_hour_from_to(first.date, last.date)
            begin = begin or (round(usual[key][0] * 60),)
            over = over or (round(usual[key][1] * 60),)
        return begin[0], over[-1]

    @api.model
    def _new_for(self, employees, leave_type, first, last):
        """Leaves for whole dates that are not saved, to count by."""
        found = self.browse()
        for employee in employees:
            found += self.new(
                {
                    "employee_id": employee.id,
                    "holiday_status_id": leave_type.id,
                    "request_date_from": first,
                    "request_date_to": last,
                }
            )
        return found
