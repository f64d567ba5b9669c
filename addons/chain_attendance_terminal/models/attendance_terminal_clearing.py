from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..const import TERMINAL_COLUMNS

# A backup older than this no longer speaks for what is on the terminal.
FRESH = timedelta(hours=4)
EVER_SINCE = "2000-01-01 00:00:00"
OPEN_STATES = ("backup", "ready", "ordered")


class AttendanceTerminalClearing(models.Model):
    """Deleting what is on a terminal: a backup first, and two people who want it.

    The terminal uploads all its punches again and counts them; then a second person
    confirms; then it uploads what came meanwhile, and only then is told to delete.
    """

    _name = "attendance.terminal.clearing"
    _description = "Deletion on a Terminal"
    _inherit = ["attendance.scope.mixin"]
    _order = "id desc"
    _rec_name = "terminal_id"

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
    store_id = fields.Many2one(related="terminal_id.store_id")
    kind = fields.Selection(
        [
            ("clear_punches", "Its punches"),
            ("clear_all", "Everything: people, fingerprints, faces and punches"),
        ],
        string="What Is Deleted",
        required=True,
        readonly=True,
    )
    note = fields.Char(string="Why", readonly=True)
    state = fields.Selection(
        [
            ("backup", "Uploads its punches"),
            ("ready", "Waits for a second person"),
            ("ordered", "Is deleting"),
            ("done", "Deleted"),
            ("failed", "Not deleted"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        readonly=True,
        default="backup",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Asked by",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
    )
    backup_at = fields.Datetime(string="Uploaded at", readonly=True)
    unit_count = fields.Integer(
        string="Punches It Counted", readonly=True, help="What the terminal counted."
    )
    stored_count = fields.Integer(
        string="Punches Here", readonly=True, help="Of this terminal, archive included."
    )
    is_matched = fields.Boolean(
        string="Counts Agree",
        readonly=True,
        help="If they do not, who confirms must type the code of the terminal.",
    )
    confirmed_by_id = fields.Many2one("res.users", readonly=True)
    confirmed_at = fields.Datetime(readonly=True)
    ended_at = fields.Datetime(readonly=True)
    command_ids = fields.One2many("attendance.terminal.command", "clearing_id")

    _open_uniq = models.UniqueIndex(
        "(terminal_id) WHERE state IN ('backup', 'ready', 'ordered')",
        "A deletion on this terminal is under way already.",
    )

    @api.model
    @api.private
    def _start(self, terminal, kind, note):
        """Let the terminal upload all its punches again and count them.

        :raise AccessError: unless the login may delete this terminal.
        """
        terminal.check_access("unlink")
        if not terminal.active:
            raise UserError(
                self.env._(
                    "%(terminal)s is archived: nothing is sent to it.",
                    terminal=terminal.display_name,
                )
            )
        # sudo: nobody makes these by hand; the right was checked above
        clearings = self.sudo()
        running = clearings.search(
            [("terminal_id", "=", terminal.id), ("state", "in", OPEN_STATES)]
        )
        running._drop_stale()
        if running.filtered(lambda clearing: clearing.state in OPEN_STATES):
            raise UserError(
                self.env._(
                    "A deletion on %(terminal)s is under way already.",
                    terminal=terminal.display_name,
                )
            )
        clearing = clearings.create(
            {"terminal_id": terminal.id, "kind": kind, "note": note}
        )
        # A day ahead: the terminal's clock may be.
        until = fields.Datetime.now() + timedelta(days=2)
        span = {"since": EVER_SINCE, "until": f"{until:%Y-%m-%d} 23:59:59"}
        clearing._give("query_punches", span)
        clearing._give("count_punches", span)
        clearing._tell(
            self.env._(
                "%(user)s asked to delete on this terminal: %(what)s. It uploads its "
                "punches first; then a second person must confirm. %(note)s",
                user=self.env.user.name,
                what=clearing._what(),
                note=note or "",
            )
        )
        return clearing.sudo(False)

    def _give(self, kind, values=None):
        row = {
            "terminal_id": self.terminal_id.id,
            "kind": kind,
            "values": values or {},
            "clearing_id": self.id,
        }
        return self.env["attendance.terminal.command"]._queue([row])

    def _what(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        return labels[self.kind]

    def _tell(self, text):
        self.terminal_id.message_post(body=text)

    def _drop_stale(self):
        """Close those whose backup is too old to be confirmed."""
        oldest = fields.Datetime.now() - FRESH
        stale = self.filtered(lambda c: c.state == "ready" and c.backup_at < oldest)
        stale._close("cancelled")
        stale.flush_recordset()

    def _drop_replaced(self):
        """Close those of units that are replaced: what was uploaded is not theirs."""
        self._close("cancelled")
        for clearing in self:
            clearing._tell(
                self.env._("The unit was replaced: nothing is deleted on the new one.")
            )

    def _close(self, state):
        if self:
            self.write({"state": state, "ended_at": fields.Datetime.now()})

    def _proceed(self):
        """The terminal answered, or never did: the next step, if there is one."""
        for record in self:
            # What a terminal sets off is told in the language of its company.
            lang = record.company_id.partner_id.lang or self.env.lang
            clearing = record.with_context(lang=lang)
            if clearing.state == "backup":
                clearing._after_backup()
            elif clearing.state == "ordered":
                clearing._after_order()
            elif clearing._command(clearing.kind).state == "done":
                clearing._after_late_answer()

    def _command(self, kind):
        return self.command_ids.filtered(lambda command: command.kind == kind)[:1]

    def _after_backup(self):
        query, count = self._command("query_punches"), self._command("count_punches")
        if {"waiting", "sent"} & {query.state, count.state}:
            return
        is_counted = count.state == "done" and count.has_count
        # A terminal without a punch has nothing to upload, and says so.
        is_empty = is_counted and not count.answer_count
        if query.state != "done" and not (query.state == "failed" and is_empty):
            self._fail(query)
            return
        stored = self._stored_count()
        self.write(
            {
                "state": "ready",
                "backup_at": fields.Datetime.now(),
                "unit_count": count.answer_count,
                "stored_count": stored,
                "is_matched": is_counted and count.answer_count == stored,
            }
        )
        self._tell(
            self.env._(
                "The terminal uploaded its punches. It counted %(unit)s, here are "
                "%(stored)s. A second person may confirm the deletion now.",
                unit=count.answer_count if is_counted else "–",
                stored=stored,
            )
        )

    def _stored_count(self):
        # Corrected punches were made here: the terminal has them once, uncorrected.
        domain = [("terminal_id", "=", self.terminal_id.id), ("source", "!=", "clock")]
        # sudo: figures, for who may delete the whole terminal
        return sum(
            self.env[model].sudo().search_count(domain)
            for model in ("attendance.punch", "attendance.punch.archive")
        )

    def _after_order(self):
        clear, upload = self._command(self.kind), self._command("upload_now")
        if not clear:
            if upload.state == "done":
                self._give(self.kind)
            elif upload.state not in ("waiting", "sent"):
                self._fail(upload)
        elif clear.state == "done":
            self._close("done")
            self._tell(self.env._("Deleted on the terminal: %(w)s.", w=self._what()))
        elif clear.state not in ("waiting", "sent"):
            self._fail(clear)

    def _after_late_answer(self):
        """It was given up, and the terminal did it all the same."""
        if self.state == "failed":
            self._close("done")
            self._tell(self.env._("Deleted on the terminal: %(w)s.", w=self._what()))

    def _fail(self, command):
        self._close("failed")
        self._tell(
            self.env._(
                "Nothing was deleted as far as is known. “%(command)s”: %(result)s.",
                command=command._kind_label(command.kind),
                result=command.result_text or "–",
            )
        )

    def action_open_confirm(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Delete on the Terminal"),
            "res_model": "attendance.terminal.clearing.confirm",
            "view_mode": "form",
            "target": "new",
            "context": {"default_clearing_id": self.id},
        }

    @api.private
    def _confirm(self, typed_code):
        """A second person wants it too.

        :param typed_code: the terminal's code, where the counts do not agree.
        """
        self.ensure_one()
        self.check_access("read")
        terminal = self.terminal_id
        terminal.check_access("unlink")
        if self.state != "ready":
            raise UserError(self.env._("This deletion does not wait for anybody."))
        if self.env.user == self.user_id:
            raise AccessError(
                self.env._("Whoever asked for a deletion cannot confirm it as well.")
            )
        if self.backup_at < fields.Datetime.now() - FRESH:
            raise UserError(
                self.env._(
                    "The upload is more than %(hours)s hours old. Ask for the "
                    "deletion again.",
                    hours=FRESH // timedelta(hours=1),
                )
            )
        if not self.is_matched and (typed_code or "").strip() != terminal.code:
            raise UserError(
                self.env._(
                    "The terminal counted %(unit)s punches, here are %(stored)s. To "
                    "delete all the same, type the code of the terminal.",
                    unit=self.unit_count,
                    stored=self.stored_count,
                )
            )
        # sudo: nobody writes these by hand; everything was checked above
        clearing = self.sudo()
        clearing.write(
            {
                "state": "ordered",
                "confirmed_by_id": self.env.uid,
                "confirmed_at": fields.Datetime.now(),
            }
        )
        # What people punched since the upload.
        clearing._give("upload_now")
        clearing._tell(
            self.env._(
                "%(user)s confirmed: delete %(what)s.",
                user=self.env.user.name,
                what=self._what(),
            )
        )

    def action_cancel(self):
        """Anybody who may edit the terminal may stop it, until it was told."""
        self.check_access("read")
        self.terminal_id.check_access("write")
        for clearing in self.sudo():  # sudo: the right was checked above
            clear = clearing._command(clearing.kind)
            if clearing.state not in OPEN_STATES or clear.state not in (
                False,
                "waiting",
            ):
                raise UserError(
                    self.env._("Too late: this deletion cannot be cancelled any more.")
                )
            clearing._close("cancelled")
            waiting = clearing.command_ids.filtered(lambda c: c.state == "waiting")
            waiting._end("cancelled", "person")
            clearing._tell(
                self.env._("%(user)s cancelled the deletion.", user=self.env.user.name)
            )
        return True
