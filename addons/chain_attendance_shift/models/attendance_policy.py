from odoo import models

from odoo.addons.chain_attendance_engine import Policy

from .shift_definition import POLICY_NAMES


class AttendancePolicy(models.Model):
    _inherit = "attendance.policy"

    def _as_engine_policy(self):
        """This policy as the engine's value; without one, the engine's defaults."""
        if not self:
            return Policy()
        self.ensure_one()
        figures = {POLICY_NAMES.get(name, name): self[name] for name in self._lengths()}
        return Policy(key=self.id, **figures)
