"""Wall clock to instant; spans and span sets by example."""

from datetime import date, datetime, timezone
from zoneinfo import ZoneInfo

import pytest

from chain_attendance_engine import Span, SpanSet, instant_minute, local_date, minute_at
from chain_attendance_engine.clock import (
    day_bounds,
    epoch_minute,
    nominal_minutes,
    repeated_minutes,
    wall_minute,
)

NEW_YORK = ZoneInfo("America/New_York")
SHANGHAI = ZoneInfo("Asia/Shanghai")


def utc(*parts):
    return epoch_minute(datetime(*parts, tzinfo=timezone.utc))


@pytest.mark.parametrize(
    ("day", "minute", "zone", "expected"),
    [
        (date(2014, 7, 9), 510, SHANGHAI, utc(2014, 7, 9, 0, 30)),
        (date(2014, 7, 9), 1800, SHANGHAI, utc(2014, 7, 9, 22, 0)),
        (date(2014, 7, 9), -10, SHANGHAI, utc(2014, 7, 8, 15, 50)),
        # missing: 02:30 is moved to 03:30 at UTC-4
        (date(2024, 3, 10), 150, NEW_YORK, utc(2024, 3, 10, 7, 30)),
        # repeated: 01:30 is the first one, at UTC-4
        (date(2024, 11, 3), 90, NEW_YORK, utc(2024, 11, 3, 5, 30)),
        (date(1970, 1, 1), 0, timezone.utc, 0),
    ],
)
def test_instant_minute(day, minute, zone, expected):
    assert instant_minute(day, minute, zone) == expected


def test_day_bounds():
    hours = [
        (stop - start) // 60
        for start, stop in (
            day_bounds(date(2024, 3, 10), NEW_YORK),
            day_bounds(date(2024, 11, 3), NEW_YORK),
            day_bounds(date(2024, 11, 4), NEW_YORK),
        )
    ]
    assert hours == [23, 25, 24]


def test_back_to_the_wall():
    minute = utc(2014, 7, 8, 16, 0)
    assert minute_at(minute) == datetime(2014, 7, 8, 16, tzinfo=timezone.utc)
    assert local_date(minute, SHANGHAI) == date(2014, 7, 9)
    assert local_date(minute - 1, SHANGHAI) == date(2014, 7, 8)
    assert wall_minute(minute, SHANGHAI) == minute + 480


def test_clock_changes_inside_a_span():
    start, stop = utc(2024, 1, 1), utc(2025, 1, 1)
    assert repeated_minutes(start, stop, NEW_YORK) == [
        (utc(2024, 3, 10, 7), 60),
        (utc(2024, 11, 3, 6), -60),
    ]
    assert repeated_minutes(start, start + 1440, NEW_YORK) == []
    change = utc(2024, 3, 10, 7)
    assert repeated_minutes(change - 1, change, NEW_YORK) == [(change, 60)]
    assert repeated_minutes(change - 2, change - 1, NEW_YORK) == []


def test_nominal_minutes():
    spring, autumn = utc(2024, 3, 10, 7), utc(2024, 11, 3, 6)
    assert nominal_minutes(spring - 30, spring + 30, NEW_YORK) == 120
    assert nominal_minutes(spring - 30, spring, NEW_YORK) == 30
    assert nominal_minutes(spring, spring + 30, NEW_YORK) == 90
    assert nominal_minutes(autumn - 60, autumn + 90, NEW_YORK) == 90
    assert nominal_minutes(autumn, autumn + 60, NEW_YORK) == 0
    assert nominal_minutes(autumn + 30, autumn + 70, NEW_YORK) == 10
    assert nominal_minutes(autumn + 60, autumn + 70, NEW_YORK) == 10
    assert nominal_minutes(autumn + 5, autumn + 5, NEW_YORK) == 0


@pytest.mark.parametrize("cut", range(-90, 91, 15))
@pytest.mark.parametrize("change", [utc(2024, 3, 10, 7), utc(2024, 11, 3, 6)])
def test_nominal_minutes_of_adjoining_spans_add_up(change, cut):
    start, stop = change - 100, change + 100
    whole = nominal_minutes(start, stop, NEW_YORK)
    parts = nominal_minutes(start, change + cut, NEW_YORK) + nominal_minutes(
        change + cut, stop, NEW_YORK
    )
    assert parts == whole


def test_span():
    span = Span(60, 90)
    assert span.minutes == 30
    assert Span(90, 60).minutes == 0
    assert span.start_at == datetime(1970, 1, 1, 1, tzinfo=timezone.utc)
    assert span.stop_at == datetime(1970, 1, 1, 1, 30, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([], []),
        ([(5, 5), (7, 6)], []),
        ([(3, 4), (1, 2)], [(1, 2), (3, 4)]),
        ([(1, 2), (2, 3)], [(1, 3)]),  # touching ones are one
        ([(1, 9), (2, 3)], [(1, 9)]),
        ([(1, 5), (4, 9)], [(1, 9)]),
    ],
)
def test_normal_form(pairs, expected):
    assert list(SpanSet(pairs)) == expected


def test_operators():
    one, two = SpanSet([(0, 10), (20, 30)]), SpanSet([(5, 25)])
    assert one | two == SpanSet.of(0, 30)
    assert one & two == SpanSet([(5, 10), (20, 25)])
    assert one - two == SpanSet([(0, 5), (25, 30)])
    assert two - one == SpanSet.of(10, 20)
    assert one | SpanSet() == one == SpanSet() | one
    assert one - SpanSet() == one
    assert not SpanSet() - one
    assert not one & SpanSet()


def test_questions():
    spans = SpanSet([(0, 10), (20, 30)])
    assert (spans.minutes, len(spans), spans.start, spans.stop) == (20, 2, 0, 30)
    assert [minute in spans for minute in (-1, 0, 9, 10, 20, 29, 30)] == [
        False,
        True,
        True,
        False,
        True,
        True,
        False,
    ]
    assert bool(spans) and not bool(SpanSet())
    assert not SpanSet.of(3, 3)
    assert repr(spans) == "SpanSet([(0, 10), (20, 30)])"
    assert hash(spans) == hash(SpanSet([(20, 30), (0, 10)]))
    assert spans != [(0, 10), (20, 30)]
