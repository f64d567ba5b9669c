"""What a day is called in one cell of the month sheet.

Codes, not words: the sheet shows them as signs in the reader's language. Most days are
one code; a day whose halves differ is two.
"""

from dataclasses import dataclass, field

PRESENT, LATE, EARLY, ABSENT = "present", "late", "early", "absent"
REST, HOLIDAY, UNSCHEDULED = "rest", "holiday", "unscheduled"
TRIP, OUTING, OVERTIME = "trip", "outing", "overtime"
OPEN, MISSING, UNDECIDED = "open", "missing", "undecided"
LEAVE = "leave"
# As Chinese offices write them, and by letters; leave types have signs of their own.
SAME_SIGNS = {
    PRESENT: "√", ABSENT: "×", TRIP: "△", UNSCHEDULED: "–", UNDECIDED: "?",
    MISSING: "!", OPEN: "…", OVERTIME: "+",
}  # fmt: skip
SIGNS = {
    "zh": {
        LATE: "迟",
        EARLY: "退",
        REST: "休",
        HOLIDAY: "节",
        OUTING: "外",
        LEAVE: "假",
    },
    "en": {LATE: "L", EARLY: "E", REST: "R", HOLIDAY: "H", OUTING: "O", LEAVE: "V"},
}
# Which of a day's codes gives the cell its colour: the first of these that it has.
WEIGHTS = (
    ABSENT, UNDECIDED, LATE, EARLY, LEAVE, TRIP, OUTING, HOLIDAY, REST, OPEN,
)  # fmt: skip
# Of two that take the same share of a half the later one names it.
RANKS = {PRESENT: 0, ABSENT: 1}
LEAVE_RANK = 2


@dataclass(frozen=True, slots=True)
class Piece:
    """A row of a day, in the order of time; ``start`` and ``stop`` in minutes."""

    kind: str
    leave_type: int | None = None
    start: int | None = None
    stop: int | None = None
    due: int = 0
    absent: int = 0
    minutes: int = 0
    days: int = 0


@dataclass(frozen=True, slots=True)
class Day:
    """What is known of a person's day; all amounts are minutes.

    ``first_in`` and ``last_out`` are on the same line as a piece's start and stop.
    """

    name: str = "work"
    is_open: bool = False
    due: int = 0
    worked: int = 0
    late: int = 0
    early: int = 0
    absent: int = 0
    overtime: int = 0
    outing: int = 0
    trip: int = 0
    trip_days: int = 0
    missing: int = 0
    first_in: int | None = None
    last_out: int | None = None
    pieces: tuple = field(default=())


def leave_code(leave_type):
    """The code of a leave type by its number; 0 is leave of no known type."""
    return f"{LEAVE}:{leave_type or 0}"


def symbols_of(day):
    """``(codes, notes)`` of a day.

    :return: one to three codes, and ``(code, minutes)`` of what is not seen in them:
        overtime, leave or absence of less than half a half day, outings. Minutes are
        ``None`` where an amount says nothing.
    """
    if day.is_open:
        return (OPEN,), ()
    codes = tuple(_codes(day))
    return codes, tuple(_notes(day, codes))


def signs_in(lang):
    """``{code: sign}`` of a language like ``zh_CN``."""
    return SAME_SIGNS | SIGNS.get(lang[:2], SIGNS["en"])


def tone_of(codes):
    """The name of the colour of a cell with these codes."""
    plain = {code.split(":")[0] for code in codes}
    return next((code for code in WEIGHTS if code in plain), "")


def _codes(day):
    halves = _halves(day)
    if not halves:
        return [_name_of(day)]
    if PRESENT not in halves:
        return halves
    if cover := _cover(day):
        return [cover if code == PRESENT else code for code in halves]
    first = halves.index(PRESENT)
    last = len(halves) - 1 - halves[::-1].index(PRESENT)
    marks = [LATE] * bool(day.late) + [EARLY] * bool(day.early)
    if len(marks) == 1:
        halves[first if marks == [LATE] else last] = marks[0]
    elif marks:
        halves[first : last + 1] = marks
    return halves


def _halves(day):
    """What takes most of the first and of the second half of the day's minutes."""
    line = _line(day)
    total = sum(minutes for _code, minutes in line)
    if not total:
        return []
    first, second = {}, {}
    passed = 0
    for code, minutes in line:
        # In halves of a minute, so that an odd total has a middle too.
        before = min(2 * minutes, max(0, total - passed))
        first[code] = first.get(code, 0) + before
        second[code] = second.get(code, 0) + 2 * minutes - before
        passed += 2 * minutes
    halves = [_largest(half) for half in (first, second)]
    return halves[:1] if halves[0] == halves[1] else halves


def _largest(half):
    return max(half, key=lambda code: (half[code], RANKS.get(code, LEAVE_RANK)))


def _line(day):
    """``[(code, minutes)]`` of what was due, leave included, in order of time."""
    line = []
    for piece in day.pieces:
        if piece.kind == "leave":
            line.append((leave_code(piece.leave_type), piece.minutes))
        elif piece.kind == "shift":
            parts = [(PRESENT, piece.due - piece.absent), (ABSENT, piece.absent)]
            if _gap_is_first(day, piece):
                parts.reverse()
            line += parts
    return [(code, minutes) for code, minutes in line if minutes > 0]


def _gap_is_first(day, piece):
    """Whether a piece lacks more at its start than at its end."""
    if None in (piece.start, piece.stop, day.first_in, day.last_out):
        return False
    return day.first_in - piece.start > piece.stop - day.last_out


def _cover(day):
    """What stands for presence on a day that was spent away, if it was."""
    for piece in day.pieces:
        if piece.kind == "worked_leave" and (
            piece.days or _is_most(piece.minutes, day.due)
        ):
            return leave_code(piece.leave_type)
    if day.trip_days or _is_most(day.trip, day.due):
        return TRIP
    return OUTING if _is_most(day.outing, day.due) else None


def _is_most(minutes, due):
    return minutes * 4 >= due * 3 > 0


def _name_of(day):
    """Of a day on which no minute was due and none was taken by leave."""
    charged = [piece for piece in day.pieces if piece.kind == "leave" and piece.days]
    if charged:
        return leave_code(charged[0].leave_type)
    if day.trip_days:
        return TRIP
    if any(piece.kind == "undecided" for piece in day.pieces):
        return UNDECIDED
    if day.name in (REST, HOLIDAY, UNSCHEDULED):
        return day.name
    return PRESENT if day.worked or day.first_in is not None else UNSCHEDULED


def _notes(day, codes):
    amounts = {}
    for piece in day.pieces:
        if piece.kind in ("leave", "worked_leave"):
            code = leave_code(piece.leave_type)
            amounts[code] = amounts.get(code, 0) + piece.minutes
    amounts |= {ABSENT: day.absent, TRIP: day.trip, OUTING: day.outing}
    for code, minutes in amounts.items():
        if minutes and code not in codes:
            yield code, minutes
    if day.missing:
        yield MISSING, None
    if day.overtime:
        yield OVERTIME, day.overtime


def short_hours(minutes):
    """Hours with at most one decimal, for a cell; what is there is never 0."""
    tenths = max(1, (minutes * 10 + 30) // 60)
    whole, tenth = divmod(tenths, 10)
    return f"{whole}.{tenth}" if tenth else str(whole)


def signs_of(names, taken=()):
    """A short sign for each name, none twice: 事假 is 事, Sick Time Off is ST.

    :param names: ``{key: name}`` in their order.
    :param taken: signs that mean something else.
    """
    signs, used = {}, set(taken)
    for key, name in names.items():
        sign = next(sign for sign in _proposals(name) if sign not in used)
        used.add(sign)
        signs[key] = sign
    return signs


def _proposals(name):
    letters = [character for character in name if character.isalnum()] or ["#"]
    if ord(letters[0]) > 0x2E80:
        yield letters[0]
        yield from ("".join(letters[:1]) + other for other in letters[1:])
    else:
        words = [word for word in name.split() if word[0].isalnum()]
        if len(words) > 1:
            yield "".join(word[0] for word in words[:2]).upper()
        yield "".join(letters[:2]).capitalize()
        yield from (f"{letters[0].upper()}{other}" for other in letters[2:])
    number = 2
    while True:
        yield f"{letters[0].upper()}{number}"
        number += 1
