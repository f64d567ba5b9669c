"""Rule 14: rotation and the order of rosters."""

from datetime import date, timedelta

import pytest

from chain_attendance_engine import (
    REST,
    DayKind,
    RosterEntry,
    RosterError,
    Rosters,
    RosterSource,
    regenerate,
    rotate,
    rotation_index,
)

JULY, OCTOBER = date(2014, 7, 1), date(2014, 10, 1)


def standing(key, first, *slots, **options):
    return RosterEntry(key, RosterSource.STANDING, first, None, slots, **options)


def dated(key, first, last, *slots, **options):
    return RosterEntry(key, RosterSource.DATED, first, last, slots, **options)


def override(key, day, slot, **options):
    return RosterEntry(key, RosterSource.OVERRIDE, day, day, (slot,), **options)


def default(key, *slots, **options):
    return RosterEntry(
        key, RosterSource.DEFAULT, date(2000, 1, 1), None, slots, **options
    )


def shifts(entries, first, count):
    rosters = Rosters(entries)
    return [rosters.on(first + timedelta(days=n)).shift for n in range(count)]


@pytest.mark.parametrize(
    ("days", "length", "expected"),
    [(0, 5, 0), (4, 5, 4), (5, 5, 0), (23, 5, 3), (-1, 5, 4), (7, 1, 0)],
)
def test_rotation_index(days, length, expected):
    assert rotation_index(JULY + timedelta(days=days), JULY, length) == expected


def test_h2_the_manuals_rotation():
    cycle = ["w", "w", "w", REST, REST]
    slots = dict(rotate(cycle, OCTOBER, OCTOBER, date(2014, 10, 31)))
    rest = [day.day for day, slot in slots.items() if slot is REST and day.day >= 24]
    assert rest == [24, 25, 29, 30]
    assert len(slots) == 31
    assert slots[date(2014, 10, 31)] == "w"


def test_rotate_may_begin_anywhere():
    got = list(rotate("abc", JULY, date(2014, 7, 5), date(2014, 7, 6)))
    assert got == [(date(2014, 7, 5), "b"), (date(2014, 7, 6), "c")]


def test_h1_standing_rosters_by_start_date():
    entries = [standing("a", JULY, "D9"), standing("b", date(2014, 7, 15), "N8")]
    assert shifts(entries, date(2014, 7, 14), 2) == ["D9", "N8"]
    assert shifts(entries[:1], date(2014, 7, 14), 2) == ["D9", "D9"]
    assert Rosters(entries).on(date(2014, 6, 30)).source is RosterSource.NONE


def test_standing_latest_start_then_latest_entry():
    entries = [
        standing("a", JULY, "late entry", entered=9),
        standing("b", date(2014, 7, 2), "one", entered=1),
        standing("c", date(2014, 7, 2), "two", entered=2),
    ]
    assert shifts(entries, date(2014, 7, 2), 1) == ["two"]


def test_dated_rosters_and_overrides_the_latest_entry():
    entries = [
        dated("a", JULY, date(2014, 7, 31), "old", entered=1),
        dated("b", date(2014, 6, 1), date(2014, 7, 31), "new", entered=2),
        override("c", date(2014, 7, 3), "first", entered=3),
        override("d", date(2014, 7, 3), "second", entered=4),
    ]
    assert shifts(entries, JULY, 3) == ["new", "new", "second"]


def test_h4_beneath_a_dated_roster_the_standing_one():
    entries = [
        standing("s", JULY, "stand"),
        dated("d", OCTOBER, date(2014, 10, 31), "dated"),
        default("x", "default"),
    ]
    assert shifts(entries, date(2014, 10, 31), 2) == ["dated", "stand"]
    assert shifts(entries, date(2014, 6, 30), 1) == ["default"]


def test_override_beats_all():
    entries = [
        override("o", OCTOBER, REST),
        dated("d", OCTOBER, OCTOBER, "dated", entered=9),
        standing("s", OCTOBER, "stand", entered=9),
    ]
    choice = Rosters(entries).on(OCTOBER)
    assert (choice.is_rest, choice.shift) == (True, None)
    assert (choice.source, choice.entry.key) == (RosterSource.OVERRIDE, "o")


def test_the_calendar_comes_last():
    calendar = RosterEntry("c", RosterSource.CALENDAR, JULY, None, ("cal",))
    assert Rosters([calendar, default("d", "def")]).on(JULY).shift == "def"
    assert Rosters([calendar]).on(JULY).source is RosterSource.CALENDAR


@pytest.mark.parametrize("make", [standing, lambda k, f, *s, **o: default(k, *s, **o)])
def test_weekly_rest_and_makeup_workdays(make):
    sunday = date(2014, 7, 6)
    rosters = Rosters([make("s", JULY, "D9", weekly_rest={6, 7})])
    assert rosters.on(sunday).is_rest
    assert rosters.on(sunday - timedelta(days=1)).is_rest
    assert not rosters.on(sunday + timedelta(days=1)).is_rest
    lifted = rosters.on(sunday, DayKind.MAKEUP_WORKDAY)
    assert (lifted.shift, lifted.is_rest) == ("D9", False)
    assert rosters.on(sunday, DayKind.PUBLIC_HOLIDAY).is_rest


def test_a_dated_roster_is_not_changed_by_a_makeup_day():
    rosters = Rosters([dated("d", JULY, JULY, REST), standing("s", JULY, "D9")])
    assert rosters.on(JULY, DayKind.MAKEUP_WORKDAY).is_rest


def test_rest_in_a_standing_cycle_stays_on_a_makeup_day():
    rosters = Rosters([standing("s", JULY, REST, "D9")])
    assert rosters.on(JULY, DayKind.MAKEUP_WORKDAY).is_rest


def test_cycle_start_may_lie_elsewhere():
    entry = dated("d", JULY, date(2014, 7, 31), "a", "b", cycle_start=date(2014, 6, 30))
    assert shifts([entry], JULY, 2) == ["b", "a"]


def test_h3_regenerating_keeps_hand_changes_and_doubles_nothing():
    cycle = ("w", "w", "w", REST, REST)
    last = date(2014, 10, 31)
    hand = override("hand", date(2014, 10, 26), "hand", entered=5)
    other = dated("other", JULY, JULY, "x")
    entries = [dated("gen", OCTOBER, last, *cycle, entered=1), hand, other]
    again = regenerate(entries, dated("gen", OCTOBER, last, *cycle, entered=6))
    assert len(again) == 3
    assert Rosters(again).on(date(2014, 10, 26)).shift == "hand"
    assert regenerate(again, again[-1]) == again
    cleared = regenerate(entries, again[-1], keeps_overrides=False)
    assert Rosters(cleared).on(date(2014, 10, 26)).shift == "w"
    assert other in cleared


def test_regenerating_without_overrides_keeps_those_outside():
    outside = override("o", date(2014, 11, 1), "hand")
    before = override("b", date(2014, 9, 30), "hand")
    new = dated("gen", OCTOBER, date(2014, 10, 31), "w")
    kept = regenerate([outside, before], new, keeps_overrides=False)
    assert kept == [outside, before, new]
    wide = RosterEntry(
        "w", RosterSource.OVERRIDE, date(2014, 9, 30), OCTOBER, ("hand",)
    )
    with pytest.raises(RosterError):
        regenerate([wide], new, keeps_overrides=False)


def test_regenerate_may_be_told_what_is_replaced():
    old = dated("old", OCTOBER, date(2014, 10, 31), "w")
    new = dated("new", OCTOBER, date(2014, 10, 31), "v")
    got = regenerate([old], new, is_same=lambda e: e.first == new.first)
    assert got == [new]
    assert regenerate([old], new) == [old, new]
    with pytest.raises(RosterError):
        regenerate([], standing("s", JULY, "x"))
