from odoo import api, fields, models


class AttendanceTimeSpanMixin(models.AbstractModel):
    """Two times of the wall clock: minutes after midnight, typed as hours."""

    _name = "attendance.time.span.mixin"
    _description = "Span of the Wall Clock"

    start_minutes = fields.Integer(required=True)
    end_minutes = fields.Integer(required=True)
    # Each has methods of its own: fields that are computed together forget each other
    # when one of them is written alone.
    start_time = fields.Float(
        string="Begins", compute="_compute_start_time", inverse="_inverse_start_time"
    )
    end_time = fields.Float(
        string="Ends", compute="_compute_end_time", inverse="_inverse_end_time"
    )

    @api.depends("start_minutes")
    def _compute_start_time(self):
        for row in self:
            row.start_time = row.start_minutes / 60

    @api.depends("end_minutes")
    def _compute_end_time(self):
        for row in self:
            row.end_time = row.end_minutes / 60

    @api.onchange("start_time")
    def _inverse_start_time(self):
        for row in self:
            row.start_minutes = round(row.start_time * 60)

    @api.onchange("end_time")
    def _inverse_end_time(self):
        for row in self:
            row.end_minutes = round(row.end_time * 60)
