from odoo import api, fields, models
from odoo.tools import format_date


class AttendanceRotationPlanDay(models.TransientModel):
    _name = "attendance.rotation.plan.day"
    _description = "Plan over a Date Range: Date"
    _order = "employee_id, date"

    plan_id = fields.Many2one(
        "attendance.rotation.plan", required=True, ondelete="cascade", index=True
    )
    employee_id = fields.Many2one(
        "hr.employee", string="Name", required=True, readonly=True, ondelete="cascade"
    )
    date = fields.Date(required=True, readonly=True)
    weekday = fields.Char(compute="_compute_weekday")
    planned_shift_id = fields.Many2one("attendance.shift", readonly=True)
    shift_id = fields.Many2one(
        "attendance.shift",
        help="Change it for this one date. Empty: rest.",
    )
    is_changed = fields.Boolean(compute="_compute_is_changed")
    conflicts = fields.Char(readonly=True)

    @api.depends("date")
    def _compute_weekday(self):
        for day in self:
            day.weekday = format_date(self.env, day.date, date_format="EEE")

    @api.depends("shift_id", "planned_shift_id")
    def _compute_is_changed(self):
        for day in self:
            day.is_changed = day.shift_id != day.planned_shift_id
