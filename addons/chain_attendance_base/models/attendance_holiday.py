from datetime import date

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..const import HOLIDAY_NAME_LENGTH

FIRST, LAST = date(2000, 1, 1), date(2100, 12, 31)


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
    name = fields.Char(required=True, translate=True, help="At most 64 characters.")
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
        help="A moved rest day is free in exchange for a make-up workday.",
    )

    _date_uniq = models.Constraint(
        "UNIQUE(calendar_id, date)", "The calendar has an entry for this date already."
    )

    @api.model
    @api.private
    def _day_kind_labels(self):
        """``[(kind, label), ...]`` in the language of the login."""
        return self._fields["day_kind"]._description_selection(self.env)

    @api.constrains("name")
    def _check_name(self):
        for holiday in self:
            length = len(holiday.name.strip())
            if not length or len(holiday.name) > HOLIDAY_NAME_LENGTH:
                raise ValidationError(
                    self.env._(
                        "The holiday name has %(length)s characters; it must have 1 to "
                        "%(limit)s.",
                        length=length,
                        limit=HOLIDAY_NAME_LENGTH,
                    )
                )

    @api.constrains("date")
    def _check_date(self):
        for holiday in self:
            if not FIRST <= holiday.date <= LAST:
                raise ValidationError(
                    self.env._(
                        "The date of holiday “%(name)s”, %(date)s, must lie between "
                        "%(first)s and %(last)s.",
                        name=holiday.name,
                        date=holiday.date,
                        first=FIRST,
                        last=LAST,
                    )
                )
