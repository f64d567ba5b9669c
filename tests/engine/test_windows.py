"""Rule 4: which punches belong to a work date. Rule 2: the work date is the start's."""

from dataclasses import replace

import pytest

from chain_attendance_engine import DayKind, RequestKind

from .kit import (
    D9,
    FX,
    N8,
    OFF,
    by_days,
    day,
    days,
    five,
    form,
    judged,
    leave,
    marks,
    overtime,
    roster,
    shift,
    with_policy,
)


def window(result):
    """The window on the wall clock: first and last minute of each span."""
    return [(judged(span.start), judged(span.stop - 1)) for span in result.window]


def test_from_early_in_to_late_out_whole_minutes():
    assert window(day(D9)) == [("06:30", "21:30")]


@pytest.mark.parametrize(
    ("punches", "expected"),
    [
        ("06:29:59 17:30", {0: "unmatched", 1: "out"}),
        ("06:30:00 17:30", {0: "in", 1: "out"}),
        ("08:30 21:30:59", {0: "in", 1: "out"}),
        ("08:30 21:31:00", {0: "in", 1: "unmatched"}),
    ],
)
def test_both_borders_are_inside(punches, expected):
    assert marks(day(D9, punches)) == expected


def test_policy_sets_the_margins():
    policy = with_policy(early_in_minutes=15, late_out_minutes=0)
    assert window(day(D9, policy=policy)) == [("08:15", "17:30")]


def test_forms_extend_both_ends():
    result = day(D9, "", form("06:00", "08:00"), form("18:00", "23:00"))
    assert window(result) == [("04:00", "03:00")]


def test_windows_that_do_not_overlap_are_not_cut():
    result = day(D9, yesterday=D9, tomorrow=D9)
    assert window(result) == [("06:30", "21:30")]


def test_cut_at_the_midpoint_its_minute_to_the_earlier():
    found = days([N8, D9])
    assert window(found[0]) == [("20:00", "07:15")]
    assert window(found[1]) == [("07:16", "21:30")]


def test_midpoint_of_an_odd_distance():
    late_day = shift("08:31-17:31")  # 06:00 to 08:31: the middle lies in 07:15
    found = days([N8, late_day], "21:55 07:15:59+1 07:16+1 17:31+1")
    assert marks(found[0]) == {0: "in", 1: "out"}
    assert marks(found[1])[2] == "in"


def test_only_common_minutes_are_cut():
    # 06:00 + 60 and 12:00 - 360 share 06:00 to 07:00; the middle is 09:00.
    policy = with_policy(early_in_minutes=360, late_out_minutes=60)
    noon = shift("12:00-20:00")
    found = days([N8, noon], policy=policy)
    assert window(found[0])[0][1] == "07:00"
    assert window(found[1])[0][0] == "07:01"


def test_only_common_minutes_are_cut_on_the_other_side():
    # 06:00 + 360 reaches 12:00; 12:00 - 60 begins at 11:00; the middle is 09:00.
    policy = with_policy(early_in_minutes=60, late_out_minutes=360)
    noon = shift("12:00-20:00")
    found = days([N8, noon], policy=policy)
    assert window(found[0])[0][1] == "10:59"
    assert window(found[1])[0][0] == "11:00"


def test_midpoints_use_the_ends_extended_by_forms():
    found = days([N8, D9], "", form("06:00+1", "07:30+1"))
    assert window(found[0])[0][1] == "08:00"  # between 07:30 and 08:30
    assert window(found[1])[0][0] == "08:01"


def test_a_form_of_the_later_day_moves_the_midpoint_too():
    early = form("07:00+1", "08:30+1", work_date=roster(D9, 1).date)
    found = days([N8, D9], "", early)
    assert window(found[0])[0][1] == "06:30"
    assert window(found[1])[0][0] == "06:31"


def test_overlapping_ends_belong_to_the_earlier():
    found = days([N8, D9], "", form("06:00+1", "09:00+1"))
    assert window(found[0])[0][1] == "09:00"
    assert window(found[1])[0][0] == "09:01"


def test_touching_ends_the_common_minute_to_the_earlier():
    found = days([shift("22:00-08:30"), D9])
    assert window(found[0])[0][1] == "08:30"
    assert window(found[1])[0][0] == "08:31"


@pytest.mark.parametrize(
    "tomorrow",
    [
        OFF,
        None,
        FX,
        roster(D9, 1, day_kind=DayKind.PUBLIC_HOLIDAY),
        roster(D9, 1, day_kind=DayKind.MOVED_REST_DAY),
    ],
)
def test_who_is_no_neighbour(tomorrow):
    plan = [roster(N8, 0), tomorrow]
    assert window(days(plan)[0]) == [("20:00", "10:00")]


def test_a_shift_wholly_on_leave_is_no_neighbour():
    found = days([N8, D9], "", by_days(RequestKind.LEAVE, 1))
    assert window(found[0]) == [("20:00", "10:00")]


def test_a_shift_partly_on_leave_is_a_neighbour_with_its_nominal_ends():
    found = days([N8, D9], "", leave("08:30+1", "12:00+1"))
    assert window(found[0]) == [("20:00", "07:15")]


def test_a_shift_that_works_on_the_holiday_is_a_neighbour():
    works = replace(D9, works_on_holidays=True)
    found = days([N8, roster(works, 1, day_kind=DayKind.PUBLIC_HOLIDAY)])
    assert window(found[0]) == [("20:00", "07:15")]


def test_a_rest_day_with_a_form_is_a_neighbour():
    extra = form("08:00+1", "12:00+1", work_date=roster(OFF, 1).date)
    found = days([N8, OFF], "", extra)
    assert window(found[0]) == [("20:00", "07:00")]
    assert window(found[1]) == [("07:01", "16:00")]


def test_a_shift_on_leave_with_a_form_has_the_form_as_core():
    extra = form("07:00+1", "08:00+1", work_date=roster(D9, 1).date)
    found = days([N8, D9], "", by_days(RequestKind.LEAVE, 1), extra)
    assert window(found[0]) == [("20:00", "06:30")]
    # the form's window up to 12:00, and what the shift may take beside it
    assert window(found[1]) == [("06:31", "21:30")]


def test_a_shift_without_segments_takes_what_no_neighbour_claims():
    found = days([N8, D9, shift("00:00-08:00")], "", by_days(RequestKind.LEAVE, 1))
    assert window(found[1]) == [("10:01", "21:30")]
    wide = with_policy(late_out_minutes=600)
    plan = [N8, D9, shift("00:00-08:00")]
    found = days(plan, "", by_days(RequestKind.LEAVE, 1), policy=wide)
    assert window(found[1]) == [("16:01", "21:59")]


def test_a_holiday_shift_takes_what_no_neighbour_claims():
    holiday = roster(D9, 1, day_kind=DayKind.PUBLIC_HOLIDAY)
    assert window(days([N8, holiday, D9])[1]) == [("10:01", "21:30")]


def test_a_rest_day_has_the_calendar_day_less_claims():
    assert window(days([D9, OFF, D9])[1]) == [("00:00", "23:59")]
    assert window(days([N8, OFF, D9])[1]) == [("10:01", "23:59")]
    early = shift("01:00-09:00")
    assert window(days([D9, None, early])[1]) == [("00:00", "22:59")]


def test_a_rest_day_with_a_form_has_the_forms_window():
    result = day(OFF, "06:29 06:31 17:00 21:01", form("08:30", "17:00"))
    assert window(result) == [("06:30", "21:00")]
    assert marks(result) == {0: "unmatched", 1: "in", 2: "out", 3: "unmatched"}


def test_a_rest_day_beside_a_night_on_leave_keeps_its_calendar_day():
    found = days([N8, OFF], "09:00+1 11:00+1", by_days(RequestKind.LEAVE, 0))
    assert window(found[0]) == [("20:00", "23:59")]
    assert window(found[1]) == [("00:00", "23:59")]


def test_two_shifts_without_segments_meet_at_the_midpoint():
    found = days([N8, D9], "", by_days(RequestKind.LEAVE, 0, 1))
    assert window(found[0]) == [("20:00", "07:15")]
    assert window(found[1]) == [("07:16", "21:30")]


def test_flexible_days_yield_to_a_fixed_start():
    found = days([N8, FX, shift("01:00-09:00")])
    assert window(found[1]) == [("10:01", "22:59")]
    assert window(found[0]) == [("20:00", "10:00")]


def test_flexible_neighbours_meet_at_midnight():
    found = days([FX, FX], "23:59:59 00:00+1")
    assert window(found[0]) == [("00:00", "23:59")]
    assert marks(found[0]) == {0: "out"}
    assert marks(found[1]) == {1: "in"}


def test_a_form_on_a_flexible_day_adds_its_window():
    found = days([FX, D9], "", form("20:00", "23:00"))
    assert window(found[0]) == [("00:00", "03:00")]


def test_a_neighbours_punch_on_the_calendar_day_is_named_so():
    found = days([N8, D9], "21:55 06:05+1 08:30+1 17:30+1")
    assert marks(found[1]) == {1: "other_date", 2: "in", 3: "out"}


def test_each_neighbour_brings_its_own_margins():
    narrow = with_policy(early_in_minutes=10)
    found = days([N8, roster(D9, 1, narrow)])
    assert window(found[0]) == [("20:00", "08:19")]
    assert window(found[1]) == [("08:20", "21:30")]


def test_a_night_belongs_whole_to_its_start():
    found = days([N8, OFF], "21:55 06:05+1")
    assert five(found[0]) == (480, 480, 0, 0, 0)
    assert five(found[1]) == (0, 0, 0, 0, 0)
    assert marks(found[1]) == {1: "other_date"}


def test_employment_ends_neighbourhood():
    from chain_attendance_engine import Employment

    only_first = Employment(None, roster(N8, 0).date)
    found = days([N8, D9], employment=only_first, dates=[0])
    assert window(found[0]) == [("20:00", "10:00")]


def test_overtime_after_a_night_by_a_form_of_the_start_date():
    found = days([N8, D9], "21:55 08:05+1 08:25+1 17:30+1", form("06:00+1", "08:00+1"))
    assert overtime(found[0]) == (120, 0, 0)
    assert five(found[1]) == (540, 540, 0, 0, 0)


def test_night_list_adjoining_shifts_with_overlapping_margins():
    morning, evening = shift("06:00-14:00"), shift("14:00-22:00")
    found = days([evening, morning], "13:50 22:05 05:40+1 14:02+1")
    assert five(found[0]) == five(found[1]) == (480, 480, 0, 0, 0)
