from odoo import api, models


class AttendanceImportMixin(models.AbstractModel):
    """Imports with a template; their messages name the row that is wrong, no other."""

    _name = "attendance.import.mixin"
    _description = "Import Messages With Their Row"

    @api.model
    def _import_template(self, label, name):
        """A template for ``get_import_templates``, in the reader's language.

        :param name: of the file in ``static/xls``, but for ``_en`` or ``_zh``.
        """
        language = "zh" if (self.env.lang or "").startswith("zh") else "en"
        return {
            "label": label,
            "template": f"/chain_attendance_base/static/xls/{name}_{language}.xlsx",
        }

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
