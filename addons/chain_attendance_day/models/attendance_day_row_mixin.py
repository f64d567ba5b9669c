from odoo import fields, models

from odoo.addons.chain_attendance_base.models.attendance_scope_mixin import (
    ROW_COLUMNS,
)

# The columns of a day that what hangs on it carries as well.
PLACES = ("company_id", "department_id", "job_id", "store_id", "home_store_id")


class AttendanceDayRowMixin(models.AbstractModel):
    """What hangs on a person's day, with the organisation of that date.

    The places are stored with it, so that record rules and reports are on columns of
    its own and history stays right after a transfer.
    """

    _name = "attendance.day.row.mixin"
    _description = "Row of an Attendance Day"
    _inherit = ["attendance.scope.mixin"]

    _attendance_area = "reports"
    _attendance_scope_columns = ROW_COLUMNS | {"store": ("store_id", "home_store_id")}

    employee_id = fields.Many2one(
        "hr.employee", required=True, readonly=True, ondelete="cascade"
    )
    work_date = fields.Date(string="Date", required=True, readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    department_id = fields.Many2one("hr.department", readonly=True, ondelete="set null")
    job_id = fields.Many2one("hr.job", readonly=True, ondelete="set null")
    store_id = fields.Many2one(
        "attendance.store",
        readonly=True,
        ondelete="set null",
        help="Where the person worked: the own store, or the one they were lent to.",
    )
    home_store_id = fields.Many2one(
        "attendance.store",
        string="Own Store",
        readonly=True,
        ondelete="set null",
        help="The store to which the person belonged on that date.",
    )
