from odoo import fields, models


class AttendanceRetentionRun(models.Model):
    """One run of the clean-up: what was archived, and up to when."""

    _name = "attendance.retention.run"
    _description = "Retention Run"
    _order = "id desc"
    _rec_name = "kind"
    _log_access = False

    company_id = fields.Many2one("res.company", required=True, readonly=True)
    kind = fields.Selection(
        [("punches", "Punches archived")],
        required=True,
        readonly=True,
    )
    before = fields.Date(readonly=True, help="Rows older than this day.")
    count = fields.Integer(readonly=True)
    started_at = fields.Datetime(readonly=True)
    finished_at = fields.Datetime(readonly=True)
