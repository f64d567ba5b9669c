from odoo import api, fields, models

from .shift_definition import MINUTES_PER_DAY


class AttendanceTimetable(models.Model):
    """One working stretch of a shift, on the store's wall clock.

    An end at or before the start lies on the next day; 24:00 is written 0:00.
    """

    _name = "attendance.timetable"
    _inherit = ["attendance.shift.row"]
    _description = "Timetable"
    _definition_name = "timetables"

    start_minutes = fields.Integer(default=510)
    end_minutes = fields.Integer(default=1050)
    start_time = fields.Float(string="Start", help="Clock-in time.")
    end_time = fields.Float(
        string="End",
        help="Clock-out time; at or before the start it lies on the next day.",
    )
    is_in_required = fields.Boolean(
        string="Must Clock In",
        default=True,
        help="Without it, everybody counts as there from the start.",
    )
    is_out_required = fields.Boolean(
        string="Must Clock Out",
        default=True,
        help="Without it, everybody counts as there until the end.",
    )
    is_next_day = fields.Boolean(string="Ends Next Day", compute="_compute_length")
    due_minutes = fields.Integer(compute="_compute_length", string="Due Time")

    @api.depends("start_minutes", "end_minutes")
    def _compute_length(self):
        for timetable in self:
            timetable.is_next_day = timetable.end_minutes < timetable.start_minutes
            length = timetable.end_minutes - timetable.start_minutes
            timetable.due_minutes = length % MINUTES_PER_DAY
