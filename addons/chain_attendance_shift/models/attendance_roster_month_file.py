from odoo import api, fields, models
from odoo.exceptions import UserError

from ..roster_ics import calendar_file


class AttendanceRosterMonth(models.AbstractModel):
    # One concern a file.
    _inherit = "attendance.roster.month"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def get_calendar_file(self, employee_id, month):
        """The working days that ``get_month`` shows, as the text of an .ics file."""
        found = self.get_month(employee_id, month)
        if not found["employee"]:
            raise UserError(
                self.env._(
                    "Your login belongs to no employee. An administrator links it on "
                    "the employee's form."
                )
            )
        working = [day for day in found["days"] if day["works"]]
        dates = {day["date"]: fields.Date.to_date(day["date"]) for day in working}
        rules = self.env["attendance.shift"]._engine_shifts(
            {day["shift"] for day in working}, set(dates.values())
        )
        events = []
        for day in working:
            date = dates[day["date"]]
            spans = [(p.start, p.stop) for p in rules[day["shift"], date].plan]
            name = found["shifts"][str(day["shift"])]["name"]
            place = day["store"] or found["employee"]["store"]
            events.append((date, spans, name, place))
        return calendar_file(events, found["employee"]["id"], fields.Datetime.now())
