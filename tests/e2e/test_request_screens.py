"""Requests looked at: on a telephone, as a calendar, as statistics and as a file."""

from datetime import date

import openpyxl
import pytest

REQUEST = "chain_attendance_request."
ALL = REQUEST + "attendance_request_entry_action"
TO_APPROVE = REQUEST + "attendance_request_approval_action"
OUTINGS = REQUEST + "attendance_request_action_outing"
OVERTIME = REQUEST + "attendance_request_action_overtime"
PHONE = {"width": 390, "height": 844}
CARDS = ".o_kanban_renderer"
# Days of their own: nobody else files outings on them.
DAYS = {"zh_CN": ("2026-03-10", "2026-03-11"), "en_US": ("2026-03-12", "2026-03-13")}
WORDS = {
    "zh_CN": {
        "approve": "批准", "refuse": "拒绝", "no": "那天人手不够",
        "refused": "已拒绝", "hours": "小时", "overtime": "加班", "outing": "外出",
        "export": "导出全部", "title": "平日加班", "total": "3.5小时",
        "head": ["部门名称", "工号", "姓名", "标题", "开始时间", "结束时间",
                 "累计时间(天/小时)", "录入时间", "状态"],
    },
    "en_US": {
        "approve": "Approve", "refuse": "Refuse", "no": "Too few people on that day",
        "refused": "Refused", "hours": "Hours", "overtime": "Overtime",
        "outing": "Outing", "export": "Export All", "title": "Workday Overtime",
        "total": "3.5 h",
        "head": ["Department", "Number", "Name", "Title", "Start", "End",
                 "Total (Days/Hours)", "Entered On", "State"],
    },
}  # fmt: skip


@pytest.fixture(params=["zh_CN", "en_US"])
def lang(request):
    return request.param


@pytest.fixture
def rule(rpc):
    """Outings are approved by the manager of the store."""
    made = rpc.create(
        "attendance.request.rule",
        name="外出",
        is_for_outing=True,
        step_ids=[[0, 0, {"approver": "store_manager"}]],
    )
    yield made
    rpc("attendance.request.rule", "unlink", [made])


@pytest.fixture(scope="module")
def person(site, rpc):
    """Somebody with overtime today and two older documents."""
    (company,) = rpc.search_read("res.company", [], ["attendance_root_department_id"])
    made = rpc.create(
        "hr.employee",
        name="屏幕例子",
        employee_number="Y801",
        store_id=rpc.ref("chain_attendance_demo.store_sh001"),
        department_id=company["attendance_root_department_id"][0],
    )
    today = str(date.today())
    for kind, day, start, stop in (
        ("overtime", today, 1080, 1290),
        ("outing", "2026-03-04", 600, 720),
        ("correction", "2026-03-05", 510, 510),
    ):
        rpc.create(
            "attendance.request",
            employee_id=made,
            kind=kind,
            date_from=day,
            start_minutes=start,
            stop_minutes=stop,
        )
    site.wait_until_computed()
    return made


def _file_outings(site, lang):
    """The employee's own, one for each of the days; their ids."""
    rpc = site.rpc("employee")
    (user,) = rpc.search_read("res.users", [("id", "=", rpc.uid)], ["employee_id"])
    return [
        rpc.create(
            "attendance.request",
            employee_id=user["employee_id"][0],
            kind="outing",
            date_from=day,
            date_to=day,
            start_minutes=600,
            stop_minutes=720,
            reason="去银行",
        )
        for day in DAYS[lang]
    ]


def _states(rpc, requests):
    found = rpc("attendance.request", "read", requests, ["state", "refusal"])
    return [(row["state"], row["refusal"]) for row in found]


def _press(card, label):
    card.get_by_role("button", name=label, exact=True).click()


def test_approving_on_a_telephone(log_in, site, rpc, rule, lang):
    words, (first, second) = WORDS[lang], DAYS[lang]
    requests = _file_outings(site, lang)
    manager = log_in("manager", lang, viewport=PHONE)
    page = manager.page
    manager.open(TO_APPROVE, CARDS)
    cards = page.locator(".o_kanban_record:not(.o_kanban_ghost)")
    page.wait_for_selector(f".o_kanban_record:has-text('{second}')")
    manager.picture("request-phone-to-approve")
    _press(cards.filter(has_text=first), words["approve"])
    cards.filter(has_text=first).wait_for(state="detached")
    assert _states(rpc, requests) == [("approved", False), ("submitted", False)]
    _press(cards.filter(has_text=second), words["refuse"])
    page.fill(".o_dialog .o_field_widget[name=reason] input", words["no"])
    manager.picture("request-phone-refusal")
    manager.press(words["refuse"])
    cards.filter(has_text=second).wait_for(state="detached")
    assert _states(rpc, requests) == [("approved", False), ("refused", words["no"])]

    employee = log_in("employee", lang, viewport=PHONE)
    employee.open(OUTINGS, CARDS)
    card = employee.page.locator(f".o_kanban_record:has-text('{words['refused']}')")
    employee.picture("request-phone-outings")
    card.first.click()
    employee.page.wait_for_selector(f"[name=refusal] >> text={words['no']}")
    employee.picture("request-phone-refused")
    assert manager.complaints == employee.complaints == []


def test_calendar_and_statistics(log_in, person, lang):
    words, hr = WORDS[lang], log_in("admin", lang)
    page = hr.page
    hr.open(ALL)
    hr.look_for("Y801")
    page.click(".o_switch_view.o_calendar")
    page.wait_for_selector(f".fc-event:has-text('{words['title']}')")
    hr.picture("requests-calendar")
    page.click(".o_switch_view.o_pivot")
    page.wait_for_selector(".o_pivot tbody tr:has-text('屏幕例子')")
    row = page.inner_text(".o_pivot tbody tr:has-text('屏幕例子')").split()
    assert "3.5" in row
    assert "2" in row
    head = page.inner_text(".o_pivot thead")
    for word in (words["hours"], words["overtime"], words["outing"]):
        assert word in head
    hr.picture("requests-pivot")
    page.click(".o_switch_view.o_graph")
    page.wait_for_selector(".o_graph_canvas_container canvas")
    hr.picture("requests-graph")
    assert hr.complaints == []


def test_recent_documents_on_the_form(log_in, person, lang):
    manager = log_in("manager", lang)
    page, words = manager.page, WORDS[lang]
    action = manager.site.rpc().ref(OVERTIME)
    page.goto(f"{manager.site.url}/odoo/action-{action}/new")
    page.wait_for_selector(".o_form_view .o_field_widget[name=date_from] button")
    manager.pick("employee_id", "屏幕例子")
    rows = page.locator("[name=recent_entry_ids] .o_data_row")
    rows.filter(has_text="2026-03-04 10:00").wait_for()
    assert rows.count() == 3
    manager.picture("request-recent-documents")
    rows.filter(has_text=words["title"]).locator("td[name=title]").click()
    page.wait_for_selector(f".o_form_view [name=amount]:has-text('{words['total']}')")
    assert manager.complaints == []


def test_the_combined_list_as_a_file(log_in, person, tmp_path, lang):
    words, hr = WORDS[lang], log_in("admin", lang)
    page = hr.page
    hr.open(ALL)
    hr.look_for("Y801")
    page.wait_for_function("document.querySelectorAll('.o_data_row').length === 3")
    head, body = hr.rows()
    assert head == words["head"]
    hr.picture("requests-all")
    with page.expect_download() as download:
        hr.gear(words["export"])
    path = tmp_path / "requests.xlsx"
    download.value.save_as(path)
    top, *lines = openpyxl.load_workbook(path).active.iter_rows(values_only=True)
    assert list(top) == head
    # The file has the department with those above it, and a date of entry.
    texts = [[text or "" for text in (*line[1:7], line[8])] for line in lines]
    assert texts == [[*row[1:7], row[8]] for row in body]
    assert all(line[0].endswith(row[0]) for line, row in zip(lines, body, strict=True))
    assert hr.complaints == []
