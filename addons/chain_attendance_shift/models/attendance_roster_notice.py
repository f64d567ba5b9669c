"""Notices of published rosters: each person's days, in the person's language."""

from odoo import api, models
from odoo.tools import format_date
from odoo.tools.misc import get_lang

BATCH = 100


class AttendanceRosterPublicationLine(models.Model):
    # One concern a file.
    _inherit = "attendance.roster.publication.line"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _cron_send_notices(self):
        """Write to those who were told and have not been written to yet."""
        waiting = [("notice", "=", "waiting")]
        lines = self.search(waiting, limit=BATCH, order="id").try_lock_for_update()
        for lang, told in lines.grouped(lambda line: line._language()).items():
            told.with_context(lang=lang)._send_notices()
        lines.write({"notice": "sent"})
        left = self.search_count(waiting, limit=BATCH)
        self.env["ir.cron"]._commit_progress(len(lines), remaining=left)

    def _language(self):
        return self._recipient(self.employee_id).lang or get_lang(self.env).code

    def _send_notices(self):
        """In the language of the environment."""
        messages = self.env["mail.message"]
        for line, rows in self._rows_in_words().items():
            values = {
                "line": line,
                "publication": line.publication_id,
                "rows": rows,
                "words": line._notice_words(),
            }
            messages |= line.message_notify(
                subject=line._notice_subject(),
                body=self.env["ir.qweb"]._render(
                    "chain_attendance_shift.attendance_roster_notice", values
                ),
                partner_ids=line._recipient(line.employee_id).ids,
                author_id=line.company_id.partner_id.id,
                email_from=line.company_id.email_formatted,
                force_email_company=line.company_id,
                force_email_lang=self.env.lang,
                model_description=self.env._("My Roster"),
                email_add_signature=False,
                force_send=False,
            )
        if messages.mail_ids:
            # Else they would wait for the hourly run.
            self.env.ref("mail.ir_cron_mail_scheduler_action")._trigger()

    def _notice_words(self):
        opening = self.env._("your roster is published. These are your days:")
        if self.changed_count:
            opening = self.env._(
                "your roster was changed. These days are new or different:"
            )
        return {
            "greeting": self.env._("Hello %s,", self.employee_id.name),
            "opening": opening,
            "closing": self.env._(
                "Published by %(person)s, %(company)s.",
                person=self.publication_id.create_uid.name,
                company=self.company_id.name,
            ),
        }

    def _notice_subject(self):
        span = {
            "start": format_date(self.env, self.date_from),
            "end": format_date(self.env, self.date_to),
        }
        if not self.changed_count:
            return self.env._("Your roster from %(start)s to %(end)s", **span)
        return self.env._(
            "Your roster from %(start)s to %(end)s: %(count)s days changed",
            count=self.changed_count,
            **span,
        )
