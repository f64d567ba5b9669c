"""Rosters over closed days.

A period that is closed does not set the lock date of rosters: the lock refuses to plan
at all, while a fact about a closed day is allowed and becomes an adjustment. But it is
not done by the way: who changes the roster of a closed day confirms it. The grid and
the wizards ask nothing and are refused there, as they are before the lock date.
"""

from datetime import date, timedelta

from odoo import api, models

from .attendance_closed_mixin import is_ticked

DAY = timedelta(days=1)


class AttendanceRoster(models.Model):
    _name = "attendance.roster"
    _inherit = ["attendance.roster", "attendance.closed.mixin"]

    @api.model_create_multi
    def create(self, vals_list):
        rosters = super().create(vals_list)
        rosters._check_closed(rosters._closed_spans(), is_ticked(vals_list))
        return rosters

    def write(self, vals):
        if not self._planning_fields & vals.keys():
            return super().write(vals)
        before = {roster: roster._decided() for roster in self}
        result = super().write(vals)
        spans = [
            span
            for roster, was in before.items()
            for span in _touched(was, roster._decided())
        ]
        self._check_closed(spans, is_ticked([vals]))
        return result

    def unlink(self):
        self._check_closed(self._closed_spans())
        return super().unlink()

    def _closed_spans(self):
        return [roster._decided()[0] for roster in self]

    def _decided(self):
        """The span of the roster, and all else that it says."""
        names = sorted(self._planning_fields - {"date_from", "date_to"})
        span = (self.employee_id.id, self.date_from, self.date_to or date.max)
        return span, [self[name] for name in names]


def _touched(before, after):
    """The spans on which a roster says something else than before."""
    (who, first, last), said = before
    (_who, new_first, new_last), says = after
    if said != says:
        return [before[0], after[0]]
    spans = []
    if first != new_first:
        spans.append((who, min(first, new_first), max(first, new_first) - DAY))
    if last != new_last:
        spans.append((who, min(last, new_last) + DAY, max(last, new_last)))
    return spans
