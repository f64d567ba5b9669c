from odoo import api, models


class AttendanceDay(models.Model):
    # One concept, one file.
    _inherit = "attendance.day"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _explain_requests(self, keys):
        found = super()._explain_requests(keys)
        for kind, model in (("request", "attendance.request"), ("leave", "hr.leave")):
            ids = [key[1] for key in keys if isinstance(key, tuple) and key[0] == kind]
            for record in self.env[model].browse(ids).exists():
                if record.has_access("read"):
                    found[kind, record.id] = self._explain_filed(record)
        return found

    @api.model
    def _explain_filed(self, record):
        """The name, reason and place of what the reader may read."""
        if record._name == "hr.leave":
            name, reason = record.holiday_status_id.display_name, record.name
        else:
            name, reason = record.title, record.reason
        return {
            "name": name,
            "reason": reason,
            "link": {"model": record._name, "id": record.id, "name": name},
        }
