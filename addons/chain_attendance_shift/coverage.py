"""How many people are there over a day, and how many are needed. Plain Python.

Times are minutes after midnight of the store's date; what lies outside of it is cut
off. The least covered moment of an hour is what the hour is judged by.
"""

from collections import Counter, defaultdict, namedtuple
from itertools import pairwise

DAY_MINUTES = 24 * 60

# ``job`` is a position's id; of a need ``None`` are people of whatever position, among
# whom those needed by position are.
Need = namedtuple("Need", "start stop people job")
Presence = namedtuple("Presence", "start stop job employee")
# A part of a day in which nothing changes. ``state`` is closed, short, met, over, empty
# (open, nobody needed, nobody there) or unknown (still to come).
Stretch = namedtuple("Stretch", "start stop there needed short over state")
# ``short_minutes`` and ``over_minutes`` of people; ``worst`` people are missing at
# ``worst_at``; ``most_needed`` at once.
Totals = namedtuple("Totals", "short_minutes over_minutes worst worst_at most_needed")


def without(spans, holes):
    """What is left of ``(start, stop)`` spans where none of the holes is."""
    for hole_start, hole_stop in holes:
        spans = [
            piece
            for start, stop in spans
            for piece in (
                (start, min(stop, hole_start)),
                (max(start, hole_stop), stop),
            )
            if piece[0] < piece[1]
        ]
    return list(spans)


def gaps(spans):
    """What lies between spans in order."""
    return [(one[1], two[0]) for one, two in pairwise(spans) if one[1] < two[0]]


def stretches(needs, people, open_spans=None, known_until=DAY_MINUTES):
    """Cut a day wherever people come or go, or more or fewer are needed.

    :param open_spans: ``None``: the store is open all day.
    :param known_until: from this minute on nobody can say yet who is there.
    """
    changes = defaultdict(list)
    for need in needs:
        _change(changes, need, ("needed", need.job), need.people)
    for person in people:
        _change(changes, person, ("there", person.job), 1)
    for span in [(0, DAY_MINUTES)] if open_spans is None else open_spans:
        _change(changes, span, ("open", None), 1)
    borders = sorted({0, known_until, DAY_MINUTES} | changes.keys())
    levels = {"needed": Counter(), "there": Counter(), "open": Counter()}
    found = []
    for start, stop in pairwise(borders):
        for (what, key), amount in changes.get(start, ()):
            levels[what][key] += amount
        found.append(_stretch(start, stop, levels, start < known_until))
    return found


def slots(parts, step):
    """The least covered stretch of each slot of ``step`` minutes."""
    found = [None] * (DAY_MINUTES // step)
    for part in parts:
        for number in range(part.start // step, -(-part.stop // step)):
            if found[number] is None or _rank(part) < _rank(found[number]):
                found[number] = part
    return found


def totals(parts):
    worst = max(parts, key=lambda part: part.short)
    return Totals(
        sum((part.stop - part.start) * part.short for part in parts),
        sum((part.stop - part.start) * part.over for part in parts),
        worst.short,
        worst.start if worst.short else None,
        max(part.needed for part in parts),
    )


def _change(changes, span, key, amount):
    start, stop = max(span[0], 0), min(span[1], DAY_MINUTES)
    if start < stop:
        changes[start].append((key, amount))
        changes[stop].append((key, -amount))


def _stretch(start, stop, levels, is_known):
    wanted, there = levels["needed"], levels["there"]
    by_job = {job: people for job, people in wanted.items() if job and people}
    present = sum(there.values())
    needed = max(wanted[None], sum(by_job.values()))
    lacking = sum(max(0, people - there[job]) for job, people in by_job.items())
    short = max(lacking, needed - present, 0)
    over = 0 if short else present - needed
    state = "short" if short else "over" if over else "met" if needed else "empty"
    if not is_known:
        state = "unknown"
    elif not needed and not levels["open"][None]:
        state = "closed"
    if state in ("unknown", "closed"):
        short = over = 0
    return Stretch(start, stop, present, needed, short, over, state)


def _rank(part):
    """The less, the worse covered; what is open goes before what is closed."""
    return (
        part.state == "closed",
        part.state == "unknown",
        -part.short,
        part.over,
        -part.needed,
        -part.there,
    )
