"""Leave over a personal link: by days, half days or hours, as its type has it."""

from odoo import models
from odoo.exceptions import UserError

from .attendance_personal_link_filing import REASON_LENGTH
from .attendance_personal_link_requests import read_number

MOST_TYPES = 50
PERIODS = ("am", "pm")
MINUTES_PER_HOUR = 60


class AttendancePersonalLink(models.Model):
    # One concern a file.
    _inherit = "attendance.personal.link"  # pylint: disable=consider-merging-classes-inherited

    def _leave_types(self):
        """Leave that needs neither a balance nor a paper."""
        return self.env["hr.leave.type"].search(
            [
                ("company_id", "in", [False, self.company_id.id]),
                ("requires_allocation", "=", False),
                ("support_document", "=", False),
            ],
            limit=MOST_TYPES,
        )

    def _leave_types_page(self, form):
        """The types; and which one the form is for, in the end the only one."""
        types = self._leave_types()
        chosen = self._chosen_type(form)
        return {
            "leave_types": [{"id": each.id, "name": each.name} for each in types],
            "leave_type": {
                "id": chosen.id,
                "name": chosen.name,
                "unit": chosen.request_unit,
            },
        }

    def _chosen_type(self, form):
        types = self._leave_types()
        number = read_number(form.get("leave_type"))
        chosen = types.filtered(lambda each: each.id == number)
        return types if len(types) == 1 else chosen

    def _file_leave(self, form):
        leave_type = self._chosen_type(form)
        if not leave_type:
            raise UserError(self.env._("Choose the leave type."))
        day, last = self._read_day(form.get("date_from")), form.get("date_to")
        values = {
            "employee_id": self.employee_id.id,
            "personal_link_id": self.id,
            "holiday_status_id": leave_type.id,
            "request_date_from": day,
            "request_date_to": self._read_day(last) if last else day,
            "name": self._read_text(form, "reason", REASON_LENGTH),
        }
        if leave_type.request_unit == "half_day":
            values |= self._read_halves(form)
        elif leave_type.request_unit == "hour":
            values |= self._read_hours(form)
        return self.env["hr.leave"].create(values)

    def _read_halves(self, form):
        for name in ("from_period", "to_period"):
            if form.get(name) not in PERIODS:
                raise UserError(self.env._("Choose morning or afternoon."))
        return {
            "request_date_from_period": form["from_period"],
            "request_date_to_period": form["to_period"],
        }

    def _read_hours(self, form):
        """From one time to another; of neither whole days."""
        if not form.get("start") and not form.get("stop"):
            return {"is_by_days": True}
        return {
            "request_hour_from": self._read_clock(form, "start") / MINUTES_PER_HOUR,
            "request_hour_to": self._read_clock(form, "stop") / MINUTES_PER_HOUR,
        }
