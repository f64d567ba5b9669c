from odoo import api, fields, models
from odoo.tools import html2plaintext


class HrJob(models.Model):
    _name = "hr.job"
    _inherit = ["hr.job", "attendance.scope.mixin", "attendance.guarded.mixin"]

    _attendance_area = "organisation"
    _attendance_is_core = True
    _attendance_scope_columns = {"job": ("id",), "department": ("department_id",)}

    description_text = fields.Char(
        string="Description",
        compute="_compute_description_text",
        help="The job description without its layout.",
    )
    people_count = fields.Integer(
        string="Number of People", compute="_compute_people_count"
    )

    @api.depends("description")
    def _compute_description_text(self):
        for job in self:
            text = html2plaintext(job.description or "", include_references=False)
            job.description_text = " ".join(text.split()) or False

    def _compute_people_count(self):
        # sudo: how many hold a job is shown to all who may see the job, as Odoo does
        # with the people of a department.
        people = (
            self.env["hr.employee"]
            .sudo()
            ._read_group(
                [
                    ("job_id", "in", self.ids),
                    ("company_id", "in", self.env.companies.ids),
                ],
                ["job_id"],
                ["__count"],
            )
        )
        counts = {job.id: count for job, count in people}
        for job in self:
            job.people_count = counts.get(job.id, 0)

    @api.model
    def _deletion_guards(self):
        return super()._deletion_guards() + [
            ("hr.version", "job_id", "employee_id"),
            ("attendance.role", "job_ids"),
        ]
