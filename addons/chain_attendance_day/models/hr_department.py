from datetime import timezone
from zoneinfo import ZoneInfo

from odoo import api, fields, models


class HrDepartment(models.Model):
    _inherit = "hr.department"

    @api.model
    def _deletion_guards(self):
        return super()._deletion_guards() + [("attendance.day", "department_id")]

    def _default_people(self):
        self.env.cr.execute(
            "SELECT DISTINCT employee_id FROM hr_version"
            " WHERE department_id = ANY(%s) AND active AND employee_id IS NOT NULL",
            [self.ids],
        )
        return [employee for (employee,) in self.env.cr.fetchall()]

    def _default_decides(self, history):
        """Where the store of the date has no default shift of its own."""
        self.env.cr.execute(
            "SELECT id FROM attendance_store"
            " WHERE id = ANY(%s) AND default_shift_id IS NOT NULL",
            [sorted(history.store_ids)],
        )
        stores = {store for (store,) in self.env.cr.fetchall()}

        def decides(employee, day):
            version = history.version_on(employee, day)
            here = version.department_id in self._ids
            return here and history.store_on(employee, day) not in stores

        return decides

    def _today_here(self):
        """People of a department may be in any store, or in none."""
        self.env.cr.execute(
            """
            SELECT tz FROM attendance_store
            UNION SELECT COALESCE(p.tz, 'UTC') FROM res_company c
                  JOIN res_partner p ON p.id = c.partner_id
            """
        )
        now = fields.Datetime.now().replace(tzinfo=timezone.utc)
        zones = [ZoneInfo(zone) for (zone,) in self.env.cr.fetchall() if zone]
        return {now.astimezone(zone).date() for zone in zones}
