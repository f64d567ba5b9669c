"""Pieces of SQL about a person, a row ``e`` of ``hr_employee``."""

from odoo.addons.chain_attendance_terminal.sql import version_on

# First and last day of employment; NULL is open. Who left without a date stays.
EMPLOYMENT = """(
    SELECT COALESCE(e.hire_date,
                    (array_agg(ev.contract_date_start ORDER BY ev.date_version))[1]
           ) AS first_day,
           COALESCE(e.leave_date, CASE WHEN NOT e.active THEN max(ev.departure_date) END
           ) AS last_day
    FROM hr_version ev WHERE ev.employee_id = e.id AND ev.active
)"""


def place_on(day):
    """Joins that say where ``e`` is on a date.

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
