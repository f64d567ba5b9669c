"""What other holidays do to rosters: which days become free, and which workdays.

A public holiday and a moved rest day take a shift away, unless it works on holidays; a
make-up workday lifts the weekly rest of standing and default rosters, so that there is
a shift at all (rosters are resolved with it).
"""

from collections import namedtuple

FREEING = ("public_holiday", "moved_rest_day")
FREE, WORKS, WORKS_ON_HOLIDAY = "free", "works", "works_on_holiday"

# One person and date on which somebody works otherwise than before. Shifts are ids, 0
# for none; ``what`` is one of ``WHATS``.
HolidayChange = namedtuple(
    "HolidayChange",
    "employee_id date store_id what kind_before shift_before kind_after shift_after",
)
WHATS = ("becomes_free", "becomes_workday", "works_on_holiday")


class Regime(namedtuple("Regime", "calendars kinds")):
    """By which holidays people live.

    :param calendars: ``{store id: calendar id}`` of stores with one of their own;
        ``None`` is for all others.
    :param kinds: ``{calendar id: {date: kind}}``.
    """

    __slots__ = ()

    def of(self, store):
        """``{date: kind}`` for who works in a store, or in none."""
        calendar = self.calendars.get(store, self.calendars.get(None))
        return self.kinds.get(calendar, {})


def differing_dates(before, after):
    """The dates that are of another kind for anybody."""
    found = set()
    for store in before.calendars.keys() | after.calendars.keys():
        one, other = before.of(store).items(), after.of(store).items()
        found |= {day for day, _kind in one ^ other}
    return found


def what_changes(before, after, works_on_holidays):
    """One of ``WHATS``, or ``None``.

    :param before: ``(kind or None, shift id or 0)``, and so is ``after``.
    :param works_on_holidays: ids of such shifts.
    """
    state = _state(*after, works_on_holidays)
    if state == _state(*before, works_on_holidays):
        return None
    return {FREE: "becomes_free", WORKS: "becomes_workday"}.get(state, state)


def _state(kind, shift, works_on_holidays):
    if not shift:
        return FREE
    if kind not in FREEING:
        return WORKS
    return WORKS_ON_HOLIDAY if shift in works_on_holidays else FREE
