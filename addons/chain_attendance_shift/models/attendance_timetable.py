from odoo import api, fields, models
from odoo.exceptions import ValidationError

MINUTES_PER_DAY = 1440


class AttendanceTimetable(models.Model):
    """One working stretch of a shift, on the store's wall clock.

    An end at or before the start lies on the next day; 24:00 is written 0:00.
    """

    _name = "attendance.timetable"
    _description = "Timetable"
    _order = "shift_id, sequence, start_minutes, id"

    shift_id = fields.Many2one(
        "attendance.shift", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=10)
    start_minutes = fields.Integer(required=True, default=510)
    end_minutes = fields.Integer(required=True, default=1050)
    start_time = fields.Float(
        string="Start",
        compute="_compute_times",
        inverse="_inverse_times",
        help="Clock-in time.",
    )
    end_time = fields.Float(
        string="End",
        compute="_compute_times",
        inverse="_inverse_times",
        help="Clock-out time; at or before the start it lies on the next day.",
    )
    is_next_day = fields.Boolean(string="Ends Next Day", compute="_compute_times")
    due_minutes = fields.Integer(compute="_compute_times", string="Due Time")

    @api.depends("start_minutes", "end_minutes")
    def _compute_times(self):
        for timetable in self:
            timetable.start_time = timetable.start_minutes / 60
            timetable.end_time = timetable.end_minutes / 60
            timetable.is_next_day = timetable.end_minutes < timetable.start_minutes
            length = timetable.end_minutes - timetable.start_minutes
            timetable.due_minutes = length % MINUTES_PER_DAY

    def _inverse_times(self):
        for timetable in self:
            timetable.start_minutes = round(timetable.start_time * 60)
            timetable.end_minutes = round(timetable.end_time * 60)

    @api.constrains("start_minutes", "end_minutes")
    def _check_minutes(self):
        for timetable in self:
            start, end = timetable.start_minutes, timetable.end_minutes
            if not 0 <= start < MINUTES_PER_DAY:
                raise ValidationError(
                    self.env._("The start of a timetable lies between 00:00 and 23:59.")
                )
            if not 0 <= end <= MINUTES_PER_DAY:
                raise ValidationError(
                    self.env._("The end of a timetable lies between 00:00 and 24:00.")
                )
            if start % MINUTES_PER_DAY == end % MINUTES_PER_DAY:
                raise ValidationError(
                    self.env._("A timetable cannot start and end at the same time.")
                )
        self.shift_id._check_timetables()
