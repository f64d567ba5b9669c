"""PDF files of lists: a month to be signed, the detail, the explanation of a day."""

import re

import pytest
from pdf_pages import PdfPages

MONTHLY = "chain_attendance_report.attendance_report_monthly_action"
DAILY = "chain_attendance_report.attendance_report_daily_action"
PEOPLE = "hr.open_view_employee_list_my"
EXPLANATION = "chain_attendance_day.attendance_day_explanation"
NAME, NUMBER = "陈静", "1002"
WORDS = {
    "zh_CN": {
        "print": "打印",
        "month": "个人考勤月报（签字）",
        "title": "个人考勤月报",
        "detail": "出勤明细",
        "attendance": "考勤",
        "sign": "员工签字及日期",
        "shift": "常日班",
        "total": "合计",
        "refused": "所选的日期中有 1 天您无权导出。",
    },
    "en_US": {
        "print": "Print",
        "month": "Month of Each Person, to Sign",
        "title": "Attendance of a Month",
        "detail": "Attendance Detail",
        "attendance": "Attendance",
        "sign": "Employee: signature and date",
        "shift": "常日班",
        "total": "Total",
        "refused": "1 of the days chosen are not yours to take away.",
    },
}


@pytest.fixture(params=["zh_CN", "en_US"])
def lang(request):
    return request.param


def _tick(page, name):
    row = page.locator(".o_data_row", has_text=name).first
    row.locator(".o_list_record_selector").click()


def _choose_print(person, words, label):
    """Choose from the menu "Print" of the list."""
    person.page.click(
        f".o_control_panel .o_cp_action_menus button:has-text('{words['print']}')"
    )
    person.page.get_by_role("menuitem", name=label, exact=True).click()


def _saved(download, tmp_path, poppler):
    path = tmp_path / "file.pdf"
    download.value.save_as(path)
    return PdfPages(poppler, path)


def _check(pdf, picture, *texts):
    """These words are there, in fonts that the file holds."""
    for text in texts:
        assert pdf.says(text), text
    fonts = pdf.fonts()
    assert fonts and all(fonts.values()), fonts
    assert any("CJK" in name for name in fonts)
    pdf.check_glyphs(NAME, pdf.picture(picture))


def test_months_of_ticked_people(log_in, lang, tmp_path, poppler):
    words, hr = WORDS[lang], log_in("admin", lang)
    page = hr.page
    hr.open(MONTHLY)
    for name in (NAME, "刘洋"):
        _tick(page, name)
    with page.expect_download() as download:
        _choose_print(hr, words, words["month"])
    pdf = _saved(download, tmp_path, poppler)
    assert pdf.pages == 2
    assert pdf.size[0] < pdf.size[1]
    picture = hr.folder / f"pdf-person-month-{lang}"
    shown = (NAME, NUMBER, "刘洋", words["title"], words["sign"], words["total"])
    _check(pdf, picture, *shown, words["shift"])
    assert hr.complaints == []


def test_detail_of_ticked_days(log_in, lang, tmp_path, poppler):
    words, hr = WORDS[lang], log_in("admin", lang)
    page = hr.page
    hr.open(DAILY)
    hr.look_at_all()
    hr.look_for(NUMBER)
    page.click(".o_list_renderer thead .o_list_record_selector")
    with page.expect_download() as download:
        _choose_print(hr, words, words["detail"])
    pdf = _saved(download, tmp_path, poppler)
    assert pdf.size[0] > pdf.size[1]
    picture = hr.folder / f"pdf-detail-{lang}"
    _check(pdf, picture, NAME, words["detail"], "08:30", "17:30", words["sign"])
    assert hr.complaints == []


def test_of_people_and_a_span(log_in, rpc, lang, tmp_path, poppler):
    words, hr = WORDS[lang], log_in("admin", lang)
    (person,) = rpc.search_read(
        "hr.employee", [("employee_number", "=", NUMBER)], ["id"]
    )
    page = hr.page
    hr.open(PEOPLE, record=person["id"])
    page.click(".o_cp_action_menus button")
    page.click(f".o-dropdown-item:has-text('{words['print']}')")
    page.click(f".o-dropdown-item:text-is('{words['attendance']}')")
    page.wait_for_selector(".o_dialog .o_form_view")
    hr.picture("print-attendance")
    page.click(".o_dialog [name=content] input[data-value=detail]")
    with page.expect_download() as download:
        page.click(".o_dialog button[name=action_print]")
    pdf = _saved(download, tmp_path, poppler)
    assert pdf.says(NAME)
    assert pdf.says(words["detail"])
    assert hr.complaints == []


def test_the_explanation_of_a_day(log_in, rpc, lang, tmp_path, poppler):
    hr = log_in("admin", lang)
    days = rpc.search_read(
        "attendance.day",
        [("employee_id.employee_number", "=", NUMBER), ("day_name", "=", "work")],
        ["id"],
        limit=1,
    )
    answer = hr.page.request.get(
        f"{hr.site.url}/report/pdf/{EXPLANATION}/{days[0]['id']}"
    )
    assert answer.headers["content-type"] == "application/pdf"
    path = tmp_path / "explanation.pdf"
    path.write_bytes(answer.body())
    pdf = PdfPages(poppler, path)
    _check(pdf, hr.folder / f"pdf-explanation-{lang}", NAME)
    assert hr.complaints == []


def test_without_wkhtmltopdf_it_is_a_page_to_print(log_in, lang):
    words, hr = WORDS[lang], log_in("admin", lang)
    page = hr.page
    page.route(
        "**/report/check_wkhtmltopdf",
        lambda route: route.fulfill(json={"jsonrpc": "2.0", "result": "install"}),
    )
    hr.open(MONTHLY)
    _tick(page, NAME)
    _choose_print(hr, words, words["month"])
    paper = page.frame_locator("iframe").locator(".attendance_person")
    paper.wait_for()
    text = re.sub(r"\s+", " ", paper.inner_text())
    assert NAME in text
    assert words["sign"] in text
    hr.picture("pdf-none")
    assert hr.complaints == []


def test_others_are_refused_in_a_sentence(log_in, rpc, site, lang):
    """By the address alone: what is printed is read as the login."""
    clerk = log_in("employee", lang)
    (other,) = rpc.search_read(
        "attendance.day",
        [("employee_id.employee_number", "=", "1003")],
        ["id"],
        limit=1,
    )
    name = "chain_attendance_report.attendance_detail_paper"
    answer = clerk.page.request.get(f"{site.url}/report/html/{name}/{other['id']}")
    assert answer.status == 403
    # Odoo's page of the refusal is its own; what was said is in the log.
    site.refusals.append(WORDS[lang]["refused"])
    assert "刘洋" not in answer.text()
