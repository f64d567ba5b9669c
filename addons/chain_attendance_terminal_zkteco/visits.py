"""How often visits of unknown serial numbers are written down by one worker."""

from collections import Counter, OrderedDict

PAUSE_SECONDS = 10
PER_SECOND = 20
PER_ADDRESS = 10
REMEMBERED = 1000


class Visits:
    """Bounds what strangers can make the database do; no terminal waits for it.

    :param clock: returns seconds that only grow.
    """

    def __init__(self, clock):
        self._clock = clock
        self._last = OrderedDict()
        self._second, self._in_second = None, Counter()

    def is_worth_writing(self, serial_number, address):
        """Whether this visit is to be noted: not again so soon, and not too many.

        One address gets half of a second's visits at most, so that a stranger's flood
        leaves room for a new terminal elsewhere.
        """
        now = self._clock()
        if now - self._last.get(serial_number, -PAUSE_SECONDS) < PAUSE_SECONDS:
            return False
        if int(now) != self._second:
            self._second, self._in_second = int(now), Counter()
        if (
            self._in_second.total() >= PER_SECOND
            or self._in_second[address] >= PER_ADDRESS
        ):
            return False
        self._in_second[address] += 1
        self._last[serial_number] = now
        self._last.move_to_end(serial_number)
        while len(self._last) > REMEMBERED:
            self._last.popitem(last=False)
        return True
