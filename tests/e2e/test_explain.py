"""The explanation of a day: HR, a manager, an employee at a desk and on a phone."""

import pytest

DAILY = "chain_attendance_report.attendance_report_daily_action"
EXPLANATION = ".modal .o_attendance_explanation"
BUTTON = {"zh_CN": "说明", "en_US": "Explain"}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
WORDS = {
    "zh_CN": {
        "gap": "08:30 – 08:36：迟到6分钟",
        "total": "全天：应出勤540分钟 = 实出勤534 + 迟到6 + 早退0 + 缺勤0。",
        "mark": "未使用：重复打卡",
        "status": "以下是已保存数据的计算过程。",
        "sign": "员工签名",
    },
    "en_US": {
        "gap": "08:30 – 08:36: 6 min late",
        "total": "The day: due 540 min = worked 534 + late 6 + early 0 + absent 0.",
        "mark": "Not used: the same punch again",
        "status": "This is how the stored figures came to be.",
        "sign": "Employee: signature and date",
    },
}


@pytest.fixture(scope="module")
def told_days(site, rpc):
    """Days of the person behind the login ``employee``: late, and a night."""
    (user,) = rpc.search_read("res.users", [("login", "=", "employee")], ["employee_id"])
    person = user["employee_id"][0]
    (row,) = rpc.search_read("hr.employee", [("id", "=", person)], ["company_id", "name"])
    company = row["company_id"][0]
    shifts = {}
    for name, start, end in (("说明日班", 510, 1050), ("说明夜班", 1320, 360)):
        shifts[name] = rpc.create(
            "attendance.shift",
            name=name,
            company_id=company,
            timetable_ids=[(0, 0, {"start_minutes": start, "end_minutes": end})],
        )
    (terminal, *_) = rpc("attendance.terminal", "search", [], limit=1)
    yield row["name"], shifts, terminal
