from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..models.attendance_code_unknown import PUNCHES


class AttendanceCodeClaim(models.TransientModel):
    """Give a code that nobody holds to a person, with the punches made with it.

    Whoever may edit the person may do so: it is the same as giving the code on the
    person's own form, dated back.
    """

    _name = "attendance.code.claim"
    _description = "Give a Code to a Person"

    unknown_id = fields.Many2one("attendance.code.unknown", readonly=True)
    company_id = fields.Many2one(
        "res.company", related="unknown_id.company_id", related_sudo=False
    )
    code_key = fields.Char(related="unknown_id.code_key", related_sudo=False)
    name_on_unit = fields.Char(related="unknown_id.name_on_unit", related_sudo=False)
    suggested_employee_id = fields.Many2one(
        "hr.employee", related="unknown_id.suggested_employee_id", related_sudo=False
    )
    employee_id = fields.Many2one(
        "hr.employee",
        string="Person",
        required=True,
        domain="[('company_id', '=', company_id),"
        " ('attendance_scope', '=', 'employees.edit')]",
    )
    date_from = fields.Date(
        string="Valid from",
        help="First day of this code; empty: since ever. Punches of earlier days stay "
        "without a person.",
    )
    date_to = fields.Date(
        string="Valid until", help="Last day of this code; empty: until further notice."
    )
    punch_count = fields.Integer(compute="_compute_punch_count")
    summary = fields.Char(compute="_compute_punch_count")

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        row = self.env["attendance.code.unknown"].browse(values.get("unknown_id"))
        row = row.exists()
        if row:
            row.check_access("read")
            values.setdefault("date_from", row.first_day)
            values.setdefault("employee_id", row.suggested_employee_id.id)
        return values

    @api.depends("unknown_id", "date_from", "date_to")
    def _compute_punch_count(self):
        for wizard in self:
            count, first, last = wizard._given()
            wizard.punch_count = count
            if count:
                wizard.summary = self.env._(
                    "%(count)s punches from %(first)s to %(last)s will be given to "
                    "this person.",
                    count=count,
                    first=first,
                    last=last,
                )
            else:
                wizard.summary = self.env._(
                    "No punch of this code lies between these dates."
                )

    def _given(self):
        """How many punches the dates hold, with the first and last date of them.

        A code is the company's: its punches at other stores are counted too.
        """
        row = self.unknown_id.exists()
        if not row:
            return 0, None, None
        row.sudo(False).check_access("read")
        self.env["attendance.punch"].flush_model()
        return self.env.execute_query(
            SQL(
                """
                SELECT count(*), left(min(p.wall_time), 10), left(max(p.wall_time), 10)
                FROM %s p WHERE p.company_id = %s AND p.code_key = %s
                  AND left(p.wall_time, 10) BETWEEN %s AND %s
                """,
                SQL(PUNCHES),
                row.company_id.id,
                row.code_key,
                str(self.date_from or "0001-01-01"),
                str(self.date_to or "9999-12-31"),
            )
        )[0]

    def action_apply(self):
        self.ensure_one()
        row = self._checked_row()
        count = self._given()[0]
        # sudo: whoever may edit the person may give the code, looked at just now
        code = (
            self.env["attendance.terminal.code"]
            .sudo()
            .create(
                {
                    "employee_id": self.employee_id.id,
                    "code": row.code_key,
                    "date_from": self.date_from,
                    "date_to": self.date_to,
                }
            )
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "Code %(code)s is %(name)s's now, with %(count)s punches. Their "
                    "days are being computed.",
                    code=code.code,
                    name=self.employee_id.name,
                    count=count,
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _checked_row(self):
        """The row of the inbox, if the login may give its code to this person."""
        row = self.unknown_id.exists()
        if not row:
            raise UserError(
                self.env._("The punches of this code have got a person meanwhile.")
            )
        row.check_access("read")
        self.employee_id.check_access("write")
        if self.employee_id.company_id != row.company_id:
            raise UserError(
                self.env._(
                    "%(name)s is of another company than the terminals that sent this "
                    "code.",
                    name=self.employee_id.name,
                )
            )
        return row
