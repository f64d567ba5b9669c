from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.chain_attendance_base.sql import EMPLOYMENT, place_on

from ..const import TERMINAL_COLUMNS


class AttendanceTerminalPerson(models.Model):
    """Who is for a terminal today and who is on it; asked from both sides.

    Read-only. Of a terminal that serves all employees it shows who is on it and who
    is assigned besides: everybody else is for it, too.
    """

    _name = "attendance.terminal.person"
    _description = "Person for a Terminal"
    _inherit = ["attendance.scope.mixin"]
    _auto = False
    _order = "terminal_id, employee_id"
    _rec_name = "employee_id"
    _depends = {
        "attendance.store.loan": ["date_from", "date_to", "employee_id", "store_id"],
        "attendance.terminal": [
            "active",
            "company_id",
            "serve_all_employees",
            "serve_store_employees",
            "store_id",
        ],
        "attendance.terminal.assignment": [
            "employee_id",
            "is_administrator",
            "terminal_id",
        ],
        "attendance.terminal.user": [
            "confirmed_at",
            "privilege",
            "sent_employee_id",
            "sent_privilege",
            "terminal_id",
            "user_code",
        ],
        "hr.employee": [
            "active",
            "company_id",
            "employee_number",
            "hire_date",
            "is_punching",
            "leave_date",
        ],
        "hr.version": [
            "active",
            "contract_date_start",
            "date_version",
            "department_id",
            "employee_id",
            "job_id",
            "store_id",
        ],
    }

    _attendance_area = "terminals"
    _attendance_scope_columns = TERMINAL_COLUMNS

    terminal_id = fields.Many2one("attendance.terminal", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    employee_id = fields.Many2one("hr.employee", string="Name", readonly=True)
    employee_number = fields.Char(readonly=True)
    department_id = fields.Many2one("hr.department", readonly=True)
    job_id = fields.Many2one("hr.job", string="Job Position", readonly=True)
    store_id = fields.Many2one(
        "attendance.store", readonly=True, help="The person's own store."
    )
    user_code = fields.Char(
        string="Code on It", readonly=True, help="As the terminal acknowledged it."
    )
    reason = fields.Selection(
        [
            ("all", "Serves all employees"),
            ("store", "Of its store"),
            ("lent", "Lent to its store"),
            ("assigned", "Assigned"),
            ("none", "No more"),
        ],
        string="Why",
        readonly=True,
    )
    is_on_unit = fields.Boolean(string="On It", readonly=True)
    is_administrator = fields.Boolean(string="Terminal Administrator", readonly=True)
    confirmed_at = fields.Datetime(string="Acknowledged at", readonly=True)

    @property
    def _table_query(self):
        day = f"'{fields.Date.context_today(self).isoformat()}'::date"
        place = place_on(day)
        employed = f"""
            COALESCE(span.first_day, {day}) <= {day}
            AND COALESCE(span.last_day, {day}) >= {day}
            AND e.active AND COALESCE(e.is_punching, FALSE)"""
        assigned = """
            SELECT a.id, a.is_administrator FROM attendance_terminal_assignment a
            WHERE a.terminal_id = t.id AND a.employee_id = e.id"""
        # Whoever was ever of the store, so that one terminal asks for few people.
        near = f"""
            SELECT v.employee_id FROM hr_version v WHERE v.store_id = t.store_id
            UNION
            SELECT l.employee_id FROM attendance_store_loan l
            WHERE l.store_id = t.store_id AND {day} BETWEEN l.date_from AND l.date_to"""
        served = """
            t.serve_store_employees AND (t.store_id = own.id OR t.store_id = s.id)"""
        reason = f"""
            CASE WHEN e.company_id <> t.company_id OR NOT ({employed}) THEN 'none'
                 WHEN t.serve_all_employees THEN 'all'
                 WHEN t.serve_store_employees AND t.store_id = own.id THEN 'store'
                 WHEN t.serve_store_employees AND t.store_id = s.id THEN 'lent'
                 WHEN a.id IS NOT NULL THEN 'assigned' ELSE 'none' END AS reason"""
        person = f"""
            t.id AS terminal_id, t.company_id, e.id AS employee_id, e.employee_number,
            place.department_id, place.job_id, place.store_id, {reason}"""
        absent = """NOT EXISTS (
            SELECT 1 FROM attendance_terminal_user u
            WHERE u.terminal_id = t.id AND u.sent_employee_id = e.id
              AND u.confirmed_at IS NOT NULL)"""
        # Even and odd, so that a person with two codes on one terminal is two rows.
        absent_id = "((t.id::bigint << 31) | e.id) * 2 AS id"
        statement = f"""
            SELECT u.id::bigint * 2 + 1 AS id, {person}, u.user_code,
                   TRUE AS is_on_unit,
                   GREATEST(u.privilege, u.sent_privilege) = 14 AS is_administrator,
                   u.confirmed_at
            FROM attendance_terminal_user u
            JOIN attendance_terminal t ON t.id = u.terminal_id
            JOIN hr_employee e ON e.id = u.sent_employee_id
            JOIN LATERAL {EMPLOYMENT} span ON TRUE {place}
            LEFT JOIN LATERAL ({assigned}) a ON TRUE
            WHERE u.confirmed_at IS NOT NULL AND t.active
            UNION ALL
            SELECT {absent_id}, {person}, NULL, FALSE,
                   COALESCE(a.is_administrator, FALSE), NULL
            FROM attendance_terminal t
            JOIN LATERAL ({near}) near ON TRUE
            JOIN hr_employee e ON e.id = near.employee_id
                AND e.company_id = t.company_id
            JOIN LATERAL {EMPLOYMENT} span ON TRUE {place}
            LEFT JOIN LATERAL ({assigned}) a ON TRUE
            WHERE {served} AND {employed} AND t.active
              AND t.serve_all_employees IS NOT TRUE AND {absent}
            UNION ALL
            SELECT {absent_id}, {person}, NULL, FALSE, a.is_administrator, NULL
            FROM attendance_terminal_assignment a
            JOIN attendance_terminal t ON t.id = a.terminal_id
            JOIN hr_employee e ON e.id = a.employee_id
            JOIN LATERAL {EMPLOYMENT} span ON TRUE {place}
            WHERE {employed} AND t.active AND {absent} AND (t.serve_all_employees
                OR NOT COALESCE({served}, FALSE))
        """  # pylint: disable=sql-injection
        return SQL(statement)  # pylint: disable=sql-injection
