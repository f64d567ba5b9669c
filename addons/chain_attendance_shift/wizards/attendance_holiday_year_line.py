from odoo import api, fields, models
from odoo.tools import format_date

SATURDAY = 5


class AttendanceHolidayYearLine(models.TransientModel):
    """A day that a calendar is to hold, against what it holds now."""

    _name = "attendance.holiday.year.line"
    _description = "Holidays of a Year: Day"
    _order = "date, id"

    year_id = fields.Many2one(
        "attendance.holiday.year", required=True, ondelete="cascade", index=True
    )
    is_taken = fields.Boolean(
        string="Keep",
        default=True,
        help="Off: the calendar does not hold this day, or no longer.",
    )
    date = fields.Date(required=True)
    weekday = fields.Char(compute="_compute_weekday")
    name = fields.Char("Holiday Name", required=True, help="At most 64 characters.")
    day_kind = fields.Selection(
        lambda self: self.env["attendance.holiday"]._day_kind_labels(),
        string="Kind of Day",
        required=True,
        default="public_holiday",
    )
    state = fields.Selection(
        [
            ("new", "Added"),
            ("changed", "Changed"),
            ("removed", "Removed"),
            ("same", "As It Is"),
            ("left_out", "Left Out"),
        ],
        string="Status",
        compute="_compute_state",
        help="Against what the calendar holds now.",
    )
    hint = fields.Char(compute="_compute_hint")

    @api.depends("date")
    def _compute_weekday(self):
        for line in self:
            line.weekday = (
                format_date(self.env, line.date, date_format="EEE") if line.date else ""
            )

    @api.depends("date", "name", "day_kind", "is_taken", "year_id.calendar_id")
    def _compute_state(self):
        for wizard, lines in self.grouped("year_id").items():
            stored = wizard._origin._stored()
            for line in lines:
                line.state = line._state_against(stored.get(line.date))

    def _state_against(self, held):
        if not self.is_taken:
            return "removed" if held else "left_out"
        if not held:
            return "new"
        same = (held.name, held.day_kind) == (self.name, self.day_kind)
        return "same" if same else "changed"

    @api.depends("date", "day_kind", "is_taken", "year_id.year")
    def _compute_hint(self):
        for line in self:
            line.hint = line.is_taken and line.date and line._what_is_odd()

    def _what_is_odd(self):
        if self.date.year != self.year_id.year:
            return self.env._("Not in %s", self.year_id.year)
        weekend = self.date.weekday() >= SATURDAY
        if self.day_kind == "make_up_workday" and not weekend:
            return self.env._("A make-up workday on a weekday?")
        if self.day_kind == "moved_rest_day" and weekend:
            return self.env._("A moved rest day at the weekend?")
        return False
