from odoo import api, fields, models


class HrEmployeePublic(models.Model):
    _inherit = "hr.employee.public"

    is_roster_visible = fields.Boolean(
        compute="_compute_is_roster_visible", export_string_translation=False
    )

    @api.depends_context("uid")
    def _compute_is_roster_visible(self):
        """Whether the login may open the month calendar: of oneself, or in scope."""
        grid = self.env["attendance.roster.grid"]
        held = self.with_context(active_test=False).search(
            grid._in_scope([("id", "in", self.ids)])
        )
        own = self.env.user.employee_ids.ids
        for person in self:
            person.is_roster_visible = person in held or person.id in own
