"""What is filed about an exception, in one click, and overtime above its caps."""

from collections import defaultdict
from datetime import timedelta, timezone

from odoo import api, fields, models

from odoo.addons.chain_attendance_day.models.attendance_exception import SERIOUS
from odoo.addons.chain_attendance_day.models.attendance_exception_sync import (
    RESYNC_DAYS,
)
from odoo.addons.chain_attendance_engine import format_minutes, minute_at

from .attendance_request_limit import CAPS
from .attendance_request_limit_check import period_of
from .attendance_request_offer import default_time

MINUTES_PER_HOUR = 60
DIRECTIONS = {"missing_in": "in", "missing_out": "out"}
# Whose figures name the request that is to be looked at.
REQUEST_CODES = ("overtime_kind_differs", "leave_amount_differs")
MODELS = {"request": "attendance.request", "leave": "hr.leave"}

OVERTIME = """
    SELECT d.employee_id, d.work_date, d.company_id,
           d.overtime_workday_minutes + d.overtime_rest_day_minutes
               + d.overtime_holiday_minutes
    FROM attendance_day d
    WHERE d.employee_id = ANY(%s) AND d.work_date BETWEEN %s AND %s
      AND d.company_id = ANY(%s) AND d.state = 'final'
      AND d.overtime_workday_minutes + d.overtime_rest_day_minutes
          + d.overtime_holiday_minutes > 0
    ORDER BY d.employee_id, d.work_date
"""


class AttendanceException(models.Model):
    _inherit = "attendance.exception"

    code = fields.Selection(
        selection_add=[("overtime_cap", "Overtime above the cap")],
        ondelete={"overtime_cap": "cascade"},
    )
    correction_text = fields.Char(
        string="Correction Filed", compute="_compute_correction_text"
    )

    @api.depends("day_id")
    @api.depends_context("lang", "uid")
    def _compute_correction_text(self):
        for row in self:
            is_missing = row.code in DIRECTIONS
            row.correction_text = is_missing and row.day_id.correction_text

    def action_correct(self):
        """A punch correction with the time at which the punch was due."""
        self.ensure_one()
        direction = DIRECTIONS[self.code]
        action = self.day_id._offer_correction(direction)
        at = self.figures[0 if direction == "in" else -1]["at"]
        action["context"] |= self._moment("start", minute_at(at))
        return action

    def action_file_overtime(self):
        """An overtime form over what was worked without one."""
        self.ensure_one()
        day = self.day_id
        first, last = (
            at and at.replace(tzinfo=timezone.utc)
            for at in (day.first_in_at, day.last_out_at)
        )
        if day.day_name == "work" and day.shift_id:
            midnight = fields.Datetime.to_datetime(self.work_date).replace(
                tzinfo=self._zone()
            )
            first = midnight + timedelta(minutes=day._rostered_end("out"))
        context = {
            "default_kind": "overtime",
            "default_employee_id": self.employee_id.id,
            "default_date_from": fields.Date.to_string(self.work_date),
        }
        if first:
            context |= self._moment("start", first)
        if last:
            context |= self._clock_time("stop", last)
        return self._open_form("attendance.request", self.env._("Overtime"), context)

    def action_open_request(self):
        """The form that says something else than the day."""
        self.ensure_one()
        model, number = self.figures[0]["key"]
        action = self._open_form(MODELS[model], self.env._("Request"), {})
        return action | {"res_id": number}

    def _open_form(self, model, name, context):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "current",
            "context": context,
        }

    def _moment(self, name, at):
        """Defaults for an instant on the clock of the day."""
        day = at.astimezone(self._zone()).date()
        times = self._clock_time(name, at)
        return {"default_date_from": fields.Date.to_string(day), **times}

    def _clock_time(self, name, at):
        local = at.astimezone(self._zone())
        return default_time(name, local.hour * MINUTES_PER_HOUR + local.minute)

    @api.model
    def _severities(self):
        return super()._severities() | {"overtime_cap": SERIOUS}

    @api.model
    def _words(self):
        return super()._words() | {"overtime_cap": _cap_words}

    @api.model
    def _action_name(self, code):
        if code == "overtime_cap":
            return "chain_attendance_request.attendance_exception_action_overtime_cap"
        return super()._action_name(code)

    @api.model
    def _find_more(self, changed, found, governed):
        result = super()._find_more(changed, found, governed)
        days = [day for _employee, day in changed]
        people = {employee for employee, _day in changed}
        self._find_caps(people, min(days), max(days), found, governed)
        return result

    @api.model
    def _find_caps(self, people, first, last, found, governed):
        """Days with which recognised overtime is above a cap of its company.

        Also of the days after those that changed, up to the end of their periods.
        """
        # sudo: whoever has days computed, the caps of the company count
        limits = self.env["attendance.request.limit"].sudo()
        caps = {
            limit.company_id.id: {
                period: round(limit[f"{period}_cap_hours"] * MINUTES_PER_HOUR)
                for period in CAPS
            }
            for limit in limits.search([("kind", "=", "overtime")])
        }
        caps = {company: cap for company, cap in caps.items() if any(cap.values())}
        if not caps:
            return
        reach = [period_of(period, day) for period in CAPS for day in (first, last)]
        starts, stops = zip(*reach, strict=True)
        begin = min(starts)
        # The week in which the first month begins is read whole.
        since = period_of("week", begin)[0]
        self.env.cr.execute(OVERTIME, [list(people), since, max(stops), list(caps)])
        sums = defaultdict(int)
        for employee, day, company, minutes in self.env.cr.fetchall():
            above = []
            for period, cap in caps[company].items():
                at = employee, period, period_of(period, day)
                sums[at] += minutes
                if cap and sums[at] > cap:
                    above.append({"period": period, "minutes": sums[at], "cap": cap})
            if day < begin:
                continue
            key = employee, day, "overtime_cap"
            governed.append(key)
            if above:
                found[key] = above

    @api.model
    @api.private
    def _sync_caps(self, companies):
        """Look at overtime again; its caps have changed."""
        self.env.flush_all()
        today = fields.Date.today()
        first = today - timedelta(days=RESYNC_DAYS)
        self.env.cr.execute(
            """
            SELECT employee_id, work_date FROM attendance_exception
            WHERE code = 'overtime_cap' AND company_id = ANY(%s)
              AND work_date >= %s
            """,
            [companies.ids, first],
        )
        governed = [(*pair, "overtime_cap") for pair in self.env.cr.fetchall()]
        self.env.cr.execute(
            "SELECT id FROM hr_employee WHERE company_id = ANY(%s)", [companies.ids]
        )
        people = [row[0] for row in self.env.cr.fetchall()]
        found = {}
        self._find_caps(people, first, today, found, governed)
        self._store(found, governed)


def _cap_words(env, figures, zone):
    words = {
        "day": env._("%(sum)s on the date, at most %(cap)s", **_hours(figures)),
        "week": env._("%(sum)s in the week, at most %(cap)s", **_hours(figures)),
        "month": env._("%(sum)s in the month, at most %(cap)s", **_hours(figures)),
    }
    return words[figures["period"]]


def _hours(figures):
    return {
        "sum": format_minutes(figures["minutes"]),
        "cap": format_minutes(figures["cap"]),
    }
