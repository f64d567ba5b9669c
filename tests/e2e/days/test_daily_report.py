"""HR opens the daily report in the browser and takes it away as an Excel file."""

import openpyxl
import pytest

from terminal_simulator import Device, Quirks, Target

DAILY = "chain_attendance_report.attendance_report_daily_action"
HEADINGS = {
    "zh_CN": [
        "序号", "工号", "姓名", "部门", "网点", "班次", "日期", "应出勤", "实出勤",
        "迟到", "早退", "缺勤", "平日加班", "休日加班", "节假日加班",
    ],
    "en_US": [
        "No.", "Number", "Name", "Department", "Store", "Shift", "Date", "Due",
        "Worked", "Late", "Early", "Absent", "OT Workday", "OT Rest Day", "OT Holiday",
    ],
}  # fmt: skip
# Between these and those before are the leave types that the company has.
LAST_HEADINGS = {
    "zh_CN": ["外出", "出差", "异常"],
    "en_US": ["Outing", "Trip", "Exceptions"],
}


@pytest.fixture(scope="module")
def manual_days(site, rpc):
    """The manual's own employee with the punches of July 2014 (figure 44)."""
    store = rpc.ref("chain_attendance_demo.store_hq")
    (company,) = rpc.search_read("res.company", [], ["attendance_root_department_id"])
    person = rpc.create(
        "hr.employee",
        name="王连飞",
        employee_number="10001M",
        terminal_user_code="8001",
        store_id=store,
        department_id=company["attendance_root_department_id"][0],
    )
    rpc.create(
        "attendance.roster",
        employee_id=person,
        shift_id=rpc.ref("chain_attendance_demo.shift_day"),
        date_from="2014-07-01",
    )
    rpc.create(
        "attendance.terminal",
        code="801",
        name="电梯间考勤机",
        serial_number="E2E0000001",
        vendor="zkteco",
        store_id=store,
    )
    unit = Device("E2E0000001", Target.from_url(site.url), quirks=Quirks(language=83))
    for at in (
        "2014-07-01 08:30:00", "2014-07-01 17:12:00",
        "2014-07-02 09:02:00", "2014-07-02 17:30:00",
        "2014-07-03 08:36:00", "2014-07-03 17:30:00",
    ):  # fmt: skip
        unit.punch("8001", at=at)
    unit.settle(seconds=30)
    unit.close()
    site.wait_until_computed()
    return person


def _open_july(person):
    """The manual's query: number 10001, July 2014."""
    page = person.page
    person.open(DAILY)
    person.look_at_all()
    person.look_for("10001M")
    page.wait_for_selector(".o_data_row")
    page.click("th[data-name=work_date]")
    page.wait_for_function(
        "document.querySelector('.o_data_row td[name=work_date]')"
        ".innerText.includes('2014')"
    )


@pytest.mark.parametrize("lang", ["zh_CN", "en_US"])
def test_figure_44_in_the_list(log_in, manual_days, lang):
    hr = log_in("admin", lang)
    _open_july(hr)
    head, body = hr.rows()
    first, last = HEADINGS[lang], LAST_HEADINGS[lang]
    assert head[: len(first)] == first
    assert head[-len(last) :] == last
    # The first row is 06-30, before the roster: a punch of 07-01 touches it.
    body = body[1:8]
    figures = [[row[0], row[1], row[2], *row[7:12]] for row in body]
    manual = ["10001M", "王连飞"]
    assert figures == [
        ["2", *manual, "9h", "8.7h", "", "18m", ""],
        ["3", *manual, "9h", "8.47h", "", "", "0.53h"],
        ["4", *manual, "9h", "8.9h", "6m", "", ""],
        ["5", *manual, "9h", "0h", "", "", "9h"],
        ["6", *manual, "0h", "0h", "", "", ""],
        ["7", *manual, "0h", "0h", "", "", ""],
        ["8", *manual, "9h", "0h", "", "", "9h"],
    ]
    assert [row[5] for row in body[3:]] == (
        ["常日班", "休息", "休息", "常日班"]
        if lang == "zh_CN"
        else ["常日班", "Rest", "Rest", "常日班"]
    )
    hr.picture("daily-report")
    assert hr.complaints == []


@pytest.mark.parametrize("lang", ["zh_CN", "en_US"])
def test_the_excel_file_is_the_screen(log_in, manual_days, small_files, tmp_path, lang):
    hr = log_in("admin", lang)
    # Twelve years of days, at once.
    small_files(10**6)
    _open_july(hr)
    hr.page.click(".o_attendance_export")
    with hr.page.expect_download() as download:
        hr.page.click(".o_attendance_excel")
    path = tmp_path / "daily.xlsx"
    download.value.save_as(path)
    sheet = openpyxl.load_workbook(path).active
    # Above the table: what it is, who made it when, and which filters are on.
    rows = list(sheet.iter_rows())[4:]
    assert "10001M" in sheet["A3"].value
    shown = hr.rows()[0][1:]
    # Beside them a hidden column may say which days are in progress.
    assert [cell.value for cell in rows[0]][: len(shown)] == shown
    assert str(rows[1][5].value)[:10] == "2014-06-30"
    first = rows[2]
    assert first[0].value == "10001M"
    assert str(first[5].value)[:10] == "2014-07-01"
    assert (first[6].value, first[6].number_format) == (9, '0"h"')
    assert (first[7].value, first[7].number_format) == (8.7, '0.0"h"')
    assert first[8].value is None
    assert (first[9].value, first[9].number_format) == (0.3, '"18m"')
    assert (round(rows[3][10].value, 4), rows[3][10].number_format) == (
        0.5333,
        '0.00"h"',
    )
    assert sheet.freeze_panes == "A6"


def test_each_login_sees_its_own_people(log_in, site):
    stores = {}
    for login in ("admin", "manager", "timekeeper", "employee"):
        person = log_in(login)
        person.open(DAILY)
        person.page.wait_for_selector(".o_data_row")
        _head, body = person.rows()
        stores[login] = {row[4] for row in body}
        people = {row[2] for row in body}
        person.picture("daily-report-scope")
        assert person.complaints == []
        if login == "employee":
            assert people == {"王连飞"}
    assert stores["manager"] == {"[SH001] 南京路店"}
    assert stores["timekeeper"] == {"[SH001] 南京路店", "[SH002] 徐家汇店"}
    assert stores["admin"] >= {"[HZ001] 西湖店", "[SH001] 南京路店"}
