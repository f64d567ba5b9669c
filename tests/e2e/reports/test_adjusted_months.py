"""Somebody left before the month that takes what came late for their closed days."""

import pytest
from report_lists import REPORT, choose_span, take_excel, take_pdf
from shop_life import hang_terminal, punch

NAME, NUMBER, CODE, SERIAL = "郑离职", "ADJ8431", "8431", "E2E0000843"
APRIL = ("2013-04-01", "2013-04-30")
WORDS = {
    "zh_CN": {
        "taken": "实出勤 +9h, 缺勤 -9h", "adjustments": "调整", "total": "合计",
        "due": "应出勤", "print": "打印", "person": "个人考勤月报（签字）",
        "on paper": "已结账日的调整", "sign": "员工签字及日期",
    },
    "en_US": {
        "taken": "Worked +9h, Absent -9h", "adjustments": "Adjustments",
        "total": "Total", "due": "Due", "print": "Print",
        "person": "Month of Each Person, to Sign",
        "on paper": "Adjustments of closed days",
        "sign": "Employee: signature and date",
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def april(site, rpc):
    """March is closed without a punch; one day's punches come when it is."""
    store = rpc.create(
        "attendance.store", code="ADJ1", name="调整测试店", tz="Asia/Shanghai"
    )
    (company,) = rpc.search_read("res.company", [], ["attendance_root_department_id"])
    root = company["attendance_root_department_id"][0]
    department = rpc.create(
        "hr.department", name="调整测试部", code="ADJ", parent_id=root
    )
    person = rpc.create(
        "hr.employee",
        name=NAME,
        employee_number=NUMBER,
        terminal_user_code=CODE,
        store_id=store,
        department_id=department,
        hire_date="2013-03-25",
        leave_date="2013-03-29",
    )
    rpc.create(
        "attendance.roster",
        employee_id=person,
        shift_id=rpc.ref("chain_attendance_demo.shift_day"),
        date_from="2013-03-25",
    )
    hang_terminal(rpc, store, "843", "调整考勤机", SERIAL)
    march, _april = (
        rpc.create(
            "attendance.period",
            name=f"ADJ {first}",
            store_id=store,
            company_id=company["id"],
            date_from=first,
            date_to=last,
        )
        for first, last in (("2013-03-01", "2013-03-31"), APRIL)
    )
    site.wait_until_computed()
    rpc("attendance.period", "action_review", [march])
    asked = {"default_period_ids": [march]}
    page = rpc("attendance.period.close", "create", [{}], context=asked)
    rpc("attendance.period.close", "action_close", page)
    punch(site, SERIAL, CODE, "2013-03-26 08:25:00", "2013-03-26 17:35:00")
    site.wait_until_computed()


@pytest.mark.parametrize("lang", ["zh_CN", "en_US"])
def test_the_month_of_who_has_left(log_in, april, lang, tmp_path, poppler):
    words, hr = WORDS[lang], log_in("admin", lang)
    page = hr.page
    hr.open(REPORT.format("monthly"))
    choose_span(hr, *APRIL)
    hr.look_for(NUMBER)
    page.wait_for_selector(f".o_data_row:has-text('{NUMBER}')")
    head, (row,) = hr.rows()
    at = head.index(words["adjustments"])
    assert row[:3] == ["1", NUMBER, NAME]
    assert row[at] == words["taken"]
    first = head.index(words["due"])
    assert set(row[first:at] + row[at + 1 :]) == {""}
    hr.picture("month-adjusted-alone")

    table = take_excel(hr, tmp_path / "april.xlsx", words["total"])
    assert table.head == head
    assert table.rows == [row]

    pdf = take_pdf(hr, words["person"], words, tmp_path / "april.pdf", poppler)
    assert pdf.pages == 1
    for text in (NAME, NUMBER, words["on paper"], words["taken"], words["sign"]):
        assert pdf.says(text), text
    pdf.check_picture(hr.folder / f"month-adjusted-pdf-{lang}", NAME)

    # Behind the row are its lines, with the department by its name.
    page.click(f".o_data_row td[name=employee_name]:has-text('{NAME}')")
    page.wait_for_selector(".o_data_row td[name=figure]")
    _head, lines = hr.rows()
    assert len(lines) == 2
    assert {line[0] for line in lines} == {"调整测试部"}
    hr.picture("month-adjusted-lines")
    assert hr.complaints == []
