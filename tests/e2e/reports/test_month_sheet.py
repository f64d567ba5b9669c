"""The month sheet: on the screen, as a file of Excel and as a PDF file."""

import openpyxl
import pytest
from pdf_pages import PdfPages
from shop_life import file_leave, file_overtime, hang_terminal, punch

SHEET = "chain_attendance_report.attendance_month_sheet_action"
CONTENT = ".o_attendance_sheet_content"
MONTH = "2014-09"
PERSON, NUMBER = "诸葛明月", "8601"
SERIAL = "E2ESHEET01"
PUNCHES = (
    "01 08:25:00", "01 17:35:00", "02 08:40:00", "02 19:45:00", "03 08:25:00",
    "03 13:00:00",
)  # fmt: skip
WORDS = {
    "zh_CN": {
        "title": "2014年9月",
        "from": "2014/09/01",
        "cells": {1: "√", 2: "迟\n+2", 3: "√事", 4: "×", 6: "节", 7: "休"},
        "first": "一",
        "due": "应出勤天数",
        "legend": ["√ 出勤", "迟 迟到", "× 缺勤", "休 休息", "事 事假"],
        "sheet": "考勤月表",
        "made": "制表：",
        "explained": "当天的计算过程",
    },
    "en_US": {
        "title": "September 2014",
        "from": "09/01/2014",
        "cells": {1: "√", 2: "L\n+2", 3: "√事", 4: "×", 6: "H", 7: "R"},
        "first": "M",
        "due": "Days Due",
        "legend": ["√ At Work", "L Late", "× Absent", "R Rest", "事 事假"],
        "sheet": "Month Sheet",
        "made": "Made by:",
        "explained": "How This Day Was Computed",
    },
}


@pytest.fixture(params=["zh_CN", "en_US"])
def lang(request):
    return request.param


@pytest.fixture(scope="module")
def person(site, rpc, personal_leave):
    """Somebody with a little of everything in a month long ago, on a day shift."""
    calendar = rpc.create("attendance.holiday.calendar", name="Month sheet")
    rpc.create(
        "attendance.holiday",
        calendar_id=calendar,
        date=f"{MONTH}-06",
        name="Festival",
        day_kind="public_holiday",
    )
    store = rpc.create(
        "attendance.store",
        code="SHEET1",
        name="月表测试店",
        tz="Asia/Shanghai",
        holiday_calendar_id=calendar,
    )
    employee = rpc.create(
        "hr.employee",
        name=PERSON,
        employee_number=NUMBER,
        terminal_user_code=NUMBER,
        store_id=store,
        hire_date=f"{MONTH}-01",
        leave_date=f"{MONTH}-07",
    )
    rpc.create(
        "attendance.roster",
        employee_id=employee,
        shift_id=rpc.ref("chain_attendance_demo.shift_day"),
        date_from=f"{MONTH}-01",
    )
    hang_terminal(rpc, store, "861", "月表考勤机", SERIAL)
    # Two hours of overtime on the second, leave in the afternoon of the third.
    file_overtime(rpc, employee, f"{MONTH}-02", 1050, 1170)
    afternoon = {"request_hour_from": 13, "request_hour_to": 17.5}
    file_leave(rpc, employee, personal_leave, f"{MONTH}-03", **afternoon)
    punch(site, SERIAL, NUMBER, *(f"{MONTH}-{at}" for at in PUNCHES))
    site.wait_until_computed()
    return employee


def _see(reader, words, number=NUMBER):
    """The sheet of that month, of one person."""
    page = reader.page
    reader.open(SHEET, wait_for=CONTENT)
    first = ".o_attendance_sheet_dates input >> nth=0"
    page.fill(first, words["from"])
    page.press(first, "Enter")
    page.wait_for_selector(f".o_attendance_sheet_title:text-is('{words['title']}')")
    page.fill(".o_attendance_sheet_text", number)
    row = page.locator(f".o_attendance_sheet_table tr[data-number='{number}']")
    row.wait_for()
    page.wait_for_function(
        "document.querySelectorAll('.o_attendance_sheet_table tbody tr').length === 1"
    )
    return row


def _cell(row, day):
    return row.locator(f"td[data-date='{MONTH}-{day:02}'] button")


def test_on_the_screen(log_in, person, lang):
    words, hr = WORDS[lang], log_in("admin", lang)
    row = _see(hr, words)
    cells = {day: _cell(row, day).inner_text().strip() for day in words["cells"]}
    assert cells == words["cells"]
    heads = hr.page.locator(".o_attendance_sheet_table thead th")
    assert heads.nth(1).inner_text().split() == ["1", words["first"]]
    assert words["due"] in hr.texts(".o_attendance_sheet_table thead th")
    totals = row.locator("td.o_attendance_sheet_total")
    assert totals.all_inner_texts() == [
        "5", "3", "1", "", "18h", "4.5h", "", "2h", "", "",
    ]  # fmt: skip
    legend = " ".join(hr.page.inner_text(".o_attendance_sheet_legend").split())
    for entry in words["legend"]:
        assert entry in legend
    hr.picture("month-sheet-one")
    assert hr.complaints == []


def test_a_click_explains_the_day_and_opens_the_person(log_in, person, lang):
    words, hr = WORDS[lang], log_in("admin", lang)
    row = _see(hr, words)
    _cell(row, 2).click()
    dialog = hr.page.wait_for_selector(".o_dialog .o_attendance_explanation svg")
    assert words["explained"] in hr.page.inner_text(".o_dialog .modal-title")
    hr.page.click(".o_dialog .btn-close")
    dialog.wait_for_element_state("hidden")
    row.locator("th button").click()
    hr.page.wait_for_selector(".o_list_renderer .o_data_row")
    assert hr.row(PERSON).count() == hr.page.locator(".o_data_row").count() >= 6
    # Back is the sheet as it was left.
    hr.page.click(".o_breadcrumb .breadcrumb-item a")
    hr.page.wait_for_selector(f"tr[data-number='{NUMBER}']")
    assert hr.page.inner_text(".o_attendance_sheet_title") == words["title"]
    assert hr.complaints == []


def test_a_whole_chain(log_in, person, lang):
    hr = log_in("admin", lang)
    hr.open(SHEET, wait_for=CONTENT)
    assert hr.page.locator(".o_attendance_sheet_table tbody tr").count() > 10
    hr.picture("month-sheet")
    assert hr.complaints == []


def test_excel(log_in, person, lang, tmp_path):
    words, hr = WORDS[lang], log_in("admin", lang)
    _see(hr, words)
    with hr.page.expect_download() as download:
        hr.page.click("button[name=excel]")
    path = tmp_path / "sheet.xlsx"
    download.value.save_as(path)
    sheet = openpyxl.load_workbook(path).active
    assert sheet["A1"].value == f"{words['sheet']} {words['title']}"
    row = [cell.value for cell in sheet[5]]
    assert row[:2] == [NUMBER, PERSON]
    assert {day: row[2 + day] for day in words["cells"]} == words["cells"]
    assert sheet["A6"].value is None
    assert hr.complaints == []


def test_pdf(log_in, person, lang, tmp_path, poppler):
    words, hr = WORDS[lang], log_in("admin", lang)
    _see(hr, words)
    with hr.page.expect_download() as download:
        hr.page.click("button[name=pdf]")
    path = tmp_path / "sheet.pdf"
    download.value.save_as(path)
    pdf = PdfPages(poppler, path)
    assert pdf.pages == 1
    assert pdf.size[0] > pdf.size[1]
    for text in (PERSON, NUMBER, words["sheet"], words["title"], words["made"], "4.5h"):
        assert pdf.says(text), text
    fonts = pdf.fonts()
    assert fonts and all(fonts.values()), fonts
    assert any("CJK" in name for name in fonts)
    picture = pdf.picture(hr.folder / f"pdf-month-sheet-{lang}")
    pdf.check_glyphs(PERSON, picture)
    assert hr.complaints == []


def test_of_a_whole_month_of_the_chain(log_in, person, lang, tmp_path, poppler):
    """Pages of many people end before the paper does."""
    hr = log_in("admin", lang)
    hr.open(SHEET, wait_for=CONTENT)
    people = hr.page.locator(".o_attendance_sheet_table tbody tr").count()
    with hr.page.expect_download() as download:
        hr.page.click("button[name=pdf]")
    path = tmp_path / "sheet.pdf"
    download.value.save_as(path)
    pdf = PdfPages(poppler, path)
    pdf.picture(hr.folder / f"pdf-month-sheet-all-{lang}")
    assert pdf.pages == -(-people // 25)
    assert pdf.says(f"1 / {pdf.pages}")
    assert hr.complaints == []


def test_a_store_manager_sees_their_own_and_an_employee_oneself(log_in, person, lang):
    manager = log_in("manager", lang)
    manager.open(SHEET, wait_for=CONTENT)
    stores = set(manager.texts(".o_attendance_sheet_table tbody th small"))
    assert stores and all("南京路店" in store for store in stores)
    assert manager.page.is_visible("button[name=pdf]")
    manager.picture("month-sheet")
    clerk = log_in("employee", lang)
    clerk.open(SHEET, wait_for=CONTENT)
    assert clerk.page.locator(".o_attendance_sheet_table tbody tr").count() == 1
    assert not clerk.page.query_selector("button[name=excel], button[name=pdf]")
    assert manager.complaints == clerk.complaints == []
