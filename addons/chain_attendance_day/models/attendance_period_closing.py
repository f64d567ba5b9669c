"""Closing and reopening, and what is in the way."""

from collections import namedtuple

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from .attendance_day_queue import mark_of
from .attendance_exception import SERIOUS
from .attendance_period_days import LIES_IN

# What is looked at before closing.
#
# ``count`` of what was found; with ``is_blocking`` nothing is closed as long as there
# is any. ``action`` is a window action that lists what was found, or ``None``.
Finding = namedtuple("Finding", "code label count is_blocking action")


class AttendancePeriod(models.Model):
    # One concern a file.
    _inherit = "attendance.period"  # pylint: disable=consider-merging-classes-inherited

    def _findings(self):
        """What speaks against closing these periods: a few queries for all of them.

        Other addons add what they know of; also what found nothing is in the list, so
        that who closes sees what was looked at.

        :return: ``[Finding, ...]``, those that block first.
        """
        return [
            self._find_not_over(),
            self._find_in_progress(),
            self._find_waiting(),
            self._find_exceptions(),
            self._find_unconfirmed(),
            self._find_unasked(),
            self._find_objections(),
        ]

    def _find_not_over(self):
        today = fields.Date.context_today(self)
        ahead = self.filtered(lambda period: period.date_to >= today)
        return Finding(
            "not_over",
            self.env._("Not over yet: the last date is today or later"),
            len(ahead),
            True,
            self._list_of(self._name, [("id", "in", ahead.ids)], self.env._("Periods")),
        )

    def _find_in_progress(self):
        counts = self._count_days("d.state = 'in_progress'")
        return Finding(
            "in_progress",
            self.env._("Days in progress: a shift or its window is not over"),
            sum(counts.values()),
            True,
            self._list_of(
                "attendance.day",
                self._any_day_domain() & fields.Domain("state", "=", "in_progress"),
                self.env._("Days in Progress"),
            ),
        )

    def _find_waiting(self):
        pairs = self._waiting_pairs()
        return Finding(
            "waiting",
            self.env._("Days that wait to be computed"),
            len(pairs),
            True,
            self._list_of(
                "attendance.day.queue",
                [
                    ("employee_id", "in", sorted({pair[0] for pair in pairs})),
                    ("work_date", ">=", min(self.mapped("date_from"))),
                    ("work_date", "<=", max(self.mapped("date_to"))),
                ],
                self.env._("Days to Compute"),
            ),
        )

    def _find_exceptions(self):
        domain = (
            self._any_day_domain()
            & fields.Domain("state", "=", "open")
            & fields.Domain("severity", "=", SERIOUS)
        )
        # sudo: it is the period that is closed, whoever sees its exceptions
        rows = self.env["attendance.exception"].sudo()
        return Finding(
            "exceptions",
            self.env._("Serious exceptions that nobody has dealt with"),
            rows.search_count(domain),
            False,
            self._list_of(rows._name, domain, self.env._("Exceptions")),
        )

    def _find_unconfirmed(self):
        asked = self.filtered("asked_at")
        domain = [("period_id", "in", asked.ids), ("state", "!=", "confirmed")]
        # sudo: as for exceptions
        rows = self.env["attendance.period.confirmation"].sudo()
        return Finding(
            "unconfirmed",
            self.env._("People who were asked and have not confirmed"),
            rows.search_count(domain),
            False,
            self._list_of(rows._name, domain, self.env._("Confirmations")),
        )

    def _find_unasked(self):
        """Who has days since the others were asked: nobody asked them."""
        asked = self.filtered("asked_at")
        # sudo: as for exceptions
        people = self.env["attendance.period.confirmation"].sudo()._unasked(asked)
        return Finding(
            "unasked",
            self.env._("People with days who were not asked yet"),
            len(people),
            False,
            self._list_of(
                "attendance.day",
                asked._any_day_domain()
                & fields.Domain("employee_id", "in", sorted(set(people))),
                self.env._("Days"),
            ),
        )

    def _find_objections(self):
        domain = [("period_id", "in", self.ids), ("state", "=", "objected")]
        # sudo: as for exceptions
        rows = self.env["attendance.period.confirmation"].sudo()
        return Finding(
            "objections",
            self.env._("Objections of employees"),
            rows.search_count(domain),
            False,
            self._list_of(rows._name, domain, self.env._("Objections")),
        )

    def _any_day_domain(self):
        return fields.Domain.OR(period._day_domain() for period in self)

    def _close(self):
        """Close reviewed periods for good.

        They are locked first: a batch that computes one of their days ends before, and
        one that comes after finds them closed.

        :raise UserError: where something blocks it.
        """
        self.check_access("write")
        # sudo: that was looked at; nobody writes the state by hand
        periods = self.sudo()
        periods._lock()
        periods._check_state("reviewed")
        blocked = [found for found in periods._findings() if found.is_blocking]
        reasons = [f"{found.label}: {found.count}" for found in blocked if found.count]
        if reasons:
            raise UserError(
                self.env._(
                    "This cannot be closed yet.\n%(reasons)s",
                    reasons="\n".join(reasons),
                )
            )
        periods.write(
            {
                "state": "closed",
                "closed_at": fields.Datetime.now(),
                "closed_by": self.env.user.name,
            }
        )
        periods._note(self.env._("Reviewed"), self.env._("Closed"))

    def _check_may_reopen(self):
        user = self.env.user
        held = self.browse()
        if user._attendance_may("periods", "reopen"):
            held = self._filtered_access("read")
            held = held.sudo().filtered_domain(
                user._attendance_scope("periods", "reopen")
            )
        for period in self - held.sudo(False):
            raise AccessError(
                self.env._(
                    "Reopening “%s” is a right of its own, which your roles do not "
                    "give you. Ask an administrator for the function “Reopen” of the "
                    "area “Periods”.",
                    period.sudo().name,
                )
            )

    def _reopen(self, reason):
        """Let the days of closed periods change again.

        They are computed anew. Lines about them that no closed period has taken are
        not needed any more; of those that one has taken, the opposite is put into an
        open period, so that day and lines together stay right.
        """
        self._check_may_reopen()
        if not (reason or "").strip():
            raise UserError(self.env._("Reopening a period needs a reason."))
        # sudo: that was looked at; nobody writes the state by hand
        periods = self.sudo()
        periods._lock()
        periods._check_state("closed")
        periods.write({"state": "open", "closed_at": False, "closed_by": False})
        periods._note(self.env._("Closed"), self.env._("Reopened"), reason.strip())
        periods.env["attendance.adjustment"]._take_back(periods)
        periods._mark_days()

    def _mark_days(self):
        """Have the stored days computed again, in one statement."""
        queue = self.env["attendance.day.queue"]
        is_awake = queue._is_awake()
        self.flush_model()
        days = f"""
            SELECT d.employee_id, d.work_date FROM attendance_period p
            JOIN attendance_day d ON {LIES_IN} WHERE p.id = ANY(%s)
            UNION SELECT a.employee_id, a.work_date FROM attendance_adjustment a
            WHERE a.closed_period_id = ANY(%s)
        """
        self.env.cr.execute(
            mark_of(f"SELECT * FROM ({days}) days"),  # pylint: disable=sql-injection
            [self.ids, self.ids],
        )
        queue._after_mark(is_awake)

    def _lock(self):
        """Wait until nobody computes days of these periods, and keep it so."""
        self.flush_recordset()
        self.env.cr.execute(
            "SELECT 1 FROM attendance_period WHERE id = ANY(%s) ORDER BY id FOR UPDATE",
            [self.ids],
        )
        self.invalidate_recordset()

    def _note(self, before, after, reason=""):
        """A trace in the audit, which nobody can change; the reason in the chatter."""
        if reason:
            self._message_log_batch(
                {
                    period.id: self.env._(
                        "Reopened by %(who)s: %(reason)s",
                        who=self.env.user.name,
                        reason=reason,
                    )
                    for period in self
                }
            )
        self.env["attendance.audit"]._log(
            [
                {
                    "kind": "period",
                    "record_name": period.name,
                    "company_id": period.company_id.id,
                    "before": before,
                    "after": f"{after}: {reason}" if reason else after,
                }
                for period in self
            ]
        )
