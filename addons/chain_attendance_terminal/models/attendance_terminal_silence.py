from datetime import timedelta

from odoo import fields, models
from odoo.tools import format_datetime

from ..const import SEARCHED_TERMINALS, SILENCE_CHECK_MINUTES, TOLD_AT_ONCE


class AttendanceTerminal(models.Model):
    """Says once that a terminal has fallen silent."""

    # One concern a file: together they would be far too long.
    _inherit = "attendance.terminal"  # pylint: disable=consider-merging-classes-inherited

    silence_noticed_at = fields.Datetime(readonly=True, copy=False)
    silence_told_at = fields.Datetime(readonly=True, copy=False)

    def _cron_tell_silence(self):
        """Tell of terminals that have been silent for longer than the company bears.

        A terminal is told of when two passes found it silent: after the server itself
        stood still all of them seem silent, until they call again. Each silence is
        told once.
        """
        # sudo: the clean-up of every company
        companies = self.env["res.company"].sudo()
        now = fields.Datetime.now()
        for company in companies.search([("attendance_silent_hours", ">", 0)]):
            limit = now - timedelta(hours=company.attendance_silent_hours)
            silent = self.sudo().search(
                [("company_id", "=", company.id), ("last_seen_at", "<", limit)],
                limit=SEARCHED_TERMINALS,
            )
            fresh = silent.filtered(lambda t: not t._is_noticed_since_contact())
            fresh.silence_noticed_at = now
            pause = now - timedelta(minutes=SILENCE_CHECK_MINUTES)
            due = (silent - fresh).filtered(lambda t, at=pause: t._is_silence_due(at))
            # Where many fell silent at once, the next passes tell of the others.
            for terminal in due[:TOLD_AT_ONCE]:
                terminal._tell_silence()
                terminal.silence_told_at = now

    def _is_silence_due(self, noticed_until):
        told = self.silence_told_at
        is_told = bool(told) and told > self.last_seen_at
        return self.silence_noticed_at <= noticed_until and not is_told

    def _is_noticed_since_contact(self):
        noticed = self.silence_noticed_at
        return bool(noticed) and noticed > self.last_seen_at

    def _tell_silence(self):
        """In the terminal's chatter, to its followers and the store's manager."""
        manager = self.store_id.manager_id.user_id.partner_id
        lang = manager.lang or self.company_id.partner_id.lang
        told = self.with_context(lang=lang or self.env.lang)
        told.message_post(
            body=told.env._(
                "%(terminal)s has been silent since %(since)s. Check its power and "
                "network, then the server address in its menu. It keeps its punches "
                "and sends them later.",
                terminal=told.display_name,
                since=format_datetime(
                    told.env, told.last_seen_at, tz=told.tz, dt_format="short"
                ),
            ),
            partner_ids=manager.ids,
            subtype_xmlid="mail.mt_comment",
        )
