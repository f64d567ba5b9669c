from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.misc import babel_locale_parse

DAY = 24 * 60
WEEK = 7 * DAY


class AttendanceStoreHours(models.Model):
    """One stretch of a weekday in which a store is open, in the store's wall time.

    A stretch that ends at or before its start goes on into the next day; from 00:00
    to 24:00 is the whole day.
    """

    _name = "attendance.store.hours"
    _description = "Opening Hours"
    _inherit = ["attendance.scope.mixin"]
    _order = "store_id, weekday, time_from, id"

    _attendance_area = "organisation"
    _attendance_scope_columns = {
        "store": ("store_id",),
        "department": ("store_id.department_id",),
    }

    store_id = fields.Many2one(
        "attendance.store", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(
        related="store_id.company_id", store=True, index=True, precompute=True
    )
    weekday = fields.Selection(
        [
            ("0", "Monday"),
            ("1", "Tuesday"),
            ("2", "Wednesday"),
            ("3", "Thursday"),
            ("4", "Friday"),
            ("5", "Saturday"),
            ("6", "Sunday"),
        ],
        required=True,
        default="0",
    )
    time_from = fields.Float(string="Opens at", required=True, default=9.0)
    time_to = fields.Float(
        string="Closes at",
        required=True,
        default=21.0,
        help="A time before the opening is on the next day.",
    )

    @api.depends("weekday", "time_from", "time_to")
    def _compute_display_name(self):
        labels = dict(self._fields["weekday"]._description_selection(self.env))
        for hours in self:
            hours.display_name = f"{labels.get(hours.weekday, '')} {hours._clock()}"

    @api.constrains("time_from", "time_to")
    def _check_times(self):
        for hours in self:
            start, end = hours._minutes(hours.time_from), hours._minutes(hours.time_to)
            if not (0 <= start < DAY and 0 <= end <= DAY and start != end):
                raise ValidationError(
                    self.env._(
                        "Opening hours of “%(store)s”: “Opens at” must be 00:00 to "
                        "23:59, “Closes at” 00:00 to 24:00, and the two must differ.",
                        store=hours.store_id.display_name,
                    )
                )

    @api.constrains("store_id", "weekday", "time_from", "time_to")
    def _check_overlap(self):
        for store in self.store_id:
            lines = store.hours_ids.sorted(lambda hours: hours._span())
            if not lines:
                continue
            # The week goes round: Sunday's night may reach into Monday.
            following = [*lines[1:], lines[0]] if len(lines) > 1 else []
            for line, other in zip(lines, following, strict=False):
                start = other._span()[0] + (WEEK if other == lines[0] else 0)
                if line._span()[1] > start:
                    raise ValidationError(
                        self.env._(
                            "Opening hours of “%(store)s” overlap: %(first)s and "
                            "%(second)s.",
                            store=store.display_name,
                            first=line.display_name,
                            second=other.display_name,
                        )
                    )

    @staticmethod
    def _minutes(hour):
        return round(hour * 60)

    def _span(self):
        """Start and end in minutes of the week; the end may lie in the next week."""
        self.ensure_one()
        start, end = self._minutes(self.time_from), self._minutes(self.time_to)
        day = int(self.weekday) * DAY
        return day + start, day + end + (DAY if end <= start else 0)

    def _clock(self):
        self.ensure_one()
        start, end = self._minutes(self.time_from), self._minutes(self.time_to)
        return f"{start // 60:02}:{start % 60:02}–{end // 60:02}:{end % 60:02}"

    def _summary(self):
        """The hours of one store in a line: equal days in a row are taken together."""
        locale = babel_locale_parse(self.env.lang or "en_US")
        names = locale.days["stand-alone"]["abbreviated"]
        days = [
            ", ".join(h._clock() for h in self.sorted() if h.weekday == str(day))
            for day in range(7)
        ]
        parts = []
        first = 0
        for day in range(1, 8):
            if day < 7 and days[day] == days[first]:
                continue
            if days[first]:
                last = day - 1
                span = names[first] + (f"–{names[last]}" if last > first else "")
                parts.append(f"{span} {days[first]}")
            first = day
        return "; ".join(parts)
