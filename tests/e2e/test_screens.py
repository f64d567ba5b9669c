"""Every screen that a login's menus offer opens, without a word of complaint."""

import pytest

BASE = "chain_attendance_base."
DEMO = "chain_attendance_demo."
SHIFT = "chain_attendance_shift."
TERMINAL = "chain_attendance_terminal."
FORMS = {
    "department": (BASE + "hr_department_action", DEMO + "department_operations"),
    "store": (BASE + "attendance_store_action", DEMO + "store_hz001"),
    "job": (BASE + "hr_job_action", DEMO + "job_sales"),
    "employee": ("hr.open_view_employee_list_my", DEMO + "employee_zhao_lei"),
    "loan": (BASE + "attendance_store_loan_action", DEMO + "loan_wu_ting"),
    "terminal": (TERMINAL + "attendance_terminal_action", DEMO + "terminal_sh001"),
    "shift": (SHIFT + "attendance_shift_action", DEMO + "shift_night"),
    "role": (BASE + "attendance_role_action", DEMO + "role_guards"),
    "holidays": (
        BASE + "attendance_holiday_calendar_action", DEMO + "holiday_calendar",
    ),
    "policy": (BASE + "attendance_policy_action", None),
}  # fmt: skip
# Entries that ask something before they show anything.
QUESTIONS = {"what_if", "period_maker"}
DIALOG = ".o_dialog:not(.o_inactive_modal) .modal-content"
HOME = "chain_attendance_report.attendance_report_daily_action"


def _see_every_menu(person):
    """Click through the application; returns the names of the entries."""
    person.open(HOME)
    seen = []
    for section, entry in person.menus():
        name = entry.split(".")[1].removeprefix("attendance_").removesuffix("_menu")
        if name in QUESTIONS:
            person.choose(section, entry, wait_for=f"{DIALOG} .o_form_renderer")
        else:
            person.choose(section, entry)
        person.picture(f"screen-{name}")
        if name in QUESTIONS:
            person.page.click(f"{DIALOG} .btn-close")
            person.page.wait_for_selector(DIALOG, state="hidden")
        assert not person.page.query_selector(".o_dialog"), name
        assert person.complaints == [], name
        seen.append(name)
    return seen


@pytest.mark.parametrize(
    ("login", "lang", "at_least"),
    [
        ("admin", "zh_CN", 20),
        ("admin", "en_US", 20),
        ("management", "zh_CN", 10),
        ("department", "en_US", 10),
        ("manager", "zh_CN", 10),
        ("manager", "en_US", 10),
        ("timekeeper", "zh_CN", 7),
        ("employee", "zh_CN", 4),
        ("employee", "en_US", 4),
    ],
)
def test_every_menu_opens(log_in, login, lang, at_least):
    assert len(_see_every_menu(log_in(login, lang))) >= at_least


@pytest.mark.parametrize("lang", ["zh_CN", "en_US"])
def test_every_form_opens(log_in, rpc, lang):
    hr = log_in("admin", lang)
    for name, (action, record) in FORMS.items():
        hr.open(action, record=record or rpc("attendance.policy", "search", [])[0])
        hr.picture(f"form-{name}")
        assert not hr.page.query_selector(".o_dialog"), name
        assert hr.complaints == [], name
