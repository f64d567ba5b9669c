from odoo import fields, models


class AttendanceHoliday(models.Model):
    """One date of a holiday calendar and what it is."""

    _name = "attendance.holiday"
    _description = "Holiday"
    _order = "date desc, id desc"

    calendar_id = fields.Many2one(
        "attendance.holiday.calendar", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(
        related="calendar_id.company_id", store=True, index=True, precompute=True
    )
    name = fields.Char(required=True, translate=True)
    date = fields.Date(required=True)
    day_kind = fields.Selection(
        [
            ("public_holiday", "Public Holiday"),
            ("moved_rest_day", "Moved Rest Day"),
            ("make_up_workday", "Make-up Workday"),
        ],
        string="Kind",
        required=True,
        default="public_holiday",
    )

    _date_uniq = models.Constraint(
        "UNIQUE(calendar_id, date)", "The calendar has an entry for this date already."
    )
