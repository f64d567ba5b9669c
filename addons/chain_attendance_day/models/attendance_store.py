from datetime import timedelta, timezone
from zoneinfo import ZoneInfo

from odoo import api, fields, models

from odoo.addons.chain_attendance_shift.models.attendance_store import DEFAULT_FIELDS

DAY = timedelta(days=1)


class AttendanceStore(models.Model):
    _inherit = "attendance.store"

    def write(self, vals):
        days = self.env["attendance.day"]
        touched = []
        if "holiday_calendar_id" in vals:
            touched += self._days_of_other_calendar(vals["holiday_calendar_id"])
        defaults = self._defaults()
        result = super().write(vals)
        self.env["attendance.day.queue"]._mark(touched)
        if "tz" in vals:
            days._mark_stored([("store_id", "in", self.ids)])
        if DEFAULT_FIELDS & vals.keys():
            changed = self.filtered(lambda s: s._defaults()[s.id] != defaults[s.id])
            changed._mark_default_days()
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

    def _defaults(self):
        return {s.id: (s.default_shift_id.id, s._default_weekdays()) for s in self}

    def _mark_default_days(self):
        """The days on which the default shift of these stores counts.

        These are the stored days of people who have no roster and belong to one of
        the stores on the date, with the days around them, whose windows are cut
        against it; and today, for people who had no row so far.
        """
        people = self._people_without_roster()
        if not people:
            return
        self.env["attendance.day"].flush_model()
        self.env.cr.execute(
            "SELECT employee_id, work_date FROM attendance_day"
            " WHERE employee_id = ANY(%s)",
            [list(people)],
        )
        stored = self.env.cr.fetchall()
        today = self._today_here()
        asked = {day + DAY * n for _employee, day in stored for n in (-1, 0, 1)}
        dates = asked | today
        history = self.env["hr.employee"]._attendance_history(
            people, min(dates), max(dates)
        )

        def counts(employee, day):
            if employee not in history:
                return False
            is_rostered = people[employee] and people[employee] <= day
            return not is_rostered and history.store_on(employee, day) in self._ids

        self.env["attendance.day.queue"]._mark(
            [
                (employee, day)
                for employee, day in stored
                if any(counts(employee, day + DAY * n) for n in (-1, 0, 1))
            ]
            + [(e, day) for e in people for day in today if counts(e, day)]
        )

    def _people_without_roster(self):
        """Who was ever in these stores: ``{employee id: first rostered date}``."""
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT p.employee_id, min(r.date_from)
            FROM (SELECT employee_id FROM hr_version
                  WHERE store_id = ANY(%s) AND active
                  UNION SELECT employee_id FROM attendance_store_loan
                  WHERE store_id = ANY(%s)) p
            LEFT JOIN attendance_roster r ON r.employee_id = p.employee_id
            WHERE p.employee_id IS NOT NULL
            GROUP BY p.employee_id
            """,
            [self.ids, self.ids],
        )
        return dict(self.env.cr.fetchall())

    def _today_here(self):
        """The dates on which these stores are now."""
        now = fields.Datetime.now().replace(tzinfo=timezone.utc)
        return {now.astimezone(ZoneInfo(store.tz)).date() for store in self}
