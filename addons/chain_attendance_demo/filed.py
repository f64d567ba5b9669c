"""What people of the demo chain were away for: leave, a trip and an outing."""

from typing import NamedTuple

from odoo import fields

# Types that Time Off brings along; the first one is taken from an allocation.
ANNUAL = "hr_holidays.leave_type_paid_time_off"
SICK = "hr_holidays.leave_type_sick_time_off"
PERSONAL = "hr_holidays.leave_type_unpaid"
REQUESTS = ("outing", "trip")
ALLOCATED_DAYS = 10


class Filed(NamedTuple):
    """``first`` and ``last`` count workdays of the person, 0 is the latest one.

    Without times it is by whole days; times are minutes after midnight.
    """

    who: str
    kind: str
    first: int
    last: int
    start: int | None = None
    stop: int | None = None


FILED = (
    Filed("employee_tang_wei", ANNUAL, 9, 7),
    Filed("employee_he_xin", ANNUAL, 11, 11),
    Filed("employee_zhou_jie", SICK, 5, 4),
    Filed("employee_peng_fei", SICK, 6, 6),
    Filed("employee_sun_hao", PERSONAL, 3, 3, 810, 1050),
    Filed("employee_jiang_tao", "trip", 8, 7),
    Filed("employee_xu_qiang", "outing", 2, 2, 600, 720),
)


def file_all(env, workdays):
    """File it, as those would who are away, and have it approved.

    :param workdays: ``{employee id: [dates, the latest first]}``.
    :return: ``{(employee id, date): the time away}`` of who does not come, or leaves
        early: a start in minutes after midnight, 0 for the whole day.
    """
    away = {}
    leaves = env["hr.leave"]
    for filed in FILED:
        person = env.ref(f"chain_attendance_demo.{filed.who}")
        days = workdays[person.id][filed.last : filed.first + 1]
        if filed.kind in REQUESTS:
            _file_request(person, filed, days)
        else:
            leaves += _file_leave(person, filed, days)
        if filed.kind != "outing":
            away |= {(person.id, day): filed.start or 0 for day in days}
    _approve(leaves)
    return away


def _file_request(person, filed, days):
    values = {"is_by_days": True}
    if filed.start:
        values = {"start_minutes": filed.start, "stop_minutes": filed.stop}
    person.env["attendance.request"].create(
        {
            "kind": filed.kind,
            "employee_id": person.id,
            "date_from": days[-1],
            "date_to": days[0],
            **values,
        }
    )


def _file_leave(person, filed, days):
    env = person.env
    leave_type = env.ref(filed.kind)
    if leave_type.requires_allocation:
        _allocate(person, leave_type, days[-1])
    values = {"is_by_days": True}
    if filed.start:
        values = {
            "request_hour_from": filed.start / 60,
            "request_hour_to": filed.stop / 60,
        }
    return (
        env["hr.leave"]
        .with_context(leave_fast_create=True)
        .create(
            {
                "employee_id": person.id,
                "holiday_status_id": leave_type.id,
                "request_date_from": days[-1],
                "request_date_to": days[0],
                **values,
            }
        )
    )


def _allocate(person, leave_type, day):
    allocation = person.env["hr.leave.allocation"].create(
        {
            "name": str(day.year),
            "employee_id": person.id,
            "holiday_status_id": leave_type.id,
            "number_of_days": ALLOCATED_DAYS,
            "date_from": fields.Date.start_of(day, "year"),
        }
    )
    allocation.action_approve()


def _approve(leaves):
    """Some types ask for two steps."""
    while waiting := leaves.filtered(lambda leave: leave.state != "validate"):
        waiting.action_approve()
