from odoo import api, models


class AttendancePlanningMixin(models.AbstractModel):
    """Rows that say who works what on which dates."""

    _name = "attendance.planning.mixin"
    _description = "Rows That Plan Dates"

    # What decides on dates; anything else may be written without a look at them.
    _planning_fields = frozenset()
    # The field with the first date on which a row decides.
    _planning_start = "date_from"

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows._planning_changed()
        return rows

    def write(self, vals):
        if not self._planning_fields & vals.keys():
            return super().write(vals)
        self._planning_changed()
        result = super().write(vals)
        self._planning_changed()
        return result

    def unlink(self):
        self._planning_changed()
        return super().unlink()

    def _planning_changed(self):
        """The dates on which these rows decide change, or just have.

        :raise UserError: where one of them is locked.
        """
        first = {}
        for row in self:
            start = row[self._planning_start]
            first[row.company_id] = min(first.get(row.company_id, start), start)
        for company, start in first.items():
            company._check_roster_unlocked(start)
