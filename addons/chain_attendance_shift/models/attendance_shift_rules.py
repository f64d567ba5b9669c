from odoo import fields, models


class AttendanceShift(models.Model):
    """Figures of a shift that stand in for those of the company's policy."""

    # One concept, one file.
    _name = "attendance.shift"
    _inherit = ["attendance.shift", "attendance.rules.mixin"]

    has_own_windows = fields.Boolean(
        string="Own Punch Window",
        help="Otherwise the window of the company's attendance policy holds.",
    )
    has_own_limits = fields.Boolean(
        string="Own Late, Early and Absence",
        help="Otherwise the figures of the company's attendance policy hold.",
    )
    has_own_punches = fields.Boolean(
        string="Own Use of Punches",
        help="Otherwise punches are used as the company's attendance policy says.",
    )
    has_own_rounding = fields.Boolean(
        string="Own Rounding",
        help="Otherwise punches count to the minute, or as the policy says.",
    )
    has_own_overtime = fields.Boolean(
        string="Own Overtime Rules",
        help="Otherwise overtime counts as the company's attendance policy says.",
    )
