from odoo import fields, models


class AttendanceHolidayCalendar(models.Model):
    """The public holidays and moved days that hold for a company or for stores."""

    _name = "attendance.holiday.calendar"
    _description = "Holiday Calendar"
    _order = "name, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    holiday_ids = fields.One2many("attendance.holiday", "calendar_id", string="Days")
