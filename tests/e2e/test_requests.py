"""Filing as in figure 42, for oneself and for others, one by one and many at once."""

from datetime import date, timedelta

import pytest

ACTION = "chain_attendance_request.attendance_request_action_{}"
MISSING = "chain_attendance_request.attendance_day_action_missing"
FORM = ".o_form_view"
DIALOG = ".o_dialog .o_form_view"
KINDS = ("overtime", "outing", "trip", "correction")
# As the browser does when another tab is chosen.
HIDE = """
    Object.defineProperty(document, "visibilityState", { get: () => "hidden" });
    document.dispatchEvent(new Event("visibilitychange"));
"""
PHONE = {"width": 390, "height": 844}
WORDS = {
    "zh_CN": {
        "file": "提交",
        "many": "批量填单",
        "find": "添加所有符合的人员",
        "all": "全部提交",
        "others": "为其余人员提交",
        "back": "返回",
        "already": "已经填写过",
        "correct": "补签下班",
        "order": [
            "员工工号", "姓名", "部门名称", "网点",
            "加班类别", "日期", "时间", "加班日期",
        ],
    },
    "en_US": {
        "file": "File",
        "many": "File for Several People",
        "find": "Add All Who Fit",
        "all": "File for All",
        "others": "File for the Others",
        "back": "Back",
        "already": "already",
        "correct": "Correct Clock-Out",
        "order": [
            "Employee Number", "Name", "Department", "Store", "Overtime Kind",
            "Date", "Time", "Overtime Date",
        ],
    },
}  # fmt: skip
# Days ahead, so that no test meets what another one has filed.
AHEAD = {"zh_CN": 40, "en_US": 60}


@pytest.fixture(params=["zh_CN", "en_US"])
def lang(request):
    return request.param


def _shown(day, lang):
    """A date as the language writes it."""
    return day.strftime("%m/%d/%Y" if lang == "en_US" else "%Y/%m/%d")


def _fill_date(person, day, lang, form=FORM):
    field = f"{form} .o_field_widget[name=date_from]"
    person.enter_date(field, _shown(day, lang))
    person.page.wait_for_selector(f"{field} button:has-text('{_shown(day, lang)}')")


def _new(person, kind):
    rpc = person.site.rpc()
    number = rpc.ref(ACTION.format(kind))
    person.page.goto(f"{person.site.url}/odoo/action-{number}/new")
    person.page.wait_for_selector(f"{FORM} .o_field_widget[name=date_from] button")


def _filed(rpc, employee, day, kind):
    return rpc.search_read(
        "attendance.request",
        [
            ("employee_id", "=", employee),
            ("date_from", "=", str(day)),
            ("kind", "=", kind),
        ],
        ["state", "reason", "amount"],
    )


def _file(page, words):
    button = page.get_by_role("button", name=words["file"], exact=True)
    button.click()
    button.wait_for(state="hidden")


@pytest.mark.parametrize(
    ("login", "options", "offset"),
    [
        ("manager", {}, 0),
        ("employee", {}, 1),
        ("employee", {"viewport": PHONE}, 2),
    ],
    ids=["manager", "employee", "phone"],
)
def test_the_four_forms(log_in, rpc, lang, login, options, offset):
    words, person = WORDS[lang], log_in(login, lang, **options)
    (user,) = rpc.search_read("res.users", [("login", "=", login)], ["employee_id"])
    employee = user["employee_id"][0]
    day = date.today() + timedelta(AHEAD[lang] + offset)
    for kind in KINDS:
        _new(person, kind)
        page = person.page
        _fill_date(person, day, lang)
        page.fill(f"{FORM} .o_field_widget[name=reason] textarea", "盘点 stock")
        name = "phone" if options else login
        person.picture(f"request-{kind}-{name}")
        _file(page, words)
        (found,) = _filed(rpc, employee, day, kind)
        assert (found["state"], found["reason"]) == ("submitted", "盘点 stock")
    assert person.complaints == []


def test_the_order_of_the_overtime_form(log_in, lang):
    words, hr = WORDS[lang], log_in("employee", lang)
    _new(hr, "overtime")
    labels = hr.texts(f"{FORM} .o_inner_group label")
    assert labels[: len(words["order"])] == words["order"]


def test_looking_elsewhere_files_nothing(log_in, rpc, lang):
    person = log_in("employee", lang)
    _new(person, "overtime")
    before = rpc("attendance.request", "search_count", [])
    person.page.evaluate(HIDE)
    person.page.goto("about:blank")
    person.open(ACTION.format("overtime"))
    assert rpc("attendance.request", "search_count", []) == before
    assert person.complaints == []


def test_filing_for_a_team(log_in, rpc, site, lang):
    words, boss = WORDS[lang], log_in("manager", lang)
    page = boss.page
    store = rpc.search_read(
        "attendance.store", [("manager_id.user_id.login", "=", "manager")], ["id"]
    )[0]["id"]
    team = rpc.search_read(
        "hr.employee", [("store_id", "=", store)], ["employee_number"], limit=3
    )
    numbers = [person["employee_number"] for person in team]
    day = date.today() + timedelta(AHEAD[lang] + 5)
    _open_batch(boss, words, numbers[:2])
    _fill_date(boss, day, lang, DIALOG)
    boss.picture("request-batch")
    boss.press(words["all"])
    for person in team[:2]:
        assert len(_filed(rpc, person["id"], day, "overtime")) == 1
    # Once more, with one who has nothing yet.
    _open_batch(boss, words, numbers)
    _fill_date(boss, day, lang, DIALOG)
    page.get_by_role("button", name=words["all"], exact=True).click()
    page.wait_for_selector(f"{DIALOG} [name=line_ids] .o_data_row")
    refused = page.inner_text(f"{DIALOG} [name=line_ids]")
    assert refused.count(words["already"]) == 2
    assert not _filed(rpc, team[2]["id"], day, "overtime")
    boss.picture("request-batch-refused")
    boss.press(words["others"])
    assert len(_filed(rpc, team[2]["id"], day, "overtime")) == 1
    assert len(_filed(rpc, team[0]["id"], day, "overtime")) == 1
    boss.picture("request-batch-filed")
    assert boss.complaints == []


def _open_batch(boss, words, numbers):
    page = boss.page
    boss.open(ACTION.format("overtime"))
    page.get_by_role("button", name=words["many"], exact=True).click()
    page.wait_for_selector(f"{DIALOG} .o_field_widget[name=find_text] input")
    page.fill(f"{DIALOG} .o_field_widget[name=find_text] input", ",".join(numbers))
    page.get_by_role("button", name=words["find"], exact=True).click()
    for number in numbers:
        page.wait_for_selector(f"{DIALOG} .o_data_row:has-text('{number}')")


def test_a_correction_from_a_missing_punch(log_in, rpc, lang):
    words, hr = WORDS[lang], log_in("admin", lang)
    page = hr.page
    hr.open(MISSING)
    page.wait_for_selector(".o_data_row")
    hr.picture("request-missing-punches")
    row = page.locator(
        f".o_data_row:has(button:has-text('{words['correct']}')):not(.text-muted)"
    ).first
    row.get_by_role("button", name=words["correct"]).click()
    page.wait_for_selector(f"{FORM} .o_field_widget[name=reason] textarea")
    page.fill(f"{FORM} .o_field_widget[name=reason] textarea", f"忘记 {lang}")
    hr.picture("request-correction-offered")
    _file(page, words)
    (found,) = rpc.search_read(
        "attendance.request",
        [("reason", "=", f"忘记 {lang}")],
        ["kind", "direction", "start_minutes"],
    )
    assert (found["kind"], found["direction"]) == ("correction", "out")
    assert found["start_minutes"] > 0
    assert hr.complaints == []
