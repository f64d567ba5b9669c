"""A span of days is confirmed, closed, adjusted and opened again in the browser."""

import time
from datetime import date, timedelta

import pytest

PERIODS = "chain_attendance_day.attendance_period_action"
ADJUSTMENTS = "chain_attendance_day.attendance_adjustment_action"
LEAVE = "chain_attendance_request.attendance_request_entry_action_leave"
MENU = "chain_attendance_base.attendance_menu_periods"
MY_MONTH = "chain_attendance_day.attendance_my_month_menu"
FORM = ".o_form_view"
DIALOG = ".o_dialog .o_form_view"
PHONE = {"width": 390, "height": 844}
WORDS = {
    "zh_CN": {
        "ask": "请员工确认", "confirm": "确认", "review": "标记为已审核",
        "close": "结账", "again": "重新检查", "reopen": "重新打开",
        "file leave": "填写请假单", "submit": "提交", "taken": "作为调整计入",
        "states": ["未结账", "员工确认中", "已审核", "已结账"], "confirmed": "已确认",
    },
    "en_US": {
        "ask": "Ask for Confirmation", "confirm": "Confirm",
        "review": "Mark as Reviewed", "close": "Close", "again": "Look Again",
        "reopen": "Reopen", "file leave": "File Leave", "submit": "File",
        "taken": "count as an adjustment",
        "states": ["Not Closed", "Being Confirmed", "Reviewed", "Closed"],
        "confirmed": "Confirmed",
    },
}  # fmt: skip
# Days ago; the demo chain has a month of life.
SPANS = {"zh_CN": (13, 9), "en_US": (20, 16)}


@pytest.fixture(params=["zh_CN", "en_US"])
def lang(request):
    return request.param


@pytest.fixture
def store(rpc):
    domain = [("manager_id.user_id.login", "=", "manager")]
    return rpc.search_read("attendance.store", domain, ["name", "company_id"])[0]


@pytest.fixture
def open_period(rpc, store):
    """The period of now, which takes what comes late."""
    today = date.today()
    dates = {"date_from": str(today - timedelta(3)), "date_to": str(today)}
    domain = [("store_id", "=", store["id"]), ("date_to", "=", dates["date_to"])]
    if not rpc.search_read("attendance.period", domain, ["id"]):
        rpc.create(
            "attendance.period",
            name="Now",
            store_id=store["id"],
            company_id=store["company_id"][0],
            **dates,
        )


@pytest.fixture
def leave_type(rpc):
    name = "Late leave"
    if not rpc.search_read("hr.leave.type", [("name", "=", name)], ["id"]):
        rpc.create(
            "hr.leave.type",
            name=name,
            request_unit="day",
            requires_allocation=False,
            leave_validation_type="no_validation",
        )
    return name


def _shown(day, lang):
    return day.strftime("%m/%d/%Y" if lang == "en_US" else "%Y/%m/%d")


def _fill_date(person, name, day, lang, form):
    field = f"{form} .o_field_widget[name={name}]"
    person.enter_date(field, _shown(day, lang))
    if form == FORM:
        person.page.wait_for_selector(f"{field} button:has-text('{_shown(day, lang)}')")


def _press(person, label, form=FORM):
    person.page.locator(f"{form} .o_form_statusbar").get_by_role(
        "button", name=label, exact=True
    ).click()


def _wait_for_state(person, label):
    # Where the bar is narrow, the state is in a menu.
    person.page.wait_for_selector(
        f".o_statusbar_status .o_arrow_button_current:has-text('{label}')",
        state="attached",
    )


def _new_period(hr, store, first, last, lang):
    number = hr.site.rpc().ref(PERIODS)
    hr.page.goto(f"{hr.site.url}/odoo/action-{number}/new")
    hr.page.wait_for_selector(f"{FORM} .o_field_widget[name=store_id] input")
    hr.pick("store_id", store["name"])
    _fill_date(hr, "date_from", first, lang, FORM)
    _fill_date(hr, "date_to", last, lang, FORM)
    hr.save()
    return int(hr.page.url.rstrip("/").rpartition("/")[2])


def _close(hr, words):
    """Close, once nothing waits to be computed any more."""
    page = hr.page
    _press(hr, words["close"])
    page.wait_for_selector(f"{DIALOG} .o_field_widget[name=line_ids] .o_data_row")
    closing = page.locator(".o_dialog footer").get_by_role(
        "button", name=words["close"], exact=True
    )
    for _attempt in range(60):
        if closing.is_visible():
            break
        page.locator(".o_dialog footer").get_by_role(
            "button", name=words["again"], exact=True
        ).click()
        time.sleep(1)
    hr.picture("period-closing")
    hr.press(words["close"])


def _lines(rpc, employee, day):
    found = rpc.search_read(
        "attendance.adjustment",
        [("employee_id", "=", employee), ("work_date", "=", str(day))],
        ["figure", "minutes", "days"],
    )
    return {line["figure"]: (line["minutes"], line["days"]) for line in found}


def _wait_for_lines(rpc, employee, day):
    for _attempt in range(120):
        if found := _lines(rpc, employee, day):
            return found
        time.sleep(0.5)
    raise AssertionError("nothing was adjusted")


def _file_late_leave(boss, person, day, leave_type, words, lang):
    page = boss.page
    boss.open(LEAVE)
    page.get_by_role("button", name=words["file leave"], exact=True).click()
    page.wait_for_selector(f"{DIALOG} .o_field_widget[name=leave_type_id] input")
    people = f"{DIALOG} .o_field_widget[name=employee_ids]"
    for tag in page.query_selector_all(f"{people} .o_delete"):
        tag.click()
    boss.pick("employee_ids", person)
    boss.pick("leave_type_id", leave_type)
    _fill_date(boss, "date_from", day, lang, DIALOG)
    _fill_date(boss, "date_to", day, lang, DIALOG)
    warning = page.wait_for_selector(f"{DIALOG} .alert-danger")
    assert words["taken"] in warning.inner_text()
    page.check(f"{DIALOG} .o_field_widget[name=is_adjustment_confirmed] input")
    boss.picture("period-late-leave")
    boss.press(words["submit"])


@pytest.mark.usefixtures("open_period")
def test_from_confirming_to_reopening(log_in, rpc, store, leave_type, lang):
    words, hr = WORDS[lang], log_in("admin", lang)
    days = [date.today() - timedelta(ago) for ago in SPANS[lang]]
    period = _new_period(hr, store, *days, lang)
    _press(hr, words["ask"])
    _wait_for_state(hr, words["states"][1])

    employee = log_in("employee", lang)
    employee.page.goto(f"{employee.site.url}/odoo/my-month")
    employee.page.wait_for_selector(".o_field_widget[name=day_ids] .o_data_row")
    rows = employee.page.locator(".o_field_widget[name=day_ids] .o_data_row")
    assert rows.count() == 5
    employee.picture("my-month")
    _press(employee, words["confirm"])
    _wait_for_state(employee, words["confirmed"])
    assert employee.complaints == []

    hr.page.reload()
    _press(hr, words["review"])
    _wait_for_state(hr, words["states"][2])
    hr.picture("period-reviewed")
    _close(hr, words)
    _wait_for_state(hr, words["states"][3])
    hr.picture("period-closed")

    (user,) = rpc.search_read(
        "res.users", [("login", "=", "employee")], ["employee_id"]
    )
    who, name = user["employee_id"]
    (worked,) = rpc.search_read(
        "attendance.day",
        [
            ("employee_id", "=", who),
            ("work_date", ">=", str(days[0])),
            ("work_date", "<=", str(days[1])),
            ("due_minutes", ">", 0),
        ],
        ["work_date", "due_minutes"],
    )[:1]
    day = date.fromisoformat(worked["work_date"])
    boss = log_in("manager", lang)
    _file_late_leave(boss, name, day, leave_type, words, lang)
    assert boss.complaints == []
    lines = _wait_for_lines(rpc, who, day)
    assert lines["leave_minutes"] == (worked["due_minutes"], 1)
    assert lines["due_minutes"] == (-worked["due_minutes"], 0)
    hr.open(ADJUSTMENTS)
    while closed := hr.page.query_selector(".o_group_header:not(.o_group_open)"):
        closed.click()
        hr.page.wait_for_timeout(300)
    hr.picture("adjustments")

    hr.open(PERIODS)
    hr.page.wait_for_selector(".o_data_row .o_progressbar")
    hr.picture("periods")
    hr.open(PERIODS, record=period)
    _press(hr, words["reopen"])
    hr.page.fill(f"{DIALOG} .o_field_widget[name=reason] input", "漏了排班 a roster")
    hr.picture("period-reopening")
    hr.press(words["reopen"])
    _wait_for_state(hr, words["states"][0])
    hr.page.wait_for_selector(".o-mail-Thread :text('漏了排班 a roster')")
    assert _lines(rpc, who, day) == {}
    hr.picture("period-reopened")
    assert hr.complaints == []


@pytest.mark.usefixtures("open_period")
def test_one_s_month_on_a_phone(log_in, rpc, store, lang):
    first, last = (date.today() - timedelta(ago) for ago in (30, 26))
    domain = [("store_id", "=", store["id"]), ("date_from", "=", str(first))]
    if not rpc.search_read("attendance.period", domain, ["id"]):
        period = rpc.create(
            "attendance.period",
            store_id=store["id"],
            company_id=store["company_id"][0],
            date_from=str(first),
            date_to=str(last),
        )
        rpc("attendance.period", "action_ask", [period])
    words = WORDS[lang]
    employee = log_in("employee", lang, viewport=PHONE, has_touch=True, is_mobile=True)
    page = employee.page
    page.goto(f"{employee.site.url}/odoo/my-month")
    page.wait_for_selector(".o_field_widget[name=day_ids] .o_kanban_record")
    employee.picture("my-month-phone")
    confirm = page.get_by_role("button", name=words["confirm"], exact=True)
    if confirm.count():
        assert confirm.first.is_visible()
    assert employee.complaints == []
