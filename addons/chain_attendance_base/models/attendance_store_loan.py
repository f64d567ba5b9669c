from odoo import fields, models

from .attendance_scope_mixin import PERSON_COLUMNS


class AttendanceStoreLoan(models.Model):
    """A person works in another store for some days and stays with the own one."""

    _name = "attendance.store.loan"
    _description = "Loan Between Stores"
    _inherit = ["mail.thread", "attendance.scope.mixin", "attendance.audit.mixin"]
    _order = "date_from desc, id desc"
    _check_company_auto = True

    _attendance_area = "employees"
    _attendance_scope_columns = PERSON_COLUMNS | {
        "store": (*PERSON_COLUMNS["store"], "store_id"),
    }

    _attendance_audit_kinds = {
        "loan": ("employee_id", "store_id", "date_from", "date_to"),
    }

    employee_id = fields.Many2one(
        "hr.employee", required=True, ondelete="cascade", index=True, check_company=True
    )
    company_id = fields.Many2one(
        related="employee_id.company_id", store=True, index=True, precompute=True
    )
    store_id = fields.Many2one(
        "attendance.store",
        string="Lent to",
        required=True,
        ondelete="restrict",
        index=True,
        check_company=True,
    )
    date_from = fields.Date(string="From", required=True)
    date_to = fields.Date(string="Until", required=True, help="The last day.")
    note = fields.Char()

    def _attendance_audit_links(self):
        return {"employee_id": self.employee_id.id, "company_id": self.company_id.id}
