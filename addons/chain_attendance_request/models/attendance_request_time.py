"""When a request is: instants from the wall clock, and the dates it touches."""

from collections import defaultdict
from datetime import timedelta, timezone

from odoo import api, fields, models

from odoo.addons.chain_attendance_engine import (
    OvertimeKind,
    PunchState,
    RequestKind,
    RequestSpan,
    RequestState,
    instant_minute,
    minute_at,
    propose_work_date,
)

DAY = timedelta(days=1)
AROUND = (-DAY, timedelta(0), DAY)
MINUTES_PER_HOUR = 60
# No shift, window or neighbour of a date reaches further; as in the engine.
REACH = timedelta(days=3)
COLUMNS = (
    "id", "kind", "state", "needs_approval", "is_by_days", "start_at", "stop_at",
    "date_from", "date_to", "work_date", "typed_hours", "typed_days", "overtime_kind",
    "direction",
)  # fmt: skip


class AttendanceRequest(models.Model):
    # One concern a file.
    _inherit = "attendance.request"  # pylint: disable=consider-merging-classes-inherited

    @api.depends(
        "employee_id", "kind", "is_by_days", "date_from", "date_to", "start_minutes",
        "stop_minutes",
    )  # fmt: skip
    def _compute_instants(self):
        zones = self._zones()
        for request in self:
            zone = zones.get((request.employee_id._origin.id, request.date_from))
            request.tz = str(zone) if zone else False
            if not zone or request.is_by_days:
                request.start_at = request.stop_at = False
                continue
            start = _instant(request.date_from, request.start_minutes, zone)
            request.start_at = start
            if request.kind == "correction":
                request.stop_at = start
            else:
                last = request.date_to or request.date_from
                request.stop_at = _instant(last, request.stop_minutes, zone)

    def _zones(self):
        """``{(employee id, first date): zone}`` of the stores where people work."""
        pairs = {
            (request.employee_id._origin.id, request.date_from)
            for request in self
            if request.employee_id._origin and request.date_from
        }
        if not pairs:
            return {}
        dates = [day for _employee, day in pairs]
        places = self.env["attendance.day"]._gather_places(
            {employee for employee, _day in pairs}, min(dates), max(dates)
        )
        return {pair: places.on(*pair).zone for pair in pairs if pair[0] in places}

    @api.depends("employee_id", "kind", "start_at", "stop_at")
    def _compute_work_date(self):
        asked = self.filtered(lambda r: r.kind == "overtime" and r.start_at)
        (self - asked).work_date = False
        shifts = asked._shifts_around()
        for request in asked:
            start, stop = (
                round(at.replace(tzinfo=timezone.utc).timestamp()) // 60
                for at in (request.start_at, request.stop_at)
            )
            request.work_date = propose_work_date(
                start,
                max(stop, start + 1),
                request.date_from,
                shifts[request.employee_id._origin.id, request.date_from],
            )

    def _shifts_around(self):
        """``{(employee id, date): [(date, first minute, last minute), ...]}``."""
        pairs = {(r.employee_id._origin.id, r.date_from) for r in self}
        around = {day + step for _employee, day in pairs for step in AROUND}
        people = {employee for employee, _day in pairs}
        rosters = self.env["attendance.roster"]
        if not pairs:
            return {}
        kinds = rosters._day_kinds(people, min(around), max(around))
        make_up = {pair for pair, kind in kinds.items() if kind == "make_up_workday"}
        planned = rosters._resolve(people, around, make_up)
        places = self.env["attendance.day"]._gather_places(
            people, min(around), max(around)
        )
        # sudo: hours of a shift are no secret
        shifts = self.env["attendance.shift"].sudo()
        spans = {
            shift: shifts.browse(shift)._spans()
            for shift in {found.shift_id for found in planned.values()} - {0}
        }
        found = defaultdict(list)
        for employee, day in pairs:
            for near in (day + step for step in AROUND):
                plan = planned.get((employee, near))
                hours = spans.get(plan.shift_id) if plan else None
                if hours:
                    zone = places.on(employee, near).zone
                    found[employee, day].append(
                        (
                            near,
                            instant_minute(near, hours[0][0], zone),
                            instant_minute(near, hours[-1][1], zone),
                        )
                    )
        return found

    @api.depends("employee_id", "kind", "work_date")
    def _compute_overtime_kind(self):
        asked = self.filtered(lambda r: r.kind == "overtime" and r.work_date)
        (self - asked).overtime_kind = False
        if not asked:
            return
        people = set(asked.employee_id._origin.ids)
        dates = set(asked.mapped("work_date"))
        rosters = self.env["attendance.roster"]
        kinds = rosters._day_kinds(people, min(dates), max(dates))
        make_up = {pair for pair, kind in kinds.items() if kind == "make_up_workday"}
        planned = rosters._resolve(people, dates, make_up)
        for request in asked:
            pair = request.employee_id._origin.id, request.work_date
            plan = planned.get(pair)
            if kinds.get(pair) == "public_holiday":
                request.overtime_kind = "holiday"
            elif kinds.get(pair) == "moved_rest_day" or (plan and not plan.shift_id):
                request.overtime_kind = "rest_day"
            else:
                request.overtime_kind = "workday"

    def _touched(self):
        """``{(employee id, date)}`` that these requests can change, up to today."""
        # Somewhere it is tomorrow already; a date ahead has no row.
        today = fields.Date.today() + DAY
        pairs = set()
        for request in self:
            first = min(filter(None, (request.date_from, request.work_date))) - DAY
            ends = (request.date_from, request.date_to, request.work_date)
            last = min(today, max(filter(None, ends)) + DAY)
            pairs |= {
                (request.employee_id.id, first + DAY * number)
                for number in range((last - first).days + 1)
            }
        return pairs

    def _mark_days(self):
        self.env["attendance.day.queue"]._mark(self._touched())

    @api.model
    @api.private
    def _engine_requests(self, employee_ids, first, last):
        """What the engine is told of these people between two dates, in one query.

        :return: ``{employee id: [RequestSpan, ...]}``.
        """
        self.flush_model()
        # In SQL: days are computed in whoever's name, thousands at a time.
        self.env.cr.execute(
            f"""
            SELECT employee_id, extract(epoch FROM create_date), {", ".join(COLUMNS)}
            FROM attendance_request
            WHERE employee_id = ANY(%s) AND state IN ('submitted', 'approved')
              AND least(date_from, work_date) <= %s
              AND greatest(date_to, work_date) >= %s
            ORDER BY create_date, id
            """,  # pylint: disable=sql-injection
            [list(employee_ids), last + REACH, first - REACH],
        )
        found = defaultdict(list)
        for employee, filed, *values in self.env.cr.fetchall():
            row = dict(zip(COLUMNS, values, strict=True))
            found[employee].append(_span(row, filed))
        return found


def _instant(day, minute, zone):
    """The naive UTC datetime of a wall-clock minute of a date."""
    return minute_at(instant_minute(day, minute, zone)).replace(tzinfo=None)


def _span(row, filed):
    """A row of the table as the engine's ``RequestSpan``."""
    kind = RequestKind(row["kind"])
    if row["is_by_days"]:
        times = {"first_date": row["date_from"], "last_date": row["date_to"]}
    else:
        times = {"start": _aware(row["start_at"]), "stop": _aware(row["stop_at"])}
    typed = round(row["typed_hours"] * MINUTES_PER_HOUR) if row["typed_hours"] else None
    claimed = row["overtime_kind"] and OvertimeKind(row["overtime_kind"])
    return RequestSpan(
        ("request", row["id"]),
        kind,
        **times,
        state=RequestState(row["state"]),
        needs_approval=bool(row["needs_approval"]),
        filed=int(filed * 1_000_000),
        work_date=row["work_date"],
        typed_minutes=typed,
        typed_days=row["typed_days"] or None,
        claimed_kind=claimed or None,
        state_key=PunchState(row["direction"] or "undefined"),
    )


def _aware(at):
    return at.replace(tzinfo=timezone.utc)
