"""What is stored with a day: its rows and what is wrong with it."""

from odoo import api, fields, models


class AttendanceDay(models.Model):
    # One concern a file.
    _inherit = "attendance.day"  # pylint: disable=consider-merging-classes-inherited

    segment_ids = fields.One2many(
        "attendance.day.segment", "day_id", string="Rows", readonly=True
    )
    exception_count = fields.Integer(
        string="Exceptions", compute="_compute_exception_count"
    )

    @api.model
    def _after_results(self, changed):
        result = super()._after_results(changed)
        if changed:
            self.env["attendance.day.segment"]._write_segments(changed)
            self.env["attendance.exception"]._sync(changed)
        return result

    @api.depends("employee_id", "work_date")
    @api.depends_context("uid")
    def _compute_exception_count(self):
        counts = {}
        if self:
            found = self.env["attendance.exception"]._read_group(
                [
                    ("employee_id", "in", self.employee_id.ids),
                    ("work_date", "in", list(set(self.mapped("work_date")))),
                    ("state", "!=", "withdrawn"),
                ],
                ["employee_id", "work_date:day"],
                ["__count"],
            )
            counts = {(person.id, day): count for person, day, count in found}
        for day in self:
            day.exception_count = counts.get((day.employee_id.id, day.work_date), 0)

    def action_open_exceptions(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "chain_attendance_day.attendance_exception_action"
        )
        return action | {
            "domain": [
                ("employee_id", "=", self.employee_id.id),
                ("work_date", "=", fields.Date.to_string(self.work_date)),
            ],
            "context": {},
        }
