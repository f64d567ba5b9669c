"""Gathering: needs, opening hours and rostered people of many stores and dates."""

from collections import defaultdict, namedtuple
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from odoo import api, models

from odoo.addons.chain_attendance_base.sql import EMPLOYMENT

from ..coverage import DAY_MINUTES, Need, Presence, without
from .attendance_coverage_need import HOLIDAYS

DAY = timedelta(days=1)
FREE_KINDS = ("public_holiday", "moved_rest_day")


class Place(namedtuple("Place", "zone kinds hours")):
    """A store's clock, ``{date: kind}`` of its calendar, and its opening hours.

    ``hours``: ``(weekday, start, stop)`` in minutes after midnight of that weekday.
    """

    __slots__ = ()

    def is_free(self, day):
        return self.kinds.get(day) in FREE_KINDS

    def open_spans(self, day):
        """When the store is open on a date; ``None``: nobody has said."""
        if not self.hours:
            return None
        before = (day - DAY).weekday()
        return [
            (start - late, stop - late)
            for weekday, late in ((day.weekday(), 0), (before, DAY_MINUTES))
            for number, start, stop in self.hours
            if number == weekday
        ]


# What is known of who works in some stores on some dates. ``days``: ``{(employee,
# date): Placed}``, ``history`` see ``hr.employee``.
Staff = namedtuple("Staff", "days history")
# ``spans`` in minutes after midnight of the date; ``off``: why there are none: rest,
# none (nothing planned), holiday, leave, flexible (hours nobody can tell), or "".
Placed = namedtuple("Placed", "store_id shift_id spans off")


class AttendanceCoverage(models.AbstractModel):
    # One concern a file.
    _inherit = "attendance.coverage"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _gather_places(self, store_ids, first, last):
        """``{store id: Place}``, with the dates that the store's calendar names."""
        for model in (
            "attendance.holiday",
            "attendance.store",
            "attendance.store.hours",
            "res.company",
        ):
            self.env[model].flush_model()
        self.env.cr.execute(
            """
            SELECT s.id, s.tz, (
                SELECT json_object_agg(h.date, h.day_kind) FROM attendance_holiday h
                WHERE h.date BETWEEN %s AND %s AND h.calendar_id = COALESCE(
                    s.holiday_calendar_id, c.attendance_holiday_calendar_id)
            ), (
                SELECT json_agg(json_build_array(o.weekday, o.time_from, o.time_to))
                FROM attendance_store_hours o WHERE o.store_id = s.id
            )
            FROM attendance_store s JOIN res_company c ON c.id = s.company_id
            WHERE s.id = ANY(%s)
            """,
            [first, last, store_ids],
        )
        return {
            store: Place(
                ZoneInfo(zone),
                {date.fromisoformat(day): kind for day, kind in (kinds or {}).items()},
                [
                    (int(weekday), *_long(round(start * 60), round(end * 60)))
                    for weekday, start, end in hours or ()
                ],
            )
            for store, zone, kinds, hours in self.env.cr.fetchall()
        }

    @api.model
    def _gather_needs(self, places, dates, job_id=False):
        """``{(store id, date): [Need, ...]}``; nights reach into the date after.

        :param places: as ``_gather_places``, from the day before the first date on.
        """
        self.env["attendance.coverage.need"].flush_model()
        # In SQL: who may see the store may see what it needs; thousands of rows.
        self.env.cr.execute(
            """
            SELECT store_id, weekday, start_minutes, end_minutes, people, job_id,
                   date_from, date_to
            FROM attendance_coverage_need
            WHERE store_id = ANY(%s) AND (%s IS NULL OR job_id = %s)
            """,
            [list(places), job_id or None, job_id or None],
        )
        entered = defaultdict(list)
        for store, *row in self.env.cr.fetchall():
            entered[store].append(row)
        needs, asked = defaultdict(list), set(dates)
        for store, rows in entered.items():
            for day in sorted(asked | {day - DAY for day in asked}):
                for need in _needs_on(day, rows, places[store].kinds.get(day)):
                    lay(needs, store, day, asked, need)
        return needs

    @api.model
    def _gather_staff(self, places, dates):
        """The :class:`Staff` of these stores on these dates and the day before."""
        around = sorted({day - DAY for day in dates} | set(dates))
        employments = self._gather_employments(list(places), around[0], around[-1])
        history = self.env["hr.employee"]._attendance_history(
            employments, around[0], around[-1]
        )
        stores = {}
        for employee, (hired, left) in employments.items():
            for day in around if employee in history else ():
                if (hired and day < hired) or (left and day > left):
                    continue
                store = history.store_on(employee, day)
                if store in places:
                    stores[employee, day] = store
        return Staff(self._place(stores, places, around), history)

    @api.model
    def _gather_employments(self, store_ids, first, last):
        """``{employee id: (first day, last day)}`` of all who may be in the stores."""
        for model in ("hr.employee", "hr.version", "attendance.store.loan"):
            self.env[model].flush_model()
        self.env.cr.execute(
            f"""
            SELECT e.id, employment.first_day, employment.last_day FROM hr_employee e
            CROSS JOIN LATERAL {EMPLOYMENT} employment
            WHERE (e.active OR employment.last_day IS NOT NULL) AND e.id IN (
                SELECT employee_id FROM hr_version
                WHERE store_id = ANY(%s) AND active
                UNION
                SELECT employee_id FROM attendance_store_loan
                WHERE store_id = ANY(%s) AND date_from <= %s AND date_to >= %s)
            """,  # pylint: disable=sql-injection
            [store_ids, store_ids, last, first],
        )
        return {employee: span for employee, *span in self.env.cr.fetchall()}

    @api.model
    def _place(self, stores, places, around):
        """``{(employee id, date): Placed}`` by rosters, holidays and leave.

        :param stores: ``{(employee id, date): store id}``.
        """
        people = sorted({employee for employee, _day in stores})
        make_up = {
            (employee, day)
            for (employee, day), store in stores.items()
            if places[store].kinds.get(day) == "make_up_workday"
        }
        rostered = self.env["attendance.roster"]._resolve(people, around, make_up)
        shifts = self.env["attendance.shift"]._engine_shifts(
            {plan.shift_id for plan in rostered.values()} - {0}, around
        )
        away, hours_off = self._gather_leave(people, around[0], around[-1])
        spans = {key: planned_spans(shift) for key, shift in shifts.items()}
        placed = {}
        for (employee, day), store in stores.items():
            plan = rostered.get((employee, day))
            shift = shifts.get((plan.shift_id, day)) if plan else None
            working = spans[shift.key, day] if shift else []
            off = "flexible" if shift and not working else ""
            if (employee, day) in away:
                off = "leave"
            elif shift is None:
                off = "rest" if plan else "none"
            elif places[store].is_free(day) and not shift.works_on_holidays:
                off = "holiday"
            if working and employee in hours_off:
                holes = _local_holes(hours_off[employee], day, places[store].zone)
                working = without(working, holes)
            shift_id = shift.key if shift else 0
            placed[employee, day] = Placed(store, shift_id, [] if off else working, off)
        return placed

    @api.model
    def _gather_leave(self, people, first, last):
        """By Time Off, where it is installed: leave that was not refused.

        :return: ``{(employee id, date)}`` of whole days, and ``{employee id: [(from,
            to), ...]}`` of leave by hours and half days, in UTC.
        """
        if "hr.leave" not in self.env or not people:
            return set(), {}
        self.env["hr.leave"].flush_model()
        self.env.cr.execute(
            """
            SELECT employee_id, request_date_from, request_date_to,
                   request_unit_hours OR request_unit_half, date_from, date_to
            FROM hr_leave
            WHERE employee_id = ANY(%s) AND request_date_from <= %s
              AND request_date_to >= %s
              AND state IN ('confirm', 'validate1', 'validate')
            """,
            [people, last, first],
        )
        away, hours_off = set(), defaultdict(list)
        for employee, start, end, is_part, at, until in self.env.cr.fetchall():
            if is_part:
                hours_off[employee].append((at, until))
                continue
            day = max(start, first)
            while day <= min(end, last):
                away.add((employee, day))
                day += DAY
        return away, hours_off

    @api.model
    def _rostered_presence(self, staff, dates):
        """``({(store id, date): [Presence, ...]}, {(store id, date): how many})``.

        The second are people on flexible hours, of whom nobody can say when they come.
        """
        there, unplaced = defaultdict(list), defaultdict(int)
        asked = set(dates)
        for (employee, day), placed in staff.days.items():
            if placed.off == "flexible" and day in asked:
                unplaced[placed.store_id, day] += 1
            job = staff.history.version_on(employee, day).job_id
            for start, stop in placed.spans:
                presence = Presence(start, stop, job, employee)
                lay(there, placed.store_id, day, asked, presence)
        return there, unplaced


def lay(found, store, day, asked, span):
    """Put a span on its date, and what reaches over midnight on the next one."""
    if day in asked and span.start < DAY_MINUTES:
        found[store, day].append(span)
    if day + DAY in asked and span.stop > DAY_MINUTES:
        moved = span._replace(
            start=span.start - DAY_MINUTES, stop=span.stop - DAY_MINUTES
        )
        found[store, day + DAY].append(moved)


def _needs_on(day, rows, kind):
    """The :class:`Need` tuples of one store that begin on a date."""
    valid = [
        row
        for row in rows
        if (row[5] is None or row[5] <= day) and (row[6] is None or day <= row[6])
    ]
    wanted = str(day.weekday())
    if kind in FREE_KINDS and any(row[0] == HOLIDAYS for row in valid):
        wanted = HOLIDAYS
    for weekday, start, end, people, job, *_dates in valid:
        if weekday == wanted:
            yield Need(*_long(start, end), people, job)


def _long(start, end):
    """An end at or before the start lies on the next day."""
    return start, end + (DAY_MINUTES if end <= start else 0)


def planned_spans(shift):
    """When somebody on a shift is to be there: without unpaid breaks.

    Of flexible hours only the core times are known.
    """
    if shift.is_flexible:
        return [(_minutes(core.start), _minutes(core.end)) for core in shift.core]
    return [
        span
        for piece in shift.plan
        for span in without(
            [(piece.start, piece.stop)],
            [(pause.start, pause.stop) for pause in piece.breaks],
        )
    ]


def _minutes(wall_time):
    return wall_time.hour * 60 + wall_time.minute


def _local_holes(instants, day, zone):
    """Spans in UTC as minutes after midnight of a date on a store's wall clock."""
    midnight = datetime.combine(day, time())
    return [
        tuple(
            int((wall_clock(instant, zone) - midnight).total_seconds()) // 60
            for instant in span
        )
        for span in instants
    ]


def wall_clock(instant, zone):
    """A naive instant in UTC on a clock on the wall."""
    aware = instant.replace(tzinfo=timezone.utc)
    return aware.astimezone(zone).replace(tzinfo=None)
