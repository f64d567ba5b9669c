"""Examples E and F: what is entered in the forms, and the days that come of it.

Every example has a person of its own, whose punches come from a terminal. The figures
are those of the daily report on the screen: due, worked, late, early, absent and the
overtime of workdays, rest days and holidays, in minutes.
"""

import re
from dataclasses import dataclass, field

import pytest

from terminal_simulator import Device, Quirks, Target

DAILY = "chain_attendance_report.attendance_report_daily_action"
EXCEPTIONS = {"zh_CN": "异常", "en_US": "Exceptions"}
ACTION = "chain_attendance_request.attendance_request_action_{}"
LEAVE = "chain_attendance_request.attendance_request_entry_action_leave"
ALL = "chain_attendance_request.attendance_request_entry_action"
FORM = ".o_form_view"
DIALOG = ".o_dialog .o_form_view"
SERIAL = "E2E0000707"
SUN, MON, TUE = "2026-07-05", "2026-07-06", "2026-07-07"
FRI, SAT, NEXT_SUN, NEXT_MON = "2026-07-10", "2026-07-11", "2026-07-12", "2026-07-13"
MAKE_UP_SUNDAY = "2026-07-19"
FAMILY = {"zh_CN": "甲例", "en_US": "乙例"}
IS_DRAWN = """
    () => new Promise((done) => requestAnimationFrame(
        () => requestAnimationFrame(() => requestAnimationFrame(done))))
"""
WORDS = {
    "zh_CN": {
        "file": "提交", "leave": "填写请假单", "days": "按天", "hours": "按小时",
        "on_leave": "请假期间打卡", "no_form": "未申请加班",
        "total": {"d": "%s天", "h": "%s小时"},
        "titles": {
            "leave": "考试事假", "outing": "外出", "trip": "出差", "correction": "补签",
            "workday": "平日加班", "rest_day": "休日加班",
        },
    },
    "en_US": {
        "file": "File", "leave": "File Leave", "days": "By Days", "hours": "By Hours",
        "on_leave": "Present while on leave", "no_form": "Unapproved work",
        "total": {"d": "%s d", "h": "%s h"},
        "titles": {
            "leave": "考试事假", "outing": "Outing", "trip": "Business Trip",
            "correction": "Punch Correction", "workday": "Workday Overtime",
            "rest_day": "Rest-Day Overtime",
        },
    },
}  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """What is typed into one form.

    ``kind`` is ``leave`` or a kind of request; without times it is by days. ``total``
    is what the list of all requests shows then.
    """

    kind: str
    start: str
    stop: str = ""
    total: str = ""
    title: str = ""


@dataclass(frozen=True)
class Example:
    """``shifts`` by date, ``""`` for rest; ``days`` are the figures by date."""

    name: str
    lang: str
    shifts: dict
    punches: list
    entries: list
    days: dict
    other: dict = field(default_factory=dict)
    says: str = ""

    @property
    def who(self):
        """The name of its person; no name is part of another one."""
        return f"{FAMILY[self.lang]}{self.name}号"

    @property
    def is_leave(self):
        return any(entry.kind == "leave" for entry in self.entries)


ON_D9 = {MON: "D9"}
EXAMPLES = [
    Example(
        "E1", "zh_CN", ON_D9, [f"{MON} 08:30", f"{MON} 13:00"],
        [Entry("leave", f"{MON} 13:00", f"{MON} 17:00", "4 h")],
        {MON: (300, 270, 0, 0, 30, 0, 0, 0)}, {"leave_minutes": 240},
    ),
    Example(
        "E2", "en_US", ON_D9, [f"{MON} 08:25", f"{MON} 13:02"],
        [Entry("leave", f"{MON} 13:00", f"{MON} 17:30", "4.5 h")],
        {MON: (270, 270, 0, 0, 0, 0, 0, 0)}, {"leave_minutes": 270},
    ),
    # E11 of an open period, too: it is filed weeks later.
    Example(
        "E3", "zh_CN", ON_D9, [], [Entry("leave", MON, MON, "1 d")],
        {MON: (0, 0, 0, 0, 0, 0, 0, 0)}, {"leave_minutes": 540},
    ),
    Example(
        "E3a", "en_US", {MON: "N8", TUE: "N8"}, [f"{MON} 21:55", f"{TUE} 06:04"],
        [Entry("leave", TUE, TUE, "1 d")],
        {MON: (480, 480, 0, 0, 0, 0, 0, 0), TUE: (0, 0, 0, 0, 0, 0, 0, 0)},
        {"leave_minutes": 480},
    ),
    Example(
        "E4", "zh_CN", ON_D9, [f"{MON} 08:30", f"{MON} 17:30"],
        [Entry("leave", MON, MON, "1 d")],
        {MON: (0, 0, 0, 0, 0, 0, 0, 0)}, {"leave_minutes": 540}, "on_leave",
    ),
    Example(
        "E5", "en_US", {MON: "B8"},
        [f"{MON} 09:00", f"{MON} 12:00", f"{MON} 14:00", f"{MON} 18:00"],
        [Entry("leave", f"{MON} 12:00", f"{MON} 14:00", "1 h")],
        {MON: (420, 420, 0, 0, 0, 0, 0, 0)}, {"leave_minutes": 60},
    ),
    Example(
        "E6", "zh_CN", {FRI: "D9", SAT: "", NEXT_SUN: "D9", NEXT_MON: ""}, [],
        [Entry("leave", FRI, NEXT_MON, "2 d")],
        {day: (0, 0, 0, 0, 0, 0, 0, 0) for day in (FRI, SAT, NEXT_SUN, NEXT_MON)},
        {"leave_minutes": 1080},
    ),
    Example(
        "E7", "en_US", {MON: "N8"}, [f"{MON} 21:55", f"{TUE} 02:03"],
        [Entry("leave", f"{TUE} 02:00", f"{TUE} 06:00", "4 h")],
        {MON: (240, 240, 0, 0, 0, 0, 0, 0)}, {"leave_minutes": 240},
    ),
    Example(
        "E8", "zh_CN", ON_D9, [f"{MON} 08:25", f"{MON} 17:35"],
        [Entry("outing", f"{MON} 10:00", f"{MON} 12:00", "2 h")],
        {MON: (540, 540, 0, 0, 0, 0, 0, 0)}, {"outing_minutes": 120},
    ),
    Example(
        "E9", "en_US", ON_D9, [], [Entry("trip", MON, MON, "1 d")],
        {MON: (540, 540, 0, 0, 0, 0, 0, 0)}, {"trip_minutes": 540},
    ),
    Example(
        "E10", "zh_CN", ON_D9, [f"{MON} 17:35"],
        [Entry("correction", f"{MON} 08:30")],
        {MON: (540, 540, 0, 0, 0, 0, 0, 0)},
    ),
    Example(
        "F1", "en_US", ON_D9, [f"{MON} 08:30", f"{MON} 20:35"],
        [Entry("overtime", f"{MON} 18:00", f"{MON} 20:30", "2.5 h", "workday")],
        {MON: (540, 540, 0, 0, 0, 150, 0, 0)},
    ),
    Example(
        "F2", "zh_CN", ON_D9, [f"{MON} 08:30", f"{MON} 20:40"],
        [Entry("overtime", f"{MON} 17:00", f"{MON} 20:30", "3.5 h", "workday")],
        {MON: (540, 540, 0, 0, 0, 180, 0, 0)},
    ),
    Example(
        "F3", "en_US", ON_D9, [f"{MON} 08:30", f"{MON} 20:10"],
        [Entry("overtime", f"{MON} 18:00", f"{MON} 21:00", "3 h", "workday")],
        {MON: (540, 540, 0, 0, 0, 120, 0, 0)},
    ),
    Example(
        "F3a", "zh_CN", {SUN: ""}, [],
        [
            Entry("overtime", f"{SUN} 09:00", f"{SUN} 14:00", "5 h", "rest_day"),
            Entry("correction", f"{SUN} 10:01"),
            Entry("correction", f"{SUN} 14:09"),
        ],
        {SUN: (0, 0, 0, 0, 0, 0, 210, 0)},
    ),
    Example(
        "F5", "en_US", {SUN: ""}, [f"{SUN} 08:25", f"{SUN} 17:05"],
        [Entry("overtime", f"{SUN} 08:30", f"{SUN} 17:00", "8.5 h", "rest_day")],
        {SUN: (0, 0, 0, 0, 0, 0, 510, 0)},
    ),
    Example(
        "F6", "zh_CN", {SUN: ""}, [f"{SUN} 09:00", f"{SUN} 17:00"], [],
        {SUN: (0, 0, 0, 0, 0, 0, 0, 0)}, says="no_form",
    ),
    Example(
        "F8", "zh_CN", {MAKE_UP_SUNDAY: "standing D9"},
        [f"{MAKE_UP_SUNDAY} 08:30", f"{MAKE_UP_SUNDAY} 20:00"],
        [Entry("overtime", f"{MAKE_UP_SUNDAY} 18:00", f"{MAKE_UP_SUNDAY} 20:00", "2 h",
               "workday")],
        {MAKE_UP_SUNDAY: (540, 540, 0, 0, 0, 120, 0, 0)},
    ),
    # Forms that reach into the night.
    Example(
        "B6", "en_US", ON_D9, [f"{MON} 08:30", f"{MON} 22:10"],
        [Entry("overtime", f"{MON} 17:30", f"{MON} 22:00", "4.5 h", "workday")],
        {MON: (540, 540, 0, 0, 0, 270, 0, 0)},
    ),
    Example(
        "C4", "en_US", {MON: "L9"}, [f"{MON} 13:55", f"{TUE} 01:35"],
        [Entry("overtime", f"{MON} 23:00", f"{TUE} 01:30", "2.5 h", "workday")],
        {MON: (540, 540, 0, 0, 0, 150, 0, 0)},
    ),
]  # fmt: skip


@pytest.fixture(scope="module")
def shifts(rpc):
    """Shifts by code; those of the demo chain and what it does not have."""

    def make(code, start, end, breaks=()):
        times = [{"start_minutes": s, "end_minutes": e} for s, e in breaks]
        return rpc.create(
            "attendance.shift",
            code=f"X{code}",
            name=f"考试{code}",
            timetable_ids=[(0, 0, {"start_minutes": start, "end_minutes": end})],
            break_ids=[(0, 0, values) for values in times],
        )

    return {
        "D9": rpc.ref("chain_attendance_demo.shift_day"),
        "N8": rpc.ref("chain_attendance_demo.shift_night"),
        "B8": make("B8", 540, 1080, [(720, 780)]),
        "L9": make("L9", 840, 1380),
    }


@pytest.fixture(scope="module")
def store(rpc):
    """A store of the manager's, with holidays of its own and a terminal."""
    (manager,) = rpc.search_read(
        "res.users", [("login", "=", "manager")], ["employee_id"]
    )
    calendar = rpc.create(
        "attendance.holiday.calendar",
        name="考试日历",
        holiday_ids=[
            (0, 0, {"name": "X", "date": MAKE_UP_SUNDAY, "day_kind": "make_up_workday"})
        ],
    )
    made = rpc.create(
        "attendance.store",
        code="ZX707",
        name="考试店",
        manager_id=manager["employee_id"][0],
        holiday_calendar_id=calendar,
    )
    rpc.create(
        "attendance.terminal",
        code="707",
        name="考试机",
        serial_number=SERIAL,
        vendor="zkteco",
        store_id=made,
    )
    yield made
    rpc("attendance.store", "write", [made], {"manager_id": False})


@pytest.fixture(scope="module")
def people(site, rpc, shifts, store):
    """``{example: employee}``, rostered and with their punches."""
    (company,) = rpc.search_read("res.company", [], ["attendance_root_department_id"])
    made = rpc(
        "hr.employee",
        "create",
        [
            {
                "name": example.who,
                "employee_number": f"X7{number:02}",
                "terminal_user_code": str(7700 + number),
                "store_id": store,
                "department_id": company["attendance_root_department_id"][0],
            }
            for number, example in enumerate(EXAMPLES)
        ],
    )
    people = {example.name: who for example, who in zip(EXAMPLES, made, strict=True)}
    _roster(rpc, people, shifts)
    _punch(site)
    site.wait_until_computed()
    return people


def _roster(rpc, people, shifts):
    for example in EXAMPLES:
        for day, code in example.shifts.items():
            values = {"employee_id": people[example.name]}
            if code.startswith("standing"):
                shift = shifts[code.split()[1]]
                rpc.create("attendance.roster", **values, shift_id=shift, date_from=day)
                continue
            values |= {"date": day, "shift_id": shifts.get(code, False)}
            rpc.create("attendance.roster.override", **values)


def _punch(site):
    unit = Device(SERIAL, Target.from_url(site.url), quirks=Quirks(language=83))
    punches = [
        (at, str(7700 + number))
        for number, example in enumerate(EXAMPLES)
        for at in example.punches
    ]
    for at, code in sorted(punches):
        unit.punch(code, at=f"{at}:00")
    unit.settle(seconds=30)
    unit.close()


@pytest.fixture(scope="module")
def leave_type(rpc):
    """In hours or days, and in force as soon as it is filed."""
    name = WORDS["en_US"]["titles"]["leave"]
    rpc.create(
        "hr.leave.type",
        name=name,
        request_unit="hour",
        requires_allocation=False,
        leave_validation_type="no_validation",
    )
    return name


def _shown(day, lang):
    """A date as the language writes it."""
    year, month, number = day.split("-")
    return f"{month}/{number}/{year}" if lang == "en_US" else day.replace("-", "/")


def _fill(person, form, name, value):
    widget = f"{form} .o_field_widget[name={name}]"
    if name.startswith("date"):
        person.enter_date(widget, value)
        return
    person.page.fill(f"{widget} input", value)
    person.leave(f"{widget} input")


def _fill_span(person, form, entry, lang):
    (day, _, start), (last, _, stop) = (
        text.partition(" ") for text in (entry.start, entry.stop or entry.start)
    )
    _fill(person, form, "date_from", _shown(day, lang))
    # Overtime has one date; an end before the start is on the next day.
    if entry.kind in ("leave", "outing", "trip") and last != day:
        _fill(person, form, "date_to", _shown(last, lang))
    if start:
        _fill(person, form, "start_time", start)
    if stop and entry.stop:
        _fill(person, form, "stop_time", stop)


def _file_leave(person, who, entry, lang, leave_type):
    words, page = WORDS[lang], person.page
    page.get_by_role("button", name=words["leave"], exact=True).click()
    # Proposed is oneself.
    page.click(f"{DIALOG} [name=employee_ids] .o_delete")
    person.pick("employee_ids", who)
    page.wait_for_selector(f"{DIALOG} [name=employee_ids] .o_tag:has-text('{who}')")
    person.pick("leave_type_id", leave_type)
    measure = words["hours" if " " in entry.start else "days"]
    page.click(f"{DIALOG} .o_radio_item:has-text('{measure}') input")
    _fill_span(person, DIALOG, entry, lang)
    page.wait_for_selector(f"{DIALOG} [name=charged]:has-text('{who}')")
    person.picture(f"example-leave-{who}")
    person.press(words["file"])


def _file(person, who, entry, lang):
    page = person.page
    number = person.site.rpc().ref(ACTION.format(entry.kind))
    page.goto(f"{person.site.url}/odoo/action-{number}/new")
    page.wait_for_selector(f"{FORM} .o_field_widget[name=date_from] button")
    person.pick("employee_id", who)
    _fill_span(person, FORM, entry, lang)
    page.fill(f"{FORM} .o_field_widget[name=reason] textarea", "例子 example")
    person.picture(f"example-{entry.kind}-{who}")
    button = page.get_by_role("button", name=WORDS[lang]["file"], exact=True)
    button.click()
    button.wait_for(state="hidden")


def _find(person, text, offer):
    """Search the list for a text in the field offered there; its rows."""
    page = person.page
    page.fill(".o_searchview_input", text)
    with page.expect_response(lambda answer: "web_search_read" in answer.url):
        page.click(f".o_searchview_autocomplete .o-dropdown-item >> nth={offer}")
    page.wait_for_selector(f".o_searchview_facet:has-text('{text}')")
    page.evaluate(IS_DRAWN)
    return person.rows()[1]


def _listed(person, lang):
    """``{(who, title, start, end): total}`` as figure 41 shows it."""
    person.open(ALL)
    rows = _find(person, FAMILY[lang], 0)
    return {tuple(row[2:6]): row[6] for row in rows}


def _minutes(text):
    """``8.7h`` and ``18m`` as minutes; nothing is nothing."""
    found = re.fullmatch(r"([\d.]+)([hm])", text or "0m")
    return round(float(found[1]) * {"h": 60, "m": 1}[found[2]])


def _reported(person, lang):
    """``{(who, date): (figures, exceptions)}`` of the daily report."""
    page = person.page
    person.open(DAILY)
    page.wait_for_selector(".o_searchview_facet")
    page.click(".o_searchview_facet .o_facet_remove")
    _find(person, FAMILY[lang], 1)
    with page.expect_response(lambda answer: "web_search_read" in answer.url):
        page.click("th[data-name=work_date]")
    page.evaluate(IS_DRAWN)
    head, body = person.rows()
    # Types of leave, as many as there are, stand before.
    place = head.index(EXCEPTIONS[lang])
    return {
        (row[2], row[6]): (tuple(_minutes(text) for text in row[7:15]), row[place])
        for row in body
    }


@pytest.mark.parametrize("lang", ["zh_CN", "en_US"])
@pytest.mark.parametrize("is_leave", [True, False], ids=["leave", "requests"])
def test_examples(log_in, site, rpc, people, leave_type, lang, is_leave):
    words, manager = WORDS[lang], log_in("manager", lang)
    examples = [e for e in EXAMPLES if e.lang == lang and e.is_leave == is_leave]
    if is_leave:
        manager.open(LEAVE)
    for example in examples:
        for entry in example.entries:
            if entry.kind == "leave":
                _file_leave(manager, example.who, entry, lang, leave_type)
            else:
                _file(manager, example.who, entry, lang)
    listed = _listed(manager, lang)
    manager.picture("examples-listed")
    assert {
        (
            example.who,
            words["titles"][entry.title or entry.kind],
            entry.start,
            entry.stop,
        ): _total(entry, words)
        for example in examples
        for entry in example.entries
    }.items() <= listed.items()
    site.wait_until_computed()
    reported = _reported(manager, lang)
    manager.picture("examples-reported")
    expected = {
        (example.who, _shown(day, lang)): figures
        for example in examples
        for day, figures in example.days.items()
    }
    assert {key: reported[key][0] for key in expected} == expected
    for example in examples:
        if example.says:
            texts = [
                text for (who, _), (_, text) in reported.items() if who == example.who
            ]
            assert any(words[example.says] in text for text in texts), example.name
    assert _stored(rpc, examples, people) == {e.name: e.other for e in examples}
    assert manager.complaints == []


def _total(entry, words):
    number, _, unit = entry.total.partition(" ")
    return words["total"][unit] % number if unit else ""


def _stored(rpc, examples, people):
    """``{example: {field: minutes}}`` of what is no column on the screen."""
    found = {}
    for example in examples:
        names = list(example.other)
        days = rpc.search_read(
            "attendance.day", [("employee_id", "=", people[example.name])], names
        )
        found[example.name] = {name: sum(day[name] for day in days) for name in names}
    return found
