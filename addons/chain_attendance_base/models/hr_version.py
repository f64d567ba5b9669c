from datetime import datetime, time

from odoo import api, fields, models
from odoo.fields import Domain

from .attendance_scope_mixin import PERSON_COLUMNS, ROW_COLUMNS

# By these a data scope finds where somebody is; the date and whether it is archived
# say which record of a person is the present one.
PLACES = {
    "active",
    "date_version",
    "department_id",
    "employee_id",
    "job_id",
    "store_id",
}
CHANGES = ("create", "edit", "delete")


class HrVersion(models.Model):
    """The dated record of a person: store, like department and job, has a history.

    Who sees a person sees the whole history. Changing it takes more: the record
    itself must lie in the scope too, so that nobody is handed to another store or
    department, today or on a later date, and no other store's history is touched.
    """

    _name = "hr.version"
    _inherit = ["hr.version", "attendance.scope.mixin"]

    _attendance_area = "employees"
    _attendance_is_core = True
    _attendance_scope_columns = PERSON_COLUMNS

    store_id = fields.Many2one(
        "attendance.store",
        index=True,
        tracking=True,
        check_company=True,
        help="Where the person works; a transfer keeps the history.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        versions = super().create(vals_list)
        versions.employee_id._check_attendance_own_place()
        versions._take_effect_on_the_day()
        return versions

    def write(self, vals):
        if PLACES & vals.keys():
            self.employee_id._check_attendance_own_place()
        result = super().write(vals)
        if "employee_id" in vals:
            # Whose it was was looked at above, whose it is now is here.
            self.employee_id._check_attendance_own_place()
        if "date_version" in vals:
            self._take_effect_on_the_day()
        return result

    def unlink(self):
        # The record before it would be the present one again.
        self.employee_id._check_attendance_own_place()
        return super().unlink()

    def _take_effect_on_the_day(self):
        """Have Odoo's daily job run when the dates of these records begin.

        It says which record of a person is the present one, by which data scopes go.
        Odoo runs it at any time of the day and takes the date of UTC.
        """
        today = fields.Date.today()
        days = {
            v.date_version for v in self if v.date_version and v.date_version > today
        }
        xml_id = "hr.ir_cron_data_employee_update_current_version"
        cron = self.env.ref(xml_id, raise_if_not_found=False)
        if not days or not cron:
            return
        moments = {datetime.combine(day, time.min) for day in days}
        # sudo: jobs are for administrators of Odoo; who plans a transfer plans its day
        cron = cron.sudo()
        planned = cron.env["ir.cron.trigger"].search(
            [("cron_id", "=", cron.id), ("call_at", "in", list(moments))]
        )
        moments -= set(planned.mapped("call_at"))
        if moments:
            cron._trigger(at=sorted(moments))

    def _attendance_in(self, kind, ids):
        person = super()._attendance_in(kind, ids)
        ids = list(ids)
        if not ids or self.env.context.get("attendance_operation") not in (
            "create",
            "edit",
        ):
            return person
        own = Domain.OR(Domain(path, "in", ids) for path in ROW_COLUMNS[kind])
        # Odoo writes the first record of a person before the person.
        return own & (Domain("employee_id", "=", False) | person)

    def _attendance_lent_to(self, store_ids):
        # Who is lent is seen there for some days; where that person belongs is changed
        # by those who have the person for good.
        if self.env.context.get("attendance_operation") in CHANGES:
            return Domain.FALSE
        return super()._attendance_lent_to(store_ids)

    def _attendance_moves(self, vals):
        columns = {path for paths in ROW_COLUMNS.values() for path in paths}
        return bool(columns & vals.keys())
