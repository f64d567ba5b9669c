"""A year of holidays: from the package over its effect on rosters to the days."""

import itertools
from datetime import date, timedelta

import pytest

CALENDARS = "chain_attendance_base.attendance_holiday_calendar_action"
SHIFTS_MENU = "chain_attendance_shift.attendance_menu_shifts"
HOLIDAYS_MENU = "chain_attendance_shift.attendance_shift_holiday_menu"
DAILY = "chain_attendance_report.attendance_report_daily_action"
FORM = ".o_dialog .o_form_view"
WORDS = {
    "zh_CN": {
        "year": "年度节假日",
        "next": "下一步",
        "show": "查看影响",
        "apply": "应用",
        "make_up": "国庆节调休上班",
        "moved": "国庆节调休",
        "hint": "调休上班日不在周末？",
        "free": "上班变为休息",
        "stores": "更改网点",
        "holds": "适用范围",
        "not_known": "国务院",
        "twice": "重复",
        "kind": "调休上班",
    },
    "en_US": {
        "year": "Holidays of a Year",
        "next": "Next",
        "show": "Show the Effect",
        "apply": "Apply",
        "make_up": "National Day: make-up workday",
        "moved": "National Day: moved rest day",
        "hint": "A make-up workday on a weekday?",
        "free": "Workdays that become free",
        "stores": "Change the Stores",
        "holds": "Holds For",
        "not_known": "State Council",
        "twice": "is listed twice",
        "kind": "Make-up Workday",
    },
}
# Each test has a store of its own.
NUMBERS = itertools.count(101)


@pytest.fixture(params=["zh_CN", "en_US"])
def lang(request):
    return request.param


@pytest.fixture
def world(site, rpc):
    """Somebody in a store with a calendar of its own, which is empty."""
    code = f"JR{next(NUMBERS)}"
    calendar = rpc.create("attendance.holiday.calendar", name=f"节假日 {code}")
    store = rpc.create(
        "attendance.store", code=code, name=f"节日店 {code}",
        holiday_calendar_id=calendar,
    )  # fmt: skip
    person = rpc.create(
        "hr.employee", name=f"节日 {code}", employee_number=code, store_id=store,
        tz="Asia/Shanghai", hire_date="2025-09-01",
    )  # fmt: skip
    rpc.create(
        "attendance.roster",
        employee_id=person,
        shift_id=rpc.ref("chain_attendance_demo.shift_day"),
        date_from="2025-09-01",
    )
    site.wait_until_computed()
    return {"calendar": calendar, "store": store, "person": person, "code": code}


def _press(page, label):
    """A button of the dialog, or of the form if there is none."""
    dialog = page.locator(".o_dialog footer")
    place = dialog if dialog.count() else page
    place.get_by_role("button", name=label, exact=True).click()


def _rows(page, day):
    return page.locator(f"{FORM} [name=line_ids] .o_data_row:has-text('{day}')")


def _kinds(rpc, world, dates):
    """``[(name, due minutes), ...]`` of the days that are stored."""
    rows = rpc.search_read(
        "attendance.day",
        [("employee_id", "=", world["person"]), ("work_date", "in", dates)],
        ["work_date", "day_name", "due_minutes"],
    )
    rows.sort(key=lambda row: row["work_date"])
    return [(row["day_name"], row["due_minutes"]) for row in rows]


def test_a_year_from_the_package(log_in, site, rpc, world, lang):
    words, hr = WORDS[lang], log_in("admin", lang)
    page = hr.page
    rpc("hr.employee", "write", [world["person"]], {"leave_date": "2025-10-12"})
    site.wait_until_computed()
    dates = ["2025-10-01", "2025-10-07", "2025-10-11"]
    # The 11th is a Saturday.
    assert _kinds(rpc, world, dates) == [("work", 540), ("work", 540), ("rest", 0)]
    hr.open(CALENDARS)
    hr.choose(SHIFTS_MENU, HOLIDAYS_MENU)
    hr.picture("holiday-year-0-calendars")
    hr.open(CALENDARS, record=world["calendar"])
    _press(page, words["year"])
    page.wait_for_selector(f"{FORM} [name=source]")
    page.fill(f"{FORM} [name=year] input", "2099")
    hr.leave(f"{FORM} [name=year] input")
    page.wait_for_selector(f"{FORM} .alert-warning:has-text('{words['not_known']}')")
    hr.picture("holiday-year-1-not-announced")
    page.fill(f"{FORM} [name=year] input", "2025")
    hr.leave(f"{FORM} [name=year] input")
    page.wait_for_selector(
        f"{FORM} .alert-warning:has-text('{words['not_known']}')", state="hidden"
    )
    hr.picture("holiday-year-1-source")
    _press(page, words["next"])
    page.wait_for_selector(f"{FORM} [name=line_ids] .o_data_row")
    assert page.locator(f"{FORM} [name=line_ids] .o_data_row").count() == 24
    assert _rows(page, words["make_up"]).count() == 2
    hr.picture("holiday-year-2-days")
    # The 8th of October is taken off the list.
    moved = page.locator(f"{FORM} [name=line_ids] .o_data_row").nth(22)
    assert words["moved"] in moved.inner_text()
    moved.locator("[name=is_taken] input").click()
    _press(page, words["show"])
    page.wait_for_selector(f"{FORM} .o_attendance_effect")
    totals = page.inner_text(f"{FORM} .o_attendance_effect >> nth=0")
    assert words["free"] in totals
    assert world["code"] in totals
    assert "2025-10-01" in page.inner_text(f"{FORM} .o_attendance_effect >> nth=1")
    hr.picture("holiday-year-3-effect")
    assert not rpc.search_read(
        "attendance.holiday", [("calendar_id", "=", world["calendar"])], ["id"]
    )
    hr.press(words["apply"])
    page.wait_for_selector(".o_form_view [name=holiday_ids] .o_data_row")
    hr.picture("holiday-year-4-applied")
    held = rpc.search_read(
        "attendance.holiday", [("calendar_id", "=", world["calendar"])], ["date"]
    )
    assert len(held) == 23
    assert "2025-10-08" not in {day["date"] for day in held}
    site.wait_until_computed()
    # G3, G4, F8: the absences vanish, and the Saturday is a workday.
    assert _kinds(rpc, world, dates) == [("holiday", 0), ("rest", 0), ("work", 540)]
    hr.open(DAILY)
    hr.look_at_all()
    hr.look_for(world["code"])
    page.wait_for_selector(f".o_data_row:has-text('{world['code']}')")
    hr.picture("holiday-year-5-daily")
    assert hr.complaints == []


def test_rows_are_refused_with_a_sentence(log_in, rpc, world, lang):
    words, hr = WORDS[lang], log_in("admin", lang)
    page = hr.page
    hr.open(CALENDARS, record=world["calendar"])
    _press(page, words["year"])
    page.click(f"{FORM} [name=source] input[data-value=stored]")
    page.fill(f"{FORM} [name=year] input", "2026")
    _press(page, words["next"])
    page.wait_for_selector(f"{FORM} [name=line_ids]")
    for name in ("一", "二"):
        page.click(f"{FORM} [name=line_ids] .o_field_x2many_list_row_add a")
        row = f"{FORM} [name=line_ids] .o_selected_row"
        page.fill(f"{row} [name=date] input", _day("2026-11-16", lang))
        hr.leave(f"{row} [name=date] input")
        page.fill(f"{row} [name=name] input", name)
        page.click(f"{row} [name=day_kind] input")
        page.click(f".o_select_menu_item:has-text('{words['kind']}')")
        page.wait_for_selector(f"{row} [name=hint]:has-text('{words['hint']}')")
    hr.picture("holiday-year-hint")
    _press(page, words["show"])
    page.wait_for_selector(f".modal-body:has-text('{words['twice']}')")
    assert "2026-11-16" in hr.answer()
    assert hr.complaints == []


def test_a_store_takes_another_calendar(log_in, site, rpc, world, lang):
    words, hr = WORDS[lang], log_in("admin", lang)
    page = hr.page
    # What a store lived by long ago is not counted.
    yesterday = date.today() - timedelta(days=1)
    monday = str(yesterday - timedelta(days=yesterday.weekday()))
    other = rpc.create(
        "attendance.holiday.calendar",
        name=f"另一 {world['code']}",
        holiday_ids=[(0, 0, {"name": "店庆", "date": monday})],
    )
    hr.open(CALENDARS, record=other)
    page.click(f".o_notebook_headers a:has-text('{words['holds']}')")
    hr.picture("holiday-year-stores")
    _press(page, words["stores"])
    page.click(f"{FORM} [name=store_ids] .o_field_x2many_list_row_add a")
    page.click(f".o_dialog .o_data_row:has-text('{world['code']}') td[name=name]")
    page.wait_for_selector(f"{FORM} [name=store_ids] .o_data_row")
    _press(page, words["show"])
    page.wait_for_selector(f"{FORM} .o_attendance_effect >> nth=1")
    assert monday in page.inner_text(f"{FORM} .o_attendance_effect >> nth=1")
    hr.picture("holiday-year-stores-effect")
    hr.press(words["apply"])
    (store,) = rpc(
        "attendance.store", "read", [world["store"]], ["holiday_calendar_id"]
    )
    assert store["holiday_calendar_id"][0] == other
    site.wait_until_computed()
    assert _kinds(rpc, world, [monday]) == [("holiday", 0)]
    assert hr.complaints == []


def test_everybody_of_the_demo_has_something_planned(rpc):
    today = date.today()
    grid = rpc(
        "attendance.roster.grid", "get_grid",
        [("employee_number", ">=", "1001"), ("employee_number", "<=", "1035")],
        str(today), str(today + timedelta(days=13)),
    )  # fmt: skip
    assert grid["people_count"] == 35
    for row in grid["rows"]:
        assert any(shift for shift, _source, _marks in row["cells"]), row["name"]
    sources = {source for row in grid["rows"] for _shift, source, _m in row["cells"]}
    assert sources >= {"override", "dated", "standing", "default"}


def _day(value, lang):
    """A date as the language writes it."""
    year, month, day = value.split("-")
    return f"{year}/{month}/{day}" if lang == "zh_CN" else f"{month}/{day}/{year}"
