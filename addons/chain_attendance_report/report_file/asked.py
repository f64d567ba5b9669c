"""What a screen asks for when its rows are to become a file."""

import json
import re
from dataclasses import asdict, dataclass

from odoo import fields

FORMATS = ("xlsx", "csv")
MAX_COLUMNS = 100
MAX_FACETS = 30
MAX_TEXT = 300
# What of a screen's context decides on the rows.
SPAN = ("attendance_from", "attendance_to")
GROUPING = re.compile(r"^[a-z]\w*(:(day|month|year))?$")


@dataclass(frozen=True)
class Asked:
    """A file that is wanted.

    :ivar model: the report.
    :ivar columns: ``(name, label)`` each, in order; an empty label is the field's own.
    :ivar domain: what is looked for; the reader's scope comes on top.
    :ivar order: as for ``search``; what a screen is grouped by goes before it.
    :ivar title: stands on top, and is the file's name.
    :ivar facets: the filters, as the screen calls them.
    :ivar format: ``xlsx`` or ``csv``.
    :ivar sheets: a field, perhaps with ``:month``: each value has a sheet of its own.
    :ivar companies: those that are switched on; none: the reader's own.
    :ivar span: ``(first day, last day)`` as text, or nothing.
    """

    model: str
    columns: tuple
    domain: list
    order: str = ""
    title: str = ""
    facets: tuple = ()
    format: str = "xlsx"
    sheets: str = ""
    companies: tuple = ()
    span: tuple = ()

    def to_json(self):
        return json.dumps(asdict(self), default=str)

    @property
    def context(self):
        return dict(zip(SPAN, self.span, strict=True)) if self.span else {}


def read(asked):
    """The :class:`Asked` of what came in.

    :param asked: a dictionary, or its JSON.
    :raise ValueError: for anything that is no such thing, naming what is none.
    """
    try:
        asked = dict(json.loads(asked) if isinstance(asked, str) else asked)
    except (RecursionError, TypeError, ValueError) as error:
        raise ValueError("data") from error
    values = {}
    for name, make in _MAKERS.items():
        try:
            values[name] = make(asked.get(name))
        except (ArithmeticError, AttributeError, KeyError, TypeError) as error:
            raise ValueError(name) from error
        except ValueError as error:
            raise ValueError(f"{name}: {_text(error)}") from error
    found = Asked(**values)
    if not 0 < len(found.columns) <= MAX_COLUMNS or len(found.facets) > MAX_FACETS:
        raise ValueError("columns")
    if found.format not in FORMATS:
        raise ValueError("format")
    if found.sheets and not GROUPING.match(found.sheets):
        raise ValueError("sheets")
    return found


def _columns(columns):
    return tuple(_column(column) for column in _listed(columns))


def _column(column):
    if isinstance(column, dict):
        return str(column["name"]), _text(column.get("label"))
    name, label = column
    return str(name), _text(label)


def _word(word):
    if word and not isinstance(word, str):
        raise TypeError("word")
    return word or ""


def _listed(things):
    if not isinstance(things, list | tuple):
        raise TypeError("list")
    return list(things)


def _span(span):
    if not span:
        return ()
    first, last = span
    return tuple(str(fields.Date.to_date(str(day))) for day in (first, last))


def _text(text):
    # What no file and no column of the database can hold is left out.
    text = str(text or "").encode("utf-8", "ignore").decode().replace("\0", "")
    return text[:MAX_TEXT]


_MAKERS = {
    "model": _word,
    "columns": _columns,
    "domain": _listed,
    "order": _word,
    "title": _text,
    "facets": lambda facets: tuple(_text(one) for one in _listed(facets or ())),
    "format": lambda word: _word(word) or "xlsx",
    "sheets": _word,
    "companies": lambda ids: tuple(int(one) for one in _listed(ids or ())),
    "span": _span,
}
