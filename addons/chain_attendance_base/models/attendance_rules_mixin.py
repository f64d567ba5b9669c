from odoo import fields, models


class AttendanceRulesMixin(models.AbstractModel):
    """The rules that a day is judged by, wherever they are set.

    All lengths are whole minutes unless the field says seconds.
    """

    _name = "attendance.rules.mixin"
    _description = "Attendance Rules"

    grace_late_minutes = fields.Integer(
        string="Late Arrival Allowed",
        help="Coming this many minutes late still counts as on time.",
    )
    grace_early_minutes = fields.Integer(
        string="Early Departure Allowed",
        help="Leaving this many minutes early still counts as on time.",
    )
    late_limit_minutes = fields.Integer(
        string="Late up to",
        default=30,
        help="A late arrival longer than this is absence, whole.",
    )
    early_limit_minutes = fields.Integer(
        string="Early up to",
        default=30,
        help="An early departure longer than this is absence, whole.",
    )
    window_in_minutes = fields.Integer(
        string="Punch in From",
        default=120,
        help="A punch counts from this many minutes before the shift starts.",
    )
    window_out_minutes = fields.Integer(
        string="Punch out Until",
        default=240,
        help="A punch counts until this many minutes after the shift ends.",
    )
    duplicate_seconds = fields.Integer(
        string="Same Punch Within",
        default=60,
        help="Punches at most this many seconds apart count as one.",
    )
