from odoo import api, fields, models


class AttendanceShiftVersion(models.Model):
    """What a shift was before a change; days of that time are judged by it.

    The shift itself is the version in force last. Nobody writes here: a change of the
    shift keeps what it replaces.
    """

    _name = "attendance.shift.version"
    _description = "Former Version of a Shift"
    _order = "shift_id, date_to desc, id desc"

    shift_id = fields.Many2one(
        "attendance.shift", required=True, ondelete="cascade", readonly=True
    )
    date_from = fields.Date(
        string="From", readonly=True, help="Empty: since the shift was made."
    )
    date_to = fields.Date(string="Until", required=True, readonly=True)
    definition = fields.Json(required=True, readonly=True)
    time_summary = fields.Char(string="Hours", compute="_compute_time_summary")

    _shift_day_uniq = models.Constraint(
        "UNIQUE(shift_id, date_to)", "A shift ends one version a day."
    )

    @api.depends("definition")
    def _compute_time_summary(self):
        for version in self:
            version.time_summary = version.shift_id._summarise(version.definition)

    @api.depends("shift_id", "date_to")
    def _compute_display_name(self):
        for version in self:
            version.display_name = f"{version.shift_id.name} (… {version.date_to})"
