"""Leave as in the manual's figure 40, filed by a store manager and by oneself."""

import pytest

LEAVE = "chain_attendance_request.attendance_request_entry_action_leave"
FORM = ".o_dialog .o_form_view"
WORDS = {
    "zh_CN": {
        "file": "填写请假单", "submit": "提交", "hours": "按小时", "withdraw": "撤回",
        "charged": "3.5 小时", "typed": "按手工输入计 2小时", "over": "已取消",
    },
    "en_US": {
        "file": "File Leave", "submit": "File", "hours": "By Hours",
        "withdraw": "Withdraw", "charged": "3.5 h", "typed": "2 h are charged as typed",
        "over": "Cancelled",
    },
}  # fmt: skip
DAYS = {"zh_CN": "2033-10-03", "en_US": "2033-10-04"}


@pytest.fixture(params=["zh_CN", "en_US"])
def lang(request):
    return request.param


@pytest.fixture
def leave_type(rpc, lang):
    """A type in hours that counts as soon as it is filed."""
    name = f"Personal leave {lang}"
    if not rpc.search_read("hr.leave.type", [("name", "=", name)], ["id"]):
        rpc.create(
            "hr.leave.type",
            name=name,
            request_unit="hour",
            requires_allocation=False,
            leave_validation_type="no_validation",
        )
    return name


def _day(text, lang):
    if lang == "zh_CN":
        return text.replace("-", "/")
    year, month, day = text.split("-")
    return f"{month}/{day}/{year}"


def _fill(person, field, value):
    widget = f"{FORM} .o_field_widget[name={field}]"
    cell = f"{widget} :is(input, textarea)"
    if field == "date_from":
        person.enter_date(widget, value)
        return
    person.page.fill(cell, value)
    person.leave(cell)


def _start(person, words, leave_type, lang):
    person.open(LEAVE)
    person.page.get_by_role("button", name=words["file"], exact=True).click()
    person.page.wait_for_selector(FORM)
    person.pick("leave_type_id", leave_type)
    person.page.click(f"{FORM} .o_radio_item:has-text('{words['hours']}') input")
    for field, value in (
        ("date_from", _day(DAYS[lang], lang)),
        ("start_time", "09:00"), ("stop_time", "12:30"), ("reason", "The bank"),
    ):  # fmt: skip
        _fill(person, field, value)
    person.page.wait_for_selector(
        f"{FORM} [name=charged]:has-text('{words['charged']}')"
    )


def test_an_employee_files_for_oneself(log_in, lang, leave_type):
    words, employee = WORDS[lang], log_in("employee", lang)
    _start(employee, words, leave_type, lang)
    employee.picture("leave-own")
    employee.press(words["submit"])
    row = employee.row(leave_type)
    row.wait_for()
    assert f"{DAYS[lang]} 09:00" in row.inner_text()
    row.locator("td[name=title]").click()
    employee.page.wait_for_selector(".o_form_view [name=notes]:has-text('The bank')")
    employee.picture("leave-own-form")
    assert employee.complaints == []


def test_a_manager_files_and_withdraws(log_in, rpc, lang, leave_type):
    words, manager = WORDS[lang], log_in("manager", lang)
    page = manager.page
    _start(manager, words, leave_type, lang)
    _fill(manager, "typed_hours", "2:00")
    page.wait_for_selector(f"{FORM} [name=charged]:has-text('{words['typed']}')")
    manager.picture("leave-filing")
    manager.press(words["submit"])
    mine = rpc.search_read(
        "res.users", [("login", "=", "manager")], ["employee_id"]
    )[0]["employee_id"]  # fmt: skip
    row = manager.row(leave_type).filter(has_text=mine[1])
    row.wait_for()
    manager.picture("leave-list")
    row.locator("td[name=title]").click()
    page.wait_for_selector(
        f".o_form_view [name=amount_note]:has-text('{words['typed']}')"
    )
    manager.picture("leave-form")
    (leave,) = rpc.search_read(
        "hr.leave",
        [("employee_id", "=", mine[0]), ("request_date_from", "=", DAYS[lang])],
        ["number_of_hours", "state"],
    )
    assert (leave["number_of_hours"], leave["state"]) == (2, "validate")
    assert manager.complaints == []


def test_a_manager_withdraws_what_somebody_filed(log_in, rpc, lang, leave_type):
    words, employee = WORDS[lang], log_in("employee", lang)
    (own,) = rpc.search_read("res.users", [("login", "=", "employee")], ["employee_id"])
    day = DAYS[lang].replace("-10-", "-11-")
    (kind,) = rpc.search_read("hr.leave.type", [("name", "=", leave_type)], ["id"])
    leave = rpc.create(
        "hr.leave",
        employee_id=own["employee_id"][0],
        holiday_status_id=kind["id"],
        request_date_from=day,
        request_date_to=day,
        request_hour_from=9,
        request_hour_to=10,
    )
    employee.open(LEAVE)
    employee.row(day).wait_for()
    manager = log_in("manager", lang)
    manager.open(LEAVE)
    manager.row(day).locator("td[name=title]").click()
    button = manager.page.get_by_role("button", name=words["withdraw"], exact=True)
    button.click()
    manager.page.click(".o_dialog .btn-primary")
    manager.page.wait_for_selector(
        f".o_statusbar_status .o_arrow_button_current:has-text('{words['over']}')"
    )
    (found,) = rpc.search_read("hr.leave", [("id", "=", leave)], ["state"])
    assert found["state"] == "cancel"
    assert manager.complaints == []
