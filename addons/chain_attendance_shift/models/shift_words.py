"""Shifts in words, for a person who is told what to work on a date."""

from collections import defaultdict
from datetime import date

from odoo.tools import format_date


class ShiftWords:
    """Names and hours of some shifts, in the language of an environment.

    Hours are those of the date: a shift that changed had others before.
    """

    def __init__(self, env, shift_ids):
        self.env = env
        # sudo: what a shift is called is no secret, but of another company maybe
        shifts = env["attendance.shift"].sudo().browse(sorted(set(shift_ids) - {0}))
        shifts = shifts.exists()
        self.names = {shift.id: shift.name for shift in shifts}
        former = defaultdict(list)
        for version in shifts.env["attendance.shift.version"].search(
            [("shift_id", "in", shifts.ids)], order="date_to, id"
        ):
            until = version.date_to, version.time_summary
            former[version.shift_id.id].append(until)
        self.summaries = {
            shift.id: [*former[shift.id], (date.max, shift.time_summary)]
            for shift in shifts
        }

    def hours(self, shift_id, day):
        """The hours of a shift on a date, ``08:30 - 17:30``; of rest none."""
        versions = self.summaries.get(shift_id, ())
        return next((summary for until, summary in versions if day <= until), "")

    def planned(self, shift_id, day):
        """``Day 08:30 - 17:30``, ``Rest``, or that nothing is planned.

        :param shift_id: 0 for rest, ``None`` where nothing is planned.
        """
        if shift_id is None:
            return self.env._("Nothing planned")
        if not shift_id:
            return self.env._("Rest")
        if shift_id not in self.names:
            return self.env._("A shift that was deleted")
        return f"{self.names[shift_id]} {self.hours(shift_id, day)}"

    def date(self, day):
        """The date and its weekday, as the language writes them."""
        weekday = format_date(self.env, day, date_format="EEE")
        return f"{format_date(self.env, day)} {weekday}"
