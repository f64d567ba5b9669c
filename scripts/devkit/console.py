"""What a person sees while the machine is being set up."""

import sys
import threading
import time
from contextlib import contextmanager

QUIET_SECONDS = 15


def say(text=""):
    """Print one line at once, also into a pipe."""
    print(text, flush=True)


@contextmanager
def step(title):
    """Announce a piece of work and print the seconds it took.

    The yielded function adds a word about the outcome ("from the cache"). While
    the work is silent, a line every :data:`QUIET_SECONDS` shows that it lives.
    """
    outcome = []
    started = time.monotonic()
    done = threading.Event()
    say(f"  {title} ...")

    def keep_talking():
        while not done.wait(QUIET_SECONDS):
            say(f"    still at it: {title} ({time.monotonic() - started:.0f} s)")

    ticker = threading.Thread(target=keep_talking, daemon=True)
    ticker.start()
    try:
        yield outcome.append
    finally:
        done.set()
        ticker.join()
    note = f", {outcome[-1]}" if outcome else ""
    say(f"    done in {time.monotonic() - started:.1f} s{note}")


def complain(text):
    """Print the one sentence that a failed run ends with."""
    print(f"\nerror: {text}", file=sys.stderr, flush=True)
