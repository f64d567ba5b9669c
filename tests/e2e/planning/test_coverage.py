"""People needed against rostered: the week of a store, who is there, who is asked."""

import pytest

COVERAGE = "chain_attendance_shift.attendance_coverage_action"
NEEDS = "chain_attendance_shift.attendance_coverage_need_action"
DEMO = "chain_attendance_demo."
STORES, STORE, DAY = (f".o_coverage_of_{each}" for each in ("stores", "store", "day"))
POPOVER = ".o_attendance_coverage_people"
# A week of its own for each language: what is given in one is not in the other.
WEEKS = {"zh_CN": "2034-03-06", "en_US": "2034-03-13"}
WORDS = {
    "zh_CN": {
        "none": "该网点尚未录入用工需求",
        "enter": "录入用工需求",
        "copy": "复制到其他日子或网点",
        "do copy": "复制",
        "copied": "已录入 2 行",
        "give": "安排班次",
        "today": "今天",
        "previous": "上一个",
    },
    "en_US": {
        "none": "No need entered for this store yet",
        "enter": "Enter People Needed",
        "copy": "Copy to Other Days or Stores",
        "do copy": "Copy",
        "copied": "2 lines entered",
        "give": "Give Shift",
        "today": "Today",
        "previous": "Previous",
    },
}


@pytest.fixture(params=["zh_CN", "en_US"])
def lang(request):
    return request.param


def _day(value, lang):
    """A date as the language writes it."""
    year, month, day = value.split("-")
    return f"{month}/{day}/{year}" if lang == "en_US" else f"{year}/{month}/{day}"


def _open(person, shown=STORES):
    person.open(COVERAGE, wait_for=shown)


def _to_date(person, lang, day):
    """Type a date of the week to be shown."""
    person.page.fill(".o_attendance_coverage_date input", _day(day, lang))
    person.page.press(".o_attendance_coverage_date input", "Enter")
    person.page.wait_for_selector(
        f"{STORE} [data-date='{day}'], {STORES} [data-date='{day}']"
    )


def _open_store(person, name):
    person.page.click(f"{STORES} .o_coverage_head button:has-text('{name}')")
    person.page.wait_for_selector(STORE)


def _cell(day, time):
    return f"{STORE} [data-date='{day}'][data-time='{time}']"


def _press(page, label):
    page.get_by_role("button", name=label, exact=True).click()


def test_the_week_of_a_store(log_in, lang):
    hr = log_in("admin", lang)
    page = hr.page
    _open(hr)
    heads = hr.texts(f"{STORES} tbody .o_coverage_head")
    assert [head.split("]")[0].strip("[") for head in heads] == [
        "HQ", "HZ001", "SH001", "SH002",
    ]  # fmt: skip
    hr.picture("coverage-stores")
    _open_store(hr, "SH001")
    _to_date(hr, lang, WEEKS[lang])
    # Monday: the early cashier rests, so three of the three are no cashier.
    assert hr.texts(_cell(WEEKS[lang], "10:00")) == ["3 / 3 *"]
    cell = page.locator(_cell(WEEKS[lang], "10:00")).locator("xpath=..")
    assert "o_coverage_short" in cell.get_attribute("class")
    assert hr.texts(_cell(WEEKS[lang], "07:00")) == [""]
    hr.picture("coverage-store")
    page.click("[data-measure=present]")
    page.wait_for_selector("[data-measure=present].active")
    assert hr.texts(_cell(WEEKS[lang], "10:00")) == ["– / 3"]
    # Of last week, whatever day it is, punches are there.
    _press(page, WORDS[lang]["today"])
    _press(page, WORDS[lang]["previous"])
    page.wait_for_selector(f"{STORE} .o_coverage_met")
    hr.picture("coverage-store-present")
    page.click(f"{STORE} thead th:nth-child(2) button")
    page.wait_for_selector(DAY)
    assert page.locator(f"{DAY} tbody tr").count() == 4
    hr.picture("coverage-day")
    assert hr.complaints == []


def test_somebody_who_rests_is_given_a_shift(log_in, rpc, lang):
    """By the store manager, whose only store opens by itself."""
    boss, monday = log_in("manager", lang), WEEKS[lang]
    page = boss.page
    _open(boss, STORE)
    _to_date(boss, lang, monday)
    assert boss.texts(_cell(monday, "09:00")) == ["2 / 3"]
    page.click(_cell(monday, "09:00"))
    page.wait_for_selector(f"{POPOVER} .o_attendance_coverage_free")
    there = boss.texts(f"{POPOVER} ul:first-of-type li")
    assert len(there) == 2 and there[0].startswith(("王连飞", "陈静")), there
    free = page.locator(f"{POPOVER} .o_attendance_coverage_free:has-text('刘洋')")
    assert free.count() == 1
    boss.picture("coverage-people")
    free.get_by_role("button", name=WORDS[lang]["give"]).click()
    page.wait_for_selector(f"{_cell(monday, '09:00')}:has-text('3 / 3')")
    boss.picture("coverage-given")
    (liu,) = rpc.search_read(
        "attendance.roster.override",
        [("employee_id", "=", rpc.ref(DEMO + "employee_liu_yang")),
         ("date", "=", monday)],
        ["create_uid", "shift_id"],
    )  # fmt: skip
    assert liu["create_uid"][1] == "陈静"
    assert boss.complaints == []


def test_a_store_without_needs(log_in, rpc, lang):
    """The way from the empty screen: enter a day, copy it, and see it."""
    hr, words = log_in("admin", lang), WORDS[lang]
    page = hr.page
    name = f"新店 {lang}"
    store = rpc.create("attendance.store", code=f"NEW{lang[:2]}", name=name)
    _open(hr)
    _open_store(hr, name)
    page.wait_for_selector(f".o_attendance_coverage_empty:has-text('{words['none']}')")
    hr.picture("coverage-empty")
    _press(page, words["enter"])
    page.wait_for_selector(".o_list_renderer, .o_view_nocontent")
    page.click(".o_list_button_add")
    page.fill(".o_selected_row [name=start_time] input", "10:00")
    page.fill(".o_selected_row [name=end_time] input", "20:30")
    page.fill(".o_selected_row [name=people] input", "2")
    page.click(".o_list_button_save")
    page.wait_for_selector(".o_selected_row", state="detached")
    hr.picture("coverage-needs")
    page.click(".o_data_row .o_list_record_selector input")
    _press(page, words["copy"])
    page.wait_for_selector(".o_dialog .o_form_view")
    page.check(".o_dialog [name=to_wednesday] input")
    page.check(".o_dialog [name=to_holidays] input")
    hr.picture("coverage-needs-copy")
    hr.press(words["do copy"])
    page.wait_for_selector(f".o_notification:has-text('{words['copied']}')")
    found = rpc.search_read(
        "attendance.coverage.need", [("store_id", "=", store)],
        ["weekday", "start_minutes", "end_minutes", "people"],
    )  # fmt: skip
    assert [row.pop("weekday") for row in found] == ["0", "2", "7"]
    assert {tuple(list(row.values())[1:]) for row in found} == {(600, 1230, 2)}
    page.click(".o_breadcrumb .o_back_button, .breadcrumb-item a")
    page.wait_for_selector(f"{STORE} .o_coverage_short")
    assert hr.complaints == []
    # So that the tests of the other language see the demo's stores only.
    rpc("attendance.store", "write", [store], {"active": False})


@pytest.mark.parametrize("login", ["employee", "manager"])
def test_only_the_own_stores(log_in, rpc, lang, login):
    person = log_in(login, lang)
    person.open(COVERAGE, wait_for=".o_attendance_coverage_content")
    assert person.page.locator(STORES).count() == 0
    assert person.page.locator(STORE).count() == (login == "manager")
    assert person.page.locator(".o_view_nocontent").count() == (login == "employee")
    person.picture("coverage-own")
    person.open(NEEDS)
    stores = person.page.locator(".o_group_header").count()
    assert stores == {"employee": 0, "manager": 1}[login]
    person.picture("coverage-own-needs")
    assert person.complaints == []
