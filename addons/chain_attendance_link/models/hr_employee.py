from odoo import fields, models


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    personal_link_state = fields.Char(
        string="Personal Link",
        compute="_compute_personal_link_state",
        groups="hr.group_hr_user",
    )

    def _compute_personal_link_state(self):
        # sudo: of a person whose form is open; that there is a link is no secret
        links = self.env["attendance.personal.link"].sudo()
        found = links.search(
            [
                ("employee_id", "in", self.ids),
                ("revoked_at", "=", False),
                ("date_to", ">=", fields.Date.context_today(self)),
            ]
        )
        until = {link.employee_id.id: link.date_to for link in found}
        for employee in self:
            day = until.get(employee._origin.id)
            employee.personal_link_state = str(day) if day else self.env._("None")

    def write(self, vals):
        """Who leaves, or goes to another company, has no link any more."""
        result = super().write(vals)
        if "active" in vals and not vals["active"]:
            self._close_personal_links("left")
        elif vals.keys() & {"leave_date", "departure_date"}:
            today = fields.Date.context_today(self)
            gone = self.filtered_domain(self._departed_domain(today))
            gone._close_personal_links("left")
        if "company_id" in vals:
            self._close_personal_links("moved")
        return result

    def _close_personal_links(self, why):
        # sudo: links are closed by what happens to their person
        self.env["attendance.personal.link"].sudo().search(
            [("employee_id", "in", self.ids), ("revoked_at", "=", False)]
        )._close(why)

    def action_personal_links(self):
        """The person's links, and a new one."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "chain_attendance_link.attendance_personal_link_action"
        )
        return {
            **action,
            "domain": [("employee_id", "=", self.id)],
            # Not default_…: a button of a list leaves that out.
            "context": {"personal_link_employee_ids": self.ids},
        }
