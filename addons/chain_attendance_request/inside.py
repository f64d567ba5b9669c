"""What this addon's own code tells itself in a context.

An object, so that no caller from outside can say it.
"""

INSIDE = object()


def is_inside(records, name):
    return records.env.context.get(name) is INSIDE
