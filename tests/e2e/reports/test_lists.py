"""The report lists as people use them: columns, layouts, sums, spans, drill."""

import pytest
from manual_month import ENDS, FIRST, LAST, MONTHLY, NAME, NUMBER
from report_lists import REPORT, open_july, sums_of

LANGUAGES = ["zh_CN", "en_US"]
FIGURES = (
    "due_minutes", "worked_minutes", "late_minutes", "early_minutes",
    "absent_minutes", "overtime_workday_minutes", "overtime_rest_day_minutes",
)  # fmt: skip
WORDS = {
    "zh_CN": {
        "record": [
            "序号", "部门", "网点", "工号", "姓名", "日期", "班次", "上下班时间",
            "上班", "下班", "迟到", "早退",
        ],
        "month": [
            "序号", "工号", "姓名", "部门", "网点", "班次", "应出勤", "实出勤", "迟到",
            "早退", "缺勤", "平日加班", "休日加班", "节假日加班",
        ],
        "after leave": [
            "外出", "出差", "实出勤天数", "迟到次数", "早退次数", "缺上班卡",
            "缺下班卡", "调整",
        ],
        "absent": "缺勤",
        "name": "姓名",
        "layout": "工资表",
        "shared": "全员布局",
        "group": "部门",
    },
    "en_US": {
        "record": [
            "No.", "Department", "Store", "Number", "Name", "Date", "Shift",
            "From - To", "In", "Out", "Late", "Early",
        ],
        "month": [
            "No.", "Number", "Name", "Department", "Store", "Shift", "Due", "Worked",
            "Late", "Early", "Absent", "OT Workday", "OT Rest Day", "OT Holiday",
        ],
        "after leave": [
            "Outing", "Trip", "Days Present", "Times Late", "Times Early", "No In",
            "No Out", "Adjustments",
        ],
        "absent": "Absent",
        "name": "Name",
        "layout": "Payroll",
        "shared": "For All",
        "group": "Department",
    },
}  # fmt: skip
DIALOG = ".o_dialog:not(.o_inactive_modal) .modal-content"
HEADS = """
    () => [...document.querySelectorAll(".o_list_table thead th[data-name]")]
        .map((cell) => cell.dataset.name)
"""


def _heads(person):
    return person.page.evaluate(HEADS)


def _by_date(body, at=5):
    """``{"01": rows, ...}`` of the days of July 2014, in whatever language."""
    found = {}
    for row in body:
        month_and_day = row[at].replace("2014", "").strip("/-年月日 ")
        month, day = (
            part.zfill(2) for part in month_and_day.replace("/", "-").split("-")
        )
        if month == "07":
            found.setdefault(day, []).append(row)
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_who_came_and_went_when(log_in, july, lang):
    hr = log_in("admin", lang)
    open_july(hr, "record")
    head, body = hr.rows()
    assert head == WORDS[lang]["record"]
    days = {day: [row[8:10] for row in rows] for day, rows in _by_date(body).items()}
    assert {int(day): tuple(rows[0]) for day, rows in days.items() if rows[0][0]} == (
        ENDS
    )
    assert days["07"] == [["", ""]]
    # A day of rest on which nobody came has no row.
    assert "06" not in days
    hr.picture("report-record")
    assert hr.complaints == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_from_the_month_to_the_days_to_the_explanation(log_in, july, lang):
    words, hr = WORDS[lang], log_in("admin", lang)
    page = hr.page
    hr.open(REPORT.format("monthly"))
    facet = page.inner_text(".o_searchview_facet")
    head, body = hr.rows()
    assert head[: len(words["month"])] == words["month"]
    assert head[-len(words["after leave"]) :] == words["after leave"]
    assert len(head) > len(words["month"]) + len(words["after leave"])
    open_july(hr, "monthly")
    _head, ((_number, number, *_rest),) = hr.rows()
    assert number == NUMBER
    sums = sums_of(hr)
    assert tuple(sums[name] for name in FIGURES) == MONTHLY[:7]
    assert (sums["late_count"], sums["early_count"]) == ("1", "2")
    hr.picture("report-month-of-a-span")

    # Absence: the days that have it, and only those.
    absent = page.inner_text(".o_data_row td[name=absent_minutes]")
    assert absent == sums["absent_minutes"]
    page.click(".o_data_row td[name=absent_minutes]")
    page.wait_for_selector("th[data-name=work_date]")
    title = page.inner_text(".o_breadcrumb .active")
    # The span of the days that there are.
    assert title == f"{NAME} · {FIRST} – {LAST} · {words['absent']}"
    page.wait_for_selector(".o_data_row")
    assert {row[1] for row in hr.rows()[1]} == {NUMBER}
    assert page.evaluate(
        "[...document.querySelectorAll('.o_data_row td[name=absent_minutes]')]"
        ".every((cell) => cell.innerText.trim())"
    )
    assert sums_of(hr)["absent_minutes"] == absent
    hr.picture("report-days-behind-a-figure")

    page.click(".o_data_row >> nth=0 >> td[name=absent_minutes]")
    page.wait_for_selector(f"{DIALOG} .o_attendance_explanation, {DIALOG} .modal-body")
    hr.picture("report-explanation-behind-a-day")
    page.click(f"{DIALOG} .btn-close")

    # Back: the span is still there; without it the report is this month's again.
    page.click(".o_breadcrumb .o_back_button a, .o_breadcrumb li a >> nth=0")
    page.wait_for_selector(".o_attendance_span")
    assert "2014-07-31" in "".join(hr.texts(".o_searchview_facet"))
    hr._search(".o_searchview_facet:has-text('2014-07-31') .o_facet_remove")
    page.wait_for_selector(
        ".o_searchview_facet:has-text('2014-07-31')", state="detached"
    )
    assert facet in hr.texts(".o_searchview_facet")
    assert hr.complaints == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_columns_are_there_again_after_logging_in_anew(log_in, sessions, lang):
    words, manager = WORDS[lang], log_in("manager", lang)
    page = manager.page
    manager.open(REPORT.format("daily"))
    before = _heads(manager)
    assert "department_id" in before and "punched_outing_minutes" not in before
    manager.gear("…")
    page.wait_for_selector(f"{DIALOG} .o_attendance_column")
    column = ".o_attendance_column[data-name={}]"
    page.uncheck(f"{column.format('department_id')} input")
    page.check(f"{column.format('punched_outing_minutes')} input")
    # Also what always stood there can be hidden.
    page.uncheck(f"{column.format('employee_number')} input")
    page.locator(f"{column.format('absent_minutes')} button").first.click()
    manager.picture("report-columns")
    page.click(f"{DIALOG} .btn-primary")
    page.wait_for_selector(DIALOG, state="detached")
    chosen = _heads(manager)
    assert "department_id" not in chosen and "employee_number" not in chosen
    assert "punched_outing_minutes" in chosen
    assert chosen.index("absent_minutes") == chosen.index("early_minutes") - 1

    sessions.clear()
    again = log_in("manager", lang)
    again.open(REPORT.format("daily"))
    assert _heads(again) == chosen
    # A tick in the list's own chooser is remembered as well.
    again.page.click(".o_optional_columns_dropdown button")
    with again.page.expect_response(lambda answer: "/remember" in answer.url):
        again.page.click(".o-dropdown-item:has(input[name=outing_minutes])")
    again.page.keyboard.press("Escape")
    hidden = [name for name in chosen if name != "outing_minutes"]
    assert _heads(again) == hidden
    third = log_in("manager", lang)
    third.open(REPORT.format("daily"))
    assert _heads(third) == hidden

    # Kept under a name, changed, and taken again.
    page = third.page
    page.click(".o_attendance_layouts")
    page.click(".o_attendance_save_layout")
    page.fill(f"{DIALOG} .o_attendance_layout_input", words["layout"])
    page.click(f"{DIALOG} .o_attendance_layout_save")
    page.wait_for_selector(DIALOG, state="detached")
    assert page.inner_text(".o_attendance_layouts") == words["layout"]
    page.click(".o_attendance_layouts")
    page.click(".o_attendance_reset_columns")
    page.wait_for_selector("th[data-name=department_id]")
    assert _heads(third) == before
    page.click(".o_attendance_layouts")
    third.picture("report-layouts")
    page.click(f".o_attendance_layout:has-text('{words['layout']}')")
    page.wait_for_selector("th[data-name=department_id]", state="detached")
    assert _heads(third) == hidden
    page.click(".o_attendance_layouts")
    page.click(".o_attendance_layout .fa-trash-o")
    page.wait_for_selector(".o_attendance_layout", state="detached")
    page.click(".o_attendance_reset_columns")
    page.wait_for_selector("th[data-name=department_id]")
    assert manager.complaints + again.complaints + third.complaints == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_layout_for_everybody(log_in, rpc, lang):
    words, hr = WORDS[lang], log_in("admin", lang)
    page = hr.page
    hr.open(REPORT.format("detail"))
    page.click(".o_attendance_layouts")
    page.click(".o_attendance_save_layout")
    page.uncheck(f"{DIALOG} .o_attendance_column[data-name=trip_minutes] input")
    page.fill(f"{DIALOG} .o_attendance_layout_input", words["shared"])
    page.check(f"{DIALOG} .o_attendance_layout_input ~ label input")
    hr.picture("report-layout-for-everybody")
    page.click(f"{DIALOG} .o_attendance_layout_save")
    page.wait_for_selector(DIALOG, state="detached")

    worker = log_in("employee", lang)
    worker.open(REPORT.format("detail"))
    assert "trip_minutes" in _heads(worker)
    worker.page.click(".o_attendance_layouts")
    assert worker.page.locator(".o_attendance_layout .fa-trash-o").count() == 0
    worker.page.click(f".o_attendance_layout:has-text('{words['shared']}')")
    worker.page.wait_for_selector("th[data-name=trip_minutes]", state="detached")
    worker.picture("report-layout-taken")
    # Who may not edit reports offers nothing to others.
    worker.page.click(".o_attendance_layouts")
    worker.page.click(".o_attendance_save_layout")
    worker.page.wait_for_selector(f"{DIALOG} .o_attendance_layout_input")
    assert not worker.page.query_selector(
        f"{DIALOG} .o_attendance_layout_input ~ label"
    )
    worker.page.click(f"{DIALOG} .btn-close")
    mine = [("report", "=", "attendance.report.detail")]
    for layout in rpc.search_read("attendance.report.layout", mine, ["id"]):
        rpc("attendance.report.layout", "unlink", [layout["id"]])
    # What is gone is gone for who had taken it: the columns stay as they were.
    again = log_in("employee", lang)
    again.open(REPORT.format("detail"))
    assert "trip_minutes" not in _heads(again)
    again.page.click(".o_attendance_layouts")
    again.page.click(".o_attendance_reset_columns")
    again.page.wait_for_selector("th[data-name=trip_minutes]")
    assert hr.complaints + worker.complaints + again.complaints == []


@pytest.mark.parametrize("report", ["record", "detail", "daily", "monthly"])
def test_rows_and_sums_are_those_of_the_reader(log_in, report):
    sums = {}
    for login in ("admin", "manager", "employee"):
        person = log_in(login)
        person.open(REPORT.format(report))
        person.page.wait_for_selector(".o_data_row")
        _head, body = person.rows()
        at = 2 if report in ("daily", "monthly") else 4
        if login == "employee":
            assert {row[at] for row in body} == {NAME}
        sums[login] = sums_of(person)
        person.picture(f"report-{report}")
        assert person.complaints == []
    if report != "record":
        due = [float(sums[login]["due_minutes"][:-1]) for login in sums]
        assert due[0] > due[1] > due[2] >= 0


@pytest.mark.parametrize("lang", LANGUAGES)
def test_groups_have_sums(log_in, lang):
    hr = log_in("admin", lang)
    page = hr.page
    hr.open(REPORT.format("monthly"))
    whole = sums_of(hr)
    page.click(".o_searchview_dropdown_toggler")
    group = page.locator(".o_group_by_menu").get_by_text(
        WORDS[lang]["group"], exact=True
    )
    group.first.click()
    page.wait_for_selector(".o_group_header")
    page.keyboard.press("Escape")
    grouped = sums_of(hr)
    for name in ("due_minutes", "absent_minutes", "leave_1_minutes", "late_count"):
        assert grouped[name] == whole[name], name
    hr.picture("report-groups")
    assert hr.complaints == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_charts_speak_of_hours(log_in, lang):
    hr = log_in("admin", lang)
    page = hr.page
    hr.open(REPORT.format("monthly"))
    due = sums_of(hr)["due_minutes"]
    page.click(".o_switch_view.o_pivot")
    page.wait_for_selector(".o_pivot_cell_value")
    assert page.locator(".o_pivot_cell_value").first.inner_text() == due
    hr.picture("report-pivot")
    page.click(".o_switch_view.o_graph")
    page.wait_for_selector(".o_graph_renderer canvas")
    hr.picture("report-graph")
    assert hr.complaints == []
