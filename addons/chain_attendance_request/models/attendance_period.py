from odoo import models

from odoo.addons.chain_attendance_day.models.attendance_period_closing import Finding
from odoo.addons.chain_attendance_day.models.attendance_period_days import LIES_IN

WAITING = {
    "attendance.request": """
        SELECT x.id, x.employee_id, least(x.date_from, x.work_date) AS first,
               greatest(x.date_to, x.work_date) AS last
        FROM attendance_request x WHERE x.state = 'submitted' AND x.needs_approval
    """,
    "hr.leave": """
        SELECT x.id, x.employee_id, x.request_date_from AS first,
               x.request_date_to AS last
        FROM hr_leave x WHERE x.state IN ('confirm', 'validate1')
    """,
}


class AttendancePeriod(models.Model):
    _inherit = "attendance.period"

    def _findings(self):
        labels = {
            "attendance.request": self.env._("Requests that wait for approval"),
            "hr.leave": self.env._("Leave that waits for approval"),
        }
        found = super()._findings()
        for model, label in labels.items():
            ids = self._undecided(model)
            action = self._list_of(model, [("id", "in", ids)], label)
            found.append(Finding(f"waiting {model}", label, len(ids), False, action))
        return found

    def _undecided(self, model):
        """The ids of what is filed about days of these periods and not decided."""
        self.env[model].flush_model()
        self.env.cr.execute(
            f"""
            SELECT DISTINCT filed.id FROM ({WAITING[model]}) filed
            JOIN attendance_day d ON d.employee_id = filed.employee_id
             AND d.work_date BETWEEN filed.first AND filed.last
            JOIN attendance_period p ON {LIES_IN} WHERE p.id = ANY(%s) ORDER BY 1
            """,  # pylint: disable=sql-injection
            [self.ids],
        )
        return [row for (row,) in self.env.cr.fetchall()]
