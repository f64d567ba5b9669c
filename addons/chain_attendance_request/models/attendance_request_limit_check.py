"""The limits of a company, held whichever way a request is filed."""

from collections import defaultdict
from datetime import timedelta
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.tools import format_date

from .attendance_request import IN_FORCE, MINUTES_PER_HOUR
from .attendance_request_limit import CAPS

TIMES = ("kind", "state", "employee_id", "date_from", "date_to")


def period_of(name, day):
    """The first and the last date of the day, week or month around a date."""
    if name == "day":
        return day, day
    if name == "week":
        first = day - timedelta(days=day.weekday())
        return first, first + timedelta(days=6)
    following = (day.replace(day=1) + timedelta(days=31)).replace(day=1)
    return day.replace(day=1), following - timedelta(days=1)


class AttendanceRequest(models.Model):
    # One concern a file.
    _inherit = "attendance.request"  # pylint: disable=consider-merging-classes-inherited

    def _limited(self):
        """``(request, limits)`` of those that count and of whom something is asked."""
        filed = self.filtered(lambda r: r.state in IN_FORCE)
        limits = self.env["attendance.request.limit"]._of(filed) if filed else {}
        for request in filed:
            limit = limits.get((request.company_id.id, request.kind))
            if limit:
                yield request, limit

    @api.constrains(*TIMES)
    def _check_filed_in_time(self):
        now = fields.Datetime.now()
        for request, limit in self._limited():
            today = request._local_date(now)
            # A request that waits for approval was filed before.
            is_new = request.state == "submitted"
            filed = today if is_new else request._local_date(request.create_date)
            words = limit._why_untimely(request, filed, today)
            if words:
                request._refuse(words)

    def _local_date(self, instant):
        """The date of a naive UTC instant where the person works."""
        zone = ZoneInfo(self.tz or "UTC")
        return instant.replace(tzinfo=ZoneInfo("UTC")).astimezone(zone).date()

    @api.constrains("kind", "state", "employee_id", "reason", "evidence_ids")
    def _check_reasons(self):
        for request, limit in self._limited():
            if limit.is_reason_required and not (request.reason or "").strip():
                request._refuse(
                    self.env._("“%s” asks for a reason.", request.title),
                )
            if limit.is_evidence_required and not request.evidence_ids:
                request._refuse(
                    self.env._("“%s” asks for evidence; attach a file.", request.title)
                )

    @api.constrains("kind", "state", "employee_id", "direction")
    def _check_direction(self):
        for request, limit in self._limited():
            if request.kind != "correction" or (limit.allows_in and limit.allows_out):
                continue
            only = "in" if limit.allows_in else "out"
            if request.direction != only:
                directions = self._fields["direction"]._description_selection(self.env)
                request._refuse(
                    self.env._(
                        "Only “%s” can be corrected; choose it as the direction.",
                        dict(directions)[only],
                    )
                )

    @api.constrains("kind", "state", "employee_id", "date_from")
    def _check_quota(self):
        limited = [
            (request, limit)
            for request, limit in self._limited()
            if request.kind == "correction" and limit.monthly_quota
        ]
        used = self._corrections_used([request for request, _limit in limited])
        for request, limit in limited:
            if used[request.id] > limit.monthly_quota:
                request._refuse(
                    self.env._(
                        "%(person)s may have %(limit)s punch corrections in "
                        "%(month)s; this would be number %(number)s.",
                        person=request.employee_id.name,
                        limit=limit.monthly_quota,
                        month=format_date(
                            self.env, request.date_from, date_format="MMMM y"
                        ),
                        number=used[request.id],
                    )
                )

    @api.constrains(
        "kind", "state", "employee_id", "start_minutes", "stop_minutes", "typed_hours"
    )
    def _check_length(self):
        for request, limit in self._limited():
            if request.kind != "overtime":
                continue
            minutes = request.claimed_minutes
            if minutes < limit.least_minutes:
                request._refuse(
                    self.env._(
                        "Overtime is filed from %(limit)s minutes on; %(minutes)s "
                        "were claimed.",
                        limit=limit.least_minutes,
                        minutes=minutes,
                    )
                )
            if limit.step_minutes and minutes % limit.step_minutes:
                request._refuse(
                    self.env._(
                        "Overtime is claimed in steps of %(step)s minutes; "
                        "%(minutes)s were claimed.",
                        step=limit.step_minutes,
                        minutes=minutes,
                    )
                )

    @api.constrains(
        "kind", "state", "employee_id", "date_from", "work_date", "start_minutes",
        "stop_minutes", "typed_hours",
    )  # fmt: skip
    def _check_caps(self):
        limited = [
            (request, limit)
            for request, limit in self._limited()
            if request.kind == "overtime" and limit.is_cap_strict
        ]
        sums = self._overtime_sums([request for request, _limit in limited])
        for request, limit in limited:
            for words, is_above in request._cap_words(limit, sums[request.id]):
                if is_above:
                    request._refuse(words)

    def _cap_words(self, limit, sums):
        """``(sentence, whether above)`` for each cap that is nearly used up."""
        names = {
            "day": self.env._("a day"),
            "week": self.env._("a week"),
            "month": self.env._("a month"),
        }
        for period in CAPS:
            cap = round(limit[f"{period}_cap_hours"] * MINUTES_PER_HOUR)
            # From four fifths on.
            if cap and sums[period] * 5 >= cap * 4:
                words = self.env._(
                    "With this form %(person)s has %(hours)s h of overtime; the limit "
                    "is %(limit)s h %(period)s.",
                    person=self.employee_id.name,
                    hours=f"{round(sums[period] / MINUTES_PER_HOUR, 2):g}",
                    limit=f"{limit[f'{period}_cap_hours']:g}",
                    period=names[period],
                )
                yield words, sums[period] > cap

    @api.model
    def _overtime_sums(self, requests):
        """``{request id: {period: minutes}}`` claimed around each, itself included."""
        dates = {r.id: r.work_date or r.date_from for r in requests}
        near = self._filed_near("overtime", requests, dates.values())
        found = {}
        for request in requests:
            others = near[request.employee_id._origin.id]
            sums = dict.fromkeys(CAPS, request.claimed_minutes)
            for number, day, minutes in others:
                for period in CAPS:
                    first, last = period_of(period, dates[request.id])
                    if number != request._origin.id and first <= day <= last:
                        sums[period] += minutes
            found[request.id] = sums
        return found

    @api.model
    def _corrections_used(self, requests):
        """``{request id: how many corrections of its month are in force}``."""
        dates = {request.id: request.date_from for request in requests}
        near = self._filed_near("correction", requests, dates.values())
        found = {}
        for request in requests:
            first, last = period_of("month", request.date_from)
            others = near[request.employee_id._origin.id]
            found[request.id] = sum(first <= day <= last for _id, day, _m in others)
        return found

    @api.model
    def _filed_near(self, kind, requests, dates):
        """What is in force in the months around these dates, in one query.

        :return: ``{employee id: [(id, date, minutes), ...]}``; the date of overtime
            is the one in which it counts.
        """
        found = defaultdict(list)
        people = {request.employee_id._origin.id for request in requests} - {False}
        if not people:
            return found
        self.flush_model()
        self.env.cr.execute(
            """
            SELECT employee_id, id, coalesce(work_date, date_from), claimed_minutes
            FROM attendance_request
            WHERE employee_id = ANY(%s) AND kind = %s AND state = ANY(%s)
              AND coalesce(work_date, date_from) BETWEEN %s AND %s
            """,
            [
                list(people),
                kind,
                list(IN_FORCE),
                # A week can begin in the month before, and end in the next.
                period_of("month", min(dates))[0] - timedelta(days=6),
                period_of("month", max(dates))[1] + timedelta(days=6),
            ],
        )
        for employee, *row in self.env.cr.fetchall():
            found[employee].append(row)
        return found
