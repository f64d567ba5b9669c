from odoo import api, fields, models

from odoo.addons.chain_attendance_base.sql import array_of


class AttendanceRequestTurn(models.Model):
    """Whose turn it is to file for a person.

    What is compared with what the person has filed already, an overlap, a quota, a cap,
    is not seen while another transaction has yet to commit it. So whoever files writes
    the person's row first: a second one waits, is told by the database that it worked
    on an old picture, and Odoo calls it once more.
    """

    _name = "attendance.request.turn"
    _description = "Turn of Filing"
    _log_access = False

    employee_id = fields.Many2one("hr.employee", required=True, ondelete="cascade")
    number = fields.Integer(required=True)

    _employee_uniq = models.Constraint("UNIQUE(employee_id)", "There is one already.")

    @api.model
    @api.private
    def _take(self, employee_ids):
        self.env.cr.execute(
            """
            INSERT INTO attendance_request_turn AS turn (employee_id, number)
            SELECT id, 1 FROM unnest(%s::int[]) AS person (id) ORDER BY id
            ON CONFLICT (employee_id) DO UPDATE
            SET number = (turn.number + 1) %% 1000000
            """,
            [array_of(sorted(set(employee_ids) - {False, None}))],
        )
