from odoo import api, fields, models

MINUTES_PER_HOUR = 60


class AttendanceWhatIfTimetable(models.TransientModel):
    """A working period of the changed shift."""

    _name = "attendance.what.if.timetable"
    _description = "What If: Working Period"
    _order = "sequence, id"

    what_if_id = fields.Many2one(
        "attendance.what.if", required=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    start_minutes = fields.Integer()
    end_minutes = fields.Integer()
    is_in_required = fields.Boolean(default=True)
    is_out_required = fields.Boolean(default=True)
    start_time = fields.Float(
        string="Start", compute="_compute_start_time", inverse="_inverse_start_time"
    )
    end_time = fields.Float(
        string="End",
        compute="_compute_end_time",
        inverse="_inverse_end_time",
        help="Earlier than the start: on the next day.",
    )

    _minutes = models.Constraint(
        "CHECK(start_minutes >= 0 AND start_minutes <= 1440"
        " AND end_minutes >= 0 AND end_minutes <= 1440)",
        "A time of day lies between 00:00 and 24:00.",
    )

    @api.depends("start_minutes")
    def _compute_start_time(self):
        for row in self:
            row.start_time = row.start_minutes / MINUTES_PER_HOUR

    def _inverse_start_time(self):
        for row in self:
            row.start_minutes = round(row.start_time * MINUTES_PER_HOUR)

    @api.depends("end_minutes")
    def _compute_end_time(self):
        for row in self:
            row.end_time = row.end_minutes / MINUTES_PER_HOUR

    def _inverse_end_time(self):
        for row in self:
            row.end_minutes = round(row.end_time * MINUTES_PER_HOUR)
