"""One message a day to who decides on exceptions, not one an event."""

import logging
from collections import namedtuple
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from psycopg2.extensions import TransactionRollbackError

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.misc import get_lang

_logger = logging.getLogger(__name__)

UTC = ZoneInfo("UTC")
# What is open for longer is in the list and no longer in the message.
DIGEST_DAYS = 31
EDIT = "chain_attendance_base.function_reports_edit"
ACTION = "chain_attendance_day.attendance_exception_action"

# A line of the digest: how many are open, and how many of them are new.
Line = namedtuple("Line", "severity exception count new address")


class AttendanceException(models.Model):
    # One concern a file.
    _inherit = "attendance.exception"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _cron_digest(self):
        """Send to those whose hour has come and who were not written to today."""
        self._assign_owners()
        now = fields.Datetime.now()
        # sudo: a scheduled job looks at every login
        receivers = self.sudo()._digest_receivers(now)
        cron = self.env["ir.cron"]
        is_sent = False
        for number, user in enumerate(receivers, 1):
            is_sent |= self._digest_once(user, now)
            left = cron._commit_progress(1, remaining=len(receivers) - number)
            if not left:
                break
        if is_sent:
            # Else they would wait for the hourly run.
            self.env.ref("mail.ir_cron_mail_scheduler_action")._trigger()

    @api.model
    def _digest_once(self, user, now):
        """Write to a login and note that; whether there was something to write.

        A login that somebody else changes at this moment is passed over: the next run
        comes to it again. One that cannot be written to does not keep the others from
        their message, and is tried again the next day.
        """
        since = user.attendance_digest_at or now - timedelta(days=1)
        try:
            with self.env.cr.savepoint():
                user.attendance_digest_at = now
        except TransactionRollbackError:
            return False
        try:
            with self.env.cr.savepoint():
                return bool(self._send_digest(user, now, since))
        except TransactionRollbackError:
            raise
        except Exception:
            _logger.warning("No digest for login %s", user.login, exc_info=True)
            return False

    @api.model
    def _digest_receivers(self, now):
        """Logins that decide on others, of companies whose hour has come."""
        users = self.env["res.users"]
        companies = self.env["res.company"].search(
            [("has_attendance_digest", "=", True)]
        )
        for company in companies:
            zone = ZoneInfo(company.partner_id.tz or "UTC")
            local = now.replace(tzinfo=UTC).astimezone(zone)
            if local.hour < company.attendance_digest_hour:
                continue
            midnight = datetime.combine(local.date(), time(), zone).astimezone(UTC)
            users |= users.search(
                Domain("company_id", "=", company.id)
                & Domain("share", "=", False)
                & Domain("has_attendance_digest", "=", True)
                & Domain("all_group_ids", "in", self.env.ref(EDIT).ids)
                & (
                    Domain("attendance_digest_at", "=", False)
                    | Domain("attendance_digest_at", "<", midnight.replace(tzinfo=None))
                ),
                order="id",
            )
        return users.filtered(lambda user: user._decides_on_others())

    @api.model
    def _send_digest(self, user, now, since):
        """Write to one login; nothing if nothing is open."""
        mine = self.with_user(user).with_context(
            lang=user.lang or get_lang(self.env).code,
            allowed_company_ids=user.company_ids.ids,
        )
        lines = mine._digest_lines(now, since)
        if not lines:
            return self.env["mail.message"]
        return mine._write_digest(user, lines)

    @api.model
    def _digest_lines(self, now, since):
        """What is open in the scope of the login, the most serious first."""
        first = now.date() - timedelta(days=DIGEST_DAYS)
        is_open = Domain("state", "=", "open") & Domain("work_date", ">=", first)
        is_open &= self._attendance_held("edit")
        by = ["severity", "code"]
        new = {
            (severity, code): count
            for severity, code, count in self._read_group(
                is_open & Domain("opened_at", ">", since), by, ["__count"]
            )
        }
        names = dict(self._fields["code"]._description_selection(self.env))
        order = list(names)
        severities = dict(self._fields["severity"]._description_selection(self.env))
        found = self._read_group(is_open, by, ["__count"])
        found.sort(key=lambda row: (row[0], order.index(row[1])))
        return [
            Line(
                severities[severity],
                names[code],
                count,
                new.get((severity, code), 0),
                self._address(self._action_name(code)),
            )
            for severity, code, count in found
        ]

    @api.model
    def _action_name(self, code):
        """The list of one cause; whoever adds a cause says which it is."""
        return f"{ACTION}_{code}"

    @api.model
    def _address(self, action):
        # sudo: where a menu leads is no secret
        number = self.env.ref(action).sudo().id
        return f"{self.get_base_url()}/odoo/action-{number}"

    @api.model
    def _write_digest(self, user, lines):
        """The message of these lines, in the language of the environment."""
        count, new = (sum(line[index] for line in lines) for index in (2, 3))
        # sudo: who reads it is not who sends it
        company = user.company_id.sudo()
        values = {
            "lines": lines,
            "words": {
                "greeting": self.env._("Hello %s,", user.name),
                "opening": self.env._(
                    "Exceptions of your people: %(count)s to do, %(new)s of them new "
                    "since the last message.",
                    count=count,
                    new=new,
                ),
            },
            "address": self._address(ACTION),
            "unknown": self._digest_unknown(),
            "unknown_address": self._address(
                "chain_attendance_terminal.attendance_code_unknown_action"
            ),
        }
        # sudo: who reads it is not who sends it
        return (
            self.env["mail.thread"]
            .sudo()
            .message_notify(
                subject=self.env._(
                    "Attendance exceptions: %(count)s to do, %(new)s new",
                    count=count,
                    new=new,
                ),
                body=self.env["ir.qweb"]._render(
                    "chain_attendance_day.attendance_exception_digest", values
                ),
                partner_ids=user.partner_id.ids,
                author_id=company.partner_id.id,
                email_from=company.email_formatted,
                force_email_company=company,
                force_email_lang=self.env.lang,
                email_add_signature=False,
                force_send=False,
            )
        )

    @api.model
    def _digest_unknown(self):
        """Whether codes that nobody holds wait for who sees them; they stay there."""
        codes = self.env["attendance.code.unknown"]
        is_open = [("dismissed_id", "=", False)]
        return codes.has_access("read") and bool(codes.search_count(is_open, limit=1))
