from collections import namedtuple
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import LazyTranslate

from ..command_values import (
    CLEARING_KINDS,
    COMMAND_VALUES,  # noqa: F401 – the contract is looked for here
    SHORT_LIVED_KINDS,
    CommandValueError,
    check_values,
)
from ..const import TERMINAL_COLUMNS

LIFE = timedelta(days=30)
SHORT_LIFE = timedelta(days=1)

# What a terminal answered: the command's id, whether it did it, its number for it,
# what it said besides, and how many it counted, where it counted.
CommandResult = namedtuple(
    "CommandResult", "command_id is_done return_code result count", defaults=(None,)
)

_lt = LazyTranslate(__name__)

LIMITS = {
    "kind": _lt("must be one of the known commands"),
    "names": _lt("is missing, or is not part of this command"),
    "code": _lt("must be 1 to 24 letters, digits, points, hyphens or underscores"),
    "name": _lt("must be a text of at most 256 characters"),
    "privilege": _lt("must be 0 for a user or 14 for an administrator"),
    "card": _lt("must be at most 32 letters and digits"),
    "biometric": _lt("must be a kind of fingerprint, face, palm, vein or photo"),
    "number": _lt("must be 0 to 9 for a finger, 0 to 49 for anything else"),
    "overwrite": _lt("must be yes or no"),
    "time": _lt("must be a time like 2026-03-01 08:30:00"),
    "span": _lt("must not lie before the start"),
    "clearing": _lt("is deleted through “Delete on the Terminal” only"),
}


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
    result = fields.Char(string="Answer", readonly=True)
    has_count = fields.Boolean(readonly=True)
    answer_count = fields.Integer(
        string="Counted", readonly=True, help="How many the terminal counted."
    )
    reason = fields.Selection(
        [
            ("silent", "The terminal did not answer"),
            ("old", "It waited too long for the terminal"),
            ("overtaken", "A later command took its place"),
            ("person", "Cancelled by a person"),
            ("gone", "What was to be sent is no longer here"),
            ("unfit", "This terminal has no such command"),
            ("replaced", "Another unit hangs there now"),
        ],
        readonly=True,
        help="Why it ended without an answer of the terminal.",
    )
    expires_at = fields.Datetime(
        string="Given Up at",
        readonly=True,
        default=lambda self: fields.Datetime.now() + LIFE,
        help="If the terminal has not answered by then.",
    )

    _open_idx = models.Index("(terminal_id, id) WHERE state IN ('waiting', 'sent')")
    _log_idx = models.Index("(terminal_id, create_date)")
    _code_idx = models.Index("(terminal_id, user_code, id) WHERE user_code IS NOT NULL")

    @api.model
    @api.private
    def _queue(self, rows):
        """Add commands for terminals, in this order.

        Who may ask for them is looked at by the caller.

        :param rows: values with ``terminal_id``, ``kind``, ``values`` (what the kind
            needs, see ``COMMAND_VALUES``) and, where they apply, ``run_id``,
            ``employee_id`` and ``user_code``.
        :return: the new commands.
        :raise ValidationError: naming the value and its bounds; nothing is added.
        """
        now = fields.Datetime.now()
        return self.sudo().create(  # sudo: nobody makes commands by hand
            [self._prepare_queued(row, now) for row in rows]
        )

    @api.model
    def _prepare_queued(self, row, now):
        kind, values = row["kind"], row.get("values") or {}
        try:
            check_values(kind, values)
            if kind in CLEARING_KINDS and not self._may_clear(row):
                raise CommandValueError("kind", "clearing")
        except CommandValueError as error:
            raise ValidationError(
                self.env._(
                    "The command “%(kind)s” cannot be given: “%(field)s” %(limit)s.",
                    kind=self._kind_label(kind),
                    field=error.field,
                    limit=self.env._(LIMITS[error.limit]),
                )
            ) from error
        is_short = kind in SHORT_LIVED_KINDS
        return {
            "user_code": values.get("code") or False,
            **row,
            "values": values,
            "expires_at": now + (SHORT_LIFE if is_short else LIFE),
        }

    @api.model
    def _may_clear(self, row):
        """Whether a command that deletes is one that two people agreed on."""
        return False

    @api.model
    def _kind_label(self, kind):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        return labels.get(kind, kind)

    def _payload(self):
        """Hook: ``values`` and what is too large or too secret to be kept in them.

        ``None`` if what was to be sent is no longer here.
        """
        self.ensure_one()
        return dict(self.values or {})

    def _after_answer(self):
        """Hook: these commands became done, failed, expired or cancelled.

        In the order in which they were given. One that expired may be answered later
        and then comes here again.
        """
