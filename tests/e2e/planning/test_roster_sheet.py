"""The roster as a file of Excel: down, changed, up again with its errors, undone."""

import openpyxl
import pytest

CHANGED_DAYS = "chain_attendance_shift.attendance_roster_override_action"
FORM = ".o_dialog .o_form_view"
WORDS = {
    "zh_CN": {
        "export": "导出排班到 Excel",
        "import": "从 Excel 导入排班",
        "down": "导出",
        "preview": "预览",
        "marked": "下载标注文件",
        "other": "换一个文件",
        "apply": "应用",
        "undo": "撤销",
        "close": "关闭",
        "rest": "休",
        "near": "是不是想填“D9”？",
        "errors": "错误",
        "undone": "一切已恢复到导入之前。",
    },
    "en_US": {
        "export": "Export Roster to Excel",
        "import": "Import Roster from Excel",
        "down": "Export",
        "preview": "Preview",
        "marked": "Download Marked File",
        "other": "Another File",
        "apply": "Apply",
        "undo": "Undo",
        "close": "Close",
        "rest": "Rest",
        "near": "Did you mean “D9”?",
        "errors": "Errors",
        "undone": "Everything is as it was before the import.",
    },
}
NUMBERS = {"zh_CN": ("S0001", "S0002"), "en_US": ("S0003", "S0004")}
FIRST, LAST = "2033-11-01", "2033-11-30"


@pytest.fixture(params=["zh_CN", "en_US"])
def lang(request):
    return request.param


@pytest.fixture
def people(site, rpc, lang):
    """Two people of the head office on the day shift."""
    store = rpc.ref("chain_attendance_demo.store_hq")
    shift = rpc.ref("chain_attendance_demo.shift_day")
    made = [
        rpc.create(
            "hr.employee", name=f"排表 {number}", employee_number=number, store_id=store
        )
        for number in NUMBERS[lang]
    ]  # fmt: skip
    for person in made:
        rpc.create(
            "attendance.roster", employee_id=person, shift_id=shift, date_from=FIRST
        )
    site.wait_until_computed()
    return made


def _press(page, label):
    page.get_by_role("button", name=label, exact=True).click()


def _day(value, lang):
    year, month, day = value.split("-")
    return f"{month}/{day}/{year}" if lang == "en_US" else f"{year}/{month}/{day}"


def _export(hr, words, lang, path):
    page = hr.page
    hr.gear(words["export"])
    for name, value in (("date_from", FIRST), ("date_to", LAST)):
        field = f"{FORM} .o_field_widget[name={name}]"
        page.click(f"{field} button, {field} input")
        page.fill(f"{field} input", _day(value, lang))
        hr.leave(f"{field} input")
    hr.pick("store_ids", "HQ")
    page.wait_for_selector(f"{FORM} [name=store_ids] .o_tag:has-text('HQ')")
    hr.picture("roster-sheet-export")
    with page.expect_download() as download:
        _press(page, words["down"])
    assert download.value.suggested_filename.endswith(f"{FIRST} - {LAST}.xlsx")
    download.value.save_as(path)
    return openpyxl.load_workbook(path)


def _upload(hr, words, path):
    page = hr.page
    page.set_input_files(f"{FORM} .o_field_widget[name=file] input[type=file]", path)
    page.wait_for_selector(f"{FORM} .o_field_widget[name=file] .o_clear_file_button")
    _press(page, words["preview"])


def _row_of(sheet, number):
    return next(cell.row for cell in sheet["A"] if cell.value == number)


def _changed(rpc, people):
    return rpc("attendance.roster.override", "search_count",
               [("employee_id", "in", people)])  # fmt: skip


def test_down_changed_and_up_again(log_in, rpc, people, lang, tmp_path):
    words, hr = WORDS[lang], log_in("admin", lang)
    page, path = hr.page, tmp_path / "roster.xlsx"
    hr.open(CHANGED_DAYS)
    book = _export(hr, words, lang, path)
    sheet = book.active
    one, two = (_row_of(sheet, number) for number in NUMBERS[lang])
    # 1 November 2033 is a Tuesday, in column E.
    assert [sheet.cell(one, column).value for column in (5, 9)] == ["D9", words["rest"]]
    sheet.cell(one, 5).value = "N8"
    sheet.cell(one, 9).value = " ｄ９ "
    sheet.cell(two, 6).value = "D8"
    sheet.cell(two, 7).value = words["rest"]
    book.save(path)

    hr.gear(words["import"])
    page.wait_for_selector(f"{FORM} .o_field_widget[name=file]")
    hr.picture("roster-sheet-file")
    _upload(hr, words, path)
    page.wait_for_selector(f"{FORM} [name=error_ids] .o_data_row")
    shown = page.locator(f"{FORM} [name=error_ids] .o_data_row")
    assert shown.count() == 1
    assert shown.locator("td[name=place]").inner_text() == f"F{two}"
    assert words["near"] in shown.locator("td[name=text]").inner_text()
    hr.picture("roster-sheet-errors")
    assert _changed(rpc, people) == 0
    with page.expect_download() as download:
        _press(page, words["marked"])
    download.value.save_as(path)
    book = openpyxl.load_workbook(path)
    assert words["near"] in book.active.cell(two, 6).comment.text
    assert book[words["errors"]]["A2"].value == f"F{two}"

    book.active.cell(two, 6).value = "D9"
    book.save(path)
    _press(page, words["other"])
    page.wait_for_selector(f"{FORM} .o_field_widget[name=file]")
    _upload(hr, words, path)
    page.wait_for_selector(f"{FORM} [name=change_ids] .o_data_row")
    hr.picture("roster-sheet-preview")
    shown = page.locator(f"{FORM} [name=change_ids] .o_data_row")
    assert [
        tuple(shown.nth(n).locator(f"td[name={name}]").inner_text()
              for name in ("place", "before", "after"))
        for n in range(shown.count())
    ] == [
        (f"E{one}", "D9", "N8"),
        (f"I{one}", words["rest"], "D9"),
        (f"G{two}", "D9", words["rest"]),
    ]  # fmt: skip
    _press(page, words["apply"])
    page.wait_for_selector(f"{FORM} .alert-success")
    hr.picture("roster-sheet-done")
    assert _changed(rpc, people) == 3
    _press(page, words["undo"])
    page.wait_for_selector(f"{FORM} .alert-success:has-text('{words['undone']}')")
    hr.picture("roster-sheet-undone")
    assert _changed(rpc, people) == 0
    hr.press(words["close"])
    assert hr.complaints == []


@pytest.mark.parametrize("content", [b"Number,2033-11-01", b"\xd0\xcf\x11\xe0 old"])
def test_another_file_is_refused_with_a_sentence(log_in, lang, tmp_path, content):
    words, hr = WORDS[lang], log_in("admin", lang)
    path = tmp_path / "roster.xlsx"
    path.write_bytes(content)
    hr.open(CHANGED_DAYS)
    hr.gear(words["import"])
    _upload(hr, words, path)
    hr.page.wait_for_selector(".o_error_dialog, .modal-body:has-text('xlsx')")
    assert ".xlsx" in hr.answer()
    assert hr.complaints == []
