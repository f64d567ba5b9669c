"""What comes in from outside, looked at before anything is done with it.

Screens send what fits; who calls over RPC may send anything. What does not fit is
refused by a sentence that names it, and never becomes an error of Python or PostgreSQL.
"""

from collections.abc import Set
from contextlib import contextmanager

from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, Query

# What a column of whole numbers, and so of ids, holds.
MOST = 2**31 - 1
MOST_IDS = 20_000
MOST_NAMES = 500
MOST_TERMS = 5_000
MOST_TEXT = 300
SHOWN = 100
# What Odoo makes of conditions, orders and values that it does not understand.
NOT_UNDERSTOOD = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    IndexError,
    KeyError,
    RuntimeError,
    TypeError,
    ValueError,
)


class Checked:
    """Looks at values for the reader of an environment, who is told what is wrong.

    :raise UserError: all methods, for what does not fit.
    """

    def __init__(self, env):
        self.env = env

    def number(self, value, name, most=MOST):
        """A whole number that is not negative."""
        if isinstance(value, bool) or not isinstance(value, int):
            raise UserError(
                self.env._(
                    "“%(name)s” has to be a whole number, not %(value)s.",
                    name=name,
                    value=shown(value),
                )
            )
        if not 0 <= value <= most:
            raise UserError(
                self.env._(
                    "“%(name)s” has to be from 0 to %(most)s, not %(value)s.",
                    name=name,
                    most=most,
                    value=shown(value),
                )
            )
        return value

    def ids(self, values, name):
        """A list of numbers of records; nothing is none of them."""
        values = self.listed(values or [], name, MOST_IDS)
        return [self.number(value, name) for value in values]

    def text(self, value, name, most=MOST_TEXT):
        """A text that can be stored and looked for; nothing is an empty one."""
        if value in (None, False):
            return ""
        if not isinstance(value, str) or not _is_storable(value) or len(value) > most:
            raise UserError(
                self.env._(
                    "“%(name)s” has to be a text of at most %(most)s characters, not "
                    "%(value)s.",
                    name=name,
                    most=most,
                    value=shown(value),
                )
            )
        return value

    def listed(self, values, name, most):
        """A list of at most so many things."""
        if not isinstance(values, list | tuple) or len(values) > most:
            raise UserError(
                self.env._(
                    "“%(name)s” has to be a list of at most %(most)s, not %(value)s.",
                    name=name,
                    most=most,
                    value=shown(values),
                )
            )
        return values

    def names(self, values, name, model):
        """Names of fields of a model, each once, in their order."""
        for value in self.listed(values, name, MOST_NAMES):
            if not isinstance(value, str) or value not in model._fields:
                raise UserError(
                    self.env._(
                        "“%(name)s”: there is no column %(value)s.",
                        name=name,
                        value=shown(value),
                    )
                )
        return list(dict.fromkeys(values))

    def domain(self, domain, model):
        """A domain over rows of a model, with values that PostgreSQL takes."""
        with self.understood():
            if isinstance(domain, list | tuple) and len(domain) > MOST_TERMS:
                raise ValueError(f"{len(domain)} > {MOST_TERMS}")
            domain = Domain(domain).optimize(model)
            _check_values(domain, model)
        return domain

    @contextmanager
    def understood(self):
        """Around what Odoo makes of domains and orders of others."""
        try:
            yield
        except NOT_UNDERSTOOD as error:
            raise UserError(
                self.env._(
                    "The columns, filter or order cannot be understood: %s",
                    shown(error),
                )
            ) from error


def shown(value):
    """What was sent, as much of it as anybody reads."""
    text = str(value) if isinstance(value, Exception) else repr(value)
    text = text.encode("utf-8", "replace").decode().replace("\0", "")
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def _check_values(domain, model):
    """Look at the values of each condition, those of related rows too."""
    for condition in domain.iter_conditions():
        value, operator = condition.value, condition.operator
        field = model._fields[condition.field_expr.partition(".")[0]]
        if isinstance(value, Domain):
            _check_values(value, model.env[field.comodel_name])
            continue
        if isinstance(value, Query | SQL):
            continue
        is_many = isinstance(value, list | tuple | Set)
        fits = not (is_many and operator[0] in "<>") and all(
            _is_value(one, operator)
            and (_is_number(one, operator) or not _is_numbered(condition, field))
            for one in (value if is_many else [value])
        )
        if not fits:
            raise ValueError(f"{condition.field_expr} {operator} {shown(value)}")


def _is_value(value, operator):
    """Whether a column may hold it: a number not too large, a text, a whole pattern."""
    if isinstance(value, int | float):
        return abs(value) <= MOST
    if not isinstance(value, str):
        return not isinstance(value, dict)
    escapes = len(value) - len(value.rstrip("\\"))
    return _is_storable(value) and not ("like" in operator and escapes % 2)


def _is_numbered(condition, field):
    """Whether a condition is about ids or parts of dates, which are numbers."""
    is_part = field.type in ("date", "datetime") and "." in condition.field_expr
    return field.name == "id" or field.relational or is_part


def _is_number(value, operator):
    """Whether a number may be compared with it as it is."""
    if value is None or value is False:
        return operator[0] not in "<>"
    if isinstance(value, str):
        is_name = "like" in operator or operator in ("child_of", "parent_of")
        return is_name or value.isascii() and value.isdigit() and int(value) <= MOST
    return value is not True and isinstance(value, int | float)


def _is_storable(text):
    return "\0" not in text and text == text.encode("utf-8", "ignore").decode()
