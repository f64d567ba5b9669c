"""Cells of the roster grid in which no roster counts, but a working calendar."""

from odoo import api, models


class AttendanceRosterGrid(models.AbstractModel):
    _inherit = "attendance.roster.grid"

    @api.model
    def _marks(self, employee_ids, plan, days):
        """Besides: ``calendar``, where the hours of the working calendar are due."""
        marks = super()._marks(employee_ids, plan, days)
        taken = plan.planned.keys() | plan.gone
        bare = {
            (employee, day): plan.kinds.get((employee, day))
            for employee in employee_ids
            for day in days
            if (employee, day) not in taken
        }
        for pair in self.env["attendance.day"]._works_by_calendar(bare):
            marks[pair].append("calendar")
        return marks
