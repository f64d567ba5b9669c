from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

# A click does not add a whole chain by mistake.
FOUND_LIMIT = 5000


class AttendanceRosterPeopleMixin(models.AbstractModel):
    """Finding the people whom a roster is made for."""

    _name = "attendance.roster.people.mixin"
    _description = "Finds People for a Roster"
    # Logins without HR rights link people too.
    _inherit = ["hr.mixin"]

    find_text = fields.Char(
        string="Number or Name",
        help="Several, with a comma in between, find each of them.",
    )
    find_department_id = fields.Many2one(
        "hr.department", string="Department", help="With the departments below it."
    )
    find_store_id = fields.Many2one("attendance.store", string="Store")
    find_job_id = fields.Many2one("hr.job", string="Job Position")

    def action_find(self):
        """Add everybody who fits what is given and whom the login may plan."""
        domain = self._find_domain()
        if domain.is_true():
            raise UserError(
                self.env._("Give a number, a name, a department, a store or a job.")
            )
        found = self.env["hr.employee"].search(
            domain & self._may_plan(), limit=FOUND_LIMIT
        )
        if not found:
            raise UserError(self.env._("Nobody fits whom you may plan."))
        self._add_people(found)
        self.write(
            {
                "find_text": False,
                "find_department_id": False,
                "find_store_id": False,
                "find_job_id": False,
            }
        )
        return self._reopen()

    def _find_domain(self):
        domain = Domain.TRUE
        words = (self.find_text or "").replace("，", ",").split(",")
        words = [word.strip() for word in words if word.strip()]
        if words:
            domain &= Domain.OR(
                Domain("name", "ilike", word) | Domain("employee_number", "=", word)
                for word in words
            )
        if self.find_department_id:
            domain &= Domain("department_id", "child_of", self.find_department_id.id)
        if self.find_store_id:
            domain &= Domain("store_id", "=", self.find_store_id.id)
        if self.find_job_id:
            domain &= Domain("job_id", "=", self.find_job_id.id)
        return domain

    @api.model
    def _may_plan(self):
        if self.env.su:
            return Domain.TRUE
        return Domain("attendance_scope", "=", "rosters.create")

    def _check_people(self, people):
        """Refuse nobody, and people whom the login may not plan."""
        if not people:
            raise UserError(self.env._("Choose the people first."))
        held = self.env["hr.employee"].search_count(
            Domain("id", "in", people.ids) & self._may_plan()
        )
        if held < len(people):
            raise AccessError(
                self.env._("Some of these people are not yours to plan. Remove them.")
            )

    def _add_people(self, people):
        raise NotImplementedError

    def _reopen(self):
        """The same dialog again, with what has changed."""
        return {
            "type": "ir.actions.act_window",
            "name": self._title(),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
        }

    @api.model
    def _after(self, action):
        """What follows when it is done: the grid, where it was opened from there."""
        if self.env.context.get("is_roster_grid"):
            return {"type": "ir.actions.act_window_close"}
        return {**action, "target": "main"}

    def _title(self):
        raise NotImplementedError
