from odoo import api, models
from odoo.exceptions import UserError

MODEL = "report.chain_attendance_report.attendance_detail_paper"
PAPER = "chain_attendance_report.attendance_detail_paper_report"
# Of ticked rows, whose numbers go into an address; of people and spans.
MOST_TICKED = 400
MOST_DAYS = 2000


class AttendanceDay(models.Model):
    _inherit = "attendance.day"

    def action_print_detail(self):
        """A PDF file of the detail of these days."""
        if len(self) > MOST_TICKED:
            raise UserError(
                self.env._(
                    "%(count)s days were chosen; at most %(most)s are printed at a "
                    "time. Choose fewer, or print the detail of people.",
                    count=len(self),
                    most=MOST_TICKED,
                )
            )
        return self._print_detail({"days": self.ids})

    @api.model
    @api.private
    def _print_detail(self, asked):
        """The action; what it will refuse is said at once.

        :param asked: ``days`` (ids), or ``from``, ``to`` and ``people`` (ids).
        """
        self.env[MODEL]._found(asked)
        return self.env["attendance.paper.mixin"]._paper_action(PAPER, asked)
