"""Rule 5: choosing punches, in each mode, and joining duplicates."""

from dataclasses import replace

import pytest

from chain_attendance_engine import PunchMode, RequestKind, Shift

from .kit import (
    D9,
    N8,
    OFF,
    SP,
    by_days,
    correction,
    day,
    five,
    form,
    judged,
    kinds,
    leave,
    marks,
    outing,
    overtime,
    shift,
    table,
    with_policy,
)

TABLES = with_policy(punch_mode=PunchMode.PER_TIMETABLE)
PAIRS = with_policy(punch_mode=PunchMode.PAIRS)
KEYS = with_policy(punch_mode=PunchMode.STATE_KEY)


@pytest.mark.parametrize(
    ("punches", "expected"),
    [
        ("08:25 08:26 17:31", {0: "in", 1: "duplicate", 2: "out"}),
        # the last second of the interval is inside
        ("08:25:00 08:26:00 17:30", {0: "in", 1: "duplicate", 2: "out"}),
        ("08:25:00 08:26:01 17:30", {0: "in", 1: "inner", 2: "out"}),
        # counted from the first punch of the event, not from the last
        ("08:25 08:25:50 08:26:40", {0: "in", 1: "duplicate", 2: "out"}),
        # one event alone is a single punch
        ("08:25:00 08:25:30", {0: "in", 1: "duplicate"}),
        ("17:29:30 17:30:10", {0: "duplicate", 1: "out"}),
    ],
)  # fmt: skip
def test_duplicates(punches, expected):
    assert marks(day(D9, punches)) == expected


def test_an_event_is_in_by_its_first_and_out_by_its_last_instant():
    policy = with_policy(duplicate_seconds=600)
    result = day(D9, "08:25 08:33 17:28 17:35", policy=policy)
    assert (judged(result.first_in), judged(result.last_out)) == ("08:25", "17:35")


def test_interval_zero_joins_equal_instants_only():
    policy = with_policy(duplicate_seconds=0)
    result = day(D9, "08:25:00 08:25:00 08:25:01 17:30", policy=policy)
    assert marks(result) == {0: "in", 1: "duplicate", 2: "inner", 3: "out"}


def test_punches_are_given_to_their_date_before_they_are_joined():
    # 07:15:50 is the night's, 07:16:10 the day's, though 20 seconds apart.
    from .kit import days

    found = days([N8, D9], "21:55 07:15:50+1 07:16:10+1 17:30+1")
    assert marks(found[0]) == {0: "in", 1: "out"}
    assert marks(found[1])[2] == "in"


@pytest.mark.parametrize(
    ("punch", "mark", "missing"),
    [
        ("13:00:59", "in", "missing_out"),  # up to and including the middle
        ("13:01:00", "out", "missing_in"),
    ],
)
def test_single_punch_is_split_at_the_middle_of_what_is_due(punch, mark, missing):
    result = day(D9, punch)
    assert marks(result) == {0: mark}
    assert kinds(result) == [missing]


def test_the_middle_is_that_of_what_is_left_after_leave():
    # due 13:00-17:30, the middle is 15:15
    half = leave("08:30", "13:00")
    assert kinds(day(D9, "15:15", half)) == ["missing_out"]
    assert kinds(day(D9, "15:16", half)) == ["missing_in"]


def test_the_middle_of_a_split_shift_is_of_the_whole():
    assert kinds(day(SP, "15:30")) == ["missing_out"]
    assert kinds(day(SP, "15:31")) == ["missing_in"]


@pytest.mark.parametrize(
    ("options", "punch", "expected"),
    [
        ({"is_out_required": False}, "16:00", (540, 90, 0, 0, 450)),
        ({"is_in_required": False}, "09:00", (540, 30, 0, 0, 510)),
    ],
)
def test_a_single_punch_serves_the_one_required_end(options, punch, expected):
    result = day(shift(table("08:30-17:30", **options)), punch)
    assert five(result) == expected
    assert not result.exceptions


def test_first_last_pairs_inner_events_in_order_and_ignores_an_odd_one():
    result = day(D9, "08:30 10:00 10:20 12:00 12:30 15:00 17:30")
    assert result.totals.punched_outing_minutes == 50
    assert marks(result)[5] == "inner"


def test_first_last_counts_the_forms_window():
    result = day(D9, "08:30 17:35 17:55 20:30", form("18:00", "20:30"))
    assert overtime(result) == (150, 0, 0)
    assert result.totals.punched_outing_minutes == 0  # outside segments


# (b) per timetable


def test_per_timetable_inner_pairs_are_gaps():
    result = day(SP, "09:58 11:00 11:20 14:03 16:55 21:01", policy=TABLES)
    assert five(result) == (480, 460, 0, 0, 20)
    assert result.totals.punched_outing_minutes == 20


def test_per_timetable_gaps_count_for_overtime_too():
    result = day(D9, "08:25 18:30 19:30 21:00", form("18:00", "21:00"), policy=TABLES)
    assert overtime(result) == (120, 0, 0)


def test_per_timetable_judges_each_by_itself():
    result = day(SP, "10:10 13:50 17:00 21:00", policy=TABLES)
    assert five(result) == (480, 460, 10, 10, 0)


def test_per_timetable_single_punch_by_the_timetables_middle():
    result = day(SP, "12:00 18:59 21:00", policy=TABLES)
    assert kinds(result) == ["missing_out"]  # 12:00 is the middle of 10-14
    result = day(SP, "12:01 18:59 21:00", policy=TABLES)
    assert kinds(result) == ["missing_in"]


def test_per_timetable_without_any_event_is_absence():
    result = day(SP, "09:58 14:00", policy=TABLES)
    assert five(result) == (480, 240, 0, 0, 240)
    assert not result.exceptions


def test_touching_the_earlier_lacks_its_out():
    double = shift("06:00-14:00", "14:00-22:00")
    result = day(double, "05:55 14:02 22:03", policy=TABLES)
    assert five(result) == (960, 960, 0, 0, 0)


def test_touching_the_later_lacks_its_in():
    double = shift("06:00-14:00", "14:00-22:00")
    result = day(double, "05:55 13:58 22:03", policy=TABLES)
    assert five(result) == (960, 960, 0, 0, 0)
    assert marks(result)[1] == "in_and_out"


def test_touching_serves_only_a_punch_that_is_there():
    double = shift("06:00-14:00", "14:00-22:00")
    result = day(double, "05:55 22:03", policy=TABLES)
    assert kinds(result) == ["missing_in", "missing_out"]
    assert five(result) == (960, 0, 0, 0, 960)


def test_not_touching_serves_nothing():
    near = shift("06:00-14:00", "14:01-22:00")
    result = day(near, "05:55 14:02 22:03", policy=TABLES)
    assert kinds(result) == ["missing_out"]


def test_touching_and_lacking_both_ends_serves_nothing():
    triple = shift("06:00-10:00", "10:00-14:00", "14:00-18:00")
    result = day(triple, "05:55 18:03", policy=TABLES)
    assert five(result) == (720, 0, 0, 0, 720)


def test_touching_event_is_out_by_its_last_and_in_by_its_first_instant():
    double = shift("06:00-14:00", "14:00-22:00")
    wide = replace(TABLES, duplicate_seconds=600)
    result = day(double, "05:55 14:06 14:09 22:03", policy=wide)
    assert five(result) == (960, 954, 6, 0, 0)  # the in is 14:06
    assert marks(result) == {0: "in", 1: "in", 2: "out", 3: "out"}


def test_per_timetable_missing_end_only_where_something_is_due():
    result = day(SP, "15:00 16:55 21:00", leave("10:00", "14:00"), policy=TABLES)
    assert not result.exceptions
    assert five(result) == (240, 240, 0, 0, 0)


# (c) pairs


def test_pairs_are_judged_between():
    result = day(D9, "08:30 12:00 12:30 17:30", policy=PAIRS)
    assert five(result) == (540, 510, 0, 0, 30)
    assert result.totals.punched_outing_minutes == 30


def test_pairs_gap_at_an_end_of_a_piece_is_late_or_early():
    result = day(SP, "10:00 13:50 17:12 21:00", policy=PAIRS)
    assert five(result) == (480, 458, 12, 10, 0)


def test_pairs_odd_punch_leaves_only_its_stretch_open():
    result = day(D9, "08:30 12:00 13:00", policy=PAIRS)
    assert kinds(result) == ["missing_out"]
    assert five(result) == (540, 210, 0, 0, 330)


def test_pairs_a_single_punch_is_an_in():
    result = day(D9, "17:00", policy=PAIRS)
    assert kinds(result) == ["missing_out"]


def test_pairs_with_an_exempt_out():
    exempt = shift(table("08:30-17:30", is_out_required=False))
    result = day(exempt, "08:30 12:00 13:00", policy=PAIRS)
    assert five(result) == (540, 480, 0, 0, 60)
    assert not result.exceptions


def test_pairs_with_an_exempt_in():
    exempt = shift(table("08:30-17:30", is_in_required=False))
    result = day(exempt, "12:00 13:00 17:30", policy=PAIRS)
    assert five(result) == (540, 480, 0, 0, 60)
    assert not result.exceptions


def test_pairs_count_for_overtime():
    result = day(D9, "08:30 18:30 19:30 21:00", form("18:00", "21:00"), policy=PAIRS)
    assert overtime(result) == (120, 0, 0)


# (d) state key


@pytest.mark.parametrize(
    ("punches", "expected", "found"),
    [
        ("i08:30 o17:30", (540, 540, 0, 0, 0), []),
        ("i08:30 o12:00 i12:30 o17:30", (540, 510, 0, 0, 30), []),
        # two ins in a row: the first counts
        ("i08:30 i09:00 o17:30", (540, 540, 0, 0, 0), ["key_conflict"]),
        # two outs in a row: the last counts
        ("i08:30 o16:00 o17:30", (540, 540, 0, 0, 0), ["key_conflict"]),
        # a stretch without its in is not present
        ("o12:00 i13:00 o17:30", (540, 270, 0, 0, 270), ["missing_in"]),
        ("i08:30 o12:00 i13:00", (540, 210, 0, 0, 330), ["missing_out"]),
        # undefined keys serve an end that is lacking, the outermost first
        ("u08:30 u09:00 o17:30", (540, 540, 0, 0, 0), []),
        ("i08:30 u16:00 u17:30", (540, 540, 0, 0, 0), []),
        # and are passed over where nothing is lacking
        ("i08:30 u12:00 o17:30", (540, 540, 0, 0, 0), []),
        ("u08:00 i08:36 o17:30", (540, 534, 6, 0, 0), []),
        # only undefined keys: first and last
        ("u08:30 u12:00 u13:00 u17:30", (540, 540, 0, 0, 0), []),
        # the only key is an out in the morning
        ("o08:28 u17:31", (540, 0, 0, 0, 540), ["missing_in"]),
        ("", (540, 0, 0, 0, 540), []),
    ],
)
def test_state_key(punches, expected, found):
    result = day(D9, punches, policy=KEYS)
    assert five(result) == expected
    assert kinds(result) == found


def test_state_key_only_undefined_shows_inner_pairs_without_deducting():
    result = day(D9, "u08:30 u12:00 u13:00 u17:30", policy=KEYS)
    assert result.totals.punched_outing_minutes == 60


def test_state_key_conflict_marks_the_punch_that_does_not_count():
    result = day(D9, "i08:30 i09:00 o16:00 o17:30", policy=KEYS)
    assert marks(result) == {
        0: "in",
        1: "key_conflict",
        2: "key_conflict",
        3: "out",
    }


def test_state_key_in_and_out_within_the_interval_is_a_conflict():
    result = day(D9, "i08:30:00 o08:30:30 o17:30", policy=KEYS)
    assert kinds(result) == ["key_conflict"]
    assert five(result) == (540, 540, 0, 0, 0)


@pytest.mark.parametrize(
    ("punches", "expected", "found"),
    [
        ("a08:30 a17:30", (540, 540, 0, 0, 0), []),
        ("a08:30 a12:00 a13:00 a17:30", (540, 480, 0, 0, 60), []),
        # pressed twice is one turn
        ("a08:30:00 a08:30:40 a17:30", (540, 540, 0, 0, 0), []),
        ("a08:30 a12:00 a13:00", (540, 210, 0, 0, 330), ["missing_out"]),
        # who came by the entrance leaves at the next
        ("i08:30 a17:30", (540, 540, 0, 0, 0), []),
        ("i08:30 a12:00 i13:00 a17:30", (540, 480, 0, 0, 60), []),
        # a pressed key goes before the turn
        ("a08:30:00 i08:30:20 a12:00 o12:00:30", (540, 210, 0, 0, 330), []),
        # a key that says nothing takes a turn as well
        ("u08:30 a17:30", (540, 540, 0, 0, 0), []),
        # the night before is not of this date
        ("a02:00 a08:30 a17:30", (540, 540, 0, 0, 0), []),
    ],
)
def test_in_and_out_in_turn(punches, expected, found):
    result = day(D9, punches, policy=KEYS)
    assert five(result) == expected
    assert kinds(result) == found


def test_a_night_is_one_turn_of_in_and_out():
    result = day(N8, "a22:00 a06:00+1", policy=KEYS)
    assert five(result) == (480, 480, 0, 0, 0)


def test_turns_mean_nothing_to_first_and_last():
    result = day(D9, "a08:30 a12:00 a17:30")
    assert five(result) == (540, 540, 0, 0, 0)


def test_state_key_of_a_correction():
    from chain_attendance_engine import PunchState

    result = day(
        D9, "o17:30", correction("08:30", state_key=PunchState.IN), policy=KEYS
    )
    assert five(result) == (540, 540, 0, 0, 0)


# days without segments


@pytest.mark.parametrize(
    ("punch", "found"),
    [("13:00", "missing_out"), ("13:01", "missing_in")],
)
def test_rest_day_single_punch_is_split_by_the_form(punch, found):
    result = day(OFF, punch, form("09:00", "17:00"))
    assert kinds(result) == [found]
    assert overtime(result) == (0, 0, 0)


def test_rest_day_single_punch_without_a_form_is_a_stray():
    result = day(OFF, "10:00")
    assert marks(result) == {0: "no_segment"}
    assert not result.exceptions


def test_holiday_single_punch_is_split_by_the_shift_that_works_on_it():
    from chain_attendance_engine import DayKind

    works = replace(D9, works_on_holidays=True)
    result = day(works, "13:01", day_kind=DayKind.PUBLIC_HOLIDAY)
    assert kinds(result) == ["missing_in"]


def test_key_conflict_on_a_rest_day_only_where_overtime_hangs_on_it():
    text = "i09:00 i09:30 o17:00"
    assert kinds(day(OFF, text, policy=KEYS)) == ["unapproved_work"]
    result = day(OFF, text, form("09:00", "17:00"), policy=KEYS)
    assert kinds(result) == ["key_conflict"]


# ends that are as good as punched


def test_an_end_not_required_is_nominal_also_with_an_earlier_punch():
    exempt = shift(table("08:30-17:30", is_out_required=False))
    assert five(day(exempt, "08:30 12:00")) == (540, 540, 0, 0, 0)


def test_later_presence_at_an_exempt_end_counts_for_overtime():
    exempt = shift(table("08:30-17:30", is_out_required=False))
    result = day(exempt, "08:30 20:30", form("18:00", "20:30"))
    assert overtime(result) == (150, 0, 0)


def test_an_exempt_in_is_nominal_also_with_a_later_punch():
    exempt = shift(table("08:30-17:30", is_in_required=False))
    assert five(day(exempt, "09:30 17:30")) == (540, 540, 0, 0, 0)


def test_neither_end_required_needs_no_punch():
    free = shift(table("08:30-17:30", is_in_required=False, is_out_required=False))
    assert five(day(free, "")) == (540, 540, 0, 0, 0)
    assert five(day(free, "12:00")) == (540, 540, 0, 0, 0)


def test_one_end_required_and_no_event_is_absence():
    exempt = shift(table("08:30-17:30", is_out_required=False))
    result = day(exempt, "")
    assert five(result) == (540, 0, 0, 0, 540)
    assert not result.exceptions


def test_required_ends_of_the_timetables_that_are_left():
    mixed = shift(table("10:00-14:00"), table("17:00-21:00", is_out_required=False))
    assert five(day(mixed, "09:55 17:05"))[1] == 480
    result = day(mixed, "09:55", leave("17:00", "21:00"))
    assert kinds(result) == ["missing_out"]


@pytest.mark.parametrize(
    ("cover", "punch"),
    [(("08:30", "10:00"), "17:30"), (("15:00", "17:30"), "08:30")],
)
def test_an_outing_stands_for_the_end_it_covers(cover, punch):
    result = day(D9, punch, outing(*cover))
    assert five(result) == (540, 540, 0, 0, 0)
    assert not result.exceptions


@pytest.mark.parametrize("cover", [("08:31", "10:00"), ("15:00", "17:29")])
def test_an_outing_that_stops_short_stands_for_nothing(cover):
    punch = "17:30" if cover[0] == "08:31" else "08:30"
    assert len(day(D9, punch, outing(*cover)).exceptions) == 1


def test_trip_by_days_stands_for_both_ends():
    result = day(D9, "10:00", by_days(RequestKind.TRIP))
    assert five(result) == (540, 540, 0, 0, 0)
    assert not result.exceptions


def test_two_covers_without_a_punch_leave_the_middle_absent():
    result = day(D9, "", outing("08:30", "10:00"), outing("15:00", "17:30", key="b"))
    assert five(result) == (540, 240, 0, 0, 300)
    assert not result.exceptions


def test_mode_per_timetable_on_a_flexible_shift_is_first_and_last():
    flexible = Shift("F", flexible_minutes=480)
    result = day(flexible, "09:00 12:00 13:00 17:00", policy=TABLES)
    assert five(result) == (480, 480, 0, 0, 0)
