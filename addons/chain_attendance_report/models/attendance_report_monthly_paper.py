from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools.date_utils import end_of

MODEL = "report.chain_attendance_report.attendance_person_month_paper"
PAPER = "chain_attendance_report.attendance_person_month_paper_report"
MOST_PEOPLE = 200
MOST_DAYS = 42


class AttendanceReportMonthly(models.Model):
    # One concern a file.
    _inherit = "attendance.report.monthly"  # pylint: disable=consider-merging-classes-inherited

    def action_print_months(self):
        """A PDF file of the months of these people, a page for each."""
        return self._print_months(self._paper_spans())

    @api.private
    def _paper_spans(self):
        """``[[first, last, employee ids], ...]`` of these rows, as text and numbers.

        A person with several places in a month is one page.
        """
        found = {}
        for row in self:
            last = self._span()[1] if self._span() else end_of(row.month, "month")
            people = found.setdefault((row.month, last), {})
            people[row.employee_id.id] = True
        return [
            [first.isoformat(), last.isoformat(), list(people)]
            for (first, last), people in found.items()
        ]

    @api.model
    @api.private
    def _print_months(self, spans):
        """The action; what it will refuse is said at once.

        :param spans: as ``_paper_spans`` gives them.
        """
        paper = self.env["attendance.paper.mixin"]
        count = sum(len(people) for _first, _last, people in spans)
        if count > MOST_PEOPLE:
            raise UserError(
                self.env._(
                    "%(count)s pages were asked for; at most %(most)s are made at a "
                    "time. Choose fewer people.",
                    count=count,
                    most=MOST_PEOPLE,
                )
            )
        # What may not be printed is said now, not as a file that is none.
        self.env[MODEL]._found(spans)
        return paper._paper_action(PAPER, {"spans": spans})
