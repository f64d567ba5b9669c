"""Trying what must be refused, and counting."""

import logging
from contextlib import suppress
from unittest.mock import patch

from odoo.exceptions import AccessError

_logger = logging.getLogger(__name__)


class Attempts:
    """Attempts out of scope: each must be refused or come to nothing.

    :ivar made: how many there were.
    :ivar passed: those that got through.
    """

    def __init__(self, env):
        self.env = env
        self.made = 0
        self.passed = []

    def refused(self, label, call, by=AccessError):
        """``call`` must raise; what it did otherwise is undone."""
        self.made += 1
        try:
            with suppress(_Undo, *_tuple(by)), self.env.cr.savepoint():
                result = call()
                self.env.flush_all()
                self.passed.append(f"{label}: {result!r:.200}")
                raise _Undo
        except Exception as error:  # noqa: BLE001
            # Neither refused nor done: the attempt itself is wrong.
            self.passed.append(f"{label}: {error!r:.300}")

    def unread(self, label, call):
        """``call`` only reads, and must raise."""
        self.made += 1
        with suppress(AccessError):
            self.passed.append(f"{label}: {call()!r:.200}")

    def nothing(self, label, call):
        """``call`` must come to an empty list, set or count, or be refused."""
        self.made += 1
        try:
            result = call()
        except AccessError:
            return
        except Exception as error:  # noqa: BLE001
            self.passed.append(f"{label}: {error!r:.300}")
            return
        if result:
            self.passed.append(f"{label}: {result!r:.200}")

    def conclude(self, test, what, at_least):
        """Fail if a single one got through, or if too few were made."""
        refused = self.made - len(self.passed)
        _logger.info(
            "%s: %s attempts out of scope, %s refused", what, self.made, refused
        )
        listed = "\n".join(self.passed[:40])
        test.assertFalse(
            self.passed, f"{what}: {len(self.passed)} got through:\n{listed}"
        )
        test.assertGreaterEqual(self.made, at_least, f"{what}: attempts made")


def unblamed(env):
    """Refusals do not look for the rules to blame.

    That is asked for the text alone, rule by rule, after the refusal is decided; over
    thousands of refusals it is a third of the time.
    """
    return patch.object(
        env.registry["ir.rule"],
        "_get_failing",
        lambda rules, records, mode="read": rules.browse(),
    )


class _Undo(Exception):
    """An attempt went through; roll back what it did."""


def _tuple(errors):
    return errors if isinstance(errors, tuple) else (errors,)
