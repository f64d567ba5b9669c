from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.chain_attendance_engine import Policy

from .shift_definition import LIMITS, ONLY_POLICY, RULES, policy_figures


class AttendancePolicy(models.Model):
    _inherit = "attendance.policy"

    due_measure = fields.Selection(
        [
            ("elapsed", "The minutes that pass"),
            ("nominal", "The minutes on the clock"),
        ],
        string="Due When Clocks Change",
        default="elapsed",
        help="A night in which the clocks go forward is an hour shorter than it says: "
        "its real length is due, or the one on paper.",
    )
    holiday_stays_due = fields.Boolean(
        string="Holidays Stay Due",
        help="A shift that works on holidays is judged then as on any day; otherwise "
        "presence on a holiday is overtime and nothing is due.",
    )
    unscheduled_uses_calendar = fields.Boolean(
        string="Working Calendar Without a Roster",
        help="A day for which nothing is rostered is judged by the hours of the "
        "person's working calendar, and is a day of rest where that has none. "
        "Otherwise it is unscheduled: nobody is absent.",
    )

    @api.model
    def _rules(self):
        """The fields that days are judged by."""
        return (*RULES, *ONLY_POLICY)

    @api.model
    def _limits(self):
        limits = {name: LIMITS[name] for name in RULES if name in LIMITS}
        return super()._limits() | limits

    @api.constrains(lambda self: self._rules())
    def _check_chosen(self):
        for policy in self:
            for name in self._rules():
                if self._fields[name].type == "selection" and not policy[name]:
                    raise ValidationError(
                        self.env._(
                            "Choose “%(field)s” for policy “%(policy)s”.",
                            field=self._label(name),
                            policy=policy.name,
                        )
                    )

    def _as_engine_policy(self):
        """This policy as the engine's value; without one, the engine's defaults."""
        if not self:
            return Policy()
        self.ensure_one()
        figures = policy_figures({name: self[name] for name in self._rules()})
        return Policy(key=self.id, **figures)
