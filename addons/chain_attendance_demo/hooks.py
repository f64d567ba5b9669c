from collections import defaultdict

from odoo import fields

from odoo.addons.chain_attendance_shift.holiday_source import days_of
from odoo.addons.chain_attendance_terminal.models.attendance_punch import WirePunch

from .filed import file_all
from .life import punches_of, until

DAYS = 30
FREE = ("public_holiday", "moved_rest_day")
# What the names of days say that go with a holiday.
MOVED = {"moved_rest_day": "调休", "make_up_workday": "调休上班"}


def post_init_hook(env):
    """A month of life up to yesterday, stored as terminals would have sent it."""
    _add_holidays(env)
    yesterday = fields.Date.subtract(fields.Date.today(), days=1)
    days = [fields.Date.subtract(yesterday, days=back) for back in range(DAYS)]
    people = env["hr.employee"].search([("terminal_user_code", "!=", False)])
    planned = env["attendance.roster"]._resolve(people.ids, days)
    shifts = env["attendance.shift"].search([])
    spans = {shift.id: shift._spans() for shift in shifts}
    away = file_all(env, _workdays(env, planned))
    for terminal in env["attendance.terminal"].search(
        [("serial_number", "like", "DEMO")]
    ):
        punches = []
        for person in people.filtered(lambda p, t=terminal: p.store_id == t.store_id):
            code = person.terminal_user_code
            for day in days:
                plan = planned.get((person.id, day))
                if plan and plan.shift_id:
                    left = until(spans[plan.shift_id], away.get((person.id, day)))
                    punches += [
                        WirePunch(code, at, 0, 15, "", f"{code}\t{at}\t0\t15")
                        for at in punches_of(code, day, left)
                    ]
        env["attendance.punch"]._store(terminal, punches, "push")
    # Nothing marks the absences of people who work by the default of their store.
    env["attendance.day.queue"]._mark(list(planned))
    _compute_at_once(env)


def _workdays(env, planned):
    """``{employee id: [dates, the latest first]}`` of work that no holiday takes."""
    holidays = env.ref("chain_attendance_demo.holiday_calendar").holiday_ids
    free = set(holidays.filtered(lambda h: h.day_kind in FREE).mapped("date"))
    found = defaultdict(list)
    for (person, day), plan in sorted(planned.items(), reverse=True):
        if plan.shift_id and day not in free:
            found[person].append(day)
    return found


def _add_holidays(env):
    """The days of this year and of the next, as far as they were announced."""
    calendar = env.ref("chain_attendance_demo.holiday_calendar")
    this_year = fields.Date.today().year
    calendar.holiday_ids = [
        fields.Command.create(
            {
                "date": day.date,
                "name": day.name or day.feast + MOVED[day.kind],
                "day_kind": day.kind,
            }
        )
        for year in (this_year, this_year + 1)
        for day in days_of("CN", None, year, "zh_CN")
    ]


def _compute_at_once(env):
    """The reports of the demo are full when the installation ends."""
    queue = env["attendance.day.queue"].search([])
    env["attendance.day"]._recompute(
        [(row.employee_id.id, row.work_date) for row in queue]
    )
    queue.unlink()
