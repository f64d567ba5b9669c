"""How soon a punch is on a screen that somebody looks at."""

import time
from contextlib import contextmanager

# From the terminal's POST to the figure on the screen, with an idle queue.
SECONDS_TO_SCREEN = 5
# What the simulated unit and this test need to look at a clock.
SLACK = 2
# The connection over which news come is made after the page is there.
CONNECTION_SECONDS = 3


def wait_for_connection():
    time.sleep(CONNECTION_SECONDS)


@contextmanager
def in_time():
    """What is done in it, from the POST to the figure, takes no longer than that."""
    started = time.monotonic()
    yield
    taken = time.monotonic() - started
    assert taken < SECONDS_TO_SCREEN + SLACK, f"{taken:.1f} s"
