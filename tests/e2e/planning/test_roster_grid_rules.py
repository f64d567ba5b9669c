"""What the roster grid refuses and to whom, many people, and the H-examples in it."""

from contextlib import contextmanager
from xmlrpc.client import Fault

import pytest
from playwright.sync_api import expect
from roster_grid import GRID, Grid, changes, make_people, rotate, shift

from devkit.fixtures import PASSWORD

ACTION = "chain_attendance_shift.attendance_roster_grid_action"
DEMO = "chain_attendance_demo."
WORDS = {
    "zh_CN": {"left": "2 天未作更改", "locked": "已锁定", "plan": "排班"},
    "en_US": {"left": "2 days were left", "locked": "locked", "plan": "Plan"},
}
EDIT_MILLISECONDS = """
    async ([row, column, shift]) => {
        const cell = document.querySelector(
            `tr[data-row="${row}"] td[data-column="${column}"]`);
        const before = cell.innerText;
        const seen = new Promise((done) => {
            new MutationObserver((_all, observer) => {
                if (cell.innerText !== before) {
                    observer.disconnect();
                    requestAnimationFrame(() => setTimeout(done));
                }
            }).observe(cell, { subtree: true, childList: true, characterData: true });
        });
        const start = performance.now();
        document.querySelector(".o_roster_grid_renderer").dispatchEvent(
            new KeyboardEvent("keydown", { key: shift, bubbles: true }));
        await seen;
        return performance.now() - start;
    }
"""


@pytest.fixture(params=["zh_CN", "en_US"])
def lang(request):
    return request.param


@contextmanager
def _locked(rpc, day):
    """The company's rosters are locked up to a day."""
    (company,) = rpc("res.company", "search", [], limit=1)
    field = "attendance_roster_lock_date"
    rpc("res.company", "write", [company], {field: day})
    try:
        yield
    finally:
        rpc("res.company", "write", [company], {field: False})


def _refused(site, login, employee):
    """Whoever asks past the screen is refused."""
    theirs = site.rpc(login, PASSWORD)
    with pytest.raises(Fault) as refusal:
        theirs(
            "attendance.roster.grid", "set_cells",
            [[employee, "2033-10-05", 0]], "2033-10-01", "2033-10-31",
        )  # fmt: skip
    site.refusals.append(refusal.value.faultString)


def test_locked_days_refuse(log_in, site, rpc, lang):
    words, hr = WORDS[lang], log_in("admin", lang)
    crew = make_people(site, rpc, 2)
    grid = Grid(hr, crew).open()
    with _locked(rpc, "2033-10-05"):
        # Shown before it was locked: the server refuses, and the cell goes back.
        grid.cell(0, 4).click()
        grid.keys("2")
        assert words["locked"] in hr.answer()
        hr.page.click(".o_dialog .btn-primary")
        grid.shows(0, 3, *["D9"] * 5)
        grid.counts("working", 4, 2)
        # Shown since: it looks locked, and only what is open is changed.
        grid.open()
        grid.says(0, 5, "locked")
        expect(hr.page.locator(f"{GRID} thead .fa-lock")).to_have_count(5)
        grid.drag((0, 4), (0, 7))
        grid.keys("2")
        expect(hr.page.locator(".o_notification")).to_contain_text(words["left"])
        grid.shows(0, 3, "D9", "D9", "D9", "E8", "E8")
        hr.picture("roster-grid-locked")
        grid.settle()
        assert set(changes(rpc, crew)) == {(0, "2033-10-06"), (0, "2033-10-07")}
    complaints = [each for each in hr.complaints if "RPC_ERROR" not in each]
    assert complaints == []


def test_a_store_manager_plans_the_own_store(log_in, site, rpc, lang):
    manager = log_in("manager", lang)
    manager.open(ACTION, wait_for=f"{GRID} .o_roster_grid_row")
    manager.picture("roster-grid")
    rows = manager.page.locator(".o_roster_grid_row")
    shown = {int(row.get_attribute("data-employee")) for row in rows.all()}
    mine = rpc("hr.employee", "search", [("store_id.code", "=", "SH001")])
    lent = rpc.search_read("attendance.store.loan", [], ["employee_id", "store_id"])
    store = rpc.ref(DEMO + "store_sh001")
    lent = {each["employee_id"][0] for each in lent if each["store_id"][0] == store}
    assert set(mine) <= shown <= set(mine) | lent
    (own,) = make_people(site, rpc, 1, store="sh001")
    (other,) = make_people(site, rpc, 1, store="hz001")
    grid = Grid(manager, [own, other]).open()
    expect(rows).to_have_count(1)
    expect(manager.page.locator(".o_roster_grid_palette")).to_be_visible()
    grid.cell(0, 5).click()
    grid.keys("r")
    grid.settle()
    (changed,) = changes(rpc, [own]).items()
    assert changed == ((0, "2033-10-05"), ("", "陈静"))
    _refused(site, "manager", other)
    assert changes(rpc, [other]) == {}
    assert manager.complaints == []


@pytest.mark.parametrize("login", ["timekeeper", "employee"])
def test_others_only_look(log_in, site, rpc, login):
    looker = log_in(login, "zh_CN")
    looker.open(ACTION, wait_for=f"{GRID} .o_roster_grid_row")
    looker.picture("roster-grid")
    page = looker.page
    rows = page.locator(".o_roster_grid_row")
    if login == "employee":
        expect(rows).to_have_count(1)
        expect(rows).to_contain_text("王连飞")
    for control in (
        ".o_roster_grid_palette", ".o_roster_grid_edit", ".o_roster_grid_plan",
        ".o_roster_grid_handle",
    ):  # fmt: skip
        expect(page.locator(control)).to_have_count(0)
    (person,) = rpc.search_read(
        "hr.employee", [("user_id.login", "=", login)], ["store_id"]
    )
    before = rpc.count("attendance.roster.override")
    grid = Grid(looker, [person["id"]]).open()
    shown = grid.texts(0, 1, 31)
    grid.drag((0, 3), (0, 7))
    grid.keys("r", "1", "Delete", "Control+z")
    assert grid.texts(0, 1, 31) == shown
    assert rpc.count("attendance.roster.override") == before
    _refused(site, login, person["id"])
    assert looker.complaints == []


def test_many_people_are_paged_and_grouped(log_in, site, rpc, capsys):
    hr = log_in("admin", "zh_CN")
    page = hr.page
    many = make_people(site, rpc, 203)
    grid = Grid(hr, many, search_default_group_store=1).open()
    rows = page.locator(".o_roster_grid_row")
    expect(rows).to_have_count(80)
    expect(page.locator(".o_roster_grid_group")).to_contain_text("(203)")
    grid.counts("working", 3, 203)
    page.click(".o_pager_next")
    expect(page.locator(".o_pager_value")).to_have_text("81-160")
    page.click(".o_pager_value")
    page.fill("input.o_pager_value", "1-200")
    page.keyboard.press("Enter")
    expect(rows).to_have_count(200)
    grid.cell(9, 3).click()
    times = [page.evaluate(EDIT_MILLISECONDS, [9, 2, key]) for key in "234r1"]
    grid.settle()
    with capsys.disabled():
        print(f"\nan edit among 200 x 31, ms: {', '.join(f'{t:.0f}' for t in times)}")
    grid.counts("working", 3, 203)
    # A step on another page is shown when it is taken back.
    page.click(".o_pager_next")
    expect(rows).to_have_count(3)
    grid.tool("undo")
    expect(rows).to_have_count(200)
    grid.shows(9, 3, "休息")
    page.click(".o_roster_grid_group")
    expect(rows).to_have_count(0)
    assert hr.complaints == []


def test_examples_h1_and_h4(log_in, site, rpc):
    """Standing rosters: the latest in force holds; beneath a dated one they go on."""
    hr = log_in("admin", "en_US")
    people = make_people(site, rpc, 1, start="2033-07-01")
    later = rpc.create(
        "attendance.roster",
        employee_id=people[0],
        shift_id=shift(rpc, "N8"),
        date_from="2033-07-15",
    )
    grid = Grid(hr, people, date="2033-07-01").open()
    grid.shows(0, 13, "D9", "D9", "N8", "Rest")
    rpc("attendance.roster", "unlink", [later])
    grid.open().shows(0, 13, "D9", "D9", "D9", "Rest")
    _rotate(rpc, people, [shift(rpc, "E8")] * 3 + [False] * 2)
    grid = Grid(hr, people, date="2033-10-26", roster_grid_scale="fortnight").open()
    days = hr.page.locator(f"{GRID} thead th[data-column]")
    dates = [day.get_attribute("data-date") for day in days.all()]
    column = dates.index("2033-10-31") + 1
    grid.shows(0, column, "E8", "D9")
    assert hr.complaints == []


def test_examples_h2_and_h3(log_in, site, rpc):
    """The manual's figure 35; a change by hand stays when it is generated again."""
    hr = log_in("admin", "en_US")
    people = make_people(site, rpc, 1, standing=None)
    cycle = [shift(rpc, "D9")] * 3 + [False] * 2
    _rotate(rpc, people, cycle)
    grid = Grid(hr, people).open()
    grid.shows(0, 24, "Rest", "Rest", "D9", "D9", "D9", "Rest", "Rest", "D9")
    grid.cell(0, 26).click()
    grid.keys("4")
    grid.shows(0, 26, "N8")
    grid.settle()
    _rotate(rpc, people, [shift(rpc, "E8"), *cycle[1:]])
    grid.open().shows(0, 24, "Rest", "Rest", "N8", "D9", "D9", "Rest", "Rest", "E8")
    grid.says(0, 26, "override")
    assert len(changes(rpc, people)) == 1
    assert hr.complaints == []


def _rotate(rpc, people, cycle):
    rotate(rpc, dict.fromkeys(people, 0), cycle, "2033-10-01", "2033-10-31")


def test_planning_begins_in_the_grid_and_ends_there(log_in, site, rpc, lang):
    words, hr = WORDS[lang], log_in("admin", lang)
    people = make_people(site, rpc, 2, standing=None)
    grid = Grid(hr, people).open()
    grid.shows(0, 3, "–", "–")
    grid.drag((0, 3), (1, 3))
    hr.page.click(".o_roster_grid_plan")
    hr.page.click(".o-dropdown-item >> nth=0")
    expect(hr.page.locator(".o_dialog .o_data_row")).to_have_count(2)
    (day,) = rpc(
        "attendance.shift", "read", [shift(rpc, "D9")], ["name"],
        context={"lang": lang},
    )  # fmt: skip
    hr.pick("shift_id", day["name"])
    hr.press(words["plan"])
    for row in (0, 1):
        grid.shows(row, 3, "D9", "D9", "D9")
    assert hr.complaints == []
