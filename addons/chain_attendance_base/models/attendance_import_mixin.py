from odoo import api, models


class AttendanceImportMixin(models.AbstractModel):
    """Imports whose messages name the row that is wrong, and no other."""

    _name = "attendance.import.mixin"
    _description = "Import Messages With Their Row"

    @api.model
    def load(self, fields, data):
        result = super().load(fields, data)
        result["messages"] = self._without_repeated_message(result["messages"])
        return result

    @api.model
    def _without_repeated_message(self, messages):
        """Odoo tries all rows together first, and tells an error of that with the
        number of the first row, good as it may be. Where the same sentence comes
        again with the row that it is about, the first one misleads.
        """
        if len(messages) < 2:
            return messages
        first, *others = messages
        repeated = first.get("type") == "error" and any(
            other.get("message") == first.get("message") for other in others
        )
        return others if repeated else messages
