from collections import defaultdict
from datetime import date, timedelta

from odoo import api, models

from odoo.addons.chain_attendance_base.models.hr_employee import is_new_person
from odoo.addons.chain_attendance_base.models.hr_employee_history import (
    DATED_PLACES,
)

from .attendance_day_marks import differing

EMPLOYMENT = {"contract_date_start", "departure_date"}


class HrVersion(models.Model):
    _inherit = "hr.version"

    @api.model_create_multi
    def create(self, vals_list):
        known = self._with_history(vals.get("employee_id") for vals in vals_list)
        if not known:
            return super().create(vals_list)
        employed = self._employed(known)
        versions = super().create(vals_list)
        versions._mark_days(versions._spans(), employed)
        return versions

    def write(self, vals):
        if not (DATED_PLACES | EMPLOYMENT) & vals.keys():
            return super().write(vals)
        known = self._with_history([*self.employee_id.ids, vals.get("employee_id")])
        if not known:
            return super().write(vals)
        employed = self._employed(known)
        spans = self._spans() if DATED_PLACES & vals.keys() else {}
        result = super().write(vals)
        if DATED_PLACES & vals.keys():
            moves = not DATED_PLACES & vals.keys() - {"date_version"}
            for employee, found in self._spans().items():
                before = spans.get(employee, [])
                if moves and len(before) == len(found) == 1:
                    # It says the same, from another date on.
                    spans[employee] = differing(*before, *found)
                else:
                    spans[employee] = before + found
        self._mark_days(spans, employed)
        return result

    def unlink(self):
        known = self._with_history(self.employee_id.ids)
        if not known:
            return super().unlink()
        spans, employed = self._spans(), self._employed(known)
        result = super().unlink()
        self._mark_days(spans, employed)
        return result

    @api.model
    def _with_history(self, employee_ids):
        """Those who have days, a roster or punches: a new person has not.

        Odoo writes a new person's version several times; it shall cost nothing.
        """
        if is_new_person(self.env):
            return []
        ids = sorted({employee for employee in employee_ids if employee})
        if not ids:
            return []
        self.env["attendance.roster"].flush_model(["employee_id"])
        self.env["attendance.roster.override"].flush_model(["employee_id"])
        self.env.cr.execute(
            """
            SELECT e.id FROM unnest(%s) AS e(id)
            WHERE EXISTS (SELECT 1 FROM attendance_day d WHERE d.employee_id = e.id)
               OR EXISTS (SELECT 1 FROM attendance_roster r WHERE r.employee_id = e.id)
               OR EXISTS (SELECT 1 FROM attendance_roster_override o
                          WHERE o.employee_id = e.id)
               OR EXISTS (SELECT 1 FROM attendance_punch n WHERE n.employee_id = e.id)
            """,
            [ids],
        )
        return [employee for (employee,) in self.env.cr.fetchall()]

    @api.model
    def _employed(self, employee_ids):
        return self.env["attendance.day"]._gather_employments(sorted(employee_ids))

    @api.model
    def _mark_days(self, spans, employed):
        """The dates of these versions, and those on which employment is another now.

        :param employed: ``{employee id: Employment}`` as it was before.
        """
        now = self._employed(employed)
        self.env["attendance.day"]._mark_employed(employed, now, spans)

    def _spans(self):
        """``{employee id: [(first, last), ...]}``: the dates these versions decide.

        The first one decides what lies before it too.
        """
        spans = defaultdict(list)
        if not self.ids:
            return spans
        self.flush_model(["active", "date_version", "employee_id"])
        self.env.cr.execute(
            """
            SELECT employee_id, first, next FROM (
                SELECT id, employee_id, lead(date_version) OVER person AS next,
                       CASE WHEN lag(id) OVER person IS NOT NULL THEN date_version END
                       AS first
                FROM hr_version WHERE active AND employee_id IN (
                    SELECT employee_id FROM hr_version WHERE id = ANY(%(ids)s))
                WINDOW person AS (PARTITION BY employee_id ORDER BY date_version)
            ) found WHERE id = ANY(%(ids)s)
            """,
            {"ids": self.ids},
        )
        for employee, first, following in self.env.cr.fetchall():
            last = following - timedelta(days=1) if following else date.max
            spans[employee].append((first or date.min, last))
        return spans
