"""The explanation of a day: HR, a manager, an employee at a desk and on a phone."""

from datetime import date, timedelta

import pytest

from terminal_simulator import Device, Quirks, Target

DAILY = "chain_attendance_report.attendance_report_daily_action"
EXPLANATION = ".modal .o_attendance_explanation"
SERIAL_NUMBER = "E2E0000088"
SATURDAY = 6
PHONE = {"width": 390, "height": 844}
# A4 at 96 points an inch, less the margins.
PAPER = {"width": 703, "height": 1032}
WORDS = {
    "zh_CN": {
        "gap": "08:30 – 08:36：迟到6分钟",
        "total": "全天：应出勤540分钟 = 实出勤534 + 迟到6 + 早退0 + 缺勤0。",
        "mark": "未使用：重复打卡",
        "status": "以下是已保存数据的计算过程。",
        "night": "按打卡在岗：21:47 – 次日06:12。",
        "sign": "员工签名、日期",
    },
    "en_US": {
        "gap": "08:30 – 08:36: 6 min late",
        "total": "The day: due 540 min = worked 534 + late 6 + early 0 + absent 0.",
        "mark": "Not used: the same punch again",
        "status": "This is how the stored figures came to be.",
        "night": "Present by punches: 21:47 – 06:12 next day.",
        "sign": "Employee: signature and date",
    },
}


@pytest.fixture(scope="module")
def told_days(site, rpc):
    """The person behind the login ``employee``: a late day, then a night."""
    days = rpc.search_read(
        "attendance.day",
        [("employee_id.user_id.login", "=", "employee"), ("state", "=", "final")],
        ["employee_id", "work_date", "store_id", "company_id", "due_minutes"],
        order="work_date",
    )
    # Days without a punch of the demo chain: one that was missed, and a Saturday.
    # Who forgot to clock out is absent all day too, but has a punch.
    punched = {
        punch["wall_time"][:10]
        for punch in rpc.search_read(
            "attendance.punch",
            [("employee_id", "=", days[0]["employee_id"][0])],
            ["wall_time"],
        )
    }
    day = next(d for d in days if d["due_minutes"] and d["work_date"] not in punched)
    late = date.fromisoformat(day["work_date"])
    night = next(
        on
        for on in (date.fromisoformat(d["work_date"]) for d in days[7:])
        if on.isoweekday() == SATURDAY
    )
    person = day["employee_id"][0]
    (employee,) = rpc.search_read(
        "hr.employee",
        [("id", "=", person)],
        ["terminal_user_code", "employee_number"],
    )
    shifts = [
        rpc.create(
            "attendance.shift",
            name=name,
            company_id=day["company_id"][0],
            timetable_ids=[(0, 0, {"start_minutes": start, "end_minutes": end})],
        )
        for name, start, end in (("说明日班", 510, 1050), ("说明夜班", 1320, 360))
    ]
    for on, shift in zip((late, night), shifts, strict=True):
        rpc.create(
            "attendance.roster.override",
            employee_id=person,
            date=str(on),
            shift_id=shift,
        )
    rpc.create(
        "attendance.terminal",
        code="888",
        name="说明考勤机",
        serial_number=SERIAL_NUMBER,
        vendor="zkteco",
        store_id=day["store_id"][0],
    )
    unit = Device(SERIAL_NUMBER, Target.from_url(site.url), quirks=Quirks(language=83))
    for at in (
        f"{late} 08:36:00", f"{late} 08:36:20", f"{late} 17:31:00",
        f"{night} 21:47:00", f"{night + timedelta(days=1)} 06:12:00",
    ):  # fmt: skip
        unit.punch(employee["terminal_user_code"], at=at)
    unit.settle(seconds=30)
    unit.close()
    site.wait_until_computed()
    return employee["employee_number"], str(late), str(night)


def _explain(person, told_days, day):
    """Open the daily report of the person and press the button of a row."""
    page = person.page
    year, month, number = day.split("-")
    shown = f"{year}/{month}/{number}"
    if person.name.endswith("en_US"):
        shown = f"{month}/{number}/{year}"
    person.open(DAILY)
    page.wait_for_selector(".o_searchview_facet")
    page.click(".o_searchview_facet .o_facet_remove")
    person.look_for(told_days[0])
    page.wait_for_selector(".o_data_row")
    page.locator(f".o_data_row:has-text('{shown}') button[name=action_explain]").click()
    page.wait_for_selector(f"{EXPLANATION} svg")
    return page.locator(EXPLANATION)


@pytest.mark.parametrize("lang", ["zh_CN", "en_US"])
@pytest.mark.parametrize("login", ["admin", "manager", "employee"])
def test_a_late_day_is_told(log_in, told_days, login, lang):
    reader, words = log_in(login, lang), WORDS[lang]
    told = _explain(reader, told_days, told_days[1])
    assert words["gap"] in told.locator("[data-code=gap]").inner_text()
    assert told.locator("[data-code=total]").inner_text() == words["total"]
    assert told.locator("[data-kind=same]").inner_text() == words["status"]
    marks = told.locator("tr[data-mark]")
    assert [row.get_attribute("data-mark") for row in marks.all()] == [
        "in",
        "duplicate",
        "out",
    ]
    assert words["mark"] in marks.nth(1).inner_text()
    assert "说明考勤机" in marks.nth(0).inner_text()
    assert told.locator("svg rect[data-kind=late]").count() == 1
    assert told.locator("svg circle").count() == 3
    reader.picture("explain")
    assert reader.complaints == []


@pytest.mark.parametrize("lang", ["zh_CN", "en_US"])
def test_a_night_and_its_print(log_in, told_days, lang):
    hr, words = log_in("admin", lang), WORDS[lang]
    told = _explain(hr, told_days, told_days[2])
    assert told.locator("[data-code=stretch]").inner_text() == words["night"]
    assert told.locator(".o_attendance_timeline_midnight").count() == 1
    hr.picture("explain-night")
    # Without the program that makes PDF files the sheet is a page of its own.
    hr.page.route(
        "**/report/check_wkhtmltopdf",
        lambda route: route.fulfill(json={"jsonrpc": "2.0", "result": "install"}),
    )
    with hr.page.expect_popup() as popup:
        told.locator(".o_attendance_print").click()
    page = popup.value
    sheet = page.locator(".attendance_explanation")
    sheet.wait_for()
    assert words["sign"] in sheet.inner_text()
    assert words["night"] in sheet.inner_text()
    assert sheet.locator("svg rect").count() >= 3
    page.emulate_media(media="print")
    page.set_viewport_size(PAPER)
    assert not page.locator(".attendance_print").is_visible()
    assert page.evaluate("document.body.scrollWidth") <= PAPER["width"]
    page.screenshot(path=hr.folder / f"explain-print-{lang}.png", full_page=True)


@pytest.mark.parametrize("lang", ["zh_CN", "en_US"])
def test_an_employee_reads_it_on_a_phone(log_in, told_days, lang):
    me = log_in("employee", lang, viewport=PHONE)
    page = me.page
    me.open(DAILY)
    page.locator(".o_data_row").last.locator("td[name=employee_name]").click()
    page.wait_for_selector(f"{EXPLANATION} svg")
    told = page.locator(EXPLANATION)
    assert told.locator("[data-kind=same]").inner_text() == WORDS[lang]["status"]
    # Nothing but the drawing may be wider than the screen, and that scrolls.
    assert page.evaluate(
        "(selector) => { const box = document.querySelector(selector);"
        " return box.scrollWidth <= box.clientWidth + 1; }",
        EXPLANATION,
    )
    me.picture("explain-phone")
    told.locator("section").last.scroll_into_view_if_needed()
    me.picture("explain-phone-end")
