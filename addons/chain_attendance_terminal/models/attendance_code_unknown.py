from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.chain_attendance_base.models.attendance_terminal_code import code_key

from ..access import check_held

# Punches of codes that nobody held on their dates, wherever they are kept; those of
# the archive lost their owner when the dates of a code were changed.
PUNCHES = """(
    SELECT id, company_id, code_key, terminal_id, wall_time, punched_at, quarantine
    FROM attendance_punch WHERE employee_id IS NULL
    UNION ALL
    SELECT id, company_id, code_key, terminal_id, wall_time, punched_at, quarantine
    FROM attendance_punch_archive WHERE employee_id IS NULL
)"""
# Numbers are padded with zeros to up to so many digits by files and people.
LONGEST_NUMBER = 12


class AttendanceCodeUnknown(models.Model):
    """Punches of one code that nobody holds, at the terminals of one store.

    A row is there as long as there are such punches, and carries the id of the first
    of them. It belongs to where its terminals hang, as they do.
    """

    _name = "attendance.code.unknown"
    _description = "Unknown Code"
    _inherit = ["attendance.scope.mixin"]
    _auto = False
    _order = "last_at desc, id desc"
    _rec_name = "code_key"
    _depends = {
        "attendance.punch": [
            "code_key",
            "company_id",
            "employee_id",
            "punched_at",
            "quarantine",
            "terminal_id",
            "wall_time",
        ],
        "attendance.terminal": ["store_id"],
        "attendance.code.dismissed": ["active", "code_key", "company_id", "store_id"],
    }

    _attendance_area = "terminals"
    _attendance_scope_columns = {
        "store": ("store_id",),
        "department": ("store_id.department_id",),
    }

    company_id = fields.Many2one("res.company", readonly=True)
    code_key = fields.Char(
        string="Terminal User Code",
        readonly=True,
        help="Without blanks and leading zeros, as codes are compared.",
    )
    store_id = fields.Many2one(
        "attendance.store", readonly=True, help="Where the terminals hang."
    )
    terminal_ids = fields.Many2many(
        "attendance.terminal",
        string="Sent by Terminals",
        compute="_compute_told",
        search="_search_terminal_ids",
    )
    name_on_unit = fields.Char(
        string="Name on the Terminal",
        compute="_compute_told",
        help="What a terminal told of this code itself.",
    )
    first_at = fields.Datetime(string="First Punch", readonly=True)
    last_at = fields.Datetime(string="Last Punch", readonly=True)
    first_day = fields.Date(
        readonly=True,
        help="The date of the first punch on the terminal's clock; of punches that "
        "were set aside only if there are no others.",
    )
    last_day = fields.Date(readonly=True)
    punch_count = fields.Integer(string="Punches", readonly=True)
    set_aside_count = fields.Integer(
        string="Of Them Set Aside",
        readonly=True,
        help="Punches with a clock that cannot have been right.",
    )
    dismissed_id = fields.Many2one("attendance.code.dismissed", readonly=True)
    reason = fields.Char(related="dismissed_id.reason")
    dismissed_by_id = fields.Many2one(
        "res.users", string="Dismissed by", related="dismissed_id.create_uid"
    )
    suggested_employee_id = fields.Many2one(
        "hr.employee",
        string="May Be",
        compute="_compute_suggested_employee_id",
        help="Somebody with the name that the terminal has, or with this employee "
        "number.",
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT found.*, d.id AS dismissed_id
            FROM (
                SELECT min(p.id) AS id, p.company_id, p.code_key, t.store_id,
                       COALESCE(min(p.punched_at) FILTER (WHERE p.quarantine IS NULL),
                                min(p.punched_at)) AS first_at,
                       COALESCE(max(p.punched_at) FILTER (WHERE p.quarantine IS NULL),
                                max(p.punched_at)) AS last_at,
                       left(COALESCE(
                           min(p.wall_time) FILTER (WHERE p.quarantine IS NULL),
                           min(p.wall_time)), 10)::date AS first_day,
                       left(COALESCE(
                           max(p.wall_time) FILTER (WHERE p.quarantine IS NULL),
                           max(p.wall_time)), 10)::date AS last_day,
                       count(*) AS punch_count,
                       count(p.quarantine) AS set_aside_count
                FROM %s p
                LEFT JOIN attendance_terminal t ON t.id = p.terminal_id
                GROUP BY p.company_id, p.code_key, t.store_id
            ) found
            LEFT JOIN attendance_code_dismissed d ON d.active
                AND d.company_id = found.company_id AND d.code_key = found.code_key
                AND d.store_id IS NOT DISTINCT FROM found.store_id
            """,
            SQL(PUNCHES),
        )

    @api.model
    def _search_terminal_ids(self, operator, value):
        if operator != "in":
            return NotImplemented
        self.env["attendance.punch"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT min(p.id) FROM %s p
                LEFT JOIN attendance_terminal t ON t.id = p.terminal_id
                GROUP BY p.company_id, p.code_key, t.store_id
                HAVING bool_or(p.terminal_id = ANY(%s))
                """,
                SQL(PUNCHES),
                [terminal for terminal in value if isinstance(terminal, int)],
            )
        )
        return Domain("id", "in", [row_id for (row_id,) in rows])

    @api.depends("code_key", "store_id")
    def _compute_told(self):
        """Which terminals sent a code, and the name that one of them has for it."""
        terminals = self._sending_terminals()
        users = self.env["attendance.terminal.user"].search(
            [
                ("terminal_id", "in", list(set().union(*terminals.values()))),
                ("code_key", "in", list(set(self.mapped("code_key")))),
                ("name_on_unit", "!=", False),
            ],
            order="reported_at, id",
        )
        names = {(user.terminal_id.id, user.code_key): user for user in users}
        for row in self:
            sent = terminals.get((row.company_id.id, row.code_key, row.store_id.id), ())
            row.terminal_ids = list(sent)
            told = [names[t, row.code_key] for t in sent if (t, row.code_key) in names]
            row.name_on_unit = told[-1].name_on_unit if told else False

    def _sending_terminals(self):
        """``{(company id, code, store id or False): (terminal ids)}`` of these rows."""
        self.env["attendance.punch"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT p.company_id, p.code_key, t.store_id,
                       array_agg(DISTINCT p.terminal_id ORDER BY p.terminal_id)
                FROM %s p JOIN attendance_terminal t ON t.id = p.terminal_id
                WHERE p.company_id = ANY(%s) AND p.code_key = ANY(%s)
                GROUP BY p.company_id, p.code_key, t.store_id
                """,
                SQL(PUNCHES),
                self.company_id.ids,
                list(set(self.mapped("code_key"))),
            )
        )
        return {
            (company, key, store or False): tuple(terminals)
            for company, key, store, terminals in rows
        }

    @api.depends("code_key", "name_on_unit", "company_id")
    @api.depends_context("uid")
    def _compute_suggested_employee_id(self):
        """Only people whom the login may give a code, or nobody."""
        people = self.env["hr.employee"]
        found = people
        if people.has_access("write"):
            keys = {row.code_key for row in self if row.code_key}
            told = {name.strip() for name in self.mapped("name_on_unit") if name}
            found = people.search(
                Domain("attendance_scope", "=", "employees.edit")
                & Domain("company_id", "in", self.company_id.ids)
                & (
                    Domain("employee_number", "in", _padded(keys))
                    | Domain("name", "in", list(told))
                    | Domain("english_name", "in", list(told))
                )
            )
        by_name, by_number = defaultdict(people.browse), defaultdict(people.browse)
        for person in found:
            company, number = person.company_id, person.employee_number
            by_number[company, code_key(number)] |= person
            for name in {person.name, person.english_name} - {False}:
                by_name[company, name] |= person
        for row in self:
            named = by_name[row.company_id, (row.name_on_unit or "").strip()]
            numbered = by_number[row.company_id, row.code_key]
            # Of two with the same name neither is more likely.
            row.suggested_employee_id = next(
                (person for person in (named, numbered) if len(person) == 1), people
            )

    def action_claim(self):
        """Open the wizard that gives this code to a person."""
        self.ensure_one()
        return self._open_wizard(
            "chain_attendance_terminal.attendance_code_claim_action",
            default_unknown_id=self.id,
        )

    def action_dismiss(self):
        """Open the wizard that says of these codes that they are no person."""
        return self._open_wizard(
            "chain_attendance_terminal.attendance_code_dismiss_action",
            default_unknown_ids=self.ids,
        )

    @api.model
    def _open_wizard(self, xml_id, **context):
        action = self.env["ir.actions.act_window"]._for_xml_id(xml_id)
        return {**action, "context": context}

    @api.private
    def _dismiss(self, reason):
        """Keep for each of these codes that it is no person; the rights are looked at.

        :param reason: a sentence; required.
        """
        check_held(self, "edit")
        # sudo: nobody writes these by hand; the right was looked at just now
        self.env["attendance.code.dismissed"].sudo().create(
            [
                {
                    "company_id": row.company_id.id,
                    "code_key": row.code_key,
                    "store_id": row.store_id.id,
                    "reason": reason,
                }
                for row in self
                if not row.dismissed_id
            ]
        )
        self.invalidate_model()

    def action_reopen(self):
        """Take back that these codes are no person."""
        check_held(self, "edit")
        dismissed = self.dismissed_id
        if not dismissed:
            raise UserError(self.env._("None of these codes has been dismissed."))
        dismissed.sudo().active = False  # sudo: as for dismissing
        self.invalidate_model()

    def action_view_punches(self):
        """The raw punches of this code at the terminals of this store."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "chain_attendance_terminal.attendance_punch_action"
        )
        domain = [
            ("company_id", "=", self.company_id.id),
            ("code_key", "=", self.code_key),
            ("employee_id", "=", False),
            ("terminal_id.store_id", "=", self.store_id.id),
        ]
        return {**action, "domain": domain, "context": {}}


def _padded(keys):
    """Employee numbers that are compared as these codes."""
    return [
        key.zfill(width)
        for key in keys
        for width in {len(key), *range(len(key), LONGEST_NUMBER + 1)}
    ]
