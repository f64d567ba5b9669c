from datetime import timezone
from zoneinfo import ZoneInfo

from odoo import api, fields, models


class AttendanceStore(models.Model):
    _inherit = "attendance.store"

    def write(self, vals):
        days = self.env["attendance.day"]
        touched = []
        if "holiday_calendar_id" in vals:
            touched += self._days_of_other_calendar(vals["holiday_calendar_id"])
        result = super().write(vals)
        self.env["attendance.day.queue"]._mark(touched)
        if "tz" in vals:
            days._mark_stored([("store_id", "in", self.ids)])
        return result

    @api.model
    def _deletion_guards(self):
        return super()._deletion_guards() + [("attendance.day", "store_id")]

    def _days_of_other_calendar(self, calendar_id):
        """Days whose kind differs once these stores live by another calendar."""
        calendars = self.env["attendance.holiday.calendar"]
        touched = []
        for store in self:
            # sudo: what the company's calendar is, is no secret
            others = store.company_id.sudo().attendance_holiday_calendar_id
            before = store.holiday_calendar_id or others
            after = calendars.browse(calendar_id) or others
            touched += self.env["attendance.day"]._touched_by_holidays(
                store.company_id.ids,
                before._differing_dates(after),
                "s.id = ANY(%s)",
                [store.ids],
            )
        return touched

    def _default_people(self):
        self.env.cr.execute(
            """
            SELECT employee_id FROM hr_version
            WHERE store_id = ANY(%s) AND active AND employee_id IS NOT NULL
            UNION SELECT employee_id FROM attendance_store_loan WHERE store_id = ANY(%s)
            """,
            [self.ids, self.ids],
        )
        return [employee for (employee,) in self.env.cr.fetchall()]

    def _default_decides(self, history):
        return lambda employee, day: history.store_on(employee, day) in self._ids

    def _today_here(self):
        now = fields.Datetime.now().replace(tzinfo=timezone.utc)
        return {now.astimezone(ZoneInfo(store.tz)).date() for store in self}
