"""The board of today: who is missing, moved by a punch while somebody looks at it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from freshness import in_time, wait_for_connection
from shop_life import hang_terminal, punch

OVERVIEW = "chain_attendance_report.attendance_overview_action"
APPLICATION = "chain_attendance_base.attendance_menu_root"
MENU = "chain_attendance_report.attendance_overview_menu"
BOARD = ".o_attendance_overview_content"
PEOPLE = ".o_attendance_overview_people"
ZONE = "Asia/Shanghai"
SERIAL = "E2E0000041"
NUMBER = "{}.o_attendance_overview_number[data-number={}] .o_attendance_overview_value"
LANGUAGES = ("zh_CN", "en_US")
# Somebody of their own for each language: who came in one is not missing in the other.
CODES = {"zh_CN": ("8401", "8403"), "en_US": ("8402", "8404")}
WORDS = {
    "zh_CN": {
        "title": "今日概况",
        "missing": "未到",
        "came": "已到",
        "correction": "补签单",
        "nobody": "目前没有人员",
        "explained": "当天的计算过程",
        "for": "已1小时",
    },
    "en_US": {
        "title": "Overview",
        "missing": "Missing",
        "came": "Came",
        "correction": "Punch Correction",
        "nobody": "Nobody at the moment",
        "explained": "How This Day Was Computed",
        "for": "for 1 h",
    },
}


@pytest.fixture(params=LANGUAGES)
def lang(request):
    return request.param


@pytest.fixture(scope="module")
def shop(site, rpc):
    """A store of the manager's with a shift that began an hour ago, and two people."""
    now = datetime.now(ZoneInfo(ZONE))
    begun = now - timedelta(minutes=61)
    (manager,) = rpc.search_read(
        "hr.employee", [("user_id.login", "=", "manager")], ["id"], limit=1
    )
    # A calendar of its own: whatever today is, it is a workday here.
    calendar = rpc.create("attendance.holiday.calendar", name="Board")
    store = rpc.create(
        "attendance.store",
        code="BOARD1",
        name="概况测试店",
        tz=ZONE,
        manager_id=manager["id"],
        holiday_calendar_id=calendar,
    )
    start = begun.hour * 60 + begun.minute
    times = {"start_minutes": start, "end_minutes": (start + 480) % 1440}
    shift = rpc.create("attendance.shift", name="概况班", timetable_ids=[(0, 0, times)])
    hang_terminal(rpc, store, "841", "概况考勤机", SERIAL)
    people = [(lang, code) for lang, codes in CODES.items() for code in codes]
    for lang, code in people:
        person = rpc.create(
            "hr.employee",
            name=f"周未到{lang[:2]}{code}",
            employee_number=f"B{code}",
            terminal_user_code=code,
            store_id=store,
        )
        rpc.create(
            "attendance.roster",
            employee_id=person,
            shift_id=shift,
            date_from=str(begun.date() - timedelta(days=1)),
            works_saturday=True,
            works_sunday=True,
        )
    site.wait_until_computed()
    return store


def _open(person):
    person.open(OVERVIEW, wait_for=BOARD)
    person.page.wait_for_selector(".o_attendance_overview_trends")


def _row(shop):
    return f"tr[data-store='{shop}'] "


def _number(page, shop, name):
    cells = page.query_selector_all(f"{_row(shop)}[data-number={name}]")
    return int(cells[0].inner_text()) if cells else 0


def _wait_for_number(page, shop, name, number):
    page.wait_for_function(
        "([cell, number]) => document.querySelector(cell)?.innerText === number",
        arg=[f"{_row(shop)}[data-number={name}]", str(number)],
    )


def _punch(site, code):
    now = datetime.now(ZoneInfo(ZONE)).replace(tzinfo=None, microsecond=0)
    punch(site, SERIAL, code, str(now))


def test_a_punch_moves_somebody_while_hr_looks(log_in, site, shop, lang):
    words, hr = WORDS[lang], log_in("admin", lang)
    page = hr.page
    _open(hr)
    assert words["title"] in page.inner_text(".o_control_panel")
    missing, came = (_number(page, shop, name) for name in ("missing", "came"))
    assert missing
    page.click(f"{_row(shop)}[data-number=missing]")
    page.wait_for_selector(f"{PEOPLE} tbody tr")
    first, second = CODES[lang]
    name = f"周未到{lang[:2]}{first}"
    line = page.locator(f"{PEOPLE} tbody tr", has_text=name)
    assert words["for"] in line.inner_text()
    hr.picture("overview-missing")
    page.click(".o_dialog .btn-close")
    page.wait_for_selector(PEOPLE, state="hidden")
    hr.picture("overview")
    page.evaluate("window.isSamePage = true")
    wait_for_connection()
    with in_time():
        _punch(site, first)
        _wait_for_number(page, shop, "came", came + 1)
    # The board was read a moment ago: what comes now is no later for it.
    with in_time():
        _punch(site, second)
        _wait_for_number(page, shop, "came", came + 2)
    assert _number(page, shop, "missing") == missing - 2
    assert page.evaluate("window.isSamePage")
    page.click(f"{_row(shop)}[data-number=came]")
    page.wait_for_selector(f"{PEOPLE} tbody tr:has-text('{name}')")
    hr.picture("overview-came")
    assert hr.complaints == []


def test_from_a_number_to_everything(log_in, shop, lang):
    words, hr = WORDS[lang], log_in("admin", lang)
    page = hr.page
    _open(hr)
    page.click(f"{_row(shop)}[data-number=late], {_row(shop)}[data-number=missing]")
    page.wait_for_selector(f"{PEOPLE} tbody tr")
    page.locator(f"{PEOPLE} .o_overview_explain").first.click()
    page.wait_for_selector(f".modal-title:text-is('{words['explained']}')")
    page.locator(".o_dialog .btn-close").last.click()
    page.locator(f"{PEOPLE} .o_overview_correct").first.click()
    page.wait_for_selector(".o_form_view .o_field_widget[name=employee_id]")
    hr.picture("overview-correction")
    page.go_back()
    page.wait_for_selector(BOARD)
    page.click(NUMBER.format("", "later"))
    page.wait_for_selector(PEOPLE)
    if page.query_selector(f"{PEOPLE} .o_overview_list"):
        page.click(f"{PEOPLE} .o_overview_list")
        page.wait_for_selector(".o_list_renderer .o_data_row")
        page.go_back()
        page.wait_for_selector(BOARD)
    else:
        assert words["nobody"] in page.inner_text(PEOPLE)
        page.click(".o_dialog .btn-close")
    page.click(".o_attendance_overview_trend[data-figure=absent] g:nth-of-type(20)")
    page.wait_for_selector(".o_list_renderer, .o_view_nocontent")
    page.go_back()
    page.wait_for_selector(BOARD)
    page.click("[data-severity='2']")
    page.wait_for_selector(".o_list_renderer, .o_view_nocontent")
    assert hr.complaints == []


def test_the_first_screen_is_the_board(log_in, site, shop, lang):
    """Of a store manager; what is shown is the manager's."""
    manager = log_in("manager", lang)
    page = manager.page
    page.goto(f"{site.url}/odoo")
    page.click(".o_navbar_apps_menu button")
    page.click(f".o_app[data-menu-xmlid='{APPLICATION}']")
    page.wait_for_selector(BOARD)
    assert page.query_selector(f".o_menu_sections [data-menu-xmlid='{MENU}']")
    stores = page.query_selector_all("tr[data-store]")
    assert len(stores) < 4
    assert page.query_selector(_row(shop))
    manager.picture("overview-first")
    assert manager.complaints == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_employee_has_no_board(log_in, lang):
    employee = log_in("employee", lang)
    page = employee.page
    loaded = page.request.get(f"{employee.site.url}/web/webclient/load_menus").json()
    assert MENU not in {menu["xmlid"] for menu in loaded.values() if "xmlid" in menu}


def test_on_a_telephone(log_in, shop, lang):
    manager = log_in(
        "manager", lang, viewport={"width": 375, "height": 740}, has_touch=True
    )
    page = manager.page
    _open(manager)
    width = page.evaluate(f"document.querySelector('{BOARD}').scrollWidth")
    assert width <= 375
    manager.picture("overview-telephone")
    page.click(NUMBER.format("", "due"))
    page.wait_for_selector(PEOPLE)
    manager.picture("overview-telephone-people")
    assert manager.complaints == []
