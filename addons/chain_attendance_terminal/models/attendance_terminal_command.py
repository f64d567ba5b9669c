from collections import namedtuple

from odoo import api, fields, models

from ..const import TERMINAL_COLUMNS

# What each kind of command needs in ``values``; nothing else can be asked for: no
# shell, no files, no firmware, no deletion without a code.
COMMAND_VALUES = {
    "user_put": ("code", "name", "privilege", "card"),
    "user_delete": ("code",),
    "template_put": ("code", "kind", "number"),
    "template_delete": ("code", "kind", "number"),
    "photo_put": ("code",),
    "enrol": ("code", "kind", "number", "overwrite"),
    "query_punches": ("since", "until"),
    "query_users": (),
    "query_templates": ("code", "kind"),
    "count_punches": ("since", "until"),
    "check": (),
    "info": (),
    "sync_time": (),
    "upload_now": (),
    "reboot": (),
    "clear_punches": (),
    "clear_all": (),
}

# What a terminal answered: the command's id, whether it did it, its number for it,
# and the result in words.
CommandResult = namedtuple("CommandResult", "command_id is_done return_code result")


class AttendanceTerminalCommand(models.Model):
    """One order for one terminal, and what became of it; the manual's operation log.

    ``kind`` and ``values`` are what a person may ask for; a vendor addon writes them
    as its terminals understand them at the moment of sending.
    """

    _name = "attendance.terminal.command"
    _description = "Terminal Command"
    _inherit = ["attendance.scope.mixin"]
    _order = "id desc"
    _rec_name = "kind"

    _attendance_area = "terminals"
    _attendance_scope_columns = TERMINAL_COLUMNS

    terminal_id = fields.Many2one(
        "attendance.terminal", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="terminal_id.company_id", store=True, index=True, precompute=True
    )
    store_id = fields.Many2one(related="terminal_id.store_id")
    run_id = fields.Many2one(
        "attendance.terminal.run", readonly=True, ondelete="set null", index=True
    )
    kind = fields.Selection(
        [
            ("user_put", "Send person"),
            ("user_delete", "Take person off"),
            ("template_put", "Send fingerprint or face"),
            ("template_delete", "Delete fingerprint or face"),
            ("photo_put", "Send photo"),
            ("enrol", "Enrol at the terminal"),
            ("query_punches", "Upload punches again"),
            ("query_users", "Tell its people"),
            ("query_templates", "Tell its fingerprints and faces"),
            ("count_punches", "Count punches"),
            ("check", "Read settings again"),
            ("info", "Tell its state"),
            ("sync_time", "Set the clock"),
            ("upload_now", "Upload now"),
            ("reboot", "Restart"),
            ("clear_punches", "Delete punches on it"),
            ("clear_all", "Delete everything on it"),
        ],
        required=True,
        readonly=True,
    )
    values = fields.Json(readonly=True)
    employee_id = fields.Many2one("hr.employee", readonly=True, index="btree_not_null")
    user_code = fields.Char(string="Terminal User Code", readonly=True)
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("sent", "Sent"),
            ("done", "Done"),
            ("failed", "Refused"),
            ("expired", "No answer"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        readonly=True,
        default="waiting",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Asked by",
        readonly=True,
        default=lambda self: self.env.user,
    )
    sent_at = fields.Datetime(readonly=True)
    retry_at = fields.Datetime(readonly=True)
    done_at = fields.Datetime(string="Answered at", readonly=True)
    tries = fields.Integer(readonly=True)
    return_code = fields.Integer(readonly=True)
    result = fields.Char(readonly=True)

    _open_idx = models.Index("(terminal_id, id) WHERE state IN ('waiting', 'sent')")
    _log_idx = models.Index("(terminal_id, create_date)")

    @api.model
    @api.private
    def _queue(self, rows):
        """Add commands for terminals, in this order.

        Who may ask for them is looked at by the caller.

        :param rows: values with ``terminal_id``, ``kind``, ``values`` (what the kind
            needs, see ``COMMAND_VALUES``) and, where they apply, ``run_id``,
            ``employee_id`` and ``user_code``.
        :return: the new commands.
        """
        return self.sudo().create(rows)  # sudo: nobody makes commands by hand

    def _payload(self):
        """Hook: ``values`` and what is too large or too secret to be kept in them.

        ``None`` if what was to be sent is no longer here.
        """
        self.ensure_one()
        return dict(self.values or {})

    def _after_answer(self):
        """Hook: the terminal answered these commands, or never did."""
