from psycopg2.extras import execute_values

from odoo import api, fields, models

from odoo.addons.chain_attendance_base.models.attendance_terminal_code import code_key

from ..const import TERMINAL_COLUMNS


class AttendanceTerminalUser(models.Model):
    """A person who is on a terminal: it told so itself, or acknowledged it.

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
    sent_employee_id = fields.Many2one(
        "hr.employee",
        string="Sent For",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
        help="Whom this code stood for when it was sent.",
    )
    sent_name = fields.Char(readonly=True)
    sent_privilege = fields.Integer(readonly=True)
    sent_card = fields.Char(readonly=True)
    confirmed_at = fields.Datetime(
        string="Acknowledged at",
        readonly=True,
        help="When the terminal acknowledged what was sent. Empty: entered at its "
        "keys; such people are never taken off.",
    )
    is_kept = fields.Boolean(
        string="Stays on It",
        readonly=True,
        help="Somebody decided that this person is not taken off by itself.",
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
        # sudo: who may see the terminal sees who is on it, as it tells itself; the
        # codes are of the area of employees
        codes = self.env["attendance.terminal.code"].sudo()
        valid = codes._valid_on(fields.Date.context_today(self))
        rows = codes.search(
            valid
            & fields.Domain("company_id", "in", self.company_id.ids)
            & fields.Domain("code_key", "in", list(set(self.mapped("code_key"))))
        )
        holders = {
            (row.company_id, row.code_key): row.employee_id.sudo(False) for row in rows
        }
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

    @api.model
    @api.private
    def _note_confirmed(self, rows):
        """Keep what terminals acknowledged to have taken; few queries for many rows.

        :param rows: dicts with ``terminal_id``, ``company_id``, ``code``, ``name``,
            ``privilege``, ``card``, ``employee_id`` and ``is_kept``; one a code.
        """
        if not rows:
            return
        now = fields.Datetime.now()
        by_key = {(row["terminal_id"], code_key(row["code"])): row for row in rows}
        self.flush_model()
        execute_values(
            self.env.cr,
            """
            INSERT INTO attendance_terminal_user
                (terminal_id, company_id, user_code, code_key, name_on_unit, privilege,
                 card_number, sent_employee_id, sent_name, sent_privilege, sent_card,
                 is_kept, confirmed_at)
            VALUES %s
            ON CONFLICT (terminal_id, code_key) DO UPDATE SET
                user_code = EXCLUDED.user_code,
                name_on_unit = EXCLUDED.name_on_unit,
                privilege = EXCLUDED.privilege,
                card_number = EXCLUDED.card_number,
                sent_employee_id = EXCLUDED.sent_employee_id,
                sent_name = EXCLUDED.sent_name,
                sent_privilege = EXCLUDED.sent_privilege,
                sent_card = EXCLUDED.sent_card,
                is_kept = EXCLUDED.is_kept,
                confirmed_at = EXCLUDED.confirmed_at
            """,
            [
                (
                    terminal,
                    row["company_id"],
                    row["code"],
                    key,
                    row["name"] or None,
                    row["privilege"],
                    row["card"] or None,
                    row["employee_id"] or None,
                    row["name"] or None,
                    row["privilege"],
                    row["card"] or None,
                    row["is_kept"],
                    now,
                )
                for (terminal, key), row in sorted(by_key.items())
            ],
        )
        self.invalidate_model()

    @api.model
    @api.private
    def _note_removed(self, pairs):
        """Forget who is not on a terminal any more.

        :param pairs: ``(terminal id, normal form of the code)``.
        """
        pairs = sorted(pairs)
        if not pairs:
            return
        self.flush_model()
        self.env.cr.execute(
            """
            DELETE FROM attendance_terminal_user u
            USING unnest(%s::int[], %s::text[]) AS gone(terminal_id, code_key)
            WHERE u.terminal_id = gone.terminal_id AND u.code_key = gone.code_key
            """,
            [[terminal for terminal, _key in pairs], [key for _terminal, key in pairs]],
        )
        self.invalidate_model()
