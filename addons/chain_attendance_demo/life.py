"""What people of a shop do at the terminal: mostly the right thing, not always."""

import random
from datetime import datetime, time, timedelta

# Out of a hundred days of one person:
ABSENT, LATE, EARLY, FORGOT_OUT, DOUBLE_PRESS = 2, 8, 5, 3, 6


def punches_of(code, day, spans):
    """Wall-clock times a person presses on a work date, oldest first.

    :param spans: ``(start, end)`` in minutes after midnight of ``day``.

    The same code and day always give the same times.
    """
    chance = random.Random(f"{code} {day}")
    if chance.randrange(100) < ABSENT:
        return []
    midnight = datetime.combine(day, time())
    found = []
    for start, end in spans:
        came = start - chance.randrange(2, 20)
        left = end + chance.randrange(1, 25)
        luck = chance.randrange(100)
        if luck < LATE:
            came = start + chance.randrange(3, 45)
        elif luck < LATE + EARLY:
            left = end - chance.randrange(5, 40)
        found.append(_instant(midnight, came, chance))
        if luck < 100 - FORGOT_OUT:
            found.append(_instant(midnight, left, chance))
    if found and chance.randrange(100) < DOUBLE_PRESS:
        found.append(found[0] + timedelta(seconds=chance.randrange(2, 9)))
    return sorted(found)


def until(spans, start):
    """What is left of a day's spans to somebody who goes away at ``start``, or stays.

    :param start: minutes after midnight, 0 for the whole day, ``None`` for not at all.
    """
    if start is None:
        return spans
    return [(first, min(last, start)) for first, last in spans if first < start]


def _instant(midnight, minutes, chance):
    return midnight + timedelta(minutes=minutes, seconds=chance.randrange(60))
