"""How much a leave takes: by the roster, or as somebody typed it."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .leave_roster import leave_span

MINUTES_PER_HOUR = 60
HOURS_PER_DAY = 8
MOST_DAYS = 366
MOST_HOURS = 24 * MOST_DAYS


class HrLeave(models.Model):
    # One concern a file.
    _inherit = "hr.leave"  # pylint: disable=consider-merging-classes-inherited

    typed_days = fields.Float(
        string="Days Typed",
        help="Charged instead of the days that are counted. Empty: as counted.",
    )
    typed_hours = fields.Float(
        string="Hours Typed",
        help="Charged instead of the hours that are counted. Empty: as counted.",
    )
    amount_note = fields.Char(
        string="Difference",
        compute="_compute_amount_note",
        help="Where the typed amount is another one than is counted.",
    )

    def _get_durations(self, check_leave_type=True, resource_calendar=None):
        """By the roster where there is one, and as typed.

        A calendar that is asked for counts itself. With ``attendance_as_counted`` in
        the context nothing counts that was typed.
        """
        plans = self._roster_plans() if resource_calendar is None else {}
        found = {
            leave.id: leave._roster_duration(plan)
            for leave, plan in plans.items()
            if leave.date_from and leave.date_to
        }
        # A leave that is not saved has an id of its own, too.
        others = self.filtered(lambda leave: leave.id not in found)
        found |= super(HrLeave, others)._get_durations(
            check_leave_type, resource_calendar
        )
        if self.env.context.get("attendance_as_counted"):
            return found
        for leave in self:
            if leave.typed_days or leave.typed_hours:
                found[leave.id] = leave._typed_duration(*found[leave.id])
        return found

    @api.depends(
        "employee_id", "request_date_from", "request_date_to", "typed_days",
        "request_date_from_period", "request_date_to_period", "typed_hours",
        "is_by_days",
    )  # fmt: skip
    def _compute_duration(self):
        return super()._compute_duration()

    def _roster_duration(self, plan):
        """``(days, hours)``: what is due on its dates and taken, by the plan."""
        dates = self._dates_asked()
        planned = [day for day in dates if plan.is_planned(day)]
        calendar = self._calendar_hours(set(dates) - set(planned))
        taken = plan.taken(self._as_request(), planned) if self._has_time() else {}
        minutes = sum(part.minutes for part in taken.values())
        hours = minutes / MINUTES_PER_HOUR + sum(calendar.values())
        if self.request_unit_half:
            counts_all = self.holiday_status_id.counts_calendar_days
            charged = {day for day, part in taken.items() if part.minutes or counts_all}
            days = sum(self._portion(day) for day in charged | set(calendar))
        elif self.request_unit_hours:
            days = sum(p.minutes / p.due for p in taken.values() if p.minutes)
            per_day = self.resource_calendar_id.hours_per_day or HOURS_PER_DAY
            days += sum(calendar.values()) / per_day
        else:
            days = sum(part.days for part in taken.values()) + len(calendar)
        return days, hours

    def _has_time(self):
        is_part = self.request_unit_hours or self.request_unit_half
        return not is_part or self.date_from < self.date_to

    def _portion(self, day):
        """How much of a date a leave in half days takes: 0, 0.5 or 1."""
        if day < self.request_date_from:
            return 0
        first = day == self.request_date_from and self.request_date_from_period == "pm"
        last = day == self.request_date_to and self.request_date_to_period == "am"
        return 1 - (first + last) / 2

    def _calendar_hours(self, dates):
        """``{date: hours}`` by Odoo's calendar of dates of which no roster speaks."""
        if not dates:
            return {}
        domain = [
            ("time_type", "=", "leave"),
            "|",
            ("holiday_id", "=", False),
            ("holiday_id", "not in", self.ids),
        ]
        ignores_holidays = self.holiday_status_id.include_public_holidays_in_duration
        # sudo: working hours of a colleague, for whoever files
        employee = self.employee_id.sudo()._origin.with_context(
            compute_leaves=not ignores_holidays
        )
        worked = employee._list_work_time_per_day(
            self.date_from,
            self.date_to,
            domain=domain,
            calendar=self.resource_calendar_id,
        )[employee.id]
        return {day: hours for day, hours in worked if day in dates and hours}

    def _as_request(self):
        leave_type = self.holiday_status_id
        is_part = self.request_unit_hours or self.request_unit_half
        times = (self.date_from, self.date_to)
        if not is_part:
            times = (self.request_date_from, self.request_date_to)
        return leave_span(
            self.id,
            times,
            counts_as_worked=leave_type.time_type == "other",
            counts_calendar_days=leave_type.counts_calendar_days,
        )

    def _typed_duration(self, days, hours):
        """The typed amount in days and hours, in proportion to what is counted."""
        per_day = self.resource_calendar_id.hours_per_day or HOURS_PER_DAY
        if self.typed_hours:
            share = days / hours if hours else 1 / per_day
            return self.typed_hours * share, self.typed_hours
        share = hours / days if days else per_day
        return self.typed_days, self.typed_days * share

    @api.depends("typed_days", "typed_hours", "number_of_days", "number_of_hours")
    @api.depends_context("lang")
    def _compute_amount_note(self):
        self.amount_note = False
        typed = self.filtered(lambda leave: leave.typed_days or leave.typed_hours)
        # sudo: as the amounts themselves are computed, for whoever sees the leave
        bare = typed.sudo().with_context(attendance_as_counted=True)
        counted = bare._get_durations()
        for leave in typed:
            days, hours = counted[leave.id]
            if leave.typed_hours:
                words, amount, other = self.env._("%s h"), leave.typed_hours, hours
            else:
                words, amount, other = self.env._("%s d"), leave.typed_days, days
            if round(amount - other, 2):
                leave.amount_note = self.env._(
                    "%(typed)s are charged as typed; by the roster or calendar it "
                    "is %(counted)s.",
                    typed=words % f"{round(amount, 2):g}",
                    counted=words % f"{round(other, 2):g}",
                )

    @api.constrains("typed_days", "typed_hours", "is_by_days", "holiday_status_id")
    def _check_typed(self):
        for leave in self:
            limits = {"typed_days": MOST_DAYS, "typed_hours": MOST_HOURS}
            # By hours hours are typed, else days.
            limits["typed_days" if leave.request_unit_hours else "typed_hours"] = 0
            for name, highest in limits.items():
                if not 0 <= leave[name] <= highest:
                    field = self._fields[name].get_description(self.env)["string"]
                    raise ValidationError(
                        self.env._(
                            "“%(field)s” of this leave must lie between 0 and "
                            "%(highest)s; it is %(value)s.",
                            field=field,
                            highest=highest,
                            value=leave[name],
                        )
                    )

    @api.constrains("date_from", "date_to")
    def _check_contracts(self):
        # A change of Odoo's calendar does not matter where the roster counts.
        by_calendar = self.filtered(lambda leave: not leave.roster_tz)
        return super(HrLeave, by_calendar)._check_contracts()
