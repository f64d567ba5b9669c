"""The manual's own employee in July 2014: what comes in, and what figures 44 to 48 say.

The figures stand once, as they are printed. Whoever compares a screen or a file with
them says what the words of the second column are called there: ``work`` is the shift,
``workday`` and ``rest_day`` are overtime of that kind.

Of the figures in the manual some are slips: the 0.67 h that stand beside 07-03 belong
to 07-04, whose limit for early departure was 60 minutes then; and its month cannot be
added up from its days. Here the month is the sum of the days.
"""

from datetime import date

from shop_life import file_leave, file_overtime, hang_terminal, punch

# The number itself is the administrator's.
NAME, ENGLISH_NAME, NUMBER, CODE = "王连飞", "Wang Lianfei", "10001M", "8001"
SHIFT, LEAVE = "常日班", "事假"
FIRST, LAST = date(2014, 7, 1), date(2014, 7, 11)
SERIAL = "E2E0000001"
PUNCHES = (
    "01 08:30", "01 17:12", "02 09:02", "02 17:30", "03 08:36", "03 17:30",
    "04 08:30", "04 16:50", "05 08:25", "05 17:05", "09 08:30", "09 13:00",
    "10 08:30", "10 20:40",
)  # fmt: skip
# Figure 44, oldest first: day, what, from and to, due, worked, late, early, absent,
# claimed, recognised.
DETAIL = (
    (1, "work", "08:30 - 17:30", "9h", "8.7h", "", "18m", "", "", ""),
    (2, "work", "08:30 - 17:30", "9h", "8.47h", "", "", "0.53h", "", ""),
    (3, "work", "08:30 - 17:30", "9h", "8.9h", "6m", "", "", "", ""),
    (4, "work", "08:30 - 17:30", "9h", "8.33h", "", "0.67h", "", "", ""),
    (5, "rest_day", "08:30 - 17:00", "", "", "", "", "", "8.5h", "8.5h"),
    (6, "rest", "", "", "", "", "", "", "", ""),
    (7, "work", "08:30 - 17:30", "9h", "0h", "", "", "9h", "", ""),
    (8, "leave", "", "", "", "", "", "", "1d", "9h"),
    (9, "work", "08:30 - 13:00", "4.5h", "4.5h", "", "", "", "", ""),
    (9, "leave", "13:00 - 17:00", "", "", "", "", "", "4h", "4h"),
    (9, "work", "17:00 - 17:30", "0.5h", "0h", "", "", "0.5h", "", ""),
    (10, "work", "08:30 - 17:30", "9h", "9h", "", "", "", "", ""),
    (10, "workday", "17:00 - 20:30", "", "", "", "", "", "3.5h", "3h"),
    (11, "work", "08:30 - 17:30", "9h", "0h", "", "", "9h", "", ""),
)
# Figures 45 and 46: due, worked, late, early, absent, overtime of workdays, rest days
# and holidays, personal leave.
DAILY = {
    1: ("9h", "8.7h", "", "18m", "", "0h", "0h", "0h", "0h"),
    2: ("9h", "8.47h", "", "", "0.53h", "0h", "0h", "0h", "0h"),
    3: ("9h", "8.9h", "6m", "", "", "0h", "0h", "0h", "0h"),
    4: ("9h", "8.33h", "", "0.67h", "", "0h", "0h", "0h", "0h"),
    5: ("0h", "0h", "", "", "", "0h", "8.5h", "0h", "0h"),
    6: ("0h", "0h", "", "", "", "0h", "0h", "0h", "0h"),
    7: ("9h", "0h", "", "", "9h", "0h", "0h", "0h", "0h"),
    8: ("0h", "0h", "", "", "", "0h", "0h", "0h", "1d"),
    9: ("5h", "4.5h", "", "", "0.5h", "0h", "0h", "0h", "4h"),
    10: ("9h", "9h", "", "", "", "3h", "0h", "0h", "0h"),
    11: ("9h", "0h", "", "", "9h", "0h", "0h", "0h", "0h"),
}
# Figures 47 and 48, with the same columns.
MONTHLY = ("68h", "47.9h", "6m", "0.97h", "19.03h", "3h", "8.5h", "0h", "1d 4h")
# Where overtime of whatever kind is one column.
OVERTIME = "11.5h"
# First in and last out of the days on which somebody came.
ENDS = {
    1: ("08:30", "17:12"),
    2: ("09:02", "17:30"),
    3: ("08:36", "17:30"),
    4: ("08:30", "16:50"),
    5: ("08:25", "17:05"),
    9: ("08:30", "13:00"),
    10: ("08:30", "20:40"),
}
# What a day is called in the daily report, where it is not a day on the shift.
REST_DAYS = (5, 6)


def printed(day, lang):
    """A date of that month as the language writes it."""
    return f"07/{day:02}/2014" if lang == "en_US" else f"2014/07/{day:02}"


def build(site, rpc, leave_type):
    """Have the month happen, by terminal and forms; the employee's id."""
    store = rpc.ref("chain_attendance_demo.store_hq")
    person = _hire(rpc, store)
    _file(rpc, person, leave_type)
    hang_terminal(rpc, store, "801", "电梯间考勤机", SERIAL)
    punch(site, SERIAL, CODE, *(f"2014-07-{at}:00" for at in PUNCHES))
    site.wait_until_computed()
    return person


def _hire(rpc, store):
    """Somebody of the head office on the day shift, for the days that are printed."""
    (company,) = rpc.search_read("res.company", [], ["attendance_root_department_id"])
    person = rpc.create(
        "hr.employee",
        name=NAME,
        english_name=ENGLISH_NAME,
        employee_number=NUMBER,
        terminal_user_code=CODE,
        store_id=store,
        department_id=company["attendance_root_department_id"][0],
        hire_date=str(FIRST),
        leave_date=str(LAST),
    )
    shift = rpc.create(
        "attendance.shift",
        code="D9-60",
        name=SHIFT,
        timetable_ids=[(0, 0, {"start_minutes": 510, "end_minutes": 1050})],
        has_own_limits=True,
        late_limit_minutes=30,
        early_limit_minutes=60,
    )
    rpc.create(
        "attendance.roster",
        employee_id=person,
        shift_id=shift,
        date_from=str(FIRST),
    )
    return person


def _file(rpc, person, leave_type):
    """Two forms of overtime, a day of leave and four hours of it."""
    for day, start, stop in ((5, 510, 1020), (10, 1020, 1230)):
        file_overtime(rpc, person, f"2014-07-{day:02}", start, stop)
    for day, values in (
        (8, {"is_by_days": True}),
        (9, {"request_hour_from": 13, "request_hour_to": 17}),
    ):
        file_leave(rpc, person, leave_type, f"2014-07-{day:02}", **values)
