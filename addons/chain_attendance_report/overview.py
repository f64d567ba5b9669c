"""Who should be there now, and who came: decided of one person's day. Plain Python.

Punches say that somebody came, not that somebody is still there: in the usual mode a
punch in the middle of the day may be a walk to the post office. So nobody is called
"in"; who came counts as there until the shift is over or a punch after its end.

Instants are naive, in UTC.
"""

from collections import Counter, namedtuple

from odoo.addons.chain_attendance_shift.coverage import without

# What a person's day is counted as; each day is one of these.
CAME, MISSING, AWAY, LATER = "came", "missing", "away", "later"
DONE, ABSENT, EXTRA, FREE = "done", "absent", "extra", "free"
STATES = (CAME, MISSING, AWAY, LATER, DONE, ABSENT, EXTRA)
# What is counted beside them: people who are in one of those as well.
DUE, LATE = "due", "late"
NUMBERS = (DUE, LATE, *STATES)

# What is known of one person's day. ``pieces`` are the spans that are due, in order,
# leave cut out; ``leave`` and ``covers`` (outing, trip) spans that excuse; ``away`` why
# the whole day is excused, if it is. ``came_at`` and ``left_at`` are the first clock-in
# and the last clock-out, if any.
Facts = namedtuple("Facts", "pieces leave covers away came_at left_at rules")
# ``grace``: minutes; ``only_excess``: only what is beyond it is late; ``elastic``: so
# many minutes the start moves; ``is_flexible``: hours without a start;
# ``has_clock_in``: whether the shift asks for one; ``early_in``: so many minutes before
# the start a punch is for the shift.
Rules = namedtuple(
    "Rules", "grace only_excess elastic is_flexible has_clock_in early_in"
)
NO_RULES = Rules(0, False, 0, False, True, 0)
# ``minutes`` late, or of waiting for who is missing; ``start`` and ``stop`` of what is
# due without excuses; ``why`` somebody is away.
Standing = namedtuple("Standing", "state is_late is_due minutes start stop why")


def judge(facts, now):
    """The :class:`Standing` of one person's day at an instant."""
    has_come = bool(facts.came_at or facts.left_at)
    if facts.away:
        return Standing(AWAY, False, False, 0, None, None, facts.away)
    if facts.rules.is_flexible:
        return _plain(CAME if has_come else LATER)
    if not facts.pieces:
        why = next((kind for _start, _stop, kind in facts.leave), "")
        if why and not has_come:
            return Standing(AWAY, False, False, 0, None, None, why)
        return _plain(EXTRA if has_come else FREE)
    due = without(facts.pieces, [cover[:2] for cover in facts.covers])
    if not due:
        why = facts.covers[0][2]
        return Standing(AWAY, False, False, 0, None, None, why)
    return _judge_shift(facts, due, has_come, now)


def _judge_shift(facts, due, has_come, now):
    start, stop = due[0][0], due[-1][1]
    # An outing over the first minute stands for the clock-in.
    is_excused = start > facts.pieces[0][0]
    late = 0 if is_excused else late_minutes(facts, start)
    why = next((c[2] for c in (*facts.leave, *facts.covers) if c[0] <= now < c[1]), "")
    is_over = now >= stop
    if has_come or is_excused:
        has_left = bool(facts.left_at) and facts.left_at >= stop
        state = DONE if is_over or has_left else AWAY if why else CAME
    elif is_over:
        state = ABSENT
    elif why:
        state = AWAY
    else:
        state = MISSING if _is_missed(facts.rules, start, now) else LATER
    is_due = state in (CAME, MISSING) and any(a <= now < b for a, b in due)
    minutes = _minutes(start, now) if state == MISSING else late
    return Standing(state, bool(late), is_due, minutes, start, stop, why)


def late_minutes(facts, start):
    """By how much the first clock-in is beyond the grace; 0 without one."""
    if not facts.came_at or facts.rules.is_flexible or not facts.rules.has_clock_in:
        return 0
    late = _minutes(start, facts.came_at)
    # An elastic start has moved with the clock-in as far as it moves.
    if late <= facts.rules.grace:
        return 0
    return late - facts.rules.grace if facts.rules.only_excess else late


def count(standings):
    """``{number: people}`` of all :data:`NUMBERS`."""
    found = Counter()
    for standing in standings:
        found[standing.state] += 1
        found[LATE] += standing.is_late
        found[DUE] += standing.is_due
    return {name: found[name] for name in NUMBERS}


def belongs(standing, number):
    """Whether a person is one of those whom a number counts."""
    if number == LATE:
        return standing.is_late
    if number == DUE:
        return standing.is_due
    return standing.state == number


def ends(first, last, pieces):
    """Which ends of a day its first and last punch are: ``(came at, left at)``.

    As the engine judges them when the day is over; one punch alone is the clock-in up
    to the middle of what is due.
    """
    if first is None:
        return None, None
    if first != last:
        return first, last
    if pieces and first - pieces[0][0] > pieces[-1][1] - first:
        return None, first
    return first, None


def _is_missed(rules, start, now):
    return rules.has_clock_in and _minutes(start, now) > rules.grace + rules.elastic


def _minutes(start, at):
    """Whole minutes from one instant to another; seconds are dropped."""
    return int((at - start).total_seconds() // 60)


def _plain(state):
    return Standing(state, False, False, 0, None, None, "")
