"""Rule 10: flexible, elastic, and recognition among candidates."""

from datetime import time

import pytest

from chain_attendance_engine import (
    CoreTime,
    DayKind,
    MissingEnd,
    OvertimeMode,
    PunchMode,
    RequestKind,
    Shift,
)

from .kit import (
    D9,
    FX,
    N8,
    OFF,
    by_days,
    correction,
    day,
    days,
    five,
    form,
    kinds,
    leave,
    marks,
    outing,
    overtime,
    roster,
    rows,
    shift,
    table,
    trip,
    with_policy,
)

AUTO = with_policy(overtime_mode=OvertimeMode.AUTOMATIC)
CORE = Shift("FXC", flexible_minutes=480, core=(CoreTime(time(10), time(15)),))


@pytest.mark.parametrize(
    ("punches", "expected"),
    [
        ("10:20 18:20", (480, 480, 0, 0, 0)),
        ("10:20 18:18", (480, 478, 0, 0, 2)),  # no grace
        ("10:20 12:00", (480, 100, 0, 0, 380)),
        ("08:00 20:00", (480, 480, 0, 0, 0)),
        ("", (480, 0, 0, 0, 480)),
        ("10:00 12:00 13:00 18:00", (480, 480, 0, 0, 0)),  # no middle gaps
    ],
)
def test_hours_only(punches, expected):
    result = day(FX, punches)
    assert five(result) == expected
    assert not result.exceptions
    assert result.totals.punched_outing_minutes == 0


@pytest.mark.parametrize(
    "mode", [PunchMode.PAIRS, PunchMode.STATE_KEY], ids=["pairs", "keys"]
)
def test_pairs_and_keys_apply(mode):
    policy = with_policy(punch_mode=mode)
    result = day(FX, "i09:00 o12:00 i13:00 o18:00", policy=policy)
    assert five(result) == (480, 480, 0, 0, 0)
    result = day(FX, "i09:00 o12:00 i14:00 o18:00", policy=policy)
    assert five(result) == (480, 420, 0, 0, 60)


@pytest.mark.parametrize("mode", list(PunchMode))
@pytest.mark.parametrize(
    ("punch", "found"), [("i12:00:59", "missing_out"), ("i12:01", "missing_in")]
)
def test_a_single_punch_is_split_at_noon_in_every_mode(mode, punch, found):
    policy = with_policy(
        punch_mode=mode,
        missing_in=MissingEnd.NOMINAL,
        missing_out=MissingEnd.NOMINAL,
    )
    result = day(FX, punch, policy=policy)
    assert kinds(result) == [found]
    assert five(result) == (480, 0, 0, 0, 480)


def test_leave_by_hours_comes_off_the_hours_due():
    result = day(FX, "10:00 14:00", leave("14:00", "18:00"))
    assert five(result) == (240, 240, 0, 0, 0)
    assert result.totals.leave_minutes == 240


def test_leave_by_hours_of_the_next_day_is_not_this_days():
    result = day(FX, "10:00 16:00", leave("22:00", "02:00+1"))
    assert five(result) == (360, 360, 0, 0, 0)
    assert result.totals.leave_minutes == 120


def test_presence_on_leave_does_not_fill():
    result = day(FX, "10:00 16:00", leave("14:00", "18:00"))
    assert five(result) == (240, 240, 0, 0, 0)
    assert five(day(FX, "13:00 16:00", leave("14:00", "18:00")))[1] == 60


def test_leave_longer_than_the_hours_takes_them_all():
    result = day(FX, "", leave("08:00", "18:00"))
    assert five(result) == (0, 0, 0, 0, 0)
    assert result.totals.leave_minutes == 480


def test_two_leaves_earlier_filed_first():
    result = day(
        FX,
        "",
        leave("08:00", "14:00", key="late", filed=2),
        leave("12:00", "16:00", key="first", filed=1),
    )
    assert {c.key: c.minutes for c in result.charges} == {"first": 240, "late": 240}


def test_leave_by_days_takes_all():
    result = day(FX, "", by_days(RequestKind.LEAVE))
    assert five(result) == (0, 0, 0, 0, 0)
    assert (result.totals.leave_days, result.totals.leave_minutes) == (1, 480)
    assert rows(result) == ["leave"]


def test_present_on_leave_within_the_calendar_day():
    result = day(FX, "09:00 18:00", by_days(RequestKind.LEAVE))
    assert kinds(result) == ["present_on_leave"]
    assert overtime(result) == (0, 0, 0)


def test_outing_fills_and_is_shown():
    result = day(FX, "10:00 14:00", outing("14:00", "18:00"))
    assert five(result) == (480, 480, 0, 0, 0)
    assert result.totals.outing_minutes == 240


def test_trip_by_days_fills_all():
    result = day(FX, "", by_days(RequestKind.TRIP))
    assert five(result) == (480, 480, 0, 0, 0)
    assert (result.totals.trip_days, result.totals.trip_minutes) == (1, 480)


def test_only_what_exceeds_the_hours_can_be_overtime():
    assert overtime(day(FX, "09:00 19:00", policy=AUTO)) == (120, 0, 0)
    result = day(FX, "09:00 19:00", form("16:00", "19:00"))
    assert overtime(result) == (120, 0, 0)
    assert overtime(day(FX, "10:00 18:00", form("16:00", "18:00"))) == (0, 0, 0)


@pytest.mark.parametrize(
    ("punches", "missed"),
    [("10:00 18:00", 0), ("10:30 18:30", 30), ("08:00 14:00", 60), ("", 300)],
)
def test_core_time_is_a_flag_with_its_minutes(punches, missed):
    result = day(CORE, punches)
    assert result.totals.core_missed_minutes == missed
    assert ("core_time" in kinds(result)) is bool(missed)


def test_core_time_on_leave_is_not_missed():
    result = day(CORE, "12:00 18:00", leave("10:00", "12:00"))
    assert result.totals.core_missed_minutes == 0


def test_flexible_that_works_on_holidays():
    works = Shift("FXH", flexible_minutes=480, works_on_holidays=True)
    result = day(works, "09:00 19:00", day_kind=DayKind.PUBLIC_HOLIDAY)
    assert overtime(result) == (0, 0, 600)
    assert five(result) == (0, 0, 0, 0, 0)
    result = day(works, "12:01", day_kind=DayKind.PUBLIC_HOLIDAY)
    assert kinds(result) == ["missing_in"]


# elastic

ELASTIC = shift(table("09:00-18:00", "12:00-13:00"), elastic_minutes=30)


@pytest.mark.parametrize(
    ("punches", "expected"),
    [
        ("09:20 18:20", (480, 480, 0, 0, 0)),
        ("09:20 18:05", (480, 465, 0, 15, 0)),
        ("08:40 17:40", (480, 480, 0, 0, 0)),  # earlier moves as well
        ("08:00 17:30", (480, 480, 0, 0, 0)),  # within the bound
        ("08:00 17:20", (480, 470, 0, 10, 0)),
        ("09:30 18:30", (480, 480, 0, 0, 0)),
        ("09:40 18:30", (480, 470, 10, 0, 0)),  # beyond the bound
        ("18:00", (480, 0, 0, 0, 480)),  # no in: no move
    ],
)
def test_elastic(punches, expected):
    assert five(day(ELASTIC, punches)) == expected


def test_elastic_breaks_stay():
    due = day(ELASTIC, "09:20 18:20").span_set("due")
    assert [span.minutes for span in due] == [160, 320]


def test_elastic_window_stays():
    result = day(ELASTIC, "09:20 18:20")
    assert result.window == day(ELASTIC, "09:00 18:00").window


def test_elastic_does_not_move_when_the_start_is_on_leave():
    result = day(ELASTIC, "10:20 18:00", leave("09:00", "10:00"))
    assert five(result) == (420, 400, 20, 0, 0)


def test_elastic_does_not_move_when_the_start_is_covered():
    result = day(ELASTIC, "10:00 18:00", outing("09:00", "10:00"))
    assert five(result) == (480, 480, 0, 0, 0)


def test_elastic_leave_that_reaches_the_nominal_end_reaches_the_moved_one():
    result = day(ELASTIC, "09:20 14:00", leave("14:00", "18:00"))
    assert five(result) == (220, 220, 0, 0, 0)
    assert result.totals.leave_minutes == 260


def test_elastic_leave_that_stops_short_does_not():
    result = day(ELASTIC, "09:20 14:00", leave("14:00", "17:59"))
    assert result.totals.leave_minutes == 239
    assert five(result)[0] == 241


def test_elastic_cover_that_reaches_the_nominal_end_reaches_the_moved_one():
    result = day(ELASTIC, "09:20 15:00", trip("15:00", "18:00"))
    assert five(result) == (480, 480, 0, 0, 0)
    assert result.totals.trip_minutes == 200


def test_elastic_overtime_counts_from_the_moved_end():
    result = day(ELASTIC, "09:30 20:00", form("18:00", "20:00"))
    assert overtime(result) == (90, 0, 0)
    assert overtime(day(ELASTIC, "09:30 20:00", policy=AUTO)) == (90, 0, 0)


def test_elastic_missing_out_is_nominal_to_the_moved_end():
    policy = with_policy(missing_out=MissingEnd.NOMINAL)
    assert five(day(ELASTIC, "09:20", policy=policy)) == (480, 480, 0, 0, 0)


# recognition

EARLY, LATE = shift("06:00-14:00", key="early"), shift("14:00-22:00", key="late")
NIGHT = shift("22:00-06:00", key="night")
ANY = (EARLY, LATE, NIGHT)


def recognised(text, *requests, candidates=ANY, **options):
    return day(None, text, *requests, candidates=candidates, **options)


@pytest.mark.parametrize(
    ("punches", "key"),
    [
        ("05:55 14:03", "early"),
        ("13:50 22:05", "late"),
        ("21:55 06:02+1", "night"),
        ("12:30 19:00", "late"),
    ],
)
def test_the_nearest_start_wins(punches, key):
    result = recognised(punches)
    assert result.shift.key == key
    assert not result.exceptions


def test_a_candidate_must_hold_all_events():
    # 10:00 is nearer to 09:00, but its window ends at 16:59 and the out is 18:00
    near = shift("09:00-13:00", key="near")
    far = shift("11:30-19:00", key="far")
    result = recognised("10:00 18:00", candidates=(near, far))
    assert result.shift.key == "far"


def test_a_tie_is_undecided():
    one, two = shift("08:00-16:00", key=1), shift("10:00-18:00", key=2)
    result = recognised("09:00 17:00", candidates=(one, two))
    assert kinds(result) == ["shift_undecided"]
    assert five(result) == (0, 0, 0, 0, 0)
    assert rows(result) == ["undecided"]
    assert marks(result) == {0: "undecided", 1: "undecided"}
    assert recognised("08:59 17:00", candidates=(one, two)).shift.key == 1


def test_a_single_punch_that_fits_two_is_undecided():
    assert kinds(recognised("13:00")) == ["shift_undecided"]


def test_a_single_punch_that_fits_one():
    result = recognised("05:00")
    assert result.shift.key == "early"
    assert kinds(result) == ["missing_out"]


def test_events_no_candidate_holds_are_undecided():
    result = recognised("04:30 09:00+1")
    assert kinds(result) == ["shift_undecided"]


def test_no_event_is_judged_by_the_rosters_own_shift():
    result = day(EARLY, "", candidates=ANY)
    assert five(result) == (480, 0, 0, 0, 480)
    assert kinds(recognised("")) == ["shift_undecided"]


def test_candidates_on_leave_by_days():
    result = recognised("", by_days(RequestKind.LEAVE))
    assert not result.exceptions
    assert result.totals.leave_days == 1


def test_candidates_on_a_holiday():
    result = recognised("", day_kind=DayKind.PUBLIC_HOLIDAY)
    assert rows(result) == ["holiday"]


def test_duplicates_are_one_event_for_recognition():
    assert kinds(recognised("13:00:00 13:00:40")) == ["shift_undecided"]


def test_candidates_are_neighbours_with_their_outer_ends():
    plan = [D9, roster(None, 1, candidates=(EARLY, LATE))]
    found = days(plan, "08:30 17:30 05:55+1 14:00+1")
    assert found[1].shift.key == "early"
    assert five(found[1]) == (480, 480, 0, 0, 0)


def test_a_correction_takes_part_in_recognition():
    result = recognised("14:03", correction("05:55"))
    assert result.shift.key == "early"


def test_rest_day_beside_candidates():
    plan = [roster(None, 0, candidates=ANY), OFF]
    assert days(plan, "21:55 06:02+1")[0].shift.key == "night"


def test_the_rosters_own_shift_beside_candidates_is_one_of_them_for_neighbours():
    plan = [N8, roster(LATE, 1, candidates=(EARLY, LATE))]
    found = days(plan, "21:55 05:58+1 06:02+1 14:00+1")
    # the night ends 06:00, the earliest candidate starts then: the cut is 06:00
    assert marks(found[0]) == {0: "in", 1: "out"}
    assert found[0].window.stop == found[1].window.start
    assert marks(found[1])[2] == "in"
