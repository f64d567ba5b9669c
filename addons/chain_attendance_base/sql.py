"""Pieces of SQL that the addons share: where a person is, and when employed.

They are for statements over many people and dates at once. For a few thousand pairs in
Python there is ``hr.employee._attendance_history``; both say the same.
"""

from contextlib import suppress
from functools import lru_cache
from hashlib import sha256

import psycopg2.errors

# First and last day of employment of ``e``, a row of ``hr_employee``; NULL is open.
# Nobody's day is refused for want of a date: an archived person without one is open.
EMPLOYMENT = """(
    SELECT COALESCE(e.hire_date,
                    (array_agg(ev.contract_date_start ORDER BY ev.date_version))[1]
           ) AS first_day,
           COALESCE(e.leave_date, CASE WHEN NOT e.active THEN max(ev.departure_date) END
           ) AS last_day
    FROM hr_version ev WHERE ev.employee_id = e.id AND ev.active
)"""


def array_of(values):
    """Values as the text of a PostgreSQL array, to be passed as one parameter.

    Written by the driver, an array of a hundred texts is a hundred constants that the
    server has to read one by one.

    :param values: texts, or numbers, dates and times, or ``None``.
    """
    values = list(values)
    with suppress(TypeError):
        # Texts alone, without a sign that has to be written otherwise.
        text = '","'.join(values)
        if "\\" not in text and text.count('"') == 2 * max(0, len(values) - 1):
            return f'{{"{text}"}}' if values else "{}"
    # Columns of a batch hold few different values.
    texts = {value: _element(value) for value in set(values)}
    return "{" + ",".join([texts[value] for value in values]) + "}"


def _element(value):
    if value is None:
        return "NULL"
    text = str(value)
    if '"' in text or "\\" in text:
        text = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'


def execute_planned(cr, statement, parameters):
    """Execute a statement; one that the server has planned before, if it can be.

    For paths where planning costs more than the work. Connections that keep plans have
    ``attendance_plans``, a set; those of Odoo's own pool forget them at every turn.

    :param statement: always the same text, with ``%s`` for the parameters and a type
        beside each one.
    """
    known = getattr(getattr(cr, "_cnx", None), "attendance_plans", None)
    if known is None or not Planned.is_possible:
        cr.execute(statement, parameters)
        return
    name = _plan_name(statement)
    try:
        if name not in known:
            numbers = tuple(f"${number + 1}" for number in range(len(parameters)))
            # Both are written in the code.
            cr.execute(  # pylint: disable=sql-injection
                f"PREPARE {name} AS {statement % numbers}"
            )
            known.add(name)
        places = ", ".join(["%s"] * len(parameters))
        cr.execute(f"EXECUTE {name}" + (f" ({places})" if places else ""), parameters)
    except UNPLANNED:
        # A pooler between us and the server mixes up connections.
        Planned.is_possible = False
        raise


class Planned:
    """Whether plans are kept; not where a pooler hands out one connection to many."""

    is_possible = True


# Raised once by ``execute_planned``; the transaction has to be tried again.
UNPLANNED = (
    psycopg2.errors.InvalidSqlStatementName,
    psycopg2.errors.DuplicatePreparedStatement,
)


@lru_cache
def _plan_name(statement):
    return f"attendance_{sha256(statement.encode()).hexdigest()[:16]}"


# What ``place_on`` reads; to be flushed before. Not everything: a statement may be
# made while other fields are being computed.
PLACE_MODELS = (
    "hr.employee",
    "hr.version",
    "attendance.store.loan",
    "attendance.store",
    "res.company",
    "res.partner",
)


def version_on(employee, day):
    """A sub-select: department, job and store of a person on a date.

    The version in force; before the first one, the first. To be joined with
    ``LATERAL``; without a person it has no row.

    :param employee: SQL of the employee's id, written in the code.
    :param day: SQL of the date, likewise.
    """
    return f"""(
        SELECT hv.department_id, hv.job_id, hv.store_id FROM hr_version hv
        WHERE hv.employee_id = {employee} AND hv.active
        ORDER BY hv.date_version > {day}, abs(hv.date_version - {day}) LIMIT 1
    )"""


def place_on(day):
    """Joins that say where ``e``, a row of ``hr_employee``, is on a date.

    ``place`` is the version of the date, ``s`` the store where the person works then
    (lent or own), ``c`` the company of the date and ``p`` its partner.

    :param day: SQL of the date, written in the code.
    """
    return f"""
        LEFT JOIN LATERAL {version_on("e.id", day)} place ON TRUE
        LEFT JOIN LATERAL (
            SELECT l.store_id FROM attendance_store_loan l
            WHERE l.employee_id = e.id AND {day} BETWEEN l.date_from AND l.date_to
            ORDER BY l.id DESC LIMIT 1
        ) lent ON TRUE
        LEFT JOIN attendance_store s ON s.id = COALESCE(lent.store_id, place.store_id)
        LEFT JOIN attendance_store own ON own.id = place.store_id
        JOIN res_company c ON c.id = COALESCE(own.company_id, e.company_id)
        JOIN res_partner p ON p.id = c.partner_id
    """
