from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..const import HOLIDAY_NAME_LENGTH


class AttendanceHolidayCalendar(models.Model):
    """The public holidays and moved days that hold for a company or for stores."""

    _name = "attendance.holiday.calendar"
    _description = "Holiday Calendar"
    _inherit = ["attendance.guarded.mixin"]
    _order = "name, id"

    name = fields.Char(required=True, translate=True, help="At most 64 characters.")
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    holiday_ids = fields.One2many(
        "attendance.holiday", "calendar_id", string="Days", copy=True
    )
    holiday_count = fields.Integer(
        string="Number of Days", compute="_compute_holiday_count"
    )
    store_ids = fields.One2many(
        "attendance.store", "holiday_calendar_id", string="Stores"
    )
    is_company_default = fields.Boolean(
        string="Default of the Company",
        compute="_compute_is_company_default",
        inverse="_inverse_is_company_default",
        help="Holds for the stores and people of the company that have no calendar of "
        "their own.",
    )

    @api.depends("holiday_ids")
    def _compute_holiday_count(self):
        counts = dict(
            self.env["attendance.holiday"]._read_group(
                [("calendar_id", "in", self.ids)], ["calendar_id"], ["__count"]
            )
        )
        for calendar in self:
            calendar.holiday_count = counts.get(calendar._origin, 0)

    @api.depends("company_id.attendance_holiday_calendar_id")
    def _compute_is_company_default(self):
        for calendar in self:
            default = calendar.company_id.attendance_holiday_calendar_id
            calendar.is_company_default = default == calendar._origin and bool(default)

    def _inverse_is_company_default(self):
        for calendar in self:
            # sudo: companies are changed by administrators of Odoo only; whoever may
            # change this calendar of the company may make it the default
            company = calendar.company_id.sudo()
            if calendar.is_company_default:
                company.attendance_holiday_calendar_id = calendar
            elif company.attendance_holiday_calendar_id == calendar:
                company.attendance_holiday_calendar_id = False

    @api.constrains("name")
    def _check_name(self):
        for calendar in self:
            length = len(calendar.name.strip())
            if not length or len(calendar.name) > HOLIDAY_NAME_LENGTH:
                raise ValidationError(
                    self.env._(
                        "The name of the holiday calendar has %(length)s characters; "
                        "it must have 1 to %(limit)s.",
                        length=length,
                        limit=HOLIDAY_NAME_LENGTH,
                    )
                )

    def copy_data(self, default=None):
        vals_list = super().copy_data(default=default)
        for calendar, vals in zip(self, vals_list, strict=True):
            if not (default or {}).get("name"):
                vals["name"] = self.env._("%s (copy)", calendar.name)
        return vals_list

    @api.model
    def _deletion_guards(self):
        return super()._deletion_guards() + [
            ("attendance.store", "holiday_calendar_id"),
            ("res.company", "attendance_holiday_calendar_id"),
        ]
