from odoo import api, fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    attendance_policy_id = fields.Many2one(
        "attendance.policy",
        domain="[('company_id', '=', id)]",
        help="How a day is judged where nothing else is said.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        companies._ensure_attendance_policy()
        return companies

    def _ensure_attendance_policy(self):
        """Give each company without a policy one with the usual figures."""
        for company in self.filtered(lambda c: not c.attendance_policy_id):
            company.attendance_policy_id = (
                self.env["attendance.policy"]
                .sudo()
                .create({"name": self.env._("Standard"), "company_id": company.id})
            )
