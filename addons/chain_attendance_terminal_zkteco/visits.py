"""How often visits of unknown serial numbers are written down by one worker."""

from collections import OrderedDict

PAUSE_SECONDS = 10
PER_SECOND = 20
REMEMBERED = 1000


class Visits:
    """Bounds what strangers can make the database do; no terminal waits for it.

    :param clock: returns seconds that only grow.
    """

    def __init__(self, clock):
        self._clock = clock
        self._last = OrderedDict()
        self._second, self._in_second = None, 0

    def is_worth_writing(self, serial_number):
        """Whether this visit is to be noted: not again so soon, and not too many."""
        now = self._clock()
        if now - self._last.get(serial_number, -PAUSE_SECONDS) < PAUSE_SECONDS:
            return False
        if int(now) != self._second:
            self._second, self._in_second = int(now), 0
        if self._in_second >= PER_SECOND:
            return False
        self._in_second += 1
        self._last[serial_number] = now
        self._last.move_to_end(serial_number)
        while len(self._last) > REMEMBERED:
            self._last.popitem(last=False)
        return True
