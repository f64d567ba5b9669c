"""Cells of the roster grid that differ from what people were told."""

from odoo import api, models


class AttendanceRosterGrid(models.AbstractModel):
    # One concern a file.
    _inherit = "attendance.roster.grid"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _marks(self, employee_ids, plan, days):
        """Besides: ``unpublished``, where something else was told."""
        marks = super()._marks(employee_ids, plan, days)
        publications = self.env["attendance.roster.publication"]
        for pair, told in publications._told(employee_ids, days[0], days[-1]).items():
            found = plan.planned.get(pair)
            if found is None or found.shift_id != told:
                marks[pair].append("unpublished")
        return marks
