from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..provisioning import is_mass_removal

# So many people are named in the preview of one terminal.
SHOWN_PEOPLE = 100
TERMINALS_LIMIT = 500
PARTS = ("add", "change", "replace", "remove", "kept", "stays", "unknown")


class AttendanceTerminalSend(models.TransientModel):
    """Show what sending people to terminals would change, then do it.

    For who may edit the terminals. What is shown is worked out anew when it is sent.
    """

    _name = "attendance.terminal.send"
    _description = "Send People to Terminals"

    terminal_ids = fields.Many2many(
        "attendance.terminal",
        string="Chosen Terminals",
        required=True,
        domain="[('attendance_scope', '=', 'terminals.edit')]",
    )
    kind = fields.Selection([("send", "Send"), ("copy", "Copy")], default="send")
    everything = fields.Boolean(
        string="Send Everybody Again",
        help="Send also those who are on the terminal as they should be; after it was "
        "repaired, for example.",
    )
    line_ids = fields.One2many(
        "attendance.terminal.send.line", "wizard_id", string="What Changes"
    )
    person_ids = fields.One2many(
        "attendance.terminal.send.person", "wizard_id", string="People"
    )
    has_orders = fields.Boolean(compute="_compute_has_orders")
    has_mass_removal = fields.Boolean(compute="_compute_has_orders")
    has_problem = fields.Boolean(compute="_compute_has_orders")

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        if self.env.context.get("active_model") == "attendance.terminal":
            terminals = self.env["attendance.terminal"].browse(
                self.env.context.get("active_ids") or []
            )
            values["terminal_ids"] = [Command.set(terminals.ids)]
            values.update(self._preview(terminals, False))
        return values

    @api.depends("line_ids.order_count", "line_ids.problem", "line_ids.is_mass_removal")
    def _compute_has_orders(self):
        for wizard in self:
            lines = wizard.line_ids
            wizard.has_orders = any(lines.mapped("order_count"))
            wizard.has_mass_removal = any(lines.mapped("is_mass_removal"))
            wizard.has_problem = any(lines.mapped("problem"))

    @api.onchange("terminal_ids", "everything")
    def _onchange_preview(self):
        terminals = self.terminal_ids._origin
        for name, commands in self._preview(terminals, self.everything).items():
            self[name] = [Command.clear(), *commands]

    @api.model
    def _check_terminals(self, terminals):
        """Refuse terminals that the login may not edit, and too many of them."""
        terminals.check_access("write")
        if len(terminals) > TERMINALS_LIMIT:
            raise UserError(
                self.env._(
                    "%(count)s terminals are chosen; people are sent to at most "
                    "%(limit)s at once.",
                    count=len(terminals),
                    limit=TERMINALS_LIMIT,
                )
            )

    @api.model
    def _preview(self, terminals, everything):
        """Commands for the lines about these terminals."""
        self._check_terminals(terminals)
        # sudo: who may edit the terminals was looked at just now
        plans = terminals.sudo()._plans(everything)
        return {
            "line_ids": [
                Command.create(self._line_values(terminal, plan))
                for terminal, plan in plans.items()
            ],
            "person_ids": [
                Command.create({"terminal_id": terminal.id, **values})
                for terminal, plan in plans.items()
                for values in self._person_values(plan)[:SHOWN_PEOPLE]
            ],
        }

    def _line_values(self, terminal, plan):
        found = plan.found
        return {
            "terminal_id": terminal.id,
            "add_count": len(found.add),
            "change_count": len(found.change) + len(found.replace),
            "remove_count": len(found.remove),
            "kept_count": len(found.kept) + len(found.stays),
            "unknown_count": len(found.unknown),
            "without_code_count": len(plan.without_code),
            "order_count": len(plan.orders),
            "is_mass_removal": is_mass_removal(len(found.remove), plan.ours),
            "problem": terminal._room_sentence(plan) if plan.missing else False,
        }

    def _person_values(self, plan):
        named = [
            {
                "part": part,
                "employee_id": who.employee_id,
                "user_code": who.code,
                "name": who.name,
                "is_administrator": who.privilege == 14,
            }
            for part in PARTS
            for _key, who in sorted(getattr(plan.found, part).items())
        ]
        return named + [
            {"part": "without_code", "employee_id": employee}
            for employee in plan.without_code
        ]

    def action_send(self):
        self.ensure_one()
        terminals = self.terminal_ids
        if not terminals:
            raise UserError(self.env._("Choose at least one terminal."))
        self._check_terminals(terminals)
        runs = terminals._send_people(self.kind or "send", self.everything)
        if not runs:
            return self._nothing_to_do()
        return self.env["attendance.terminal.run"]._action_open(runs.sudo(False))

    def _nothing_to_do(self):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("Everybody is there already; nothing is sent."),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
