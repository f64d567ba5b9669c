"""A shift is added step by step, drawn as it is typed, and changed from a date on."""

from datetime import date, timedelta

import pytest

SHIFTS = "chain_attendance_shift.attendance_shift_action"
DEMO = "chain_attendance_demo."
LANGUAGES = ["zh_CN", "en_US"]
WORDS = {
    "zh_CN": {
        "name": "核算班",
        "steps": ["名称与时段", "迟到、早退、缺勤、加班", "打卡时间范围及其他"],
        "answer": ["实出勤 8.9h", "迟到 6m", "早退 0h", "缺勤 0h"],
        "used": "人使用",
        "late": "迟到 0h",
        "overlap": "班次“核算班”的上下班时段",
        "midnight": "次日",
        "save": "保存",
    },
    "en_US": {
        "name": "Accounting",
        "steps": [
            "Name and Periods", "Late, Early, Absence, Overtime",
            "Windows and the Rest",
        ],
        "answer": ["Worked 8.9h", "Late 6m", "Early 0h", "Absent 0h"],
        "used": "people since",
        "late": "Late 0h",
        "overlap": "The timetables of shift “Accounting” overlap.",
        "midnight": "next day",
        "save": "Save",
    },
}  # fmt: skip
PEOPLE = "hr.open_view_employee_list_my"
CALENDAR = ".o_attendance_month_grid"
DAY = timedelta(days=1)
TRY = ".o_attendance_shift_preview input"
FIGURE = ".o_attendance_try_figure"


def _answered(person, text):
    person.page.wait_for_selector(f"{FIGURE}:has-text('{text}')")
    return person.texts(FIGURE)


def _add_span(person, field, start, end):
    rows = f".o_field_widget[name={field}]"
    person.page.click(f"{rows} .o_field_x2many_list_row_add a")
    for name, value in (("start_time", start), ("end_time", end)):
        person.page.fill(f"{rows} .o_selected_row [name={name}] input", value)
    person.page.keyboard.press("Tab")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_day_is_drawn_and_answers(log_in, lang):
    words = WORDS[lang]
    hr = log_in("admin", lang)
    hr.open(SHIFTS, record=DEMO + "shift_day")
    hr.page.wait_for_selector(FIGURE)
    hr.page.fill(TRY, "08:36 17:40")
    assert _answered(hr, words["answer"][1])[1:5] == words["answer"]
    assert words["used"] in hr.page.inner_text("[name=use_summary]")
    assert hr.page.is_visible("[name=change_from]")
    hr.picture("shift-preview")
    hr.open(SHIFTS, record=DEMO + "shift_night")
    hr.page.wait_for_selector(FIGURE)
    assert words["midnight"] in hr.texts(".o_attendance_day_midnight")
    hr.page.fill(TRY, "21:55 06:05")
    _answered(hr, words["late"])
    hr.picture("shift-preview-night")
    assert hr.complaints == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_shift_is_added_in_three_steps(log_in, lang):
    words = WORDS[lang]
    hr = log_in("admin", lang)
    hr.open(SHIFTS)
    hr.page.click(".o_list_button_add")
    hr.page.wait_for_selector(".o_attendance_steps")
    steps = [text.split(". ")[1] for text in hr.texts(".o_attendance_steps li")]
    assert steps == words["steps"]
    hr.page.fill(".modal [name=name] input", words["name"])
    assert hr.texts(".modal .o_attendance_day_text") == ["08:30 – 17:30"]
    _add_span(hr, "timetable_ids", "17:00", "20:00")
    hr.page.wait_for_selector(f".modal .alert:has-text('{words['overlap']}')")
    hr.page.click(".o_attendance_step_next")
    hr.page.wait_for_selector(f".o_notification:has-text('{words['overlap']}')")
    hr.page.click(".o_notification_close")
    hr.page.click(".modal [name=timetable_ids] .o_data_row:nth-child(2) button")
    _add_span(hr, "break_ids", "12:00", "13:00")
    hr.page.wait_for_selector(".o_attendance_day_break[title]")
    hr.picture("shift-wizard-1")
    hr.page.click(".o_attendance_step_next")
    hr.page.click(".modal [name=has_own_limits] input")
    hr.page.fill(".modal [name=grace_late_minutes] input", "10")
    hr.page.keyboard.press("Tab")
    hr.page.wait_for_selector(".o_attendance_day_bar .o_attendance_day_grace")
    hr.page.fill(TRY, "08:40 17:30")
    _answered(hr, words["late"])
    hr.picture("shift-wizard-2")
    hr.page.click(".o_attendance_step_next")
    hr.page.wait_for_selector(".o_attendance_day_break[title]")
    hr.picture("shift-wizard-3")
    hr.press(words["save"])
    hr.page.wait_for_selector(f".o_data_row:has-text('{words['name']}')")
    hr.row(words["name"]).locator("[name=time_summary]").click()
    hr.page.wait_for_selector(".o_form_view .o_form_sheet")
    hr.picture("shift-added")
    assert hr.complaints == []


@pytest.fixture
def worked(site, rpc):
    """``(shift, person)``: 08:30 - 17:30 every day of the last twenty."""
    rows = [[0, 0, {"start_minutes": 510, "end_minutes": 1050}]]
    shift = rpc.create("attendance.shift", name="改班", code="H5", timetable_ids=rows)
    person = rpc.create(
        "hr.employee", name="改班 H5", employee_number="H5001",
        store_id=rpc.ref("chain_attendance_demo.store_hq"),
    )  # fmt: skip
    rpc.create(
        "attendance.roster", employee_id=person, shift_id=shift,
        date_from=str(date.today() - 20 * DAY), works_saturday=True,
        works_sunday=True,
    )  # fmt: skip
    site.wait_until_computed()
    return shift, person


def _hours_on(person, day):
    """What the month calendar on the screen says of a date."""
    cell = f"{CALENDAR} [data-date='{day}']"
    if not person.page.is_visible(cell):
        person.page.click("button[name=previous]")
    return person.page.inner_text(cell)


def test_a_change_counts_from_a_date(log_in, site, rpc, worked):
    """Example H5: from the tenth day before today on it starts at 09:00."""
    shift, employee = worked
    changed = date.today() - 10 * DAY
    hr = log_in("admin", "zh_CN")
    hr.open(SHIFTS, record=shift)
    hr.page.wait_for_selector(FIGURE)
    row = "[name=timetable_ids] .o_data_row"
    hr.page.click(f"{row} [name=start_time]")
    hr.page.fill(f"{row} [name=start_time] input", "09:00")
    hr.page.keyboard.press("Tab")
    hr.page.click("[name=change_from]")
    hr.page.fill("[name=change_from] input", changed.strftime("%Y/%m/%d"))
    hr.page.keyboard.press("Tab")
    hr.picture("shift-change-from")
    hr.save()
    site.wait_until_computed()
    due = {
        row["work_date"]: row["due_minutes"]
        for row in rpc.search_read(
            "attendance.day",
            [("employee_id", "=", employee), ("state", "=", "final")],
            ["work_date", "due_minutes"],
        )
    }
    assert due[str(changed - DAY)] == 540
    assert due[str(changed)] == 510
    # The day before the roster is unscheduled.
    planned = {day: minutes for day, minutes in due.items() if minutes}
    assert len(planned) >= 19
    assert planned == {day: 540 if day < str(changed) else 510 for day in planned}
    hr.open(PEOPLE, record=employee)
    hr.page.click(".o-form-buttonbox button:has-text('查看排班')")
    hr.page.wait_for_selector(CALENDAR)
    assert "09:00 - 17:30" in _hours_on(hr, changed)
    assert "08:30 - 17:30" in _hours_on(hr, changed - DAY)
    hr.picture("shift-changed-calendar")
    assert hr.complaints == []
