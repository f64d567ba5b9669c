from odoo import api, fields, models


class AttendanceReportSegmentMixin(models.AbstractModel):
    """Rows of a report that each stand for a row of a day's segments."""

    _name = "attendance.report.segment.mixin"
    _description = "Report on Rows of Attendance Days"
    _inherit = ["attendance.report.rows.mixin"]

    day_id = fields.Many2one("attendance.day", readonly=True)
    segment_id = fields.Many2one("attendance.day.segment", readonly=True)
    work_date = fields.Date(string="Date", readonly=True)
    state = fields.Selection(
        [("final", "Final"), ("in_progress", "In Progress")], readonly=True
    )
    sequence = fields.Integer(readonly=True, aggregator=None)
    shift_id = fields.Many2one("attendance.shift", readonly=True)
    label = fields.Char(string="Shift, Leave, Overtime", compute="_compute_label")
    late_minutes = fields.Integer(string="Late", readonly=True)
    early_minutes = fields.Integer(string="Early", readonly=True)

    @api.depends("segment_id")
    @api.depends_context("lang")
    def _compute_label(self):
        """What stands under "shift" in the manual's figure."""
        # sudo: who reads the row may read what it is called
        segments = self.sudo().segment_id
        labels = {segment.id: segment.label for segment in segments}
        for row in self:
            row.label = labels.get(row.id)

    def action_explain(self):
        """How the figures of the row's day came to be."""
        self.ensure_one()
        return self.day_id.action_explain()
