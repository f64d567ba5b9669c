"""Rules 3, 6, 7 and 8: pieces, rounding, missing ends, gaps."""

from dataclasses import replace

import pytest

from chain_attendance_engine import (
    Direction,
    MissingEnd,
    PunchMode,
    RequestKind,
    Rounding,
)

from .kit import (
    B8,
    D9,
    DEFAULTS,
    N8,
    SP,
    by_days,
    day,
    five,
    form,
    judged,
    kinds,
    leave,
    outing,
    overtime,
    rows,
    shift,
    table,
    trip,
    with_policy,
)

PAIRS = with_policy(punch_mode=PunchMode.PAIRS)

# rule 8


@pytest.mark.parametrize(
    ("late", "expected"),
    [
        ("08:30", (540, 540, 0, 0, 0)),
        ("08:35", (540, 540, 0, 0, 0)),  # grace, credited as worked
        ("08:36", (540, 534, 6, 0, 0)),  # the whole gap beyond grace
        ("09:00", (540, 510, 30, 0, 0)),  # exactly at the limit
        ("09:01", (540, 509, 0, 0, 31)),  # above it the whole gap
    ],
)
def test_late(late, expected):
    assert five(day(D9, f"{late} 17:30")) == expected


@pytest.mark.parametrize(
    ("early", "expected"),
    [
        ("17:25", (540, 540, 0, 0, 0)),
        ("17:24", (540, 534, 0, 6, 0)),
        ("17:00", (540, 510, 0, 30, 0)),
        ("16:59", (540, 509, 0, 0, 31)),
    ],
)
def test_early(early, expected):
    assert five(day(D9, f"08:30 {early}")) == expected


def test_an_option_counts_only_the_excess():
    policy = with_policy(counts_only_excess=True)
    assert five(day(D9, "08:36 17:24", policy=policy)) == (540, 538, 1, 1, 0)
    # the limit is compared with the whole gap all the same
    assert five(day(D9, "09:01 17:30", policy=policy)) == (540, 509, 0, 0, 31)


def test_separate_graces_and_limits():
    policy = with_policy(
        grace_late_minutes=0,
        grace_early_minutes=10,
        late_limit_minutes=5,
        early_limit_minutes=60,
    )
    assert five(day(D9, "08:34 17:20", policy=policy)) == (540, 536, 4, 0, 0)
    assert five(day(D9, "08:36 16:30", policy=policy)) == (540, 474, 0, 60, 6)


def test_no_limit():
    policy = with_policy(late_limit_minutes=None, early_limit_minutes=None)
    assert five(day(D9, "12:00 13:30", policy=policy)) == (540, 90, 210, 240, 0)


def test_limit_zero_makes_every_gap_beyond_grace_absence():
    policy = with_policy(late_limit_minutes=0)
    assert five(day(D9, "08:35 17:30", policy=policy)) == (540, 540, 0, 0, 0)
    assert five(day(D9, "08:36 17:30", policy=policy)) == (540, 534, 0, 0, 6)


def test_a_piece_without_presence_is_absent_whole_within_the_limit():
    result = day(D9, "08:30 13:00", leave("13:00", "17:27"))
    assert [row.absent_minutes for row in result.rows if row.due_minutes] == [0, 3]


def test_each_piece_has_its_own_gaps():
    result = day(D9, "08:36 17:24", leave("12:00", "13:00"))
    assert five(result) == (480, 468, 6, 6, 0)
    first, _leave, second = result.rows
    assert (first.late_minutes, first.early_minutes) == (6, 0)
    assert (second.late_minutes, second.early_minutes) == (0, 6)


def test_a_gap_runs_across_a_break_and_its_minutes_do_not_count():
    assert five(day(B8, "09:00 11:40")) == (480, 160, 0, 0, 320)
    assert five(day(B8, "13:20 18:00")) == (480, 280, 0, 0, 200)
    # 20 minutes before the break are no end of the piece
    assert five(day(B8, "09:00 17:40")) == (480, 460, 0, 20, 0)


def test_leaving_inside_a_break_is_leaving_at_its_start():
    long_break = shift(table("08:00-17:30", "12:00-13:30"))
    for out in ("12:00", "12:45", "13:30"):
        assert five(day(long_break, f"08:00 {out}")) == (480, 240, 0, 0, 240)


def test_presence_in_a_break_only_is_no_presence():
    assert five(day(B8, "12:00 13:00")) == (480, 0, 0, 0, 480)


def test_between_two_punches_is_a_punched_outing():
    result = day(D9, "08:30 12:00 12:03 17:30", policy=PAIRS)
    assert five(result) == (540, 537, 0, 0, 3)  # no grace
    assert result.totals.punched_outing_minutes == 3


def test_between_the_last_punch_and_a_later_outing_is_early():
    # out 15:00, outing from 15:20: 20 minutes; above the limit they are absence
    assert five(day(D9, "08:30 15:00", outing("15:20", "17:30"))) == (
        540,
        520,
        0,
        20,
        0,
    )
    assert five(day(D9, "08:30 15:00", outing("15:04", "17:30")))[1] == 540
    assert five(day(D9, "08:30 15:00", outing("15:40", "17:30"))) == (
        540,
        500,
        0,
        0,
        40,
    )


def test_between_an_earlier_trip_and_the_first_punch_is_late():
    assert five(day(D9, "10:20 17:30", trip("08:30", "10:00"))) == (540, 520, 20, 0, 0)


def test_between_covers_without_a_punch_is_absent():
    result = day(D9, "", outing("08:30", "13:00"), outing("13:10", "17:30", key=2))
    assert five(result) == (540, 530, 0, 0, 10)


def test_between_two_covers_between_two_punches():
    result = day(
        D9,
        "08:30 11:00 14:00 17:30",
        outing("12:00", "13:00"),
        policy=PAIRS,
    )
    assert five(result) == (540, 420, 0, 0, 120)
    assert result.totals.punched_outing_minutes == 120


def test_first_last_inner_pair_at_a_piece_end_is_never_late_or_early():
    result = day(D9, "08:30 12:50 17:10 17:30", leave("13:00", "17:00"))
    assert five(result) == (300, 300, 0, 0, 0)
    assert result.totals.punched_outing_minutes == 20  # 12:50-13:00 and 17:00-17:10


def test_first_last_inner_pair_is_deducted_only_by_policy():
    policy = with_policy(deducts_punched_outing=True)
    result = day(D9, "08:20 12:01 12:58 17:35", policy=policy)
    assert five(result) == (540, 483, 0, 0, 57)
    assert result.totals.punched_outing_minutes == 57


def test_first_last_inner_pair_less_what_an_outing_covers():
    policy = with_policy(deducts_punched_outing=True)
    result = day(D9, "08:20 12:00 13:00 17:35", outing("12:00", "12:40"), policy=policy)
    assert five(result) == (540, 520, 0, 0, 20)
    assert result.totals.punched_outing_minutes == 20


def test_first_last_inner_pair_over_a_break():
    result = day(B8, "09:00 11:50 13:10 18:00")
    assert five(result) == (480, 480, 0, 0, 0)
    assert result.totals.punched_outing_minutes == 20


@pytest.mark.parametrize(
    ("punches", "expected"),
    [
        ("08:30 13:00", (540, 270, 0, 0, 270)),  # exactly half
        ("08:30 12:59", (540, 0, 0, 0, 540)),  # below half
        ("08:50 12:59", (540, 0, 0, 0, 540)),  # late and early vanish
    ],
)
def test_below_a_percentage_all_is_absent(punches, expected):
    policy = with_policy(least_worked_percent=50)
    assert five(day(D9, punches, policy=policy)) == expected


def test_the_percentage_is_of_the_whole_days_due_after_leave():
    policy = with_policy(least_worked_percent=50)
    result = day(SP, "10:00 14:00", policy=policy)
    assert five(result) == (480, 240, 0, 0, 240)
    result = day(D9, "08:30 10:45", leave("13:00", "17:30"), policy=policy)
    assert five(result) == (270, 135, 0, 0, 135)


# rule 6


def test_seconds_are_dropped_at_both_ends():
    result = day(D9, "08:35:59 17:25:00")
    assert five(result) == (540, 540, 0, 0, 0)
    result = day(D9, "08:30 17:24:59")
    assert five(result)[3] == 6


@pytest.mark.parametrize(
    ("direction", "second", "expected"),
    [
        (Direction.UP, "08:31:00", "08:45"),
        (Direction.UP, "08:30:00", "08:30"),
        (Direction.UP, "08:30:01", "08:45"),  # rounding begins at the second
        (Direction.DOWN, "08:44:59", "08:30"),
        (Direction.NEAREST, "08:37:29", "08:30"),
        (Direction.NEAREST, "08:37:30", "08:45"),
    ],
)
def test_rounding_of_the_in(direction, second, expected):
    policy = with_policy(round_in=Rounding(15, direction))
    result = day(D9, f"{second} 17:30", policy=policy)
    assert judged(result.first_in) == expected


def test_rounding_of_the_out_is_its_own():
    policy = with_policy(
        round_in=Rounding(10, Direction.UP), round_out=Rounding(30, Direction.DOWN)
    )
    result = day(D9, "08:31 17:29", policy=policy)
    assert (judged(result.first_in), judged(result.last_out)) == ("08:40", "17:00")
    assert five(result) == (540, 500, 10, 30, 0)


def test_units_are_counted_from_midnight_of_the_work_date():
    policy = with_policy(round_out=Rounding(7, Direction.DOWN))
    # 06:05 of the next day is minute 1805, 1805 // 7 * 7 = 1799 = 05:59
    result = day(N8, "21:55 06:05+1", policy=policy)
    assert judged(result.last_out) == "05:59"


def test_rounding_of_overtime():
    policy = with_policy(
        round_overtime=Rounding(15, Direction.DOWN),
        overtime_unit_minutes=1,
        overtime_least_minutes=1,
    )
    result = day(D9, "08:30 20:10", form("18:00", "21:00"), policy=policy)
    assert overtime(result) == (120, 0, 0)
    assert judged(result.last_out) == "20:10"


def test_windows_midpoints_and_duplicates_use_the_unrounded_punch():
    policy = with_policy(
        round_in=Rounding(60, Direction.UP), round_out=Rounding(60, Direction.UP)
    )
    result = day(D9, "06:29 17:30", policy=policy)
    assert kinds(result) == ["missing_in"]
    assert kinds(day(D9, "13:00", policy=policy)) == ["missing_out"]


# rule 7


@pytest.mark.parametrize(
    ("fill", "minutes", "expected"),
    [
        (MissingEnd.NOT_PRESENT, 0, (540, 0, 0, 0, 540)),
        (MissingEnd.MINUTES, 20, (540, 520, 0, 20, 0)),
        (MissingEnd.MINUTES, 90, (540, 450, 0, 90, 0)),  # compared with no limit
        (MissingEnd.NOMINAL, 0, (540, 540, 0, 0, 0)),
    ],
)
def test_missing_out(fill, minutes, expected):
    policy = with_policy(missing_out=fill, missing_out_minutes=minutes)
    result = day(D9, "08:30", policy=policy)
    assert five(result) == expected
    assert kinds(result) == ["missing_out"]


@pytest.mark.parametrize(
    ("fill", "minutes", "expected"),
    [
        (MissingEnd.NOT_PRESENT, 0, (540, 0, 0, 0, 540)),
        (MissingEnd.MINUTES, 3, (540, 537, 3, 0, 0)),  # nor with grace
        (MissingEnd.MINUTES, 90, (540, 450, 90, 0, 0)),
        (MissingEnd.NOMINAL, 0, (540, 540, 0, 0, 0)),
    ],
)
def test_missing_in(fill, minutes, expected):
    policy = with_policy(missing_in=fill, missing_in_minutes=minutes)
    result = day(D9, "17:30", policy=policy)
    assert five(result) == expected
    assert kinds(result) == ["missing_in"]


def test_a_filled_end_is_beside_the_other_ends_own_gap():
    policy = with_policy(missing_out=MissingEnd.MINUTES, missing_out_minutes=20)
    assert five(day(D9, "08:50 ", policy=policy)) == (540, 500, 20, 20, 0)


def test_a_filled_end_never_gives_overtime():
    policy = with_policy(missing_out=MissingEnd.NOMINAL)
    result = day(D9, "08:30", form("18:00", "20:00"), policy=policy)
    assert five(result) == (540, 540, 0, 0, 0)
    assert overtime(result) == (0, 0, 0)
    policy = with_policy(missing_in=MissingEnd.NOMINAL)
    result = day(D9, "20:30", form("18:00", "20:00"), policy=policy)
    assert overtime(result) == (0, 0, 0)


def test_a_fill_does_not_touch_absence_without_any_event():
    policy = with_policy(missing_out=MissingEnd.NOMINAL, missing_in=MissingEnd.NOMINAL)
    assert five(day(D9, "", policy=policy)) == (540, 0, 0, 0, 540)


def test_in_pairs_only_the_open_stretch_is_filled():
    policy = replace(PAIRS, missing_out=MissingEnd.NOMINAL)
    result = day(D9, "08:30 12:00 13:00", policy=policy)
    assert five(result) == (540, 480, 0, 0, 60)


def test_a_missing_end_leaves_outings_as_presence():
    result = day(D9, "08:25", outing("10:00", "12:00"))
    assert five(result) == (540, 120, 0, 0, 420)
    assert kinds(result) == ["missing_out"]


# rule 3


def test_separate_timetables_are_separate_rows():
    assert rows(day(SP, "09:55 21:05")) == ["shift 10:00-14:00", "shift 17:00-21:00"]


def test_a_leave_that_cuts_nothing_is_no_border():
    inside = leave("12:10", "12:50")
    assert five(day(B8, "09:00 11:40", inside)) == (480, 160, 0, 0, 320)
    assert rows(day(B8, "09:00 18:00", inside)) == ["shift 09:00-18:00"]


def test_outing_and_trip_cover_and_do_not_cut():
    result = day(D9, "08:30 17:30", outing("12:00", "13:00"), trip("15:00", "19:00"))
    assert rows(result) == ["shift 08:30-17:30"]
    assert (result.totals.outing_minutes, result.totals.trip_minutes) == (60, 150)


def test_leave_goes_before_outing():
    result = day(D9, "08:30 10:00", leave("10:00", "12:00"), outing("11:00", "17:30"))
    assert five(result) == (420, 420, 0, 0, 0)
    assert result.totals.outing_minutes == 330


def test_of_outing_and_trip_the_earlier_filed_shows_the_common_minutes():
    both = (
        outing("10:00", "12:00", filed=2),
        trip("11:00", "13:00", filed=1),
    )
    totals = day(D9, "08:30 17:30", *both).totals
    assert (totals.outing_minutes, totals.trip_minutes) == (60, 120)
    totals = day(D9, "08:30 17:30", *reversed(both)).totals
    assert (totals.outing_minutes, totals.trip_minutes) == (60, 120)


def test_trip_by_days_covers_the_nights_shift_only_of_its_date():
    from .kit import days

    found = days([N8, N8], "", by_days(RequestKind.TRIP, 1))
    assert five(found[0]) == (480, 0, 0, 0, 480)
    assert five(found[1]) == (480, 480, 0, 0, 0)
    assert found[1].totals.trip_minutes == 480


def test_defaults_have_no_grace():
    assert five(day(D9, "08:31 17:29", policy=DEFAULTS)) == (540, 538, 1, 1, 0)
