"""Requests that wait for approval: filed, approved, refused."""

import pytest

REQUEST = "chain_attendance_request."
TO_APPROVE = REQUEST + "attendance_request_approval_action"
TRIPS = REQUEST + "attendance_request_action_trip"
RULES = REQUEST + "attendance_request_rule_action"
ACTIVITY = REQUEST + "mail_activity_type_approval"
WORDS = {
    "zh_CN": {
        "new": "新建",
        "file": "提交",
        "approve": "批准",
        "refuse": "拒绝",
        "approved": "已批准",
        "reason": "那天要盘点",
    },
    "en_US": {
        "new": "New",
        "file": "File",
        "approve": "Approve",
        "refuse": "Refuse",
        "approved": "Approved",
        "reason": "We take stock on that day",
    },
}


@pytest.fixture(params=["zh_CN", "en_US"])
def lang(request):
    return request.param


@pytest.fixture
def rule(rpc):
    """Trips and outings are approved by the manager of the store."""
    made = rpc.create(
        "attendance.request.rule",
        name="外出与出差",
        is_for_trip=True,
        is_for_outing=True,
        step_ids=[[0, 0, {"approver": "store_manager"}]],
    )
    yield made
    rpc("attendance.request.rule", "unlink", [made])


@pytest.fixture
def absence(rpc, lang):
    """A day on which the employee was not there, another one for each language."""
    days = rpc.search_read(
        "attendance.day",
        [("employee_id.user_id.login", "=", "employee"), ("absent_minutes", ">", 0)],
        ["work_date", "absent_minutes", "due_minutes"],
    )
    whole = [day for day in days if day["absent_minutes"] == day["due_minutes"]]
    return whole[0 if lang == "zh_CN" else 1]


def _day(text, lang):
    year, month, day = text.split("-")
    return f"{month}/{day}/{year}" if lang == "en_US" else f"{year}/{month}/{day}"


def _file_trip(person, day, words, lang):
    """Returns the number of the request."""
    page = person.page
    person.open(TRIPS)
    page.get_by_role("button", name=words["new"], exact=True).click()
    page.wait_for_selector(".o_form_view .o_form_sheet")
    for name in ("date_from", "date_to"):
        person.enter_date(f".o_field_widget[name={name}]", _day(day, lang))
    page.fill(".o_field_widget[name=reason] textarea", "杭州展会")
    page.get_by_role("button", name=words["file"], exact=True).click()
    page.wait_for_selector(".o_field_widget[name=waits_for]")
    (request,) = person.site.rpc("employee").search_read(
        "attendance.request", [("date_from", "=", day), ("state", "=", "submitted")],
        ["id"],
    )  # fmt: skip
    return request["id"]


def _asked(rpc, request):
    """The logins that have an activity to decide on a request."""
    found = rpc.search_read(
        "mail.activity",
        [
            ("res_model", "=", "attendance.request"),
            ("res_id", "=", request),
            ("activity_type_id", "=", rpc.ref(ACTIVITY)),
        ],
        ["user_id"],
    )
    return [activity["user_id"][1] for activity in found]


def _state(rpc, request):
    (row,) = rpc("attendance.request", "read", [request], ["state", "refusal"])
    return row["state"], row["refusal"]


def test_filed_and_approved(log_in, site, rpc, rule, absence, lang):
    words, day = WORDS[lang], absence["work_date"]
    employee = log_in("employee", lang)
    request = _file_trip(employee, day, words, lang)
    employee.page.wait_for_selector(".o_field_widget[name=waits_for] >> text=陈静")
    employee.picture("request-approval-1-filed")
    assert _asked(rpc, request) == ["陈静"]

    manager = log_in("manager", lang)
    page = manager.page
    manager.open(TO_APPROVE)
    manager.row("王连飞").locator("[name=title]").click()
    page.wait_for_selector(".o_form_view .o_form_sheet")
    manager.picture("request-approval-2-to-approve")
    page.get_by_role("button", name=words["approve"], exact=True).click()
    page.wait_for_selector(
        f".o_statusbar_status .o_arrow_button_current >> text={words['approved']}"
    )
    manager.picture("request-approval-3-approved")
    assert _state(rpc, request) == ("approved", False)
    assert _asked(rpc, request) == []
    site.wait_until_computed()
    (after,) = rpc("attendance.day", "read", [absence["id"]], ["absent_minutes"])
    assert after["absent_minutes"] == 0
    assert employee.complaints == manager.complaints == []


def test_refused_with_a_reason(log_in, rpc, rule, lang):
    words = WORDS[lang]
    day = "2027-01-11" if lang == "zh_CN" else "2027-01-12"
    employee = log_in("employee", lang)
    request = _file_trip(employee, day, words, lang)

    manager = log_in("manager", lang)
    page = manager.page
    manager.open(TO_APPROVE)
    manager.row(day).locator(".o_list_record_selector input").click()
    manager.picture("request-approval-4-list")
    page.locator(".o_control_panel").get_by_role(
        "button", name=words["refuse"], exact=True
    ).click()
    page.fill(".o_dialog .o_field_widget[name=reason] input", words["reason"])
    manager.picture("request-approval-5-refusal")
    manager.press(words["refuse"])
    page.wait_for_selector(".o_view_nocontent")
    manager.picture("request-approval-6-nothing-left")
    assert _state(rpc, request) == ("refused", words["reason"])

    employee.open(TRIPS, record=request)
    employee.page.wait_for_selector(f"[name=refusal] >> text={words['reason']}")
    employee.picture("request-approval-7-refused")
    assert employee.complaints == manager.complaints == []


def test_rules(log_in, rule, lang):
    hr = log_in("admin", lang)
    hr.open(RULES)
    hr.picture("request-approval-rules")
    hr.open(RULES, record=rule)
    hr.picture("request-approval-rule")
    hr.open(REQUEST + "attendance_request_delegation_action")
    hr.picture("request-approval-delegations")
    assert hr.complaints == []
