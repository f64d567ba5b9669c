from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_datetime

from ..const import TERMINAL_COLUMNS


class AttendanceTerminalRun(models.Model):
    """One sending of people to a terminal, from the button to the last answer."""

    _name = "attendance.terminal.run"
    _description = "Sending to Terminals"
    _inherit = ["attendance.scope.mixin"]
    _order = "id desc"

    _attendance_area = "terminals"
    _attendance_scope_columns = TERMINAL_COLUMNS

    terminal_id = fields.Many2one(
        "attendance.terminal",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one(
        related="terminal_id.company_id", store=True, index=True, precompute=True
    )
    kind = fields.Selection(
        [
            ("send", "Send people"),
            ("person", "Send one person"),
            ("automatic", "Changes of people"),
            ("copy", "Copy of another terminal"),
            ("undo", "Put back"),
            ("command", "Command"),
        ],
        required=True,
        readonly=True,
    )
    state = fields.Selection(
        [
            ("held", "Waits for a person"),
            ("running", "Running"),
            ("done", "Done"),
            ("failed", "Partly refused"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        readonly=True,
        default="running",
        index=True,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Sent by",
        readonly=True,
        default=lambda self: self.env.user,
    )
    command_ids = fields.One2many(
        "attendance.terminal.command", "run_id", string="Commands"
    )
    add_count = fields.Integer(string="To Add", readonly=True)
    change_count = fields.Integer(string="To Change", readonly=True)
    remove_count = fields.Integer(string="To Take Off", readonly=True)
    note = fields.Char(readonly=True)
    # Who is taken off, as they were on the terminal: to put them back.
    removal = fields.Json(readonly=True)
    removal_text = fields.Text(
        compute="_compute_removal_text", string="Who Would Be Taken Off"
    )
    total_count = fields.Integer(compute="_compute_progress", string="To Do")
    open_count = fields.Integer(compute="_compute_progress", string="Still to Come")
    refused_count = fields.Integer(compute="_compute_progress", string="Refused")
    progress = fields.Float(compute="_compute_progress", string="Progress (%)")
    can_be_undone = fields.Boolean(compute="_compute_can_be_undone")

    @api.depends("command_ids.state")
    def _compute_progress(self):
        counts = {}
        # sudo: numbers; who sees the sending sees its commands
        for run, state, count in (
            self.env["attendance.terminal.command"]
            .sudo()
            ._read_group([("run_id", "in", self.ids)], ["run_id", "state"], ["__count"])
        ):
            counts.setdefault(run.id, {})[state] = count
        for run in self:
            of_run = counts.get(run.id, {})
            run.total_count = sum(of_run.values())
            run.open_count = of_run.get("waiting", 0) + of_run.get("sent", 0)
            run.refused_count = of_run.get("failed", 0) + of_run.get("expired", 0)
            answered = run.total_count - run.open_count
            run.progress = 100 * answered / run.total_count if run.total_count else 0

    @api.depends("state", "removal", "kind")
    def _compute_can_be_undone(self):
        for run in self:
            run.can_be_undone = bool(
                run.state in ("running", "done", "failed") and run.removal
            )

    @api.depends("removal")
    def _compute_removal_text(self):
        for run in self:
            run.removal_text = "\n".join(
                f"{entry['code']} {entry['name']}" for entry in run.removal or []
            )

    @api.depends("terminal_id", "create_date")
    @api.depends_context("lang", "tz")
    def _compute_display_name(self):
        for run in self:
            at = run.create_date or fields.Datetime.now()
            text = format_datetime(self.env, at, dt_format="short")
            run.display_name = f"{run.terminal_id.display_name} · {text}"

    def write(self, vals):
        """Who was asked to decide need not any more once it is decided."""
        held = self.filtered(lambda run: run.state == "held")
        result = super().write(vals)
        decided = held.filtered(lambda run: run.state != "held")
        decided.terminal_id._close_removal_activities()
        return result

    def _settle(self):
        """Sendings all of whose commands came to an end are over; one statement.

        A late answer may still make a refused one good.
        """
        if not self:
            return
        self.env["attendance.terminal.command"].flush_model()
        self.flush_model()
        self.env.cr.execute(
            """
            UPDATE attendance_terminal_run r SET state = told.state
            FROM (
                SELECT c.run_id,
                    CASE WHEN bool_or(c.state IN ('failed', 'expired')) THEN 'failed'
                         WHEN bool_and(c.state = 'cancelled') THEN 'cancelled'
                         ELSE 'done' END AS state
                FROM attendance_terminal_command c
                WHERE c.run_id = ANY(%s) AND NOT EXISTS (
                    SELECT 1 FROM attendance_terminal_command o
                    WHERE o.run_id = c.run_id AND o.state IN ('waiting', 'sent'))
                GROUP BY c.run_id
            ) told
            WHERE r.id = told.run_id AND r.state IN ('running', 'failed')
            """,
            [self.ids],
        )
        self.invalidate_model()

    def _check_may_send(self):
        """The right over a sending is that over its terminal."""
        self.terminal_id.check_access("write")

    def action_cancel(self):
        """What was not sent yet is not sent; of a held sending, the people stay."""
        self._check_may_send()
        self = self.sudo()  # sudo: the right was looked at above
        for run in self.filtered(lambda r: r.state == "held"):
            run._keep_people()
        held = self.filtered(lambda r: r.state == "held")
        held.write({"state": "cancelled", "user_id": self.env.uid})
        running = (self - held).filtered(lambda r: r.state == "running")
        running.command_ids.filtered(lambda c: c.state == "waiting")._cancel_waiting()

    def _keep_people(self):
        """Whom somebody decided to leave on the terminal stays from now on."""
        keys = [entry["key"] for entry in self.removal or []]
        self.env["attendance.terminal.user"].search(
            [("terminal_id", "=", self.terminal_id.id), ("code_key", "in", keys)]
        ).write({"is_kept": True})

    def action_release(self):
        """Take those off after all who are still not wanted."""
        self._check_may_send()
        for run in self:
            if run.state != "held":
                raise UserError(
                    self.env._("This sending waits for nobody; it was decided already.")
                )
        for run in self.sudo():  # sudo: the right was looked at above
            run.terminal_id._release_held(run)

    def action_undo(self):
        """Put back those whom this sending took off; what it did not do yet, it won't.

        Whoever holds the code of such a person by now keeps it.
        """
        self._check_may_send()
        for run in self:
            if not run.can_be_undone:
                raise UserError(
                    self.env._("This sending took nobody off who could be put back.")
                )
        # sudo: the right was looked at above
        runs = self.sudo().mapped(lambda run: run.terminal_id._put_back(run))
        return self._action_open(runs.sudo(False))

    def action_refresh(self):
        """Show how far it is by now."""
        self.check_access("read")
        self._settle()

    @api.model
    def _action_open(self, runs):
        """Show these sendings."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "chain_attendance_terminal.attendance_terminal_run_action"
        )
        if len(runs) == 1:
            return {
                **action,
                "views": [(False, "form")],
                "view_mode": "form",
                "res_id": runs.id,
            }
        return {**action, "domain": [("id", "in", runs.ids)], "context": {}}
