from odoo import api, fields, models

from .. import biometrics

STATE_OF_COMMAND = {
    "done": "confirmed",
    "failed": "refused",
    "expired": "silent",
    "cancelled": "silent",
}
PATH = "deletion_id.employee_id"


class AttendanceBiometricDeletionLine(models.Model):
    """What one terminal was told to delete, and its acknowledgement."""

    _name = "attendance.biometric.deletion.line"
    _description = "Deletion of Templates on a Terminal"
    _inherit = ["attendance.scope.mixin"]
    _order = "terminal_id, id"
    _rec_name = "terminal_id"
    _log_access = False

    _attendance_area = "terminals"
    _attendance_scope_columns = {
        "employee": (PATH,),
        "department": (f"{PATH}.current_version_id.department_id",),
        "job": (f"{PATH}.current_version_id.job_id",),
        "store": (f"{PATH}.current_version_id.store_id",),
        "lent": (PATH,),
    }

    deletion_id = fields.Many2one(
        "attendance.biometric.deletion",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one(
        related="deletion_id.company_id", store=True, index=True, precompute=True
    )
    terminal_id = fields.Many2one(
        "attendance.terminal", readonly=True, ondelete="set null", index=True
    )
    user_code = fields.Char(string="Terminal User Code", readonly=True)
    kind = fields.Selection(
        biometrics.KINDS, readonly=True, help="Empty: the person with everything."
    )
    slot = fields.Integer(readonly=True)
    number = fields.Integer(compute="_compute_number", help="Which finger, 0 to 9.")
    finger = fields.Selection(biometrics.FINGERS, compute="_compute_number")
    command_id = fields.Many2one(
        "attendance.terminal.command",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    state = fields.Selection(
        [
            ("waiting", "Waits for the terminal"),
            ("confirmed", "Acknowledged"),
            ("refused", "Refused"),
            ("silent", "No answer"),
        ],
        required=True,
        readonly=True,
        default="waiting",
    )
    answered_at = fields.Datetime(readonly=True)

    @api.depends("kind", "slot")
    def _compute_number(self):
        for line in self:
            line.number = biometrics.number_of(line.kind, line.slot)
            line.finger = biometrics.finger(line.kind, line.number)

    def _ask(self):
        """Queue the deletion on each line's terminal."""
        commands = self.env["attendance.terminal.command"]._queue(
            [line._prepare_command() for line in self]
        )
        for line, command in zip(self, commands, strict=True):
            line.write(
                {"command_id": command.id, "state": "waiting", "answered_at": False}
            )

    def _prepare_command(self):
        self.ensure_one()
        values = {"code": self.user_code}
        if self.kind:
            values.update(kind=self.kind, number=self.slot)
        return {
            "terminal_id": self.terminal_id.id,
            "kind": "template_delete" if self.kind else "user_delete",
            "values": values,
            "employee_id": self.deletion_id.employee_id.id,
            "user_code": self.user_code,
        }

    @api.model
    @api.private
    def _note_answers(self, commands):
        """Keep what terminals answered; a person taken off is proof for all of it."""
        lines = self.sudo()  # sudo: nobody writes proofs by hand
        for line in lines.search([("command_id", "in", commands.ids)]):
            command = line.command_id
            state = STATE_OF_COMMAND.get(command.state)
            if state == "refused" and command._says_it_is_gone():
                state = "confirmed"
            line._note(state, command)
        for command in commands:
            if command.kind != "user_delete" or command.state != "done":
                continue
            open_lines = lines.search(
                [
                    ("terminal_id", "=", command.terminal_id.id),
                    ("user_code", "=", command.user_code),
                    ("state", "!=", "confirmed"),
                    ("command_id", "<", command.id),
                ]
            )
            for line in open_lines:
                line._note("confirmed", command)

    def _note(self, state, command):
        if state and self.state != "confirmed":
            self.write(
                {
                    "state": state,
                    "answered_at": command.done_at or fields.Datetime.now(),
                }
            )
