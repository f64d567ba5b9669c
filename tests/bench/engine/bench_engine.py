"""Speed of the engine on one core: employee-days per second, memory, linearity.

    python tests/bench/engine/bench_engine.py [--days 20000] [--million]

Every figure stands beside a baseline that reads the same inputs and does nothing: it
iterates over the same roster days, punches and requests and builds an empty result for
each date. Ratios say more than the figures, which depend on the machine.
"""

import argparse
import gc
import resource
import sys
import time
from datetime import date, datetime, timedelta
from datetime import time as clock
from pathlib import Path
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "addons"))

from chain_attendance_engine import (  # noqa: E402
    Break,
    DayResult,
    DayState,
    EmployeeInput,
    Policy,
    Punch,
    RequestKind,
    RequestSpan,
    RosterDay,
    Shift,
    Timetable,
    evaluate_days,
)

ZONE = ZoneInfo("Asia/Shanghai")
FIRST = date(2024, 1, 1)
POLICY = Policy(grace_late_minutes=5, grace_early_minutes=5)
LEAST = {"ordinary": 10_000, "mixed": 3_000}


def table(start, end, *breaks):
    return Timetable(clock(*start), clock(*end), breaks)


DAY = Shift("D9", (table((8, 30), (17, 30)),))
BROKEN = Shift("B8", (table((9, 0), (18, 0), Break(clock(12), clock(13))),))
NIGHT = Shift("N8", (table((22, 0), (6, 0)),))
SPLIT = Shift("SP", (table((10, 0), (14, 0)), table((17, 0), (21, 0))))


def at(day, hour, minute, second=0):
    start = datetime.combine(day, clock(), ZONE)
    return start + timedelta(hours=hour, minutes=minute, seconds=second)


def ordinary(first, count):
    """Day shifts with two punches each, some a few minutes late."""
    roster, punches = {}, []
    for number in range(-1, count + 1):
        day = first + timedelta(days=number)
        roster[day] = RosterDay(day, ZONE, POLICY, DAY)
        punches.append(Punch((day, 0), at(day, 8, 20 + number % 20, 17)))
        punches.append(Punch((day, 1), at(day, 17, 35, 41)))
    return EmployeeInput(roster, tuple(punches))


def mixed(first, count):
    """Five weeks' pattern: nights, splits, breaks, rest, leave, overtime, outings."""
    roster, punches, requests = {}, [], []
    for number in range(-1, count + 1):
        day = first + timedelta(days=number)
        step = number % 7
        if step == 6:
            roster[day] = RosterDay(day, ZONE, POLICY, is_rest=True)
            continue
        shift = (DAY, BROKEN, NIGHT, NIGHT, SPLIT, BROKEN)[step]
        roster[day] = RosterDay(day, ZONE, POLICY, shift)
        hours = _hours(shift, number)
        punches += [Punch((day, n), at(day, *hm)) for n, hm in enumerate(hours)]
        requests += _requests(day, number, step)
    return EmployeeInput(roster, tuple(punches), tuple(requests))


def _hours(shift, number):
    if shift is NIGHT:
        return (21, 50), (30, 5 + number % 9)
    if shift is SPLIT:
        return (9, 58), (14, 2), (16, 55), (21, 3)
    if shift is BROKEN:
        return (8, 55), (12, 1), (12, 58), (20, 5)
    return (8, 20 + number % 20), (17, 40)


def _requests(day, number, step):
    if step == 0 and number % 2:
        return [_span(RequestKind.LEAVE, day, 13, 17, filed=number)]
    if step == 1:
        form = _span(RequestKind.OVERTIME, day, 18, 20, work_date=day)
        return [form]
    if step == 4 and number % 3 == 0:
        return [_span(RequestKind.OUTING, day, 11, 12)]
    return []


def _span(kind, day, start, stop, **options):
    return RequestSpan(
        (kind.value, day), kind, at(day, start, 0), at(day, stop, 0), **options
    )


def baseline(source, dates):
    """Read the same inputs and do nothing."""
    for punch in source.punches:
        _ = punch.second
    for request in source.requests:
        _ = request.start_minute
    for day in dates:
        roster = source.roster[day]
        _ = roster.shift, roster.policy
        yield DayResult(day, DayState.FINAL)


def months(make, total):
    """Employee-months of 30 days until there are ``total`` days."""
    dates = [FIRST + timedelta(days=n) for n in range(30)]
    source = make(FIRST, 30)
    return [(source, dates)] * max(1, total // 30)


def measure(run, work):
    """Days and seconds of one pass, the collector switched off as in ``timeit``."""
    gc.collect()
    gc.disable()
    started = time.perf_counter()
    days = sum(1 for source, dates in work for _ in run(source, dates))
    passed = time.perf_counter() - started
    gc.enable()
    return days, passed


def per_second(run, work, rounds=3):
    """The best of a few rounds."""
    best = min(measure(run, work)[1] for _ in range(rounds))
    days = sum(len(dates) for _, dates in work)
    return days / best


def speed(total):
    """The table of speeds; returns the names of kinds that are too slow."""
    print("| days | engine per second | baseline per second | ratio | wanted |")
    print("| --- | ---: | ---: | ---: | ---: |")
    slow = []
    for name, make in (("ordinary", ordinary), ("mixed", mixed)):
        work = months(make, total)
        engine = per_second(evaluate_days, work)
        nothing = per_second(baseline, work)
        print(
            f"| {name} | {engine:,.0f} | {nothing:,.0f} | 1 : {nothing / engine:.0f} "
            f"| {LEAST[name]:,} |"
        )
        if engine < LEAST[name]:
            slow.append(name)
    return slow


def linearity():
    """Seconds per day for spans of different lengths."""
    print("\n| days in one call | microseconds per day |")
    print("| ---: | ---: |")
    for count in (30, 120, 480, 1920):
        source = mixed(FIRST, count)
        dates = [FIRST + timedelta(days=n) for n in range(count)]
        days, passed = measure(evaluate_days, [(source, dates)])
        print(f"| {count} | {passed / days * 1e6:.1f} |")


def memory(total):
    """Memory over a stream of employee-months, none of them kept."""
    print("\n| days passed | resident kB | peak kB |")
    print("| ---: | ---: | ---: |")
    dates = [FIRST + timedelta(days=n) for n in range(30)]
    done, step = 0, max(1, total // 30 // 5)
    for number in range(total // 30):
        source = mixed(FIRST, 30)
        done += sum(1 for _ in evaluate_days(source, dates))
        if number % step == step - 1:
            source = None
            gc.collect()
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            print(f"| {done:,} | {resident():,} | {peak:,} |", flush=True)


def resident():
    """Resident memory of this process in kB, 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except OSError:
        return 0
    return pages * resource.getpagesize() // 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=20_000)
    parser.add_argument("--million", action="store_true", help="a million for memory")
    options = parser.parse_args()
    slow = speed(options.days)
    linearity()
    memory(1_000_000 if options.million else options.days)
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
