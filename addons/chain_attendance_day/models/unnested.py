"""Columns of a batch as the server reads them from arrays."""

# The type of a column to which the engine's minute numbers are written.
MINUTE = "minute"
FROM_MINUTE = "timestamp '1970-01-01' + {} * interval '1 min'"


def unnested(kinds):
    """What is selected: a column for each array, beside each other, without ``FROM``.

    There the server would store each array on its own before it reads the first row.

    :param kinds: ``{name: SQL type}`` or ``MINUTE``; the arrays are equally long.
    """
    return ", ".join(f"{_read(kind)} AS {name}" for name, kind in kinds.items())


def _read(kind):
    if kind == MINUTE:
        return FROM_MINUTE.format("unnest(%s::int[])")
    return f"unnest(%s::{kind}[])"
