from odoo import api, fields, models


class AttendanceRetentionRun(models.Model):
    """One run of the clean-up: what was archived or deleted, and up to when."""

    _name = "attendance.retention.run"
    _description = "Retention Run"
    _order = "id desc"
    _rec_name = "kind"
    _log_access = False

    company_id = fields.Many2one("res.company", required=True, readonly=True)
    kind = fields.Selection(
        [
            ("punches", "Punches archived"),
            ("photos", "Punch photos deleted"),
            ("templates", "Fingerprints and faces deleted"),
        ],
        required=True,
        readonly=True,
    )
    before = fields.Date(readonly=True, help="Rows older than this day.")
    count = fields.Integer(readonly=True)
    started_at = fields.Datetime(readonly=True)
    finished_at = fields.Datetime(readonly=True)

    @api.model
    @api.private
    def _note(self, company, kind, before, count, started):
        """Keep that a run ended now; ``count`` rows were past their age."""
        # sudo: nobody writes runs by hand
        self.sudo().create(
            {
                "company_id": company.id,
                "kind": kind,
                "before": before,
                "count": count,
                "started_at": started,
                "finished_at": fields.Datetime.now(),
            }
        )
