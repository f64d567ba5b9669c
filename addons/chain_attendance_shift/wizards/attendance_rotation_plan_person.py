from odoo import fields, models


class AttendanceRotationPlanPerson(models.TransientModel):
    _name = "attendance.rotation.plan.person"
    _description = "Plan over a Date Range: Person"

    plan_id = fields.Many2one(
        "attendance.rotation.plan", required=True, ondelete="cascade", index=True
    )
    employee_id = fields.Many2one("hr.employee", required=True, ondelete="cascade")
    employee_number = fields.Char(related="employee_id.employee_number")
    department_id = fields.Many2one(related="employee_id.department_id")
    cycle_offset = fields.Integer(
        string="Starts Ahead",
        help="By how many days the person is ahead in the cycle on the first date. "
        "Team A 0, team B 2, team C 4 put the same cycle at three stages.",
    )
