"""Days are computed again by a person, and an open list shows what is new."""

import pytest
from freshness import in_time, wait_for_connection
from shop_life import hang_terminal, punch

DAILY = "chain_attendance_report.attendance_report_daily_action"
RUNS = "chain_attendance_day.attendance_recomputation_action"
FORM = ".o_dialog .o_form_view"
SERIAL = "E2E0000811"
WORDS = {
    "zh_CN": {"recompute": "重新计算", "done": "已完成", "discard": "放弃"},
    "en_US": {"recompute": "Recompute", "done": "Done", "discard": "Discard"},
}


@pytest.fixture(params=["zh_CN", "en_US"])
def lang(request):
    return request.param


@pytest.fixture(scope="module")
def person(site, rpc):
    """Somebody with a day of 2014 and a unit of their own."""
    store = rpc.ref("chain_attendance_demo.store_hq")
    found = rpc.create(
        "hr.employee",
        name="赵重算",
        employee_number="RC001",
        terminal_user_code="8191",
        store_id=store,
    )
    rpc.create(
        "attendance.roster",
        employee_id=found,
        shift_id=rpc.ref("chain_attendance_demo.shift_day"),
        date_from="2014-07-01",
    )
    hang_terminal(rpc, store, "811", "重算考勤机", SERIAL)
    site.wait_until_computed()
    return found


def _open_person(hr):
    hr.open(DAILY)
    hr.look_at_all()
    hr.look_for("RC001")
    hr.page.click("th[data-name=work_date]")
    hr.page.wait_for_function(
        "document.querySelector('.o_data_row td[name=work_date]')"
        ".innerText.includes('2014')"
    )


def test_an_open_list_shows_a_punch_by_itself(log_in, site, person, lang):
    day = {"zh_CN": "2014-07-02", "en_US": "2014-07-03"}[lang]
    hr = log_in("admin", lang)
    _open_person(hr)
    shown = {"zh_CN": "2014/07/02", "en_US": "07/03/2014"}[lang]
    worked = hr.row(shown).locator("td[name=worked_minutes]")
    assert worked.inner_text() == "0h"
    wait_for_connection()
    with in_time():
        punch(site, SERIAL, "8191", f"{day} 08:30:00", f"{day} 17:30:00")
        hr.page.wait_for_selector(
            f".o_data_row:has-text('{shown}') td[name=worked_minutes]:has-text('9h')"
        )
    assert hr.complaints == []


def test_somebody_has_days_computed_again(log_in, site, rpc, person, lang):
    words, boss = WORDS[lang], log_in("manager", lang)
    page = boss.page
    boss.open(RUNS)
    boss.picture("recomputations-before")
    page.get_by_role("button", name=words["recompute"], exact=True).click()
    page.wait_for_selector(FORM)
    page.wait_for_selector(f"{FORM} [name=people_count]:not(:has-text('0'))")
    boss.picture("recompute-form")
    boss.press(words["recompute"])
    page.wait_for_selector(".o_form_view [name=progress]")
    boss.picture("recompute-running")
    page.wait_for_selector(
        f".o_form_view .o_arrow_button_current:has-text('{words['done']}')"
    )
    boss.picture("recompute-done")
    (run,) = rpc.search_read(
        "attendance.recomputation",
        [("user_id.login", "=", "manager")],
        ["state", "done_count", "total_count", "failed_count"],
        limit=1,
    )
    assert run["state"] == "done"
    assert run["done_count"] == run["total_count"] > 0
    assert boss.complaints == []


def test_rows_that_are_ticked(log_in, person, lang):
    words, hr = WORDS[lang], log_in("admin", lang)
    _open_person(hr)
    for number in (1, 3):
        hr.page.click(f".o_data_row:nth-child({number}) .o_list_record_selector input")
    hr.gear(words["recompute"])
    hr.page.wait_for_selector(FORM)
    hr.picture("recompute-ticked")
    assert hr.page.inner_text(f"{FORM} [name=day_count]").strip() == "3"
    hr.press(words["discard"])
    assert hr.complaints == []
