from odoo import fields, models


class AttendanceRequestBatchLine(models.TransientModel):
    """One person for whom a form cannot be filed, and why."""

    _name = "attendance.request.batch.line"
    _description = "Refused for a Person"

    batch_id = fields.Many2one(
        "attendance.request.batch", required=True, ondelete="cascade", index=True
    )
    employee_id = fields.Many2one("hr.employee", required=True, ondelete="cascade")
    employee_number = fields.Char(related="employee_id.employee_number")
    refusal = fields.Text(string="Why Not", readonly=True)
