"""What became of overtime that was claimed, once its day is final."""

from collections import defaultdict, namedtuple

from odoo import api, fields, models

from .attendance_request import IN_FORCE, amount_words

FINAL, IN_PROGRESS = "final", "in_progress"

# ``kind`` of overtime as the day has it, whatever the form says.
Recognised = namedtuple("Recognised", "state minutes kind")
NOTHING = Recognised(None, 0, None)


def share_out(minutes, claims):
    """What each claim gets of a day's minutes, in the order of the claims."""
    shares = []
    for claimed in claims:
        share = min(minutes, claimed)
        shares.append(share)
        minutes -= share
    return shares


class AttendanceRequest(models.Model):
    # One concern a file.
    _inherit = "attendance.request"  # pylint: disable=consider-merging-classes-inherited

    recognised_minutes = fields.Integer(compute="_compute_recognised")
    recognised = fields.Char(
        compute="_compute_recognised",
        help="What the final day gives as overtime. Several forms of one date share it "
        "in the order in which they were filed, each up to what it claims.",
    )

    @api.depends("kind", "state", "employee_id", "work_date", "claimed_minutes")
    @api.depends_context("lang")
    def _compute_recognised(self):
        self.recognised = self.recognised_minutes = False
        overtime = self.filtered(
            lambda r: r.kind == "overtime" and r.state in IN_FORCE and r._origin
        )
        pairs = {(r.employee_id.id, r.work_date) for r in overtime if r.work_date}
        found = self._recognised_of(pairs)
        for request in overtime:
            result = found.get(request._origin.id, NOTHING)
            if result.state == FINAL:
                request.recognised_minutes = result.minutes
                words = amount_words(self.env, result.minutes, 0)
                request.recognised = words or self.env._("%s h", 0)
            elif result.state == IN_PROGRESS:
                request.recognised = self.env._("In progress")

    @api.model
    @api.private
    def _recognised_of(self, pairs):
        """What the forms of some employee-days get, in one query.

        A day that waits to be computed again is in progress.

        :param pairs: ``(employee id, date)``.
        :return: ``{request id: Recognised}`` of those that the engine takes notice of
            and whose day has a row; ``state`` is "final" or "in_progress".
        """
        if not pairs:
            return {}
        self.flush_model()
        pairs = sorted(pairs)
        # In SQL: a form's figure does not depend on who may see the day's report.
        self.env.cr.execute(
            """
            SELECT r.id, r.employee_id, r.work_date, r.claimed_minutes,
                   CASE WHEN q.id IS NULL THEN d.state ELSE 'in_progress' END,
                   d.overtime_workday_minutes + d.overtime_rest_day_minutes
                       + d.overtime_holiday_minutes,
                   CASE WHEN d.overtime_holiday_minutes > 0 THEN 'holiday'
                        WHEN d.overtime_rest_day_minutes > 0 THEN 'rest_day'
                        ELSE 'workday' END
            FROM unnest(%s::int[], %s::date[]) AS p (employee_id, work_date)
            JOIN attendance_request r USING (employee_id, work_date)
            JOIN attendance_day d USING (employee_id, work_date)
            LEFT JOIN attendance_day_queue q USING (employee_id, work_date)
            WHERE r.kind = 'overtime' AND (r.state = 'approved'
                OR r.state = 'submitted' AND r.needs_approval IS NOT TRUE)
            ORDER BY r.create_date, r.id
            """,
            [[employee for employee, _day in pairs], [day for _employee, day in pairs]],
        )
        days = defaultdict(list)
        for request, employee, day, *figures in self.env.cr.fetchall():
            days[employee, day].append((request, *figures))
        found = {}
        for forms in days.values():
            _request, _claimed, state, minutes, kind = forms[0]
            shares = share_out(minutes or 0, [claimed for _id, claimed, *_ in forms])
            for (request, *_figures), share in zip(forms, shares, strict=True):
                found[request] = Recognised(state, share, kind)
        return found
