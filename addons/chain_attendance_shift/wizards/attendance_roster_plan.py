from odoo import fields, models
from odoo.exceptions import UserError

from ..models.attendance_roster import WEEKDAYS


class AttendanceRosterPlan(models.TransientModel):
    """Give many people one shift from a date on."""

    _name = "attendance.roster.plan"
    _description = "Plan from a Date"
    _inherit = ["attendance.roster.people.mixin"]

    employee_ids = fields.Many2many(
        "hr.employee",
        string="People",
        domain="[('attendance_scope', '=', 'rosters.create')]",
    )
    # People are added before it is chosen.
    shift_id = fields.Many2one("attendance.shift")
    date_from = fields.Date(
        string="From",
        required=True,
        default=fields.Date.context_today,
        help="The shift holds from this date on, until another roster starts.",
    )
    works_monday = fields.Boolean("Mon", default=True)
    works_tuesday = fields.Boolean("Tue", default=True)
    works_wednesday = fields.Boolean("Wed", default=True)
    works_thursday = fields.Boolean("Thu", default=True)
    works_friday = fields.Boolean("Fri", default=True)
    works_saturday = fields.Boolean("Sat")
    works_sunday = fields.Boolean("Sun")

    def _title(self):
        return self.env._("Plan from a Date")

    def _add_people(self, people):
        self.employee_ids |= people

    def action_plan(self):
        """Make the standing rosters; one that starts on that date is changed."""
        self.ensure_one()
        self._check_people(self.employee_ids)
        if not self.shift_id:
            raise UserError(self.env._("Choose the shift."))
        values = {"shift_id": self.shift_id.id}
        values |= {f"works_{day}": self[f"works_{day}"] for day in WEEKDAYS}
        rosters = self.env["attendance.roster"]
        there = rosters.search(
            [
                ("kind", "=", "standing"),
                ("employee_id", "in", self.employee_ids.ids),
                ("date_from", "=", self.date_from),
            ]
        )
        there.write(values)
        rosters.create(
            [
                {"employee_id": person.id, "date_from": self.date_from, **values}
                for person in self.employee_ids - there.employee_id
            ]
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "chain_attendance_shift.attendance_roster_action_standing"
        )
        return self._after(action)
