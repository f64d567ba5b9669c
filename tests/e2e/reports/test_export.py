"""HR takes reports away: small files at once, large ones from the background."""

import openpyxl
import pytest

REPORT = "chain_attendance_report."
DAILY = REPORT + "attendance_report_daily_action"
EXPORTS = REPORT + "attendance_report_export_action"
LANGUAGES = ["zh_CN", "en_US"]
WORDS = {
    "zh_CN": {
        "number": "序号",
        "total": "合计",
        "summary": "汇总",
        "store": "网点",
        "rows": "行数",
        "written": "正在后台写入",
        "mine": "我的导出",
        "ready": "已生成：",
        "download": "下载",
        "delete": "删除",
        "done": "已完成",
        "ok": "确定",
    },
    "en_US": {
        "number": "No.",
        "total": "Total",
        "summary": "Summary",
        "store": "Store",
        "rows": "Rows",
        "written": "are written in the background",
        "mine": "My Exports",
        "ready": "Ready:",
        "download": "Download",
        "delete": "Delete",
        "done": "Done",
        "ok": "Ok",
    },
}


def _open_daily(person):
    person.open(DAILY)
    person.look_at_all()
    person.page.wait_for_selector(".o_data_row")


def _take(person, entry, path):
    person.page.click(".o_attendance_export")
    with person.page.expect_download() as download:
        person.page.click(entry)
    download.value.save_as(path)
    return path


@pytest.mark.parametrize("lang", LANGUAGES)
def test_small_files_come_at_once(log_in, small_files, tmp_path, lang):
    hr, words = log_in("admin", lang), WORDS[lang]
    small_files(10**6)
    _open_daily(hr)
    hr.page.click(".o_attendance_export")
    hr.page.wait_for_selector(".o_attendance_csv")
    hr.picture("export-menu")
    hr.page.click(".o_attendance_export")
    path = _take(hr, ".o_attendance_excel", tmp_path / "all.xlsx")
    sheet = openpyxl.load_workbook(path, data_only=True).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[4][0] == words["number"]
    assert rows[-1][0] == words["total"]
    assert sheet.auto_filter.ref.startswith("A5:")
    due = rows[4].index("应出勤" if lang == "zh_CN" else "Due")
    formulas = openpyxl.load_workbook(path).active
    column = formulas.cell(5, due + 1).column_letter
    sum_cell = formulas.cell(len(rows), due + 1).value
    assert sum_cell.startswith((f"=SUM({column}6", f"=SUMIFS({column}6"))
    assert rows[-1][due] > 8
    path = _take(hr, ".o_attendance_csv", tmp_path / "all.csv")
    lines = path.read_text("utf-8-sig").splitlines()
    assert lines[0].split(",")[0] == words["number"]
    # The head and the sums, the lines on top and the one left free.
    assert len(lines) - 1 == len(rows) - 6
    path = _take(hr, ".o_attendance_excel_store_id", tmp_path / "stores.xlsx")
    book = openpyxl.load_workbook(path, data_only=True)
    summary = book[words["summary"]]
    assert book.sheetnames[0] == words["summary"]
    head = [cell.value for cell in summary[5]][:2]
    assert head == [words["store"], words["rows"]]
    total = [cell.value for cell in list(summary.iter_rows())[-1]][:2]
    assert total == [words["total"], len(lines) - 1]
    assert len(book.sheetnames) > 3
    assert hr.complaints == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_large_file_is_made_in_the_background(
    log_in, small_files, tmp_path, rpc, lang
):
    hr, words = log_in("admin", lang), WORDS[lang]
    page = hr.page
    small_files(1)
    _open_daily(hr)
    page.click(".o_attendance_export")
    page.click(".o_attendance_excel")
    told = page.locator(".o_notification", has_text=words["written"])
    told.wait_for()
    hr.picture("export-told")
    # Whoever goes elsewhere is told where they are.
    told.get_by_role("button", name=words["mine"]).click()
    page.wait_for_selector(f".o_data_row .badge:has-text('{words['done']}')")
    ready = page.locator(".o_notification", has_text=words["ready"])
    ready.wait_for()
    hr.picture("export-ready")
    with page.expect_download() as download:
        ready.get_by_role("button", name=words["download"]).click()
    path = tmp_path / "large.xlsx"
    download.value.save_as(path)
    rows = list(openpyxl.load_workbook(path).active.iter_rows(values_only=True))
    assert rows[4][0] == words["number"]
    (export,) = rpc.search_read(
        "attendance.report.export", [], ["total_count", "progress"], limit=1
    )
    assert export["total_count"] == len(rows) - 6
    assert export["progress"] == 100
    # From the list as well, until it is deleted.
    row = page.locator(".o_data_row").first
    with page.expect_download():
        row.locator("button[name=action_download]").click()
    row.locator("button[name=action_delete]").click()
    hr.press(words["ok"])
    page.wait_for_function("!document.querySelector('.o_data_row')")
    hr.picture("export-none")
    assert hr.complaints == []


def test_who_may_not_export_has_no_menu(log_in):
    person = log_in("employee")
    person.open(DAILY)
    person.page.wait_for_selector(".o_data_row")
    assert not person.page.query_selector(".o_attendance_export")
    assert not [entry for _section, entry in person.menus() if "report_export" in entry]
    assert person.complaints == []
