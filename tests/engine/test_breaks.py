"""Rule 9: breaks of three kinds."""

import pytest

from chain_attendance_engine import BreakKind, PunchMode

from .kit import (
    at,
    day,
    five,
    form,
    leave,
    outing,
    overtime,
    rest,
    rows,
    shift,
    table,
    with_policy,
)

BEYOND = shift(
    table(
        "09:00-18:00",
        rest("12:00-13:00", kind=BreakKind.BEYOND, beyond_minutes=360),
    )
)
PUNCHED = shift(table("09:00-18:00", rest("12:00-13:00", kind=BreakKind.PUNCHED)))
MODES = [PunchMode.FIRST_LAST, PunchMode.PER_TIMETABLE, PunchMode.PAIRS]


def test_a_paid_break_is_due():
    paid = shift(table("09:00-18:00", rest("12:00-13:00", is_paid=True)))
    assert five(day(paid, "09:00 18:00")) == (540, 540, 0, 0, 0)


@pytest.mark.parametrize(
    ("punches", "expected"),
    [
        ("09:00 18:00", (480, 480, 0, 0, 0)),
        ("09:00 13:00", (480, 240, 0, 0, 240)),  # 4 h: the break is worked
        ("09:00 15:00", (480, 360, 0, 0, 120)),  # exactly 6 h
        ("09:00 15:01", (480, 301, 0, 0, 179)),  # beyond
        ("09:00 12:30", (480, 210, 0, 0, 270)),  # half of the break present
        ("09:00 12:00", (480, 180, 0, 0, 300)),  # none of it
        ("", (480, 0, 0, 0, 480)),
        ("12:00 13:00", (480, 60, 0, 0, 420)),  # nothing but the break
    ],
)
def test_beyond_some_hours(punches, expected):
    assert five(day(BEYOND, punches)) == expected


def test_beyond_counts_presence_inside_the_shift_only():
    # present from 07:00, in the shift 5:30 h, the break included
    assert five(day(BEYOND, "07:00 14:30")) == (480, 330, 0, 0, 150)


def test_beyond_leaves_leave_out_of_presence():
    # 09:00-18:00 less leave 15:00-18:00: 6 h of presence, nothing is lacking
    result = day(BEYOND, "09:00 18:00", leave("15:00", "18:00"))
    assert five(result) == (300, 300, 0, 0, 0)
    # due 09:00-12:00, 13:00-15:00; present 09:00-14:00; short 60, the break gives 60
    result = day(BEYOND, "09:00 14:00", leave("15:00", "18:00"))
    assert five(result) == (300, 300, 0, 0, 0)


def test_beyond_shrinks_absence_then_early_then_late():
    policy = with_policy(
        grace_late_minutes=0,
        grace_early_minutes=0,
        late_limit_minutes=None,
        early_limit_minutes=None,
    )
    # 10:00-15:30: late 60, early 150; the break's 60 come off early
    assert five(day(BEYOND, "10:00 15:30", policy=policy)) == (480, 330, 60, 90, 0)
    # nothing early, 13:00-18:00 without the break: no credit
    assert five(day(BEYOND, "13:00 18:00", policy=policy)) == (480, 300, 180, 0, 0)
    # 12:00-18:00: exactly 6 h, late 180 shrinks by 60
    assert five(day(BEYOND, "12:00 18:00", policy=policy)) == (480, 360, 120, 0, 0)


def test_beyond_due_stays_net():
    short = shift(
        table(
            "09:00-14:00",
            rest("12:00-13:00", kind=BreakKind.BEYOND, beyond_minutes=360),
        )
    )
    assert five(day(short, "09:00 14:00")) == (240, 240, 0, 0, 0)


def test_beyond_counts_outings_as_presence():
    result = day(BEYOND, "09:00 12:00", outing("12:00", "16:00"))
    assert five(result) == (480, 360, 0, 0, 120)  # 7 h: beyond, no credit


def test_a_credited_break_is_no_overtime_too():
    policy = with_policy(overtime_least_minutes=1, overtime_unit_minutes=1)
    result = day(BEYOND, "09:00 13:00", form("12:00", "13:00"), policy=policy)
    assert five(result) == (480, 240, 0, 0, 240)
    assert overtime(result) == (0, 0, 0)


def test_a_fixed_break_can_be_claimed_by_a_form():
    fixed = shift(table("09:00-18:00", "12:00-13:00"))
    result = day(fixed, "09:00 18:00", form("12:00", "13:00"))
    assert overtime(result) == (60, 0, 0)
    assert five(result) == (480, 480, 0, 0, 0)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    ("punches", "expected"),
    [
        ("09:00 12:00 13:00 18:00", (480, 480, 0, 0, 0)),
        ("09:00 13:30 14:30 18:00", (480, 480, 0, 0, 0)),  # where it was taken
        ("09:00 12:00 12:40 18:00", (480, 480, 0, 0, 0)),  # a shorter gives nothing
        ("09:00 12:00 13:05 18:00", (480, 480, 0, 0, 0)),  # excess within grace
        ("09:00 12:00 13:20 18:00", (480, 460, 20, 0, 0)),  # excess is late
        ("09:00 12:00 13:40 18:00", (480, 440, 0, 0, 40)),  # above the limit
        ("09:00 18:00", (480, 480, 0, 0, 0)),  # none punched: the nominal place
    ],
)
def test_punched(mode, punches, expected):
    result = day(PUNCHED, punches, policy=with_policy(punch_mode=mode))
    assert five(result) == expected
    assert result.totals.punched_outing_minutes == 0


def test_a_punched_break_is_a_border():
    assert rows(day(PUNCHED, "09:00 13:30 14:30 18:00")) == [
        "shift 09:00-13:30",
        "shift 14:30-18:00",
    ]
    # early before it, and the stretch after it without presence is absent
    assert five(day(PUNCHED, "09:00 11:40")) == (480, 160, 0, 20, 300)


def test_the_pair_nearest_to_the_nominal_start_is_the_break():
    policy = with_policy(deducts_punched_outing=True)
    result = day(PUNCHED, "09:00 09:30 09:40 12:10 13:10 18:00", policy=policy)
    assert five(result) == (480, 470, 0, 0, 10)
    assert result.totals.punched_outing_minutes == 10


def test_two_punched_breaks_take_a_pair_each():
    double = shift(
        table(
            "09:00-20:00",
            rest("12:00-13:00", kind=BreakKind.PUNCHED),
            rest("17:00-17:30", kind=BreakKind.PUNCHED),
        )
    )
    result = day(double, "09:00 12:05 13:05 17:10 17:40 20:00")
    assert five(result) == (570, 570, 0, 0, 0)


def test_a_punched_break_at_night():
    night = shift(table("22:00-06:00", rest("02:00-03:00", kind=BreakKind.PUNCHED)))
    result = day(night, "21:55 03:00+1 04:10+1 06:00+1")
    assert five(result) == (420, 410, 10, 0, 0)


def test_presence_while_a_taken_break_lasts_is_not_made_up_at_the_nominal_place():
    # taken 10:00-10:30 (lies 10:00-11:00), worked over the nominal hour: due is 480
    result = day(PUNCHED, "09:00 10:00 10:30 18:00")
    assert five(result) == (480, 480, 0, 0, 0)
    assert result.span_set("due").spans[0].stop_at == at("10:00")
