"""Raw punches (figure 43), what was filed, and what is wrong with terminals."""

import pytest
from shop_life import hang_terminal, punch

PUNCHES = "chain_attendance_report.attendance_report_punch_action"
REQUESTS = "chain_attendance_report.attendance_report_request_action"
TERMINALS = "chain_attendance_report.attendance_report_terminal_action"
NUMBER, CODE, SERIAL = "101100P", "8411", "E2E0000042"
HEADINGS = {
    "zh_CN": [
        "序号", "部门", "设备工号", "工号", "姓名", "打卡日期", "打卡时间", "考勤机",
        "备注",
    ],
    "en_US": [
        "No.", "Department", "Terminal User Code", "Number", "Name", "Punch Date",
        "Punch Time", "Terminal", "Remark",
    ],
}  # fmt: skip
MARKS = {
    "zh_CN": ["", "手工录入", "重复打卡", ""],
    "en_US": ["", "By hand", "Repeated", ""],
}
LANGUAGES = ("zh_CN", "en_US")


@pytest.fixture(params=LANGUAGES)
def lang(request):
    return request.param


@pytest.fixture(scope="module")
def day(site, rpc):
    """The manual's day of 2016: three presses, and one entered by hand."""
    store = rpc.ref("chain_attendance_demo.store_hq")
    (company,) = rpc.search_read("res.company", [], ["attendance_root_department_id"])
    person = rpc.create(
        "hr.employee",
        name="吴技术",
        employee_number=NUMBER,
        terminal_user_code=CODE,
        store_id=store,
        department_id=company["attendance_root_department_id"][0],
    )
    hang_terminal(rpc, store, "842", "电梯间考勤机", SERIAL)
    times = ("15:11:00", "15:11:30", "15:32:00")
    punch(site, SERIAL, CODE, *(f"2016-09-22 {at}" for at in times))
    rpc.create(
        "attendance.request",
        kind="correction",
        employee_id=person,
        date_from="2016-09-22",
        start_minutes=15 * 60 + 15,
    )
    rpc.create(
        "attendance.request",
        kind="outing",
        employee_id=person,
        date_from="2016-09-22",
        date_to="2016-09-22",
        start_minutes=600,
        stop_minutes=690,
    )
    site.wait_until_computed()
    return person


def _open(person, action, text):
    person.open(action)
    person.look_at_all()
    person.look_for(text)
    person.page.wait_for_selector(".o_data_row")


def test_figure_43(log_in, day, lang):
    hr = log_in("admin", lang)
    _open(hr, PUNCHES, NUMBER)
    head, body = hr.rows()
    assert head[: len(HEADINGS[lang])] == HEADINGS[lang]
    assert [row[2:5] for row in body] == [[CODE, NUMBER, "吴技术"]] * 4
    assert [row[6] for row in body] == ["15:32:00", "15:15:00", "15:11:30", "15:11:00"]
    assert [bool(row[7]) for row in body] == [True, False, True, True]
    assert [row[8] for row in body] == MARKS[lang]
    hr.picture("raw-punches")
    hr.page.click(".o_data_row:nth-child(2) td[name=wall_clock]")
    hr.page.wait_for_selector(".o_form_view .o_field_widget[name=employee_id]")
    hr.page.go_back()
    hr.page.wait_for_selector(".o_list_renderer")
    hr.page.click(".o_data_row:first-child td[name=wall_clock]")
    hr.page.wait_for_selector(".modal-title")
    assert hr.complaints == []


def test_what_was_filed(log_in, day, lang):
    hr = log_in("admin", lang)
    _open(hr, REQUESTS, NUMBER)
    _head, body = hr.rows()
    assert len(body) == 2
    page = hr.page
    page.click(
        ".o_search_panel_category_value:has-text('{}')".format(
            {"zh_CN": "外出", "en_US": "Outing"}[lang]
        )
    )
    page.wait_for_function("document.querySelectorAll('.o_data_row').length === 1")
    assert "1.5h" in page.inner_text(".o_data_row").replace(" ", "")
    hr.picture("request-report")
    for view in ("pivot", "graph"):
        page.click(f".o_switch_view.o_{view}")
        page.wait_for_selector(f".o_{view}_view")
    assert hr.complaints == []


def test_what_is_wrong_with_terminals(log_in, day, lang):
    hr = log_in("admin", lang)
    hr.open(TERMINALS)
    _head, body = hr.rows()
    assert body
    hr.picture("terminal-anomalies")
    hr.page.click(".o_data_row:first-child td[name=kind]")
    hr.page.wait_for_selector(".o_form_view, .o_breadcrumb .breadcrumb-item")
    assert hr.complaints == []


def test_exceptions_in_sum(log_in, day, lang):
    hr = log_in("admin", lang)
    hr.open("chain_attendance_day.attendance_exception_action")
    for view in ("pivot", "graph"):
        hr.page.click(f".o_switch_view.o_{view}")
        hr.page.wait_for_selector(f".o_{view}_view")
    assert hr.complaints == []
