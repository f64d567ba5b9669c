"""Limits of personal links and of the page behind them."""

# Of which the words of a link are made: none that is taken for another one.
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
# 31 ** 28 is more than 2 ** 138.
TOKEN_LENGTH = 28
TOKEN_GROUP = 4

DEFAULT_DAYS = 180
LONGEST_DAYS = 730
MOST_LINKS = 200

# Opening with wrong words, from one address.
MOST_FAILURES = 20
FAILURE_MINUTES = 10
# Wrong answers to the question of one link, one after the other, until it closes.
MOST_WRONG_ANSWERS = 10
# Forms that one link files in an hour, and in 24.
MOST_FILED_HOUR = 10
MOST_FILED = 30

VISIT_MINUTES = 30
ANSWER_MINUTES = 10
PATH = "/attendance/me"
