from odoo import fields, models


class AttendanceTerminalEvent(models.Model):
    """A row of a terminal's own log: who did what at its keys."""

    _name = "attendance.terminal.event"
    _description = "Terminal Event"
    _inherit = ["attendance.scope.mixin"]
    _order = "id desc"
    _rec_name = "wall_time"
    _log_access = False

    _attendance_area = "terminals"
    _attendance_scope_columns = {
        "store": ("terminal_id.store_id",),
        "department": ("terminal_id.store_id.department_id",),
    }

    terminal_id = fields.Many2one(
        "attendance.terminal", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    wall_time = fields.Char(string="Time at Terminal", required=True, readonly=True)
    received_at = fields.Datetime(readonly=True)
    operation = fields.Integer(required=True, readonly=True)
    label = fields.Char(string="What Happened", readonly=True)
    operator_code = fields.Char(string="Terminal User Code", readonly=True)
    objects = fields.Char(readonly=True)
    raw_line = fields.Text(readonly=True)
    is_worrying = fields.Boolean(readonly=True)
    seen_by_id = fields.Many2one("res.users", readonly=True)
    seen_at = fields.Datetime(readonly=True)

    _line_uniq = models.UniqueIndex("(terminal_id, md5(raw_line))")
    _worry_idx = models.Index("(terminal_id) WHERE is_worrying AND seen_at IS NULL")
