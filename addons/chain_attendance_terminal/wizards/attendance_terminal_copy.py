from odoo import fields, models
from odoo.exceptions import UserError

from .attendance_terminal_bind import TERMINALS_LIMIT


class AttendanceTerminalCopy(models.TransientModel):
    """Assign the people of one terminal to others, and send them.

    For who may edit all of these terminals, over people whom the login may view.
    """

    _name = "attendance.terminal.copy"
    _description = "Copy People to Other Terminals"

    source_id = fields.Many2one(
        "attendance.terminal",
        string="From",
        required=True,
        default=lambda self: self._default_source_id(),
        domain="[('attendance_scope', '=', 'terminals.edit')]",
    )
    company_id = fields.Many2one(related="source_id.company_id")
    terminal_ids = fields.Many2many(
        "attendance.terminal",
        string="To",
        domain="[('attendance_scope', '=', 'terminals.edit'), ('id', '!=', source_id),"
        " ('company_id', '=', company_id)]",
    )

    def _default_source_id(self):
        if self.env.context.get("active_model") == "attendance.terminal":
            return self.env.context.get("active_id")
        return False

    def action_copy(self):
        """Assign them, then show what is to be sent."""
        self.ensure_one()
        source, targets = self.source_id, self.terminal_ids - self.source_id
        if not targets:
            raise UserError(self.env._("Choose at least one terminal."))
        if len(targets) > TERMINALS_LIMIT:
            raise UserError(
                self.env._(
                    "People are assigned to at most %(limit)s terminals at once.",
                    limit=TERMINALS_LIMIT,
                )
            )
        (source | targets).check_access("write")
        if targets.company_id != source.company_id:
            raise UserError(self.env._("People are copied within one company only."))
        # sudo: the right over these terminals was looked at just now
        wanted = {}
        for day, some in (source | targets).sudo()._by_day().items():
            wanted.update(some._wanted_people(day))
        people = wanted[source.id].people
        assignments = self.env["attendance.terminal.assignment"]
        for target in targets:
            there = {p.employee_id for p in wanted[target.id].people.values()}
            missing = [
                p.employee_id for p in people.values() if p.employee_id not in there
            ]
            assignments._assign(target, self.env["hr.employee"].browse(missing))
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "chain_attendance_terminal.attendance_terminal_send_action"
            ),
            "context": {
                "active_model": "attendance.terminal",
                "active_ids": targets.ids,
                "default_kind": "copy",
            },
        }
