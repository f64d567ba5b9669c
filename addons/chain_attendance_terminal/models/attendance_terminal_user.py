from psycopg2.extras import execute_values

from odoo import api, fields, models

from odoo.addons.chain_attendance_base.models.attendance_terminal_code import code_key

from ..const import TERMINAL_COLUMNS


class AttendanceTerminalUser(models.Model):
    """A person who is on a terminal, as the terminal told it itself.

    Nobody is ever created here from it: a code that nobody holds stays a code.
    """

    _name = "attendance.terminal.user"
    _description = "Person on a Terminal"
    _inherit = ["attendance.scope.mixin"]
    _order = "terminal_id, user_code, id"
    _rec_name = "user_code"
    _log_access = False

    _attendance_area = "terminals"
    _attendance_scope_columns = TERMINAL_COLUMNS

    terminal_id = fields.Many2one(
        "attendance.terminal",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    user_code = fields.Char(string="Terminal User Code", required=True, readonly=True)
    code_key = fields.Char(required=True, readonly=True)
    employee_id = fields.Many2one(
        "hr.employee", compute="_compute_employee_id", help="Who holds the code today."
    )
    name_on_unit = fields.Char(string="Name on It", readonly=True)
    privilege = fields.Integer(
        readonly=True, help="What the terminal lets this person do; 14: everything."
    )
    is_administrator = fields.Boolean(
        string="Terminal Administrator", compute="_compute_is_administrator"
    )
    card_number = fields.Char(readonly=True)
    reported_at = fields.Datetime(
        string="Told by It", readonly=True, help="When the terminal told this itself."
    )

    _code_uniq = models.Constraint(
        "UNIQUE(terminal_id, code_key)", "This code is on the terminal already."
    )

    @api.depends("privilege")
    def _compute_is_administrator(self):
        for user in self:
            user.is_administrator = user.privilege == 14

    @api.depends("code_key", "company_id")
    def _compute_employee_id(self):
        codes = self.env["attendance.terminal.code"]
        valid = codes._valid_on(fields.Date.context_today(self))
        rows = codes.search(
            valid
            & fields.Domain("company_id", "in", self.company_id.ids)
            & fields.Domain("code_key", "in", list(set(self.mapped("code_key"))))
        )
        holders = {(row.company_id, row.code_key): row.employee_id for row in rows}
        for user in self:
            key = (user.company_id, user.code_key)
            user.employee_id = holders.get(key, self.env["hr.employee"])

    @api.model
    @api.private
    def _note_reported(self, terminal, rows):
        """Keep what a terminal tells of its people; the last word of a code counts.

        :param rows: dicts with ``code``, ``name``, ``privilege`` and ``card``.
        """
        now = fields.Datetime.now()
        told = {code_key(row["code"]): row for row in rows if row["code"]}
        if not told:
            return
        execute_values(
            self.env.cr,
            """
            INSERT INTO attendance_terminal_user
                (terminal_id, company_id, user_code, code_key, name_on_unit,
                 privilege, card_number, reported_at)
            VALUES %s
            ON CONFLICT (terminal_id, code_key) DO UPDATE SET
                user_code = EXCLUDED.user_code,
                name_on_unit = EXCLUDED.name_on_unit,
                privilege = EXCLUDED.privilege,
                card_number = EXCLUDED.card_number,
                reported_at = EXCLUDED.reported_at
            """,
            [
                (
                    terminal.id,
                    terminal.company_id.id,
                    row["code"],
                    key,
                    row["name"] or None,
                    row["privilege"],
                    row["card"] or None,
                    now,
                )
                for key, row in sorted(told.items())
            ],
        )
        self.invalidate_model()
