from odoo import fields, models

from odoo.addons.chain_attendance_base.models.attendance_scope_mixin import (
    PERSON_COLUMNS,
)


class AttendanceBiometric(models.Model):
    """A fingerprint, face or palm template of a person: only that it is there.

    The template itself is encrypted in a column that is no field: no view, no
    export and no remote call can read it.
    """

    _name = "attendance.biometric"
    _description = "Biometric Template"
    _inherit = ["attendance.scope.mixin"]
    _order = "employee_id, kind, number, part"
    _rec_name = "kind"

    _attendance_area = "terminals"
    _attendance_scope_columns = PERSON_COLUMNS

    employee_id = fields.Many2one(
        "hr.employee", required=True, readonly=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    kind = fields.Selection(
        [
            ("fingerprint", "Fingerprint"),
            ("face", "Face"),
            ("face_visible", "Face (visible light)"),
            ("palm", "Palm"),
            ("vein", "Finger vein"),
            ("photo", "Comparison photo"),
        ],
        required=True,
        readonly=True,
    )
    number = fields.Integer(readonly=True, help="Which finger, 0 to 9.")
    part = fields.Integer(readonly=True)
    version = fields.Char(
        string="Algorithm",
        readonly=True,
        help="Templates go to terminals of the same algorithm only.",
    )
    is_duress = fields.Boolean(readonly=True)
    terminal_id = fields.Many2one(
        "attendance.terminal", string="Enrolled at", readonly=True, ondelete="set null"
    )
    collected_at = fields.Datetime(readonly=True)
    digest = fields.Char(readonly=True, groups="base.group_system")

    _one_uniq = models.Constraint(
        "UNIQUE(employee_id, kind, number, part, version)", "It is here already."
    )
