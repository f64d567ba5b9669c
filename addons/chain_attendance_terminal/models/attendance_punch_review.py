from odoo import fields, models

from odoo.addons.chain_attendance_base.models.attendance_scope_mixin import (
    ROW_COLUMNS,
)


class AttendancePunchReview(models.Model):
    """What a person decided about a punch that was set aside.

    The raw punch stays as it came. One that is accepted with a corrected clock gets
    a second row, ``corrected_id``, which points back to it.
    """

    _name = "attendance.punch.review"
    _description = "Review of a Punch Set Aside"
    _inherit = ["attendance.scope.mixin"]
    _order = "id desc"
    _rec_name = "punch_id"

    _attendance_area = "reports"
    _attendance_scope_columns = ROW_COLUMNS | {"store": ("store_id", "home_store_id")}

    punch_id = fields.Many2one(
        "attendance.punch", required=True, readonly=True, ondelete="restrict"
    )
    decision = fields.Selection(
        [("accepted", "Accepted"), ("dismissed", "Dismissed")],
        required=True,
        readonly=True,
    )
    offset_seconds = fields.Integer(readonly=True)
    reason = fields.Char(readonly=True)
    corrected_id = fields.Many2one(
        "attendance.punch", readonly=True, ondelete="restrict"
    )
    terminal_id = fields.Many2one(related="punch_id.terminal_id", store=True)
    company_id = fields.Many2one(
        related="punch_id.company_id", store=True, index=True, precompute=True
    )
    store_id = fields.Many2one(related="punch_id.store_id", store=True)
    home_store_id = fields.Many2one(related="punch_id.home_store_id", store=True)
    employee_id = fields.Many2one(related="punch_id.employee_id", store=True)
    department_id = fields.Many2one(related="punch_id.department_id", store=True)
    job_id = fields.Many2one(related="punch_id.job_id", store=True)

    _punch_uniq = models.Constraint(
        "UNIQUE(punch_id)", "This punch has been decided already."
    )
