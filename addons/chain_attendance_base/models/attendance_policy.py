from odoo import api, fields, models
from odoo.exceptions import ValidationError

MINUTES_PER_DAY = 1440


class AttendancePolicy(models.Model):
    """How the days of a company are judged."""

    _name = "attendance.policy"
    _description = "Attendance Policy"
    _inherit = ["attendance.rules.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )

    @api.model
    def _limits(self):
        """``{field: (lowest, highest)}`` of every figure."""
        limits = {}
        for name, field in self._fields.items():
            if field.type == "integer" and name.endswith("_minutes"):
                limits[name] = 0, MINUTES_PER_DAY
            elif field.type == "integer" and name.endswith("_seconds"):
                limits[name] = 0, MINUTES_PER_DAY * 60
        return limits

    @api.constrains(lambda self: self._limits())
    def _check_limits(self):
        for policy in self:
            for name, (lowest, highest) in self._limits().items():
                if not lowest <= policy[name] <= highest:
                    raise ValidationError(
                        self.env._(
                            "“%(field)s” is %(value)s and must lie between %(lowest)s "
                            "and %(highest)s.",
                            field=self._label(name),
                            value=policy[name],
                            lowest=lowest,
                            highest=highest,
                        )
                    )

    def _label(self, name):
        return self._fields[name].get_description(self.env)["string"]
