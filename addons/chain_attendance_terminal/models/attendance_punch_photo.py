from odoo import fields, models


class AttendancePunchPhoto(models.Model):
    """The picture that a terminal took at a punch, or at a failed one."""

    _name = "attendance.punch.photo"
    _description = "Punch Photo"
    _inherit = ["attendance.scope.mixin"]
    _order = "punched_at desc, id desc"
    _rec_name = "wall_time"

    _attendance_area = "reports"
    _attendance_scope_columns = {
        "employee": ("employee_id",),
        "department": ("department_id",),
        "job": ("job_id",),
        "store": ("terminal_id.store_id", "home_store_id"),
    }

    terminal_id = fields.Many2one(
        "attendance.terminal", required=True, readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    user_code = fields.Char(string="Terminal User Code", readonly=True)
    wall_time = fields.Char(string="Time at Terminal", required=True, readonly=True)
    punched_at = fields.Datetime(required=True, readonly=True)
    employee_id = fields.Many2one("hr.employee", readonly=True)
    department_id = fields.Many2one("hr.department", readonly=True)
    job_id = fields.Many2one("hr.job", string="Job Position", readonly=True)
    home_store_id = fields.Many2one(
        "attendance.store", string="Own Store", readonly=True
    )
    image = fields.Image(attachment=True, readonly=True)
    received_at = fields.Datetime(readonly=True)

    _key_uniq = models.UniqueIndex("(terminal_id, wall_time, user_code)")
    _by_person = models.Index("(employee_id, punched_at)")
