"""What is news to people when a roster is published. Plain Python."""

from collections import defaultdict
from datetime import timedelta


def days_between(first, last):
    """The dates from one to another, both included."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def news(planned, told):
    """What differs from what people were told last.

    :param planned: ``{(employee, date): shift, or 0 for rest}``.
    :param told: the same, of what they were told; of the same people and dates.
    :return: ``{employee: {date: what was told, or None if nothing was}}`` of the dates
        that are new or changed; who has none is not in it.
    """
    found = defaultdict(dict)
    for employee, day in sorted(planned.keys() | told.keys()):
        before = told.get((employee, day))
        if planned.get((employee, day)) != before:
            found[employee][day] = before
    return dict(found)
