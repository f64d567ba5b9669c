from odoo import fields, models


class AttendanceCodeDismissed(models.Model):
    """A code of which somebody said that it is no person, at one store.

    Its punches stay. A row that was taken back is archived: who did it and when is
    its last change.
    """

    _name = "attendance.code.dismissed"
    _description = "Dismissed Code"
    _inherit = ["attendance.scope.mixin"]
    _order = "id desc"
    _rec_name = "code_key"

    _attendance_area = "terminals"
    _attendance_scope_columns = {
        "store": ("store_id",),
        "department": ("store_id.department_id",),
    }

    company_id = fields.Many2one("res.company", required=True, readonly=True)
    code_key = fields.Char(string="Terminal User Code", required=True, readonly=True)
    store_id = fields.Many2one(
        "attendance.store", readonly=True, index=True, ondelete="cascade"
    )
    reason = fields.Char(required=True, readonly=True)
    active = fields.Boolean(default=True, readonly=True)

    _code_uniq = models.UniqueIndex(
        "(company_id, code_key, COALESCE(store_id, 0)) WHERE active",
        "This code has been dismissed already.",
    )
