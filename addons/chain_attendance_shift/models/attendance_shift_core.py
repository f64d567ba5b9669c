from odoo import api, fields, models
from odoo.exceptions import ValidationError


class AttendanceShiftCore(models.Model):
    """Hours in which people on a flexible shift should be there; only flagged."""

    _name = "attendance.shift.core"
    _inherit = ["attendance.shift.row"]
    _description = "Core Time"
    _definition_name = "core"

    end_time = fields.Float(help="After the start, on the same day.")

    @api.constrains("start_minutes", "end_minutes")
    def _check_same_day(self):
        for core in self:
            if core.end_minutes < core.start_minutes or core.end_minutes == 1440:
                raise ValidationError(
                    self.env._(
                        "“%(field)s” of “%(what)s” must lie after the start, up to "
                        "23:59.",
                        field=core._label("end_time"),
                        what=core._what(),
                    )
                )
