"""What past days would have come to: asked, compared, drilled into, taken away."""

from datetime import date, timedelta

import openpyxl
import pytest

ASK = "chain_attendance_day.attendance_what_if_action"
DIALOG = ".modal .o_form_view"
RESULT = ".o_attendance_what_if"
JUDGE = "**/web/dataset/call_kw/attendance.what.if/judge"
WORDS = {
    "zh_CN": {
        "title": "所有人使用另一套规则",
        "shift": "班次“早班”代替“常日班”",
        "nobody": "没有作任何修改",
        "discard": "放弃",
    },
    "en_US": {
        "title": "Other rules for everybody",
        "shift": "Shift “早班” instead of “常日班”",
        "nobody": "Nothing has been changed",
        "discard": "Discard",
    },
}


def _ask(person):
    """Open the question, over the whole of what the demo chain has."""
    person.open(ASK, DIALOG)
    page = person.page
    first = ".modal .o_field_widget[name=date_from]"
    page.click(f"{first} .o_input")
    # Others may have days of long ago.
    month_of_life = [("work_date", ">=", str(date.today() - timedelta(60)))]
    (oldest,) = person.site.rpc().search_read(
        "attendance.day", month_of_life, ["work_date"], order="work_date", limit=1
    )
    year, month, day = oldest["work_date"].split("-")
    text = f"{year}/{month}/{day}"
    if person.name.endswith("en_US"):
        text = f"{month}/{day}/{year}"
    page.fill(f"{first} input", text)
    person.leave(f"{first} input")


def _compare(person):
    page = person.page
    page.click(".modal footer button[name=action_compare]")
    page.wait_for_selector(RESULT)
    page.wait_for_selector(f"{RESULT} .progress[aria-valuenow='100']")
    return page.locator(RESULT)


def _minutes(text):
    """Hours or minutes as the screen shows them."""
    return float(text[:-1]) * (60 if text.endswith("h") else 1)


@pytest.mark.parametrize("lang", ["zh_CN", "en_US"])
@pytest.mark.parametrize("login", ["admin", "manager"])
def test_other_rules(log_in, site, login, lang):
    hr, words = log_in(login, lang), WORDS[lang]
    before = site.query("SELECT * FROM attendance_day ORDER BY id")
    _ask(hr)
    page = hr.page
    page.fill(".modal .o_field_widget[name=early_limit_minutes] input", "10")
    hr.picture("what-if-question")
    result = _compare(hr)
    assert words["title"] in result.inner_text()
    assert words["nobody"] in result.inner_text()
    total = result.locator(".o_attendance_sum")
    early = total.locator("td[data-name=early_minutes]").inner_text()
    absent = total.locator("td[data-name=absent_minutes]").inner_text()
    assert "→" in early
    assert "→" in absent
    # What is early no more is absent.
    changes = [
        _minutes(
            total.locator(f"td[data-name={name}] .o_attendance_change").inner_text()
        )
        for name in ("early_minutes", "absent_minutes")
    ]
    assert changes[0] < 0 < changes[1]
    assert abs(sum(changes)) <= 1
    person = result.locator("tr.o_attendance_person").first
    days = int(person.locator("td").nth(2).inner_text())
    person.click()
    page.wait_for_selector(f"{RESULT} tr.o_attendance_day")
    assert result.locator("tr.o_attendance_day").count() == days
    hr.picture("what-if")
    result.locator(".o_attendance_explain").first.click()
    page.wait_for_selector(".modal .o_attendance_explanation svg")
    hr.picture("what-if-explain")
    page.click(".modal header .btn-close")
    assert site.query("SELECT * FROM attendance_day ORDER BY id") == before
    assert hr.complaints == []


@pytest.mark.parametrize("lang", ["zh_CN", "en_US"])
def test_another_shift_and_the_file(log_in, tmp_path, lang):
    hr = log_in("admin", lang)
    _ask(hr)
    page = hr.page
    page.click(".modal .o_field_widget[name=change] input[data-value=shift]")
    page.wait_for_selector(".modal .o_field_widget[name=other_shift_id]")
    hr.pick("shift_id", "常日班")
    hr.pick("other_shift_id", "早班")
    result = _compare(hr)
    assert WORDS[lang]["shift"] in result.inner_text()
    people = result.locator("tr.o_attendance_person").count()
    assert people
    with page.expect_download() as download:
        page.click(".o_attendance_excel")
    path = tmp_path / "what-if.xlsx"
    download.value.save_as(path)
    first, _days = openpyxl.load_workbook(path).worksheets
    assert first.max_row == people + 3
    hr.picture("what-if-shift")
    page.click(".o_attendance_ask")
    page.wait_for_selector(DIALOG)
    assert (
        page.input_value(".modal .o_field_widget[name=other_shift_id] input") == "早班"
    )
    page.click(
        ".modal footer button[special=cancel], .modal footer .o_form_button_cancel"
    )
    page.wait_for_selector(".modal", state="detached")


def test_other_times_of_a_shift(log_in):
    hr = log_in("admin", "zh_CN")
    _ask(hr)
    page = hr.page
    page.click(".modal .o_field_widget[name=change] input[data-value=figures]")
    hr.pick("shift_id", "常日班")
    cell = page.locator(".modal .o_data_row td[name=start_time]")
    cell.click()
    page.fill(".modal .o_data_row td[name=start_time] input", "09:00")
    hr.picture("what-if-times")
    result = _compare(hr)
    total = result.locator(".o_attendance_sum td[data-name=due_minutes]")
    assert "→" in total.inner_text()
    hr.picture("what-if-times-result")


def test_it_can_be_stopped_and_go_on(log_in):
    """A call that takes long is the last one after a press of the button."""
    hr = log_in("admin", "zh_CN")
    page = hr.page
    held, free = [], []
    page.route(JUDGE, lambda r: r.continue_() if free else held.append(r))
    _ask(hr)
    page.click(".modal footer button[name=action_compare]")
    page.wait_for_selector(".o_attendance_stop")
    for _attempt in range(100):
        if held:
            break
        page.wait_for_timeout(100)
    page.click(".o_attendance_stop")
    free.append(True)
    held[0].continue_()
    page.wait_for_selector(".o_attendance_go_on")
    assert page.locator(".o_attendance_stop").count() == 0
    hr.picture("what-if-stopped")
    page.click(".o_attendance_go_on")
    page.wait_for_selector(f"{RESULT} .progress[aria-valuenow='100']")
    assert page.locator(".o_attendance_go_on").count() == 0
