"""What is wrong with a day: found in the list, settled by one click, ignored."""

from datetime import date, timedelta

import pytest

from terminal_simulator import Device, Quirks, Target

EXCEPTIONS = "chain_attendance_day.attendance_exception_action"
DAYS = "attendance.exception"
NUMBER = "EXC01"
CODE = "8101"
WORDS = {
    "zh_CN": {
        "correct": "补签",
        "file": "提交",
        "ignore": "忽略",
        "plan": "排班",
        "missing": "缺下班打卡",
        "due": "应在 17:30 打卡",
        "reason": "考勤机维修中",
        "open": "待处理",
    },
    "en_US": {
        "correct": "Correct",
        "file": "File",
        "ignore": "Ignore",
        "plan": "Assign a Shift",
        "missing": "Clock-out missing",
        "due": "Due at 17:30",
        "reason": "The terminal was being repaired",
        "open": "To Do",
    },
}
ONLY = """
    (text) => {
        const rows = [...document.querySelectorAll(".o_data_row")];
        return rows.length && rows.every((row) => row.innerText.includes(text));
    }
"""
ORDER = ("zh_CN", "en_US")


@pytest.fixture(params=ORDER)
def lang(request):
    return request.param


def _workdays():
    """Past days on which the shift is worked, the latest first."""
    day = date.today() - timedelta(days=2)
    found = []
    while len(found) < 5:
        if day.weekday() < 5:
            found.append(day)
        day -= timedelta(days=1)
    return found


@pytest.fixture(scope="module")
def days(site, rpc):
    """Days of somebody who forgot to clock out, in the store of the manager."""
    (store,) = rpc.search_read(
        "attendance.store",
        [("manager_id.user_id.login", "=", "manager")],
        ["id"],
        limit=1,
    )
    found = _workdays()
    person = rpc.create(
        "hr.employee",
        name="孙忘卡",
        employee_number=NUMBER,
        terminal_user_code=CODE,
        store_id=store["id"],
    )
    rpc.create(
        "attendance.roster",
        employee_id=person,
        shift_id=rpc.ref("chain_attendance_demo.shift_day"),
        # Before it nothing is planned, and the first punch is unscheduled work.
        date_from=str(found[3]),
    )
    rpc.create(
        "attendance.terminal",
        code="802",
        name="前门考勤机",
        serial_number="E2E0000802",
        vendor="zkteco",
        store_id=store["id"],
    )
    unit = Device("E2E0000802", Target.from_url(site.url), quirks=Quirks(language=83))
    for day in found:
        unit.punch(CODE, at=f"{day} 08:25:00")
    unit.settle(seconds=30)
    unit.close()
    site.wait_until_computed()
    return found


def _open(person, text=NUMBER):
    person.open(EXCEPTIONS)
    person.look_for(text)
    # The rows from before the search are gone then.
    person.page.wait_for_function(ONLY, arg=text)


def _shown(day, lang):
    return day.strftime("%m/%d/%Y" if lang == "en_US" else "%Y/%m/%d")


def _row(person, day, lang, code):
    line = person.page.locator(f".o_data_row:has-text('{_shown(day, lang)}')")
    return line.filter(has_text=code)


def _state(rpc, day, code="missing_out"):
    (found,) = rpc.search_read(
        "attendance.exception",
        [
            ("employee_number", "=", NUMBER),
            ("work_date", "=", str(day)),
            ("code", "=", code),
        ],
        ["state", "reason"],
    )
    return found["state"], found["reason"]


def test_corrected_by_one_click(log_in, site, rpc, days, lang):
    words, day = WORDS[lang], days[ORDER.index(lang)]
    manager = log_in("manager", lang)
    page = manager.page
    _open(manager)
    row = _row(manager, day, lang, words["missing"])
    assert words["due"] in row.inner_text()
    manager.picture("exceptions-1-list")
    row.get_by_role("button", name=words["correct"], exact=True).click()
    page.wait_for_selector(".o_form_view .o_form_sheet")
    page.fill(".o_field_widget[name=reason] textarea", "忘记打卡")
    manager.picture("exceptions-2-correction")
    assert page.input_value(".o_field_widget[name=start_time] input") == "17:30"
    page.get_by_role("button", name=words["file"], exact=True).click()
    page.wait_for_selector("button[name=action_cancel]")
    site.wait_until_computed()
    assert _state(rpc, day) == ("withdrawn", False)
    _open(manager)
    assert _row(manager, day, lang, words["missing"]).count() == 0
    assert manager.complaints == []


def test_ignored_with_a_reason(log_in, rpc, days, lang):
    words, day = WORDS[lang], days[2 + ORDER.index(lang)]
    manager = log_in("manager", lang)
    page = manager.page
    _open(manager)
    row = _row(manager, day, lang, words["missing"])
    row.get_by_role("button", name=words["ignore"], exact=True).click()
    page.wait_for_selector(".o_dialog .o_field_widget[name=reason] input")
    page.fill(".o_dialog .o_field_widget[name=reason] input", words["reason"])
    manager.picture("exceptions-3-ignore")
    manager.press(words["ignore"])
    row.wait_for(state="detached")
    assert _state(rpc, day) == ("ignored", words["reason"])
    assert manager.complaints == []


def test_unscheduled_work_leads_to_the_roster(log_in, days, lang):
    words, day = WORDS[lang], days[4]
    manager = log_in("manager", lang)
    _open(manager)
    row = manager.page.locator(f".o_data_row:has-text('{_shown(day, lang)}')")
    row.get_by_role("button", name=words["plan"], exact=True).click()
    manager.page.wait_for_selector(".o_roster_grid_renderer :text('孙忘卡')")
    manager.picture("exceptions-4-roster")
    assert manager.complaints == []


def test_who_sees_what(log_in, rpc, days, lang):
    words = WORDS[lang]
    hr = log_in("admin", lang)
    hr.open(EXCEPTIONS)
    hr.page.wait_for_selector(".o_data_row")
    hr.picture("exceptions-5-all")
    row = hr.page.locator(".o_data_row >> nth=0")
    row.locator("[name=code]").click()
    hr.page.wait_for_selector(".o_form_view .o_form_sheet")
    hr.picture("exceptions-6-form")
    hr.page.click("button[name=action_open_day]")
    hr.page.wait_for_selector("button[name=action_open_exceptions]")
    hr.picture("exceptions-7-day")
    employee = log_in("employee", lang)
    employee.open(EXCEPTIONS)
    employee.picture("exceptions-8-own")
    ignore = employee.page.get_by_role("button", name=words["ignore"], exact=True)
    assert ignore.count() == 0
    seen = {
        row["employee_id"][0]
        for row in site_rpc(employee).search_read(DAYS, [], ["employee_id"])
    }
    mine = rpc.search_read("hr.employee", [("user_id.login", "=", "employee")], ["id"])
    assert seen <= {row["id"] for row in mine}
    assert hr.complaints == employee.complaints == []


def site_rpc(person):
    return person.site.rpc("employee")
