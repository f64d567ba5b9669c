"""The roster grid as a person at a browser has it, and people to put into it."""

import itertools
import re

from playwright.sync_api import expect

SHIFTS = {"D9": "day", "E8": "early", "L8": "late", "N8": "night"}
NUMBERS = itertools.count(1)
GRID = ".o_roster_grid_renderer"
# What was just done is drawn by then.
NEXT_FRAME = (
    "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"
)


def shift(rpc, code):
    """The id of a shift of the demo chain."""
    return rpc.ref(f"chain_attendance_demo.shift_{SHIFTS[code]}")


def make_people(site, rpc, count, standing="D9", store="hq", start="2033-01-01"):
    """People who stand on a roster from Monday to Friday: their ids, by name."""
    first = next(NUMBERS)
    people = rpc(
        "hr.employee",
        "create",
        [
            {
                "name": f"网格{first:03d}-{number:03d}",
                "employee_number": f"G{first:03d}{number:03d}",
                "store_id": rpc.ref(f"chain_attendance_demo.store_{store}"),
            }
            for number in range(count)
        ],
    )
    rows = [
        {"employee_id": each, "shift_id": shift(rpc, standing), "date_from": start}
        for each in people
        if standing
    ]
    if rows:
        rpc("attendance.roster", "create", rows)
    site.wait_until_computed()
    return people


def changes(rpc, people):
    """``{(nth of the people, date): (code or "", who)}`` of changed days in force."""
    found = rpc.search_read(
        "attendance.roster.override",
        [("employee_id", "in", people)],
        ["employee_id", "date", "shift_id", "create_uid", "create_date"],
        order="id",
    )
    codes = {shift(rpc, code): code for code in SHIFTS}
    assert all(each["create_date"] for each in found)
    return {
        (people.index(each["employee_id"][0]), each["date"]): (
            codes[each["shift_id"][0]] if each["shift_id"] else "",
            each["create_uid"][1],
        )
        for each in found
    }


class Grid:
    """The grid over some people, opened on a date; rows and days count from there."""

    def __init__(self, person, people, date="2033-10-01", **context):
        self.person = person
        self.page = person.page
        rpc = person.site.rpc()
        values = {
            "name": "排班表" if "zh" in person.name else "Roster Grid",
            "res_model": "hr.employee.public",
            "view_mode": "attendance_roster_grid",
            "search_view_id": rpc.ref(
                "chain_attendance_shift.attendance_roster_grid_view_search"
            ),
            "context": str({"roster_grid_date": date, **context}),
        }
        if people:
            values["domain"] = str([("id", "in", people)])
        self.action = rpc.create("ir.actions.act_window", **values)

    def open(self):
        self.page.goto(f"{self.person.site.url}/odoo/action-{self.action}")
        self.page.wait_for_selector(f"{GRID} .o_roster_grid_row")
        return self

    def row(self, row):
        return self.page.locator(f"{GRID} tr[data-row='{row}']")

    def cell(self, row, day):
        """A cell by its row, from 0, and its column, from 1 as the days of a month."""
        return self.row(row).locator(f"td[data-column='{day - 1}']")

    def texts(self, row, first, last):
        cells = self.row(row).locator("td[data-column]").all_inner_texts()
        return [text.strip() for text in cells[first - 1 : last]]

    def shows(self, row, first, *texts):
        """Wait until these days are shown, in order."""
        for day, text in enumerate(texts, first):
            expect(self.cell(row, day)).to_have_text(text)

    def says(self, row, day, sign):
        expect(self.cell(row, day)).to_have_attribute(
            "data-is", re.compile(rf"(^| ){sign}( |$)")
        )

    def counts(self, line, day, number):
        cell = self.page.locator(f"{GRID} tfoot tr[data-line='{line}'] td").nth(day - 1)
        expect(cell).to_have_text(str(number))

    def sums(self, row, days, hours):
        expect(self.row(row).locator(".o_total_days")).to_have_text(str(days))
        expect(self.row(row).locator(".o_total_hours")).to_have_text(str(hours))

    def choose(self, shift_id):
        self.page.click(f".o_roster_grid_palette [data-shift='{shift_id}']")

    def drag(self, start, end):
        """Press the mouse on a cell, ``(row, day)``, and let it go on another."""
        self.cell(*start).hover()
        self.page.mouse.down()
        self.cell(*end).hover()
        self.page.mouse.up()

    def keys(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def tool(self, name):
        self.page.click(f".o_roster_grid_toolbar button[name={name}]")

    def settle(self):
        """Wait until the server has answered for everything that was changed."""
        self.page.evaluate(NEXT_FRAME)
        self.page.wait_for_function(
            "!document.querySelector('.o_roster_grid_row [data-is~=pending]')"
        )


# A month of a chain: who, in which store, how many days ahead in the cycle, whether by
# a standing roster instead.
CHAIN = [
    ("陈晓琳", "sh001", None), ("郭子涵", "sh001", 0), ("韩雪", "sh001", 2),
    ("林志强", "sh001", 4), ("罗佳怡", "sh001", 6), ("宋明哲", "sh001", 8),
    ("曹雨欣", "sh002", None), ("邓凯", "sh002", 1), ("冯思远", "sh002", 3),
    ("彭丽", "sh002", 5), ("萧一鸣", "sh002", 7), ("许静怡", "hz001", None),
    ("杨帆", "hz001", 0), ("叶婷婷", "hz001", 3), ("袁浩", "hz001", 6),
]  # fmt: skip


def make_chain(site, rpc):
    """Three stores that plan May 2034, with all that may lie on a day: ids by name."""
    found = rpc.search_read(
        "hr.employee", [("employee_number", "like", "M2034")], ["name"]
    )
    if found:
        return {each["name"]: each["id"] for each in found}
    ids = rpc(
        "hr.employee",
        "create",
        [
            {
                "name": name,
                "employee_number": f"M2034{number:02d}",
                "store_id": rpc.ref(f"chain_attendance_demo.store_{store}"),
                "job_id": rpc.ref(
                    "chain_attendance_demo.job_" + ("sales" if ahead else "cashier")
                ),
            }
            for number, (name, store, ahead) in enumerate(CHAIN)
        ],
    )
    people = {
        name: each for each, (name, _store, _ahead) in zip(ids, CHAIN, strict=True)
    }
    standing = [people[name] for name, _store, ahead in CHAIN if ahead is None]
    rpc(
        "attendance.roster",
        "create",
        [
            {
                "employee_id": each,
                "shift_id": shift(rpc, "D9"),
                "date_from": "2034-04-01",
            }
            for each in standing
        ],
    )
    cycle = ["E8", "E8", "L8", "L8", "", "N8", "N8", ""]
    rotate(
        rpc,
        {people[name]: ahead for name, _store, ahead in CHAIN if ahead is not None},
        [shift(rpc, code) if code else False for code in cycle],
        "2034-04-01",
        "2034-06-30",
    )
    _put_on_the_days(rpc, people)
    site.wait_until_computed()
    return people


def _put_on_the_days(rpc, people):
    """Holidays, a loan, somebody who begins and somebody who leaves."""
    calendar = rpc.ref("chain_attendance_demo.holiday_calendar")
    rpc(
        "attendance.holiday",
        "create",
        [
            {
                "calendar_id": calendar,
                "date": f"2034-{day}",
                "name": "劳动节",
                "day_kind": kind,
            }
            for day, kind in (
                ("05-01", "public_holiday"),
                ("05-02", "moved_rest_day"),
                ("05-06", "make_up_workday"),
            )
        ],
    )
    rpc.create(
        "attendance.store.loan",
        employee_id=people["叶婷婷"],
        store_id=rpc.ref("chain_attendance_demo.store_sh002"),
        date_from="2034-05-15",
        date_to="2034-05-19",
    )
    rpc("hr.employee", "write", [people["萧一鸣"]], {"hire_date": "2034-05-09"})
    rpc("hr.employee", "write", [people["宋明哲"]], {"leave_date": "2034-05-24"})


def rotate(rpc, offsets, cycle, first, last):
    """Generate a dated roster as the wizard does.

    :param offsets: ``{employee: days ahead}``.
    :param cycle: shifts, or ``False`` for rest.
    """
    wizard = "attendance.rotation.plan"
    plan = rpc.create(
        wizard,
        person_ids=[
            (0, 0, {"employee_id": each, "cycle_offset": ahead})
            for each, ahead in offsets.items()
        ],
        date_from=first,
        date_to=last,
        cycle_days=len(cycle),
    )
    for _step in ("people", "range"):
        rpc(wizard, "action_next", [plan])
    slots = rpc.search_read(
        "attendance.rotation.plan.slot", [("plan_id", "=", plan)], ["number"]
    )
    for slot in slots:
        values = {"shift_id": cycle[slot["number"] - 1]}
        rpc("attendance.rotation.plan.slot", "write", [slot["id"]], values)
    rpc(wizard, "action_next", [plan])
    rpc(wizard, "action_generate", [plan])
