"""Explain: the punches and requests of a day."""

from datetime import date

from odoo import api, models
from odoo.tools.misc import format_date

from odoo.addons.chain_attendance_engine import (
    PunchSource,
    instant_minute,
)

from .day_timeline import USED


class AttendanceDay(models.Model):
    # One concern a file.
    _inherit = "attendance.day"  # pylint: disable=consider-merging-classes-inherited

    # Punches

    def _explain_punches(self, teller, result, found):
        keys = [
            mark.key
            for mark in result.marks
            if mark.source is not PunchSource.CORRECTION
        ]
        rows = self._explain_punch_rows(keys)
        marks = sorted(result.marks, key=lambda mark: (mark.second, str(mark.key)))
        punches = []
        for mark in marks:
            is_correction = mark.source is PunchSource.CORRECTION
            row = {} if is_correction else rows.get(mark.key, {})
            filed = found.get(mark.key) if is_correction else None
            punches.append(
                {
                    "time": teller.second(mark.second),
                    "terminal": row.get("terminal", ""),
                    "source": self.env._("Punch correction")
                    if is_correction
                    else row.get("source", ""),
                    "mark": mark.mark.value,
                    "is_used": mark.mark.value in USED,
                    "text": teller.mark(mark.mark, mark.timetable),
                    "link": filed and filed.get("link") or None,
                }
            )
        return punches

    @api.model
    def _explain_punch_rows(self, keys):
        """Terminal and source of punches, the archived ones too."""
        if not keys:
            return {}
        punches = self.env["attendance.punch"]
        sources = dict(punches._fields["source"]._description_selection(self.env))
        rows = {}
        for table in punches._tables_since(date.min):
            self.env.cr.execute(
                f"""
                SELECT p.id, t.name, p.source FROM {table} p
                LEFT JOIN attendance_terminal t ON t.id = p.terminal_id
                WHERE p.id = ANY(%s)
                """,  # pylint: disable=sql-injection
                [keys],
            )
            for key, terminal, source in self.env.cr.fetchall():
                rows[key] = {
                    "terminal": terminal or "",
                    "source": sources.get(source, source or ""),
                }
        return rows

    # Requests

    @api.model
    def _explain_touching(self, day_input, result):
        """The requests that bear on the day: taken, marked, or within its window."""
        keys = {charge.key for charge in result.charges}
        keys |= {mark.key for mark in result.marks}
        keys |= {row.key for row in result.rows}
        day = day_input.today.date
        zone = day_input.today.zone
        first, last = instant_minute(day, 0, zone), instant_minute(day, 24 * 60, zone)
        if result.window:
            first = min(first, min(s.start for s in result.window))
            last = max(last, max(s.stop for s in result.window))
        return [
            request
            for request in day_input.requests
            if request.key in keys
            or request.work_date == day
            or request.takes_date(day)
            or (
                request.work_date is None
                and not request.is_by_days
                and request.start_minute < last
                and request.stop_minute > first
            )
        ]

    @api.model
    def _explain_requests(self, keys):
        """``{key: {name, link, reason}}`` of those the reader may read."""
        return {}

    def _explain_request(self, teller, request, found):
        """What was filed; its own name and reason only for who may read it."""
        found = found or {}
        kind = self._explain_labels()[request.kind.value]
        return {
            "key": str(request.key),
            "kind": request.kind.value,
            "name": found.get("name") or kind,
            "times": self._explain_times(teller, request),
            "is_in_force": request.is_in_force,
            "effect": "",
            "reason": found.get("reason") or "",
            "link": found.get("link"),
        }

    def _explain_times(self, teller, request):
        if request.is_by_days:
            first, last = request.first_date, request.last_date
            texts = [format_date(self.env, day) for day in (first, last)]
            return texts[0] if first == last else " – ".join(texts)
        if request.stop is None:
            return teller.clock(request.start_minute)
        return teller.span(request.start_minute, request.stop_minute)
