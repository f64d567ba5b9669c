from odoo import models

from odoo.addons.chain_attendance_engine import Policy

# Fields of the model that are named differently in the engine.
ENGINE_NAMES = {
    "window_in_minutes": "early_in_minutes",
    "window_out_minutes": "late_out_minutes",
}


class AttendancePolicy(models.Model):
    _inherit = "attendance.policy"

    def _as_engine_policy(self):
        """This policy as the engine's value; without one, the engine's defaults."""
        if not self:
            return Policy()
        self.ensure_one()
        figures = {ENGINE_NAMES.get(name, name): self[name] for name in self._lengths()}
        return Policy(key=self.id, **figures)

    def write(self, vals):
        result = super().write(vals)
        if set(vals) & set(self._lengths()):
            self._mark_days()
        return result

    def _mark_days(self):
        """Every stored day of the companies that judge by this policy."""
        self.env["attendance.day"]._mark_stored(
            [("company_id.attendance_policy_id", "in", self.ids)]
        )
