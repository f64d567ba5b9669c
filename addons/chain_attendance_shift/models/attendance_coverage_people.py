"""Who is there at an hour, who could be asked, and giving them a shift."""

from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..coverage import DAY_MINUTES
from .attendance_coverage_gather import DAY

MOST_PEOPLE_SHOWN = 100
MOST_SHIFTS = 1000
# Who is not there for these reasons could be asked to come.
FREE = ("rest", "none", "holiday")


class AttendanceCoverage(models.AbstractModel):
    # One concern a file.
    _inherit = "attendance.coverage"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def get_people(self, store_id, date, start, end, measure="rostered"):
        """Who is in a store at some time of a date, and who could be asked to come.

        :param start: minutes after midnight, and so is ``end``.
        :return: ``{people, others, free, shifts}``: people of whom the login may see
            the roster by name, others as a number; ``shifts`` cover the time, from
            their ``date`` on, which may be the day before; ``free`` are people of the
            store who are not planned on such a date.
        """
        (day,) = self._check_dates(date, date)
        self._check_span(start, end)
        self._check_choice(60, measure)
        store = self._stores([store_id], measure)
        if not store:
            raise AccessError(
                self.env._(
                    "Your roles do not let you look at the coverage of this store."
                )
            )
        places = self._gather_places(store.ids, day - DAY, day)
        staff = self._gather_staff(places, [day])
        if measure == "rostered":
            there = self._rostered_presence(staff, [day])[0]
        else:
            there = self._gather_presence(measure, places, [day])[0]
        present = {}
        for one in there.get((store.id, day), ()):
            if one.start < end and start < one.stop:
                present.setdefault(one.employee, []).append((one.start, one.stop))
        named = self._named(present, measure)[:MOST_PEOPLE_SHOWN]
        shifts = self._covering_shifts(store, staff, places, day, (start, end))
        return {
            "people": [
                {**_person(person), "spans": sorted(present[person.id])}
                for person in named
            ],
            "others": len(present) - len(named),
            "free": self._free_people(
                store, staff, {shift["date"] for shift in shifts}
            ),
            "shifts": shifts,
        }

    @api.model
    def _free_people(self, store, staff, dates):
        """Who could work a shift that starts on one of these dates."""
        # sudo: a date of the company, whoever looks
        locked = store.company_id.sudo().attendance_roster_lock_date
        off = {
            (employee, fields.Date.to_string(day)): placed.off
            for (employee, day), placed in staff.days.items()
            if placed.off in FREE and not (locked and day <= locked)
        }
        people = self._askable({employee for employee, date in off if date in dates})
        return [
            {**_person(person), "date": date, "why": off[person.id, date]}
            for person in people
            for date in sorted(dates)
            if (person.id, date) in off
        ]

    @api.model
    def give_shift(self, store_id, employee_id, date, shift_id):
        """Have somebody who is not planned on a date work a shift then.

        For logins that may plan the person; the store is one they may look at, and
        where the person works on that date.
        """
        (day,) = self._check_dates(date, date)
        self._check_numbers(employee_id, shift_id)
        store = self._stores([store_id])
        places = self._gather_places(store.ids, day - DAY, day)
        placed = self._gather_staff(places, [day]).days.get((employee_id, day))
        person = self._askable([employee_id])
        if not placed or not person:
            raise AccessError(
                self.env._("Your roles do not let you plan this person on this date.")
            )
        if placed.off not in FREE:
            raise UserError(
                self.env._(
                    "%(name)s is planned on %(day)s already, or on leave.",
                    name=person.name,
                    day=day,
                )
            )
        shift = self._shifts_of(store, places[store.id].is_free(day)).filtered(
            lambda s: s.id == shift_id
        )
        if not shift:
            raise UserError(
                self.env._(
                    "Choose a shift of the company of %(store)s; on a holiday one that "
                    "works on holidays.",
                    store=store.display_name,
                )
            )
        self.env["attendance.roster.grid"].set_cells(
            [[employee_id, date, shift.id]],
            date,
            date,
            self.env._("Coverage of %s", store.name),
        )
        return True

    @api.model
    def _check_span(self, start, end):
        are_numbers = isinstance(start, int) and isinstance(end, int)
        if not are_numbers or not 0 <= start < end <= DAY_MINUTES:
            raise UserError(
                self.env._(
                    "The time must lie between 0 and %(limit)s minutes after midnight, "
                    "and end after it starts; %(start)s to %(end)s was given.",
                    limit=DAY_MINUTES,
                    start=start,
                    end=end,
                )
            )

    @api.model
    def _named(self, employee_ids, measure):
        """Those of these people whom the login may see in this measure, in order."""
        return self._people_in(employee_ids, ("rosters", "view"))

    @api.model
    def _askable(self, employee_ids):
        """Those of these people whose days the login may change."""
        asked = ("rosters", "create"), ("rosters", "edit")
        return self._people_in(employee_ids, *asked)[:MOST_PEOPLE_SHOWN]

    @api.model
    def _people_in(self, employee_ids, *functions):
        """Those of these people over whom the login has functions of an area."""
        held = [self.env.user._attendance_scope(*function) for function in functions]
        return self.env["hr.employee.public"].search_fetch(
            Domain.AND([Domain("id", "in", list(employee_ids)), *held]),
            ["name", "job_id", "employee_number"],
            order="name, id",
        )

    @api.model
    def _shifts_of(self, store, is_holiday):
        domain = Domain("company_id", "=", store.company_id.id)
        if is_holiday:
            domain &= Domain("works_on_holidays", "=", True)
        return self.env["attendance.shift"].search(domain, limit=MOST_SHIFTS)

    @api.model
    def _covering_shifts(self, store, staff, places, day, span):
        """Shifts that cover a time, those that the store uses most that day first.

        A night shift of the day before may do so, too.
        """
        used = Counter(
            placed.shift_id for (_who, on), placed in staff.days.items() if on == day
        )
        found = []
        for date, late in ((day, 0), (day - DAY, DAY_MINUTES)):
            start, end = span[0] + late, span[1] + late
            shifts = self._shifts_of(store, places[store.id].is_free(date))
            rules = shifts._engine_shifts(shifts.ids, [date])
            found += [
                (
                    -used[shift.id],
                    {
                        "id": shift.id,
                        "name": shift.name,
                        "hours": shift.time_summary,
                        "date": fields.Date.to_string(date),
                    },
                )
                for shift in shifts
                if any(
                    piece.start <= start and end <= piece.stop
                    for piece in rules[shift.id, date].plan
                )
            ]
        return [shift for _used, shift in sorted(found, key=lambda pair: pair[0])]


def _person(person):
    return {
        "id": person.id,
        "name": person.name,
        "number": person.employee_number or "",
        "job": person.job_id.name or "",
    }
