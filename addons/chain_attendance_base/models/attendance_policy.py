from odoo import api, fields, models
from odoo.exceptions import ValidationError

MINUTES_PER_DAY = 1440


class AttendancePolicy(models.Model):
    """How a day is judged: grace, limits, windows and duplicates.

    All lengths are whole minutes unless the field says seconds.
    """

    _name = "attendance.policy"
    _description = "Attendance Policy"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
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

    def _lengths(self):
        return [
            name
            for name, field in self._fields.items()
            if field.type == "integer" and name.endswith(("_minutes", "_seconds"))
        ]

    @api.constrains(lambda self: self._lengths())
    def _check_lengths(self):
        for policy in self:
            for name in self._lengths():
                limit = MINUTES_PER_DAY * (60 if name.endswith("_seconds") else 1)
                if not 0 <= policy[name] <= limit:
                    raise ValidationError(
                        self.env._(
                            "“%(field)s” is %(value)s and must lie between 0 and "
                            "%(limit)s.",
                            field=self._fields[name].get_description(self.env)[
                                "string"
                            ],
                            value=policy[name],
                            limit=limit,
                        )
                    )
