"""What other holidays do to the rosters of a company."""

from collections import defaultdict, namedtuple

from odoo import api, fields, models
from odoo.tools import split_every

from ..holiday_effect import HolidayChange, Regime, what_changes

# So many dates are looked at together; of a year about thirty are out of the usual.
DATES_AT_ONCE = 31
MAKE_UP = "make_up_workday"

# ``changes`` are :class:`HolidayChange`; ``past_days`` counts the days of people before
# today that are of another kind: their results are computed anew.
HolidayEffect = namedtuple("HolidayEffect", "changes past_days")


class AttendanceRoster(models.Model):
    # One concern a file.
    _inherit = "attendance.roster"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    @api.private
    def _holiday_regime(self, company):
        """The :class:`Regime` of a company's stores as it is, in two queries."""
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT id, holiday_calendar_id FROM attendance_store
            WHERE company_id = %s AND holiday_calendar_id IS NOT NULL
            UNION ALL
            SELECT NULL, attendance_holiday_calendar_id FROM res_company WHERE id = %s
            """,
            [company.id, company.id],
        )
        calendars = dict(self.env.cr.fetchall())
        self.env.cr.execute(
            "SELECT calendar_id, date, day_kind FROM attendance_holiday"
            " WHERE company_id = %s",
            [company.id],
        )
        kinds = defaultdict(dict)
        for calendar, day, kind in self.env.cr.fetchall():
            kinds[calendar][day] = kind
        return Regime(calendars, dict(kinds))

    @api.model
    @api.private
    def _holiday_effect(self, company, before, after, dates):
        """What becomes of everybody's days in a company under another regime.

        It does not ask who may see these people.

        :param before: a :class:`Regime`, and so is ``after``.
        :param dates: the dates on which they may differ.
        :return: a :class:`HolidayEffect`; its changes in the order of the dates.
        """
        self.env["hr.employee"].flush_model()
        self.env.cr.execute(
            "SELECT id FROM hr_employee WHERE company_id = %s AND active ORDER BY id",
            [company.id],
        )
        people = [employee for (employee,) in self.env.cr.fetchall()]
        # sudo: shifts are no secret
        shifts = self.env["attendance.shift"].sudo().with_context(active_test=False)
        on_holidays = set(shifts.search([("works_on_holidays", "=", True)]).ids)
        today = fields.Date.context_today(self)
        changes, past_days = [], 0
        for some in split_every(DATES_AT_ONCE, sorted(dates), list):
            touched = self._holiday_pairs(people, before, after, some)
            past_days += sum(day < today for _employee, day in touched)
            changes += self._changes_of(touched, before, after, some, on_holidays)
        return HolidayEffect(changes, past_days)

    @api.model
    def _holiday_pairs(self, people, before, after, dates):
        """``{(employee id, date): store id}`` of who lives by what differs."""
        history = self.env["hr.employee"]._attendance_history(
            people, dates[0], dates[-1]
        )
        touched = {}
        for employee in people:
            for day in dates:
                store = history.store_on(employee, day)
                if before.of(store).get(day) != after.of(store).get(day):
                    touched[employee, day] = store
        for pair in set(self._not_employed(touched)):
            del touched[pair]
        return touched

    @api.model
    def _changes_of(self, touched, before, after, dates, on_holidays):
        # Rosters ask for nothing but make-up workdays.
        make_up_dates = {
            day
            for (_employee, day), store in touched.items()
            for regime in (before, after)
            if regime.of(store).get(day) == MAKE_UP
        }
        plan = self._resolve_under(touched, before, dates)
        plans = plan, plan | self._resolve_under(touched, after, make_up_dates)
        changes = []
        for (employee, day), store in touched.items():
            sides = [
                (regime.of(store).get(day), plan.get((employee, day), 0))
                for regime, plan in zip((before, after), plans, strict=True)
            ]
            what = what_changes(*sides, on_holidays)
            if what:
                change = HolidayChange(employee, day, store, what, *sides[0], *sides[1])
                changes.append(change)
        return changes

    @api.model
    def _resolve_under(self, touched, regime, dates):
        """``{(employee id, date): shift id or 0}`` of what is planned."""
        lifted = {
            (employee, day)
            for (employee, day), store in touched.items()
            if regime.of(store).get(day) == MAKE_UP
        }
        people = {employee for employee, _day in touched}
        resolved = self._resolve(people, dates, lifted)
        return {pair: rostered.shift_id for pair, rostered in resolved.items()}
