"""Leave follows its plan: charged anew once a roster, shift or holiday changes."""

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import split_every

from odoo.addons.chain_attendance_base.sql import array_of

from ..inside import INSIDE
from .hr_leave_approval import QUIET
from .hr_leave_filing import OPEN_STATES

DAY = timedelta(days=1)
PENDING = "chain_attendance_request.leave_charge"
BATCH = 500
CHARGE = ("roster_tz", "date_from", "date_to", "number_of_days", "number_of_hours")


class HrLeave(models.Model):
    # One concern a file.
    _inherit = "hr.leave"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    @api.private
    def _plan_changed(self, spans, of_companies=False):
        """Have leave charged anew whose plan is another one now.

        That is done once, before the transaction is committed: whatever else it
        changes, and deletes, has a say.

        :param spans: ``[(employee id, first date, last date), ...]``; no date: open.
        :param of_companies: the ids are those of companies.
        """
        spans, precommit = list(spans), self.env.cr.precommit
        if spans and PENDING not in precommit.data:
            precommit.data[PENDING] = {}
            precommit.add(self._charge_planned_anew)
        pending = precommit.data.get(PENDING)
        for owner, first, last in spans:
            key = (of_companies, owner)
            first, last = first or date.min, last or date.max
            known = pending.get(key, (first, last))
            pending[key] = min(first, known[0]), max(last, known[1])

    @api.model
    def _charge_planned_anew(self):
        pending = self.env.cr.precommit.data.pop(PENDING, {})
        # sudo: whoever may change the plan need not see the leave that hangs on it
        leaves = self.sudo().with_context(**{QUIET: INSIDE})
        found = leaves.browse(leaves._planned_in(pending))
        for ids in split_every(BATCH, found.ids):
            leaves.browse(ids)._charge_anew()
        if found:
            self.env.flush_all()

    @api.model
    def _planned_in(self, pending):
        """The ids of what is open, or was in force lately, and overlaps these dates."""
        rows = [
            # A night of the date before reaches into a leave, and one into the next.
            (*key, max(first, date.min + DAY) - DAY, min(last, date.max - DAY) + DAY)
            for key, (first, last) in pending.items()
        ]
        if not rows:
            return []
        of_companies, owners, firsts, lasts = zip(*rows, strict=True)
        self.flush_model()
        self.env.cr.execute(
            """
            SELECT DISTINCT l.id FROM hr_leave l
            JOIN res_company c
              ON c.id = l.employee_company_id AND c.attendance_leave_by_roster
            JOIN unnest(%s::bool[], %s::int[], %s::date[], %s::date[])
                 AS changed (of_companies, owner, first, last)
              ON changed.owner = CASE WHEN changed.of_companies
                     THEN l.employee_company_id ELSE l.employee_id END
             AND l.request_date_from <= changed.last
             AND l.request_date_to >= changed.first
            WHERE l.state = ANY(%s)
              AND (l.state <> 'validate' OR l.request_date_to >= %s)
            ORDER BY l.id
            """,
            [
                array_of(of_companies),
                array_of(owners),
                array_of(firsts),
                array_of(lasts),
                list(OPEN_STATES),
                self._charged_since(),
            ],
        )
        return [leave for (leave,) in self.env.cr.fetchall()]

    @api.model
    def _charged_since(self):
        """What was validated and ended before this month and the last one stays."""
        return fields.Date.today().replace(day=1) - relativedelta(months=1)

    def _charge_anew(self):
        """Count these by the plan as it is now.

        Not as a write: nobody moved the leave, and no rule, step or state is asked.
        """
        before = {leave.id: leave._charge() for leave in self}
        with self.env.protecting([self._fields[name] for name in CHARGE], self):
            self._compute_date_from_to()
            self._compute_duration()
            changed = self.filtered(lambda leave: leave._charge() != before[leave.id])
            changed.modified(CHARGE)
        if not changed:
            return
        changed._move_resource_leave()
        self.env["hr.leave.allocation"].invalidate_model(["leaves_taken", "max_leaves"])
        changed._tell_charge({number: charge[3:] for number, charge in before.items()})

    def _charge(self):
        return (
            self.roster_tz,
            self.date_from,
            self.date_to,
            round(self.number_of_days, 4),
            round(self.number_of_hours, 4),
        )

    def _move_resource_leave(self):
        """What Odoo's calendar keeps free lies where the leave lies now."""
        held = self.env["resource.calendar.leaves"]
        self.flush_recordset(["date_from", "date_to"])
        held.flush_model(["holiday_id", "date_from", "date_to"])
        self.env.cr.execute(
            """
            UPDATE resource_calendar_leaves held
            SET date_from = l.date_from, date_to = l.date_to
            FROM hr_leave l WHERE held.holiday_id = l.id AND l.id = ANY(%s)
            """,
            [self.ids],
        )
        held.invalidate_model(["date_from", "date_to"])

    def _tell_charge(self, before):
        """Say in the chatter of each what it takes now."""
        bodies = {}
        for leave in self:
            now = leave._charge()[3:]
            # By days hours change with the shift, which nobody needs to hear.
            unit = leave.request_unit_hours
            if now[unit] == before[leave.id][unit]:
                continue
            words = self.env._("%s h") if unit else self.env._("%s d")
            bodies[leave.id] = self.env._(
                "The plan of its dates was changed: it is charged %(now)s instead of "
                "%(before)s.",
                now=words % f"{round(now[unit], 2):g}",
                before=words % f"{round(before[leave.id][unit], 2):g}",
            )
        self.browse(bodies)._message_log_batch(bodies=bodies)
