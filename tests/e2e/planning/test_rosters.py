"""Planning as in the manual: from a date (figures 28-29), over a range (30-35)."""

import pytest

STANDING = "chain_attendance_shift.attendance_roster_action_standing"
ROTATIONS = "chain_attendance_shift.attendance_rotation_action"
FORM = ".o_dialog .o_form_view"
WORDS = {
    "zh_CN": {
        "from": "按启用日期排班",
        "over": "按日期范围排班",
        "find": "添加所有符合的人员",
        "next": "下一步",
        "plan": "排班",
        "generate": "生成",
        "undo": "撤销",
        "rest": "休息",
        "run": "连续上班超过 6 天",
    },
    "en_US": {
        "from": "Plan from a Date",
        "over": "Plan over a Date Range",
        "find": "Add All Who Fit",
        "next": "Next",
        "plan": "Plan",
        "generate": "Generate",
        "undo": "Undo",
        "rest": "Rest",
        "run": "More than 6 days on end",
    },
}
NUMBERS = {"zh_CN": ("R0001", "R0002"), "en_US": ("R0003", "R0004")}


@pytest.fixture(params=["zh_CN", "en_US"])
def lang(request):
    return request.param


@pytest.fixture
def people(site, rpc, lang):
    """Two people of the head office; both tests have the same ones."""
    numbers = NUMBERS[lang]
    found = rpc.search_read("hr.employee", [("employee_number", "in", numbers)], ["id"])
    if found:
        return [each["id"] for each in found]
    store = rpc.ref("chain_attendance_demo.store_hq")
    made = [
        rpc.create(
            "hr.employee", name=f"轮班 {number}", employee_number=number, store_id=store
        )
        for number in numbers
    ]  # fmt: skip
    site.wait_until_computed()
    return made


def _press(page, label):
    """In the dialog; the pager of the list behind it has buttons of the same names."""
    page.get_by_role("button", name=label, exact=True).last.click()


def _find(person, words, lang):
    """Everybody whose number is one of these."""
    page = person.page
    page.fill(f"{FORM} .o_field_widget[name=find_text] input", ",".join(NUMBERS[lang]))
    _press(page, words["find"])
    for number in NUMBERS[lang]:
        page.wait_for_selector(f"{FORM} .o_data_row:has-text('{number}')")


def _pick_shift(page, row, text):
    line = f"{FORM} [name=slot_ids] .o_data_row:nth-child({row})"
    page.click(f"{line} [name=shift_id]")
    # The row before may still be the one that is edited.
    field = f"{line}.o_selected_row [name=shift_id] input"
    page.fill(field, text)
    page.click(f".o-autocomplete--dropdown-item:has-text('{text}')")
    page.wait_for_function(
        "([field, text]) => document.querySelector(field)?.value === text",
        arg=[field, text],
    )


def _shift(rpc, lang):
    (shift,) = rpc(
        "attendance.shift", "read", [rpc.ref("chain_attendance_demo.shift_day")],
        ["name"], context={"lang": lang},
    )  # fmt: skip
    return shift["name"]


def test_from_a_date(log_in, rpc, people, lang):
    words, hr = WORDS[lang], log_in("admin", lang)
    hr.open(STANDING)
    _press(hr.page, words["from"])
    _find(hr, words, lang)
    hr.pick("shift_id", _shift(rpc, lang))
    hr.picture("roster-from-a-date")
    hr.press(words["plan"])
    # Others were planned too, and a page of the list is full.
    hr.open(STANDING)
    hr.look_for(NUMBERS[lang][1])
    hr.page.wait_for_selector(f".o_data_row:has-text('{NUMBERS[lang][1]}')")
    hr.picture("roster-from-a-date-planned")
    found = rpc.search_read(
        "attendance.roster", [("employee_id", "in", people)], ["shift_id"]
    )
    assert len(found) == 2
    assert hr.complaints == []


def test_over_a_date_range(log_in, rpc, people, lang):
    words, hr = WORDS[lang], log_in("admin", lang)
    page = hr.page
    hr.open(ROTATIONS)
    hr.picture("rotations")
    _press(page, words["over"])
    _find(hr, words, lang)
    hr.picture("rotation-1-people")
    _press(page, words["next"])
    page.wait_for_selector(f"{FORM} [name=cycle_days] input")
    for name, value in (
        ("date_from", "2033-10-01"), ("date_to", "2033-10-31"), ("cycle_days", "8"),
    ):  # fmt: skip
        page.fill(f"{FORM} .o_field_widget[name={name}] input", _day(value, lang))
        hr.leave(f"{FORM} .o_field_widget[name={name}] input")
    hr.picture("rotation-2-range")
    _press(page, words["next"])
    for row in range(1, 8):
        _pick_shift(page, row, _shift(rpc, lang))
    hr.picture("rotation-3-cycle")
    _press(page, words["next"])
    page.wait_for_selector(f"{FORM} .o_attendance_plan")
    assert page.locator(f"{FORM} .o_attendance_plan tbody tr").count() == 2
    page.wait_for_selector(
        f"{FORM} [name=day_ids] .o_data_row:has-text('{words['run']}')"
    )
    hr.picture("rotation-4-days")
    _press(page, words["generate"])
    page.wait_for_selector(f".o_form_view button:has-text('{words['undo']}')")
    hr.picture("rotation-generated")
    rotation = rpc.search_read(
        "attendance.rotation", [("roster_ids.employee_id", "in", people)], ["active"]
    )
    assert len(rotation) == 1
    page.click(f"button[name=action_undo]:has-text('{words['undo']}')")
    page.click(".o_dialog .btn-primary")
    page.wait_for_selector(".o_form_view .ribbon")
    assert not rpc.search_read(
        "attendance.rotation", [("roster_ids.employee_id", "in", people)], ["active"]
    )
    assert hr.complaints == []


def _day(value, lang):
    """A date as the language writes it; anything else as it is."""
    year, _, rest = value.partition("-")
    if not rest:
        return value
    month, _, day = rest.partition("-")
    return f"{month}/{day}/{year}" if lang == "en_US" else f"{year}/{month}/{day}"
