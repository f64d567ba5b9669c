from datetime import timedelta

from odoo import api, fields, models

from ..const import FAILURE_MINUTES, MOST_FAILURES


class AttendancePersonalLinkFailure(models.Model):
    """Wrong words that came from an address in the last minutes.

    A row goes as soon as it does not count any more.
    """

    _name = "attendance.personal.link.failure"
    _description = "Wrong Words of a Personal Link"
    _log_access = False

    address = fields.Char(required=True, index=True)
    failed_at = fields.Datetime(required=True, index=True)

    @api.model
    @api.private
    def _is_too_many(self, address):
        """Whether this address has to wait; as sudo."""
        recent = [("address", "=", address), ("failed_at", ">", self._since())]
        return self.search_count(recent, limit=MOST_FAILURES) >= MOST_FAILURES

    @api.model
    @api.private
    def _note(self, address):
        """As sudo."""
        self.search([("failed_at", "<=", self._since())], limit=1000).unlink()
        self.create({"address": address, "failed_at": fields.Datetime.now()})

    @api.model
    def _since(self):
        return fields.Datetime.now() - timedelta(minutes=FAILURE_MINUTES)
