from odoo import api, fields, models
from odoo.exceptions import ValidationError

MINUTES_PER_DAY = 1440


class AttendanceShift(models.Model):
    """What one working day looks like; the roster says who works it when."""

    _name = "attendance.shift"
    _description = "Shift"
    _inherit = ["mail.thread"]
    _order = "code, name, id"
    _rec_names_search = ["name", "code"]

    name = fields.Char(
        string="Shift Name", required=True, translate=True, tracking=True
    )
    code = fields.Char(help="The short form shown in the roster.")
    color = fields.Integer()
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    timetable_ids = fields.One2many(
        "attendance.timetable", "shift_id", string="Timetables", copy=True
    )
    due_minutes = fields.Integer(
        string="Due Time", compute="_compute_due_minutes", store=True
    )
    time_summary = fields.Char(string="Hours", compute="_compute_time_summary")

    @api.depends("timetable_ids.start_minutes", "timetable_ids.end_minutes")
    def _compute_due_minutes(self):
        for shift in self:
            shift.due_minutes = sum(shift.timetable_ids.mapped("due_minutes"))

    @api.depends("timetable_ids.start_minutes", "timetable_ids.end_minutes")
    def _compute_time_summary(self):
        for shift in self:
            shift.time_summary = ", ".join(
                f"{_clock(t.start_minutes)} - {_clock(t.end_minutes)}"
                for t in shift.timetable_ids
            )

    @api.constrains("timetable_ids")
    def _check_timetables(self):
        for shift in self:
            if not shift.timetable_ids:
                raise ValidationError(
                    self.env._("Shift “%s” needs at least one timetable.", shift.name)
                )
            spans = shift._spans()
            for (_start, end), (start, _end) in zip(spans, spans[1:], strict=False):
                if start < end:
                    raise ValidationError(
                        self.env._("The timetables of shift “%s” overlap.", shift.name)
                    )
            if spans[-1][1] - spans[0][0] > MINUTES_PER_DAY:
                raise ValidationError(
                    self.env._("Shift “%s” is longer than 24 hours.", shift.name)
                )

    def _spans(self):
        """``(start, end)`` in minutes after midnight of the work date, in order.

        A timetable that starts before the one above it lies on the next day.
        """
        self.ensure_one()
        spans = []
        for timetable in self.timetable_ids.sorted(lambda t: (t.sequence, t.id)):
            start, length = timetable.start_minutes, timetable.due_minutes
            if spans and start < spans[0][0]:
                start += MINUTES_PER_DAY
            spans.append((start, start + length))
        return sorted(spans)


def _clock(minutes):
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
