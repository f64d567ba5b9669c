from collections import defaultdict, namedtuple
from datetime import date

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.chain_attendance_base.models.attendance_scope_mixin import (
    PERSON_COLUMNS,
)

WEEKDAYS = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)

# A mistyped year would fill two thousand years with absence.
EARLIEST = date(2000, 1, 1)

# What the roster says of one employee and date. ``shift_id`` is 0 on a rest day;
# ``source`` is a value of the engine's ``RosterSource``, ``source_id`` the entry that
# decided: a roster, or for ``default`` a store.
RosteredDay = namedtuple("RosteredDay", "shift_id source source_id")


class AttendanceRoster(models.Model):
    """Who works which shift from which date on: an intent, not a row per day."""

    _name = "attendance.roster"
    _description = "Roster"
    _inherit = ["attendance.scope.mixin"]
    _order = "date_from desc, id desc"
    _check_company_auto = True

    _attendance_area = "rosters"
    _attendance_scope_columns = PERSON_COLUMNS

    kind = fields.Selection(
        [("standing", "From a Date")], required=True, default="standing", readonly=True
    )
    employee_id = fields.Many2one(
        "hr.employee", required=True, ondelete="cascade", check_company=True
    )
    employee_number = fields.Char(related="employee_id.employee_number")
    department_id = fields.Many2one(related="employee_id.department_id")
    company_id = fields.Many2one(
        related="employee_id.company_id", store=True, index=True, precompute=True
    )
    shift_id = fields.Many2one(
        "attendance.shift",
        required=True,
        ondelete="restrict",
        index=True,
        check_company=True,
    )
    date_from = fields.Date(
        string="From", required=True, default=fields.Date.context_today
    )
    works_monday = fields.Boolean("Mon", default=True)
    works_tuesday = fields.Boolean("Tue", default=True)
    works_wednesday = fields.Boolean("Wed", default=True)
    works_thursday = fields.Boolean("Thu", default=True)
    works_friday = fields.Boolean("Fri", default=True)
    works_saturday = fields.Boolean("Sat")
    works_sunday = fields.Boolean("Sun")

    _by_employee = models.Index("(employee_id, date_from)")

    @api.constrains(*[f"works_{day}" for day in WEEKDAYS])
    def _check_weekdays(self):
        for roster in self:
            if not any(roster._weekdays()):
                raise ValidationError(
                    self.env._(
                        "The roster of %s has no working day in the week.",
                        roster.employee_id.name,
                    )
                )

    @api.constrains("date_from")
    def _check_date_from(self):
        for roster in self:
            if roster.date_from < EARLIEST:
                raise ValidationError(
                    self.env._(
                        "The roster starts on %(start)s; it cannot start before "
                        "%(earliest)s.",
                        start=roster.date_from,
                        earliest=EARLIEST,
                    )
                )

    @api.depends("employee_id", "shift_id", "date_from")
    def _compute_display_name(self):
        for roster in self:
            name, shift = roster.employee_id.name, roster.shift_id.name
            roster.display_name = f"{name}: {shift} ({roster.date_from})"

    def _weekdays(self):
        self.ensure_one()
        return [self[f"works_{day}"] for day in WEEKDAYS]

    @api.model
    @api.private
    def _resolve(self, employee_ids, dates, make_up_days=frozenset()):
        """What is planned for many people on many dates, in at most four queries.

        A standing roster goes before the default shift of the store.

        :param dates: the dates asked for, in any order.
        :param make_up_days: ``(employee id, date)`` that the person's holiday calendar
            makes a workday: they lift the weekly rest.
        :return: ``{(employee id, date): RosteredDay}``; a pair for which nothing is
            planned is not in it.
        """
        employee_ids, dates = list(employee_ids), sorted(set(dates))
        if not dates or not employee_ids:
            return {}
        resolved = self._resolve_standing(employee_ids, dates, make_up_days)
        missing = [
            (employee, day)
            for employee in employee_ids
            for day in dates
            if (employee, day) not in resolved
        ]
        return resolved | self._resolve_default(missing, make_up_days)

    @api.model
    def _resolve_standing(self, employee_ids, dates, make_up_days):
        entries = defaultdict(list)
        # sudo: days are computed in whoever's name; record rules must not matter
        found = self.sudo().search_fetch(
            [("employee_id", "in", employee_ids), ("date_from", "<=", dates[-1])],
            ["employee_id", "shift_id", "date_from", *(f"works_{d}" for d in WEEKDAYS)],
            order="date_from desc, id desc",
        )
        for roster in found:
            entry = (
                roster.date_from,
                roster._weekdays(),
                roster.shift_id.id,
                roster.id,
            )
            entries[roster.employee_id.id].append(entry)
        resolved = {}
        for employee_id, in_force in entries.items():
            for day in dates:
                for start, works, shift_id, roster_id in in_force:
                    if start <= day:
                        pair = employee_id, day
                        is_work = works[day.weekday()] or pair in make_up_days
                        shift_id = shift_id if is_work else 0
                        resolved[pair] = RosteredDay(shift_id, "standing", roster_id)
                        break
        return resolved

    @api.model
    def _resolve_default(self, pairs, make_up_days):
        """The default shift of the store a person belongs to on the date."""
        if not pairs:
            return {}
        dates = {day for _employee, day in pairs}
        history = self.env["hr.employee"]._attendance_history(
            {employee for employee, _day in pairs}, min(dates), max(dates)
        )
        places = {pair: history.store_on(*pair) for pair in pairs if pair[0] in history}
        stores = self.env["attendance.store"].sudo()  # sudo: as for rosters
        found = stores.browse({store for store in places.values() if store})
        defaults = {
            store.id: (store.default_shift_id.id, store._default_weekdays())
            for store in found
            if store.default_shift_id
        }
        resolved = {}
        for pair, store in places.items():
            if store in defaults:
                shift_id, works = defaults[store]
                is_work = works[pair[1].weekday()] or pair in make_up_days
                shift_id = shift_id if is_work else 0
                resolved[pair] = RosteredDay(shift_id, "default", store)
        return resolved
