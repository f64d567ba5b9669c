from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    attendance_leave_by_roster = fields.Boolean(
        string="Count Leave by the Roster",
        default=True,
        help="Days and hours of Time Off are those that the roster has on its dates, "
        "nights included; rest days and holidays are not charged. Where nothing is "
        "planned, Odoo's working calendar counts. It holds for leave filed from then "
        "on.",
    )
    attendance_files_into_closed = fields.Boolean(
        string="Everybody Files into Closed Periods",
        help="Employees themselves may file, change and take back what lies in a "
        "closed period, and it counts as an adjustment in an open one. Otherwise only "
        "who may edit the requests of a person does so.",
    )

    def write(self, vals):
        result = super().write(vals)
        if "attendance_holiday_calendar_id" in vals:
            self.env["hr.leave"]._plan_changed(
                [(company, None, None) for company in self.ids], of_companies=True
            )
        return result
