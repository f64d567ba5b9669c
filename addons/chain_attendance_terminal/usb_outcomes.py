"""What becomes of each line of a file from a USB stick, kept as one letter a line."""

NEW, KNOWN, UNKNOWN_CODE = "n", "k", "u"
PAST, FUTURE, HEADING = "p", "f", "h"
NO_FIELDS, NO_CODE, NO_TIME = "x", "c", "t"

LETTER_OF_REASON = {
    "heading": HEADING,
    "fields": NO_FIELDS,
    "code": NO_CODE,
    "time": NO_TIME,
}
LETTER_OF_QUARANTINE = {"past": PAST, "future": FUTURE}
# Lines of these become rows.
STORED = frozenset({NEW, UNKNOWN_CODE, PAST, FUTURE})

# By the names of the counters on a file; every line is counted in one of them.
LETTERS_OF_COUNT = {
    "new_count": (NEW,),
    "known_count": (KNOWN,),
    "unknown_count": (UNKNOWN_CODE,),
    "aside_count": (PAST, FUTURE),
    "unreadable_count": (NO_TIME, NO_CODE, NO_FIELDS),
    "heading_count": (HEADING,),
}
# What a person wants to see first.
UNREADABLE = (NO_TIME, NO_CODE, NO_FIELDS)
BY_CONCERN = (*UNREADABLE, PAST, FUTURE, UNKNOWN_CODE, NEW, KNOWN, HEADING)

SELECTION = [
    (NEW, "New"),
    (KNOWN, "Here already"),
    (UNKNOWN_CODE, "New, code of nobody"),
    (PAST, "Set aside: clock in the past"),
    (FUTURE, "Set aside: clock in the future"),
    (HEADING, "Heading of the file"),
    (NO_FIELDS, "Unreadable: too few fields"),
    (NO_CODE, "Unreadable: no usable code"),
    (NO_TIME, "Unreadable: no valid time"),
]


def counts(outcomes):
    """``{counter: number}`` of a text of letters."""
    return {
        name: sum(map(outcomes.count, letters))
        for name, letters in LETTERS_OF_COUNT.items()
    }
