"""HR opens the daily report in the browser and takes it away as an Excel file."""

import openpyxl
import pytest
from manual_month import DAILY as FIGURES
from manual_month import NAME, NUMBER, REST_DAYS, SHIFT

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


def _open_july(person):
    """The manual's query: number 10001."""
    person.open(DAILY)
    person.look_at_all()
    person.look_for(NUMBER)
    person._search("th[data-name=work_date]")


@pytest.mark.parametrize("lang", ["zh_CN", "en_US"])
def test_figure_44_in_the_list(log_in, july, lang):
    hr = log_in("admin", lang)
    _open_july(hr)
    head, body = hr.rows()
    first, last = HEADINGS[lang], LAST_HEADINGS[lang]
    assert head[: len(first)] == first
    assert head[-len(last) :] == last
    assert [row[:3] for row in body] == [
        [str(number), NUMBER, NAME] for number in range(1, len(FIGURES) + 1)
    ]
    assert [tuple(row[7:15]) for row in body] == [
        figures[:8] for figures in FIGURES.values()
    ]
    rest = {"zh_CN": "休息", "en_US": "Rest"}[lang]
    assert [row[5] for row in body] == [
        rest if day in REST_DAYS else SHIFT for day in FIGURES
    ]
    hr.picture("daily-report")
    assert hr.complaints == []


@pytest.mark.parametrize("lang", ["zh_CN", "en_US"])
def test_the_excel_file_is_the_screen(log_in, july, tmp_path, lang):
    hr = log_in("admin", lang)
    _open_july(hr)
    hr.page.click(".o_attendance_export")
    with hr.page.expect_download() as download:
        hr.page.click(".o_attendance_excel")
    path = tmp_path / "daily.xlsx"
    download.value.save_as(path)
    sheet = openpyxl.load_workbook(path).active
    # Above the table: what it is, who made it when, and which filters are on.
    rows = list(sheet.iter_rows())[4:]
    assert NUMBER in sheet["A3"].value
    shown, body = hr.rows()
    # Beside them a hidden column may say which days are in progress.
    assert [cell.value for cell in rows[0]][: len(shown)] == shown
    numbers = [row[0].value for row in rows[1 : len(body) + 1]]
    assert [str(number) for number in numbers] == [row[0] for row in body]
    first = rows[1]
    assert (first[0].value, first[1].value) == (1, NUMBER)
    assert str(first[6].value)[:10] == "2014-07-01"
    assert (first[7].value, first[7].number_format) == (9, '0"h"')
    assert (first[8].value, first[8].number_format) == (8.7, '0.0"h"')
    assert first[9].value is None
    assert (first[10].value, first[10].number_format) == (0.3, '"18m"')
    assert (round(rows[2][11].value, 4), rows[2][11].number_format) == (
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
            assert people == {NAME}
    assert stores["manager"] == {"[SH001] 南京路店"}
    assert stores["timekeeper"] == {"[SH001] 南京路店", "[SH002] 徐家汇店"}
    assert stores["admin"] >= {"[HZ001] 西湖店", "[SH001] 南京路店"}
