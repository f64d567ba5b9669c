from odoo import api, fields, models


class AttendanceSpanMixin(models.AbstractModel):
    """Two dates of a form, of which the second goes with the first.

    As long as both are one date, choosing another ``date_from`` moves ``date_to``
    along: who files for a day of last month does not mean all days since.
    """

    _name = "attendance.span.mixin"
    _description = "First and Last Date of a Form"

    former_from = fields.Date(
        store=False, default=fields.Date.context_today, export_string_translation=False
    )

    @api.onchange("date_from")
    def _onchange_date_from(self):
        for form in self.filtered("date_from"):
            first, last = form.date_from, form.date_to
            is_moved = not last or last < first or last == form.former_from
            if is_moved and form._has_last_date():
                form.date_to = first
            form.former_from = first

    def _has_last_date(self):
        """Whether a person types it."""
        return True
