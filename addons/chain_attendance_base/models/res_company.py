from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResCompany(models.Model):
    _inherit = "res.company"

    attendance_policy_id = fields.Many2one(
        "attendance.policy",
        domain="[('company_id', '=', id)]",
        help="How a day is judged where nothing else is said.",
    )

    attendance_holiday_calendar_id = fields.Many2one(
        "attendance.holiday.calendar",
        string="Holiday Calendar",
        domain="[('company_id', '=', id)]",
        help="The holidays of stores and people where nothing else is said.",
    )
    attendance_root_department_id = fields.Many2one(
        "hr.department",
        string="Head Office",
        domain="[('company_id', '=', id)]",
        help="The department under which new departments of this company are put.",
    )
    attendance_code_digits = fields.Integer(
        string="Longest Terminal User Code",
        default=8,
        help="How many digits a terminal user code may have: as many as every terminal "
        "of the company takes, 1 to 8. Codes that are there already stay.",
    )
    is_attendance_directory_limited = fields.Boolean(
        string="Limit the Employee Directory",
        help="Logins see the public profiles of the people in their data scopes only, "
        "besides their own and their manager's. Otherwise Odoo shows the whole "
        "company.",
    )

    @api.constrains("attendance_code_digits")
    def _check_attendance_code_digits(self):
        for company in self:
            digits = company.attendance_code_digits
            if not 1 <= digits <= 8:
                raise ValidationError(
                    self.env._(
                        "The longest terminal user code of %(company)s must have 1 to "
                        "8 digits, not %(digits)s.",
                        company=company.name,
                        digits=digits,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        companies._ensure_attendance_policy()
        companies._ensure_root_department()
        return companies

    def write(self, vals):
        result = super().write(vals)
        if "is_attendance_directory_limited" in vals:
            # The record rule of the directory remembers it.
            self.env.registry.clear_cache()
        return result

    def _ensure_attendance_policy(self):
        """Give each company without a policy one with the usual figures."""
        # sudo: every company has a policy, whoever made the company
        for company in self.filtered(lambda c: not c.attendance_policy_id):
            company.attendance_policy_id = (
                self.env["attendance.policy"]
                .sudo()
                .create({"name": self.env._("Standard"), "company_id": company.id})
            )

    def _ensure_root_department(self):
        """Give each company without a head office one; other departments stay."""
        bare = self.filtered(lambda c: not c.attendance_root_department_id)
        # sudo: every company has a head office, whoever made the company
        departments = self.env["hr.department"].sudo().with_context(lang="en_US")
        roots = departments.create(
            [{"name": "Head Office", "company_id": company.id} for company in bare]
        )
        languages = [code for code, _name in self.env["res.lang"].get_installed()]
        for company, root in zip(bare, roots, strict=True):
            root.update_field_translations(
                "name",
                {
                    code: self.with_context(lang=code).env._("Head Office")
                    for code in languages
                },
            )
            company.attendance_root_department_id = root
