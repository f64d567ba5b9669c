"""Between which dates the days of a search for months lie."""

from datetime import date

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.orm.domains import DomainAnd, DomainCondition, DomainOr

NO_BOUNDS = (None, None)


def month_bounds(domain):
    """The first and last date on which a day can be that fits, each ``None`` if any.

    What is not understood bounds nothing, so that no row is ever missing.

    :param domain: a ``Domain`` with conditions on ``month``, the month's first day.
    """
    if isinstance(domain, DomainCondition):
        return _of_condition(domain)
    if isinstance(domain, DomainAnd):
        lows, highs = zip(*map(month_bounds, domain.children), strict=True)
        return (
            max((low for low in lows if low), default=None),
            min((high for high in highs if high), default=None),
        )
    if isinstance(domain, DomainOr):
        lows, highs = zip(*map(month_bounds, domain.children), strict=True)
        return (
            min(lows) if all(lows) else None,
            max(highs) if all(highs) else None,
        )
    return NO_BOUNDS


def _of_condition(condition):
    if condition.field_expr != "month":
        return NO_BOUNDS
    values = condition.value
    is_many = condition.operator == "in"
    days = [_date(value) for value in (values if is_many else [values])]
    if not days or not all(days):
        return NO_BOUNDS
    if condition.operator in ("in", "="):
        return min(days), _month_end(max(days))
    if condition.operator in (">=", ">"):
        return min(days), None
    if condition.operator in ("<=", "<"):
        return None, _month_end(max(days))
    return NO_BOUNDS


def _date(value):
    if isinstance(value, date):
        return fields.Date.to_date(value)
    if isinstance(value, str):
        try:
            return fields.Date.to_date(value)
        except ValueError:
            # A date in words, as of "today -1m".
            return None
    return None


def _month_end(day):
    return day + relativedelta(day=31)
