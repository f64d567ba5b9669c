from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..coverage import DAY_MINUTES, slots, stretches, totals

MOST_DAYS = 31
STEPS = (30, 60)
# Stores of one question; a screen shows fewer.
MOST_STORES = 2000
DAY = timedelta(days=1)


class AttendanceCoverage(models.AbstractModel):
    """People needed per store and hour against those who are there.

    Numbers are for whoever may view rosters of the store; names of people are for those
    who may view the rosters of these people.
    """

    _name = "attendance.coverage"
    _description = "Coverage"

    @api.model
    def get_options(self):
        """What the screen offers this login."""
        may_edit = self.env["attendance.coverage.need"].has_access("create")
        return {
            "measures": [
                measure
                for measure in self._measures()
                if self._stores(measure=measure[0], limit=1)
            ],
            "has_stores": bool(self._stores(limit=1)),
            "may_enter_needs": may_edit,
            "today": fields.Date.to_string(fields.Date.context_today(self)),
        }

    @api.model
    def _measures(self):
        """``[(key, label, help)]`` of what people needed are compared with."""
        return [
            (
                "rostered",
                self.env._("Rostered"),
                self.env._(
                    "By rosters and changed days, where people work on the date; "
                    "without unpaid breaks, leave and holidays."
                ),
            )
        ]

    @api.model
    def get_stores(self, store_ids=False, offset=0, limit=80):
        """Stores that the login may look at: ``{count, ids}``."""
        self._check_numbers(offset, limit)
        self._check_function()
        domain = self._store_domain(store_ids)
        stores = self.env["attendance.store"]
        limit = min(limit, MOST_STORES)
        return {
            "count": stores.search_count(domain),
            "ids": stores.search(domain, offset=offset, limit=limit).ids,
        }

    @api.model
    def get_coverage(
        self,
        store_ids,
        date_from,
        date_to,
        step=60,
        job_id=False,
        measure="rostered",
        with_slots=True,
    ):
        """Needed and present people of stores, for up to 31 days.

        :param store_ids: ``False`` are all that the login may look at; others are left
            out.
        :param step: minutes of a slot, 30 or 60.
        :param measure: a key of ``_measures``.
        :param with_slots: without, only the figures of each day.
        :return: ``{days, step, stores}``; a slot is ``[there, needed, short, state]``
            of its least covered moment, states as in ``coverage.Stretch``.
        """
        dates = self._check_dates(date_from, date_to)
        self._check_choice(step, measure)
        self._check_numbers(job_id or 0)
        stores = self._stores(store_ids, measure)
        covered = self._cover(stores, dates, job_id, measure)
        today = fields.Date.context_today(self)
        return {
            "days": [
                {
                    "date": fields.Date.to_string(day),
                    "weekday": day.isoweekday(),
                    "today": day == today,
                }
                for day in dates
            ],
            "step": step,
            "stores": [
                {
                    "id": store.id,
                    "name": store.display_name,
                    "has_needs": any(
                        covered[store.id, day]["most_needed"] for day in dates
                    ),
                    "days": [
                        _shown(covered[store.id, day], step, with_slots)
                        for day in dates
                    ],
                }
                for store in stores
            ],
        }

    @api.model
    def _cover(self, stores, dates, job_id, measure):
        """``{(store id, date): {parts, ...}}`` in a fixed number of queries."""
        places = self._gather_places(stores.ids, dates[0] - DAY, dates[-1])
        needs = self._gather_needs(places, dates, job_id)
        there, unplaced = self._gather_presence(measure, places, dates)
        covered = {}
        for store in stores:
            place = places[store.id]
            until = self._known_until(measure, place, dates)
            for day in dates:
                people = there.get((store.id, day), ())
                if job_id:
                    people = [one for one in people if one.job == job_id]
                parts = stretches(
                    needs.get((store.id, day), ()),
                    people,
                    place.open_spans(day),
                    until[day],
                )
                figures = totals(parts)
                covered[store.id, day] = {
                    "date": fields.Date.to_string(day),
                    "kind": place.kinds.get(day, False),
                    "unplaced": unplaced.get((store.id, day), 0),
                    "is_known": until[day] > 0,
                    "parts": parts,
                    **figures._asdict(),
                }
        return covered

    @api.model
    def _gather_presence(self, measure, places, dates):
        """Who is there, as ``_rostered_presence``."""
        staff = self._gather_staff(places, dates)
        return self._rostered_presence(staff, dates)

    @api.model
    def _known_until(self, measure, place, dates):
        """``{date: minute of the day}`` up to which the measure can tell."""
        return dict.fromkeys(dates, DAY_MINUTES)

    @api.model
    @api.private
    def _needed_people(self, store_ids, dates):
        """``{(store id, date): the most people needed at once}``, where any are.

        It does not ask who may look at these stores.
        """
        dates = sorted(set(dates))
        if not store_ids or not dates:
            return {}
        places = self._gather_places(list(store_ids), dates[0] - DAY, dates[-1])
        needs = self._gather_needs(places, dates)
        return {
            key: totals(stretches(found, ())).most_needed
            for key, found in needs.items()
        }

    @api.model
    def _store_domain(self, store_ids=False, measure="rostered"):
        """The stores over which the login has *Rosters: View*."""
        domain = Domain(self.env.user._attendance_scope("rosters", "view"))
        if store_ids is not False and store_ids is not None:
            self._check_numbers(*store_ids)
            domain &= Domain("id", "in", store_ids)
        return domain

    @api.model
    def _stores(self, store_ids=False, measure="rostered", limit=MOST_STORES):
        self._check_function()
        domain = self._store_domain(store_ids, measure)
        return self.env["attendance.store"].search_fetch(
            domain, ["name", "code", "company_id"], limit=limit
        )

    @api.model
    def _check_function(self):
        """Nobody is told of an empty world who may not look at it."""
        if not self.env.user._attendance_may("rosters", "view"):
            raise AccessError(
                self.env._(
                    "Your roles do not let you look at coverage. Ask an administrator "
                    "for the function “View” of the area “Rosters”."
                )
            )

    @api.model
    def _check_dates(self, date_from, date_to):
        first, last = self._check_date(date_from), self._check_date(date_to)
        count = (last - first).days + 1
        if not 1 <= count <= MOST_DAYS:
            raise UserError(
                self.env._(
                    "Coverage is shown of 1 to %(limit)s days; from %(start)s to "
                    "%(end)s are %(count)s.",
                    limit=MOST_DAYS,
                    start=first,
                    end=last,
                    count=count,
                )
            )
        return [first + DAY * number for number in range(count)]

    @api.model
    def _check_date(self, text):
        try:
            return fields.Date.to_date(text) or self._refuse_date(text)
        except (TypeError, ValueError):
            return self._refuse_date(text)

    @api.model
    def _refuse_date(self, text):
        raise UserError(
            self.env._("“%(text)s” is no date; write it as 2026-11-02.", text=text)
        )

    @api.model
    def _check_numbers(self, *values):
        for value in values:
            if not isinstance(value, int) or value < 0:
                raise UserError(
                    self.env._("“%(value)s” is no number of a record.", value=value)
                )

    @api.model
    def _check_choice(self, step, measure):
        if step not in STEPS:
            raise UserError(
                self.env._(
                    "A slot has 30 or 60 minutes; %(step)s was given.", step=step
                )
            )
        if measure not in [key for key, *_words in self._measures()]:
            raise UserError(
                self.env._(
                    "People needed cannot be compared with “%(what)s”.", what=measure
                )
            )


def _shown(day, step, with_slots):
    shown = {key: value for key, value in day.items() if key != "parts"}
    if with_slots:
        shown["slots"] = [
            [part.there, part.needed, part.short, part.state]
            for part in slots(day["parts"], step)
        ]
    return shown
