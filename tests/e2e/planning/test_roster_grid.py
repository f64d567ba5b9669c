"""The roster grid is seen at a glance and changed with the mouse (figures 36-38)."""

import pytest
from playwright.sync_api import expect
from roster_grid import GRID, Grid, changes, make_chain, make_people, shift

WORDS = {
    "zh_CN": {
        "rest": "休息",
        "month": "2033年10月",
        "standing": "按启用日期排班",
        "by hand": "手工修改",
        "run": "连续上班超过 6 天",
        "change": "应用",
        "left": "未作更改",
        "locked": "锁定",
    },
    "en_US": {
        "rest": "Rest",
        "month": "October 2033",
        "standing": "Standing roster",
        "by hand": "Changed by hand",
        "run": "More than 6 days on end",
        "change": "Apply",
        "left": "left as they are",
        "locked": "locked",
    },
}


@pytest.fixture(params=["zh_CN", "en_US"])
def lang(request):
    return request.param


@pytest.fixture
def crew(site, rpc):
    """Three people who work D9 from Monday to Friday; 2033-10-03 is a Monday."""
    return make_people(site, rpc, 3)


def test_it_shows_people_by_days(log_in, rpc, crew, lang):
    words, hr = WORDS[lang], log_in("admin", lang)
    rest, page = words["rest"], hr.page
    grid = Grid(hr, crew, search_default_group_store=1).open()
    expect(page.locator(".o_roster_grid_title")).to_have_text(words["month"])
    assert page.locator(f"{GRID} thead th[data-column]").count() == 31
    expect(page.locator(".o_roster_grid_group")).to_contain_text("(3)")
    assert grid.texts(0, 1, 10) == [rest, rest, *["D9"] * 5, rest, rest, "D9"]
    grid.sums(0, 21, 189)
    grid.counts("working", 3, 3)
    grid.counts("working", 2, 0)
    page.click(f"{GRID} tfoot button")
    grid.counts(shift(rpc, "D9"), 3, 3)
    grid.counts("rest", 2, 3)
    grid.cell(0, 3).hover()
    expect(page.locator(".o_roster_grid_tooltip")).to_contain_text("08:30 - 17:30")
    expect(page.locator(".o_roster_grid_tooltip")).to_contain_text(words["standing"])
    page.click(".o_roster_grid_after")
    expect(page.locator(f"{GRID} thead th[data-date='2033-11-30']")).to_be_visible()
    page.click(".o_roster_grid_before")
    expect(page.locator(f"{GRID} thead th[data-date='2033-10-31']")).to_be_visible()
    for scale, days in (("week", 7), ("fortnight", 14), ("month", 31)):
        page.click(".scale_button_selection")
        page.click(f".o_scale_button_{scale}")
        expect(page.locator(f"{GRID} thead th[data-column]")).to_have_count(days)
    page.click(".o_roster_grid_today")
    expect(page.locator(f"{GRID} thead th[data-is~=today]")).to_be_visible()
    page.click(".o_roster_grid_group")
    expect(page.locator(".o_roster_grid_row")).to_have_count(0)
    assert hr.complaints == []


def test_a_shift_is_painted_and_taken_back(log_in, rpc, crew, lang):
    words, hr = WORDS[lang], log_in("admin", lang)
    rest, page = words["rest"], hr.page
    grid = Grid(hr, crew).open()
    grid.choose(shift(rpc, "N8"))
    grid.drag((0, 4), (0, 8))
    grid.shows(0, 3, "D9", *["N8"] * 5, rest)
    grid.says(0, 4, "override")
    grid.sums(0, 22, 4 * 8 + 18 * 9 - 1)
    grid.counts("working", 8, 1)
    grid.settle()
    who = rpc.search_read("res.users", [("id", "=", rpc.uid)], ["display_name"])
    painted = {
        (0, f"2033-10-0{day}"): ("N8", who[0]["display_name"]) for day in range(4, 9)
    }
    assert changes(rpc, crew) == painted
    hr.picture("roster-grid-painted")
    grid.keys("Escape")
    grid.tool("undo")
    grid.shows(0, 3, *["D9"] * 5, rest)
    assert changes(rpc, crew) == {}
    grid.tool("redo")
    grid.shows(0, 3, "D9", *["N8"] * 5, rest)
    assert changes(rpc, crew) == painted
    grid.cell(0, 5).dblclick()
    history = page.locator(".o_roster_grid_history")
    expect(history).to_contain_text(words["standing"])
    expect(history.locator("tr")).to_have_count(2)
    hr.picture("roster-grid-history")
    page.mouse.click(700, 700)
    grid.drag((0, 4), (0, 8))
    grid.keys("Delete")
    grid.shows(0, 3, *["D9"] * 5, rest)
    grid.settle()
    assert changes(rpc, crew) == {}
    assert hr.complaints == []


def test_a_week_is_copied_filled_down_and_swapped(log_in, rpc, crew, lang):
    rest, hr = WORDS[lang]["rest"], log_in("admin", lang)
    grid = Grid(hr, crew).open()
    grid.choose(shift(rpc, "E8"))
    grid.drag((0, 3), (0, 5))
    grid.choose(0)
    grid.drag((0, 6), (0, 7))
    grid.keys("Escape")
    week = ["E8", "E8", "E8", rest, rest, rest, rest]
    grid.shows(0, 3, *week)
    # A week onto two weeks of somebody else.
    grid.drag((0, 3), (0, 9))
    grid.keys("Control+c")
    grid.drag((1, 10), (1, 23))
    grid.keys("Control+v")
    grid.shows(1, 10, *week, *week)
    # By the buttons, onto the corner of the selection.
    grid.drag((0, 3), (0, 9))
    grid.tool("copy")
    grid.cell(2, 10).click()
    grid.tool("paste")
    grid.shows(2, 10, *week)
    grid.settle()
    pasted = changes(rpc, crew)
    assert pasted[1, "2033-10-19"][0] == "E8"
    assert pasted[1, "2033-10-20"][0] == ""
    assert (1, "2033-10-22") not in pasted, "it rests on Saturdays anyhow"
    hr.picture("roster-grid-pasted")
    # The first row of the selection goes down.
    grid.cell(0, 3).click()
    grid.cell(2, 4).click(modifiers=["Shift"])
    grid.keys("Control+d")
    for row in (1, 2):
        grid.shows(row, 3, "E8", "E8", "D9")
    # Two people, one week.
    grid.cell(0, 10).click()
    grid.keys("Shift+ArrowDown", *["Shift+ArrowRight"] * 6)
    grid.tool("swap")
    grid.shows(0, 10, *week)
    grid.shows(1, 10, *["D9"] * 5, rest, rest)
    grid.settle()
    assert {
        code
        for (row, day), (code, _who) in changes(rpc, crew).items()
        if row == 0 and "2033-10-10" <= day <= "2033-10-16"
    } == {"E8", ""}
    for _step in range(6):
        grid.keys("Control+z")
    grid.shows(0, 3, *["D9"] * 5, rest, rest)
    for row in (0, 1, 2):
        grid.shows(row, 10, *["D9"] * 5, rest, rest)
    assert changes(rpc, crew) == {}
    grid.keys(*["Control+y"] * 3)
    grid.shows(1, 10, *week, *week)
    assert hr.complaints == []


def test_keys_and_the_fill_handle(log_in, rpc, crew):
    hr = log_in("admin", "en_US")
    grid = Grid(hr, crew).open()
    grid.cell(0, 3).click()
    grid.keys("ArrowRight", "r")
    grid.shows(0, 3, "D9", "Rest", "D9")
    grid.keys("Shift+ArrowLeft", "2")
    grid.shows(0, 3, "E8", "E8", "D9")
    hr.page.hover(".o_roster_grid_handle")
    hr.page.mouse.down()
    grid.cell(2, 4).hover()
    hr.page.mouse.up()
    grid.shows(2, 3, "E8", "E8", "D9")
    grid.keys("Control+a", "r")
    grid.shows(1, 10, "Rest")
    grid.keys("Control+a")
    assert hr.page.locator(".o_roster_grid_toolbar button[name=swap]").is_disabled()
    grid.settle()
    codes = {code for code, _who in changes(rpc, crew).values()}
    assert codes == {""}
    grid.keys("Delete")
    grid.shows(0, 3, *["D9"] * 5)
    grid.settle()
    assert changes(rpc, crew) == {}
    assert hr.complaints == []


def test_a_batch_is_changed(log_in, rpc, crew, lang):
    words, hr = WORDS[lang], log_in("admin", lang)
    page = hr.page
    grid = Grid(hr, crew).open()
    grid.drag((0, 10), (1, 16))
    grid.tool("batch")
    dialog = page.locator(".o_roster_grid_batch")
    expect(dialog.locator("#o_batch_selected")).to_be_checked()
    dialog.locator("#o_batch_everybody").check()
    for weekday in (0, 1, 2, 3, 6):
        dialog.locator(f"#o_batch_weekday_{weekday}").uncheck()
    dialog.locator(f"[data-shift='{shift(rpc, 'L8')}']").click()
    dialog.locator("#o_batch_reason").fill("盘点")
    hr.picture("roster-grid-batch")
    hr.press(words["change"])
    for row in range(3):
        grid.shows(row, 13, "D9", "L8", "L8", words["rest"])
    grid.settle()
    assert {pair: code for pair, (code, _who) in changes(rpc, crew).items()} == {
        (row, f"2033-10-{day}"): "L8" for row in range(3) for day in (14, 15)
    }
    found = rpc.search_read(
        "attendance.roster.override", [("employee_id", "in", crew)], ["reason"]
    )
    assert {each["reason"] for each in found} == {"盘点"}
    assert hr.complaints == []


def test_a_month_of_a_chain_with_its_signs(log_in, site, rpc, lang):
    hr = log_in("admin", lang)
    people = make_chain(site, rpc)
    grid = Grid(
        hr, list(people.values()), date="2034-05-01", search_default_group_store=1
    ).open()
    page = hr.page
    expect(page.locator(".o_roster_grid_group")).to_have_count(3)
    names = page.locator(".o_roster_grid_name").all_inner_texts()
    rows = {name: number for number, name in enumerate(names)}
    for day, sign in ((1, "public_holiday"), (2, "moved_rest_day")):
        expect(
            page.locator(f"{GRID} thead th[data-is~={sign}][data-column='{day - 1}']")
        ).to_contain_text("劳动节")
        grid.says(rows["郭子涵"], day, sign)
    # A make-up workday lifts the weekly rest of a standing roster.
    grid.says(rows["陈晓琳"], 6, "make_up_workday")
    grid.shows(rows["陈晓琳"], 6, "D9", WORDS[lang]["rest"])
    for day in (15, 19):
        grid.says(rows["叶婷婷"], day, "other_store")
    grid.says(rows["萧一鸣"], 8, "not_employed")
    grid.shows(rows["萧一鸣"], 8, "")
    grid.says(rows["宋明哲"], 25, "not_employed")
    # Four early and late days, one instead of rest, and two nights.
    row = rows["袁浩"]
    texts = grid.texts(row, 1, 31)
    first = texts.index("L8") + 3
    assert texts[first - 5 : first + 2] == [
        "E8", "E8", "L8", "L8", WORDS[lang]["rest"], "N8", "N8",
    ]  # fmt: skip
    grid.cell(row, first).click()
    grid.keys("1")
    grid.settle()
    grid.says(row, first + 2, "long_run")
    page.mouse.move(700, 10)
    grid.cell(row, first + 2).hover()
    expect(page.locator(".o_roster_grid_tooltip")).to_contain_text(WORDS[lang]["run"])
    hr.picture("roster-grid-signs")
    page.mouse.move(700, 10)
    hr.picture("roster-grid")
    page.click(".scale_button_selection")
    page.click(".o_scale_button_week")
    hr.picture("roster-grid-week")
    grid.tool("undo")
    expect(page.locator(f"{GRID} thead th[data-column]")).to_have_count(31)
    grid.shows(row, first, WORDS[lang]["rest"])
    assert hr.complaints == []
