from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from .attendance_terminal_bind import PEOPLE_LIMIT, TERMINALS_LIMIT


class AttendanceTerminalPersonSend(models.TransientModel):
    """Send chosen people to chosen terminals, as administrators if wanted.

    For who may edit the terminals, over people whom the login may view. Whom a
    terminal does not serve anyway is assigned to it.
    """

    _name = "attendance.terminal.person.send"
    _inherit = ["hr.mixin"]
    _description = "Send Single People to Terminals"

    employee_ids = fields.Many2many(
        "hr.employee",
        string="People",
        domain="[('attendance_scope', '=', 'employees.view')]",
    )
    terminal_ids = fields.Many2many(
        "attendance.terminal",
        string="Chosen Terminals",
        domain="[('attendance_scope', '=', 'terminals.edit')]",
    )
    administrator = fields.Selection(
        [
            ("keep", "As they are"),
            ("set", "Set as terminal administrator"),
            ("unset", "Ordinary person"),
        ],
        string="Right at the Terminal",
        required=True,
        default="keep",
        help="A terminal administrator may open the terminal's menu.",
    )

    @api.depends("administrator")
    @api.depends_context("lang")
    def _compute_display_name(self):
        self.display_name = self.env._("Send to Terminal (single)")

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        names = {
            "hr.employee": "employee_ids",
            "hr.employee.public": "employee_ids",
            "attendance.terminal": "terminal_ids",
        }
        name = names.get(self.env.context.get("active_model"))
        if name:
            values[name] = [Command.set(self.env.context.get("active_ids") or [])]
        return values

    def _check(self):
        self.ensure_one()
        if not self.terminal_ids:
            raise UserError(self.env._("Choose at least one terminal."))
        if not self.employee_ids:
            raise UserError(self.env._("Choose the people first."))
        if (
            len(self.terminal_ids) > TERMINALS_LIMIT
            or len(self.employee_ids) > PEOPLE_LIMIT
        ):
            raise UserError(
                self.env._(
                    "At most %(people)s people are sent to at most %(terminals)s "
                    "terminals at once.",
                    people=PEOPLE_LIMIT,
                    terminals=TERMINALS_LIMIT,
                )
            )
        self.terminal_ids.check_access("write")
        seen = self.env["attendance.terminal.assignment"]._people_seen(
            self.employee_ids.ids
        )
        if self.employee_ids - seen:
            raise UserError(
                self.env._(
                    "%(count)s of these people are not among the employees that you "
                    "may view, so you cannot send them to a terminal.",
                    count=len(self.employee_ids - seen),
                )
            )

    def _served(self):
        """``{terminal: (wanted employee ids, those of them without a code)}``."""
        # sudo: the rights over the terminals and the people were looked at
        terminals = self.terminal_ids.sudo()
        found = {}
        for day, some in terminals._by_day().items():
            wanted = some._wanted_people(day, self.employee_ids.ids)
            for terminal in some:
                people, without_code = wanted[terminal.id]
                held = {person.employee_id for person in people.values()}
                found[terminal.sudo(False)] = (held, set(without_code))
        return found

    def _check_all_sent(self):
        """Say of whom a terminal can know nothing, and why."""
        wrong = self.employee_ids.browse()
        for held, _without_code in self._served().values():
            wrong |= self.employee_ids.filtered(lambda e, held=held: e.id not in held)
        if wrong:
            names = ", ".join(wrong[:5].mapped("name"))
            raise UserError(
                self.env._(
                    "These people cannot be sent: %(names)s. Only people who work for "
                    "the terminal's company today and have a terminal user code can.",
                    names=names,
                )
            )

    def action_send(self):
        self._check()
        assignments = self.env["attendance.terminal.assignment"]
        right = {"keep": None, "set": True, "unset": False}[self.administrator]
        for terminal, (held, without_code) in self._served().items():
            missing = self.employee_ids.filtered(
                lambda e, there=held | without_code: e.id not in there
            )
            assignments._assign(terminal, missing, right)
            if right:
                assignments._assign(terminal, self.employee_ids, right)
        if right is False:
            assignments.search(
                [
                    ("terminal_id", "in", self.terminal_ids.ids),
                    ("employee_id", "in", self.employee_ids.ids),
                    ("is_administrator", "=", True),
                ]
            ).write({"is_administrator": False})
        self._check_all_sent()
        runs = self.terminal_ids._send_people("person", employees=self.employee_ids)
        if not runs:
            raise UserError(
                self.env._(
                    "Nothing was sent: the only administrator of a terminal stays one. "
                    "Set another person as its administrator first."
                )
            )
        return self.env["attendance.terminal.run"]._action_open(runs.sudo(False))
