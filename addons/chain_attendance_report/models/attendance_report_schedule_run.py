from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

# What is larger is not attached: many a mailbox would send it back.
MAIL_BYTES = 8 * 1024 * 1024
KEEP_DAYS = 90


class AttendanceReportScheduleRun(models.Model):
    """One file for one receiver of a report by mail, and what became of it."""

    _name = "attendance.report.schedule.run"
    _description = "Report Sent"
    _order = "id desc"
    _rec_name = "user_id"

    schedule_id = fields.Many2one(
        "attendance.report.schedule",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    user_id = fields.Many2one(
        "res.users", string="Receiver", required=True, readonly=True, ondelete="cascade"
    )
    due_at = fields.Datetime(string="To Be Sent At", required=True, readonly=True)
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("making", "Being Made"),
            ("sent", "Sent"),
            ("linked", "Sent as a Link"),
            ("told", "Nothing to Send"),
            ("skipped", "Nothing, Not Sent"),
            ("refused", "Refused"),
            ("failed", "Failed"),
        ],
        required=True,
        readonly=True,
        default="waiting",
    )
    row_count = fields.Integer(string="Rows", readonly=True)
    reason = fields.Char(readonly=True)
    export_ids = fields.One2many("attendance.report.export", "run_id")

    _waiting = models.Index("(id) WHERE state = 'waiting'")

    def _start(self):
        """Have the file made, as the receiver; or say why there is none."""
        self.ensure_one()
        user, schedule = self.user_id, self.schedule_id
        mine = self.env["attendance.report.export"].with_user(user)
        mine = mine.with_context(lang=user.lang, tz=user.tz)
        if not user.active:
            return self._end("refused", reason=mine.env._("The login is archived."))
        try:
            report = mine.env[schedule.report].with_context(
                allowed_company_ids=schedule.company_id.ids
            )
            wanted = schedule._asked(report, self.due_at)
            count = mine._reader(wanted).count()
        except AccessError as error:
            return self._end("refused", reason=str(error))
        except (UserError, ValueError) as error:
            return self._end("failed", reason=str(error))
        self.row_count = count
        if not count:
            return self._tell_nothing()
        export = mine._enqueue(wanted, count)
        export.sudo().run_id = self
        self.state = "making"
        return None

    def _tell_nothing(self):
        if self.schedule_id.empty == "skip":
            return self._end("skipped")
        return self._send("told")

    def _export_ended(self, export):
        """The file is there, or is not going to be."""
        self.ensure_one()
        if export.state != "done":
            self._end("failed", reason=export.error or export.state)
        elif export.file_id.file_size > MAIL_BYTES:
            self._send("linked")
        else:
            self._send("sent", export.file_id)

    def _end(self, state, **values):
        self.write({"state": state, **values})

    def _send(self, state, file=None):
        """Write to the receiver, in their language."""
        user, schedule = self.user_id, self.schedule_id
        env = self.with_context(lang=user.lang).env
        if not user.email:
            return self._end("failed", reason=env._("There is no mail address."))
        company = schedule.company_id
        texts = {
            "sent": env._("%s rows, in the file attached.", self.row_count),
            "linked": env._(
                "%s rows. The file is too large for a mail: you find it under “My "
                "Exports” for a week.",
                self.row_count,
            ),
            "told": env._("There is nothing to report this time."),
        }
        body = env["ir.qweb"]._render(
            "chain_attendance_report.attendance_report_schedule_mail",
            {
                "greeting": env._("Hello %s,", user.name),
                "text": texts[state],
                "exports": self._address("attendance_report_export_action"),
                "schedule": self._address(
                    "attendance_report_schedule_action", schedule.id
                ),
                "is_linked": state == "linked",
            },
            lang=user.lang,
        )
        env["mail.mail"].create(
            {
                "subject": schedule.name,
                "body_html": body,
                "email_from": company.email_formatted or env.user.email_formatted,
                "author_id": company.partner_id.id,
                "recipient_ids": [(4, user.partner_id.id)],
                "attachment_ids": [(4, file.id)] if file else [],
                "auto_delete": True,
            }
        )
        self.env.ref("mail.ir_cron_mail_scheduler_action")._trigger()
        return self._end(state)

    def _address(self, action, record=None):
        number = self.env.ref(f"chain_attendance_report.{action}").id
        address = f"{self.schedule_id.get_base_url()}/odoo/action-{number}"
        return f"{address}/{record}" if record else address

    @api.autovacuum
    def _gc_runs(self):
        before = fields.Datetime.subtract(fields.Datetime.now(), days=KEEP_DAYS)
        old = self.search([("create_date", "<", before)], limit=1000)
        old.unlink()
        return len(old), len(old) == 1000


class AttendanceReportExport(models.Model):
    """A file may be made for somebody who is to get it by mail."""

    _inherit = "attendance.report.export"

    run_id = fields.Many2one(
        "attendance.report.schedule.run",
        string="Report by Mail",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )

    def _end(self, state, **values):
        result = super()._end(state, **values)
        if self.run_id:
            self.run_id.sudo()._export_ended(self)  # sudo: as the machine
        return result

    def unlink(self):
        # sudo: the log is the machine's
        for export in self.sudo().filtered(lambda e: e.state in ("waiting", "running")):
            if export.run_id:
                export.run_id._end("failed", reason=self.env._("It was deleted."))
        return super().unlink()
