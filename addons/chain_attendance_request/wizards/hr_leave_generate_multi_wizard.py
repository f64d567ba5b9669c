from odoo import models


class HrLeaveGenerateMultiWizard(models.TransientModel):
    _inherit = "hr.leave.generate.multi.wizard"

    def _prepare_employees_holiday_values(self, employees, date_from_tz, date_to_tz):
        """Leave of whom the roster counts is left to be computed by it."""
        leaves = self.env["hr.leave"]
        # sudo: Odoo counts everybody's hours here as sudo, too
        planned = {
            leave.employee_id: leave
            for leave in leaves.sudo()
            ._new_for(employees, self.holiday_status_id, self.date_from, self.date_to)
            ._roster_plans()
        }
        usual = employees.filtered(lambda person: person.sudo() not in planned)
        found = super()._prepare_employees_holiday_values(
            usual, date_from_tz, date_to_tz
        )
        is_officer = self.env.user.has_group("hr_holidays.group_hr_holidays_user")
        needs_none = self.holiday_status_id.leave_validation_type == "no_validation"
        return found + [
            {
                "name": self.name,
                "holiday_status_id": self.holiday_status_id.id,
                "request_date_from": self.date_from,
                "request_date_to": self.date_to,
                "employee_id": employee.id,
                "state": "validate" if is_officer or needs_none else "confirm",
            }
            for employee in employees - usual
            if planned[employee.sudo()].number_of_days
        ]
