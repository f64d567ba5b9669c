from odoo import fields, models


class AttendanceRotationPlanSlot(models.TransientModel):
    _name = "attendance.rotation.plan.slot"
    _description = "Plan over a Date Range: Day of the Cycle"
    _order = "number"

    plan_id = fields.Many2one(
        "attendance.rotation.plan", required=True, ondelete="cascade", index=True
    )
    number = fields.Integer(string="Day", readonly=True)
    shift_id = fields.Many2one("attendance.shift", help="Empty: rest.")
