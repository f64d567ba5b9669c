"""Corrections offered where a punch is missing."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from .attendance_request import IN_FORCE, MINUTES_PER_HOUR

MINUTES_PER_DAY = 24 * 60
MISSING = ("missing_in", "missing_out")


def default_time(name, minute):
    """Defaults of a form for a time of day; a browser knows it as hours only."""
    return {
        f"default_{name}_minutes": minute,
        f"default_{name}_time": minute / MINUTES_PER_HOUR,
    }


class AttendanceDay(models.Model):
    # One concern a file.
    _inherit = "attendance.day"  # pylint: disable=consider-merging-classes-inherited

    employee_number = fields.Char(related="employee_id.employee_number")
    is_in_missing = fields.Boolean(
        string="Clock-In Missing",
        compute="_compute_missing",
        search="_search_in_missing",
    )
    is_out_missing = fields.Boolean(
        string="Clock-Out Missing",
        compute="_compute_missing",
        search="_search_out_missing",
    )
    missing_text = fields.Char(string="Missing", compute="_compute_missing_text")
    correction_text = fields.Char(
        string="Correction Filed", compute="_compute_correction_text"
    )

    @api.depends("exception_codes")
    def _compute_missing(self):
        for day in self:
            codes = (day.exception_codes or "").split(",")
            day.is_in_missing, day.is_out_missing = (code in codes for code in MISSING)

    @api.depends("exception_codes")
    @api.depends_context("lang")
    def _compute_missing_text(self):
        for day in self:
            words = []
            if day.is_in_missing:
                words.append(self.env._("Clock-In"))
            if day.is_out_missing:
                words.append(self.env._("Clock-Out"))
            day.missing_text = ", ".join(words)

    def _search_in_missing(self, operator, value):
        return self._search_code("missing_in", operator)

    def _search_out_missing(self, operator, value):
        return self._search_code("missing_out", operator)

    @api.model
    def _search_code(self, code, operator):
        # No code is a part of another one.
        found = Domain("exception_codes", "like", code)
        return found if operator == "in" else ~found

    @api.depends("employee_id", "work_date")
    @api.depends_context("lang", "uid")
    def _compute_correction_text(self):
        """What was filed for the date or the night after it, as far as one sees it."""
        found = {}
        requests = self.env["attendance.request"]
        if self and requests.has_access("read"):
            dates = self.mapped("work_date")
            filed = requests.search(
                [
                    ("kind", "=", "correction"),
                    ("employee_id", "in", self.employee_id.ids),
                    ("state", "in", IN_FORCE),
                    ("date_from", ">=", min(dates)),
                    ("date_from", "<=", max(dates) + timedelta(days=1)),
                ]
            )
            for request in filed:
                key = request.employee_id.id, request.date_from
                found.setdefault(key, []).append(request._when())
        for day in self:
            key = day.employee_id.id, day.work_date
            day.correction_text = ", ".join(found.get(key, [])) or False

    def action_correct_in(self):
        """A form for the clock-in that is missing, filled in as far as is known."""
        return self._offer_correction("in")

    def action_correct_out(self):
        return self._offer_correction("out")

    def _offer_correction(self, direction):
        self.ensure_one()
        minute = self._rostered_end(direction)
        moved = timedelta(days=minute // MINUTES_PER_DAY)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Punch Correction"),
            "res_model": "attendance.request",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "current",
            "context": {
                "default_kind": "correction",
                "default_employee_id": self.employee_id.id,
                "default_direction": direction,
                "default_date_from": fields.Date.to_string(self.work_date + moved),
                **default_time("start", minute % MINUTES_PER_DAY),
            },
        }

    def _rostered_end(self, direction):
        """The minute, after midnight of the work date, at which a punch was due.

        Of a day without a shift nothing is known: midnight, for a person to change.
        """
        # sudo: hours of a shift are no secret
        spans = self.shift_id.sudo()._spans() if self.shift_id else []
        if spans:
            return spans[0][0] if direction == "in" else spans[-1][1]
        return 0
