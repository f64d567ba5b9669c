from collections import namedtuple

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .attendance_request_entry import ALL_KINDS

HOURS_PER_DAY = 24
MOST_DAYS = 366
# What a rule looks at; ``minutes`` of what is filed by hours, ``days`` of the rest.
RuleFacts = namedtuple("RuleFacts", "kind leave_type store minutes days")


class AttendanceRequestRule(models.Model):
    """Which requests wait for approval, and whose.

    The first rule of the company that fits decides. Where none fits, a request counts
    as soon as it is filed.
    """

    _name = "attendance.request.rule"
    _description = "Approval Rule"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char("Rule Name", required=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    is_for_leave = fields.Boolean(string="Leave")
    is_for_overtime = fields.Boolean(string="Overtime")
    is_for_outing = fields.Boolean(string="Outing")
    is_for_trip = fields.Boolean(string="Business Trip")
    is_for_correction = fields.Boolean(string="Punch Correction")
    leave_type_ids = fields.Many2many(
        "hr.leave.type",
        string="Leave Types",
        domain="['|', ('company_id', '=', False), ('company_id', '=', company_id)]",
        help="Of leave only these types; empty: all.",
    )
    store_ids = fields.Many2many(
        "attendance.store",
        string="Stores",
        check_company=True,
        help="Only for people of these stores; empty: everybody.",
    )
    above_hours = fields.Float(
        string="Longer Than (Hours)",
        help="0: any length. What is filed for whole days is compared with the days, "
        "the rest with the hours; if only one of the two is given, a day counts as 24 "
        "hours.",
    )
    above_days = fields.Float(string="Longer Than (Days)", help="0: any length.")
    step_ids = fields.One2many(
        "attendance.request.rule.step", "rule_id", string="Steps", copy=True
    )
    condition = fields.Char(string="Applies To", compute="_compute_texts")
    approvers = fields.Char(compute="_compute_texts")

    @api.constrains("above_hours", "above_days")
    def _check_length(self):
        highest = {"above_hours": HOURS_PER_DAY * MOST_DAYS, "above_days": MOST_DAYS}
        for rule in self:
            for name, limit in highest.items():
                if not 0 <= rule[name] <= limit:
                    raise ValidationError(
                        self.env._(
                            "“%(field)s” of an approval rule must lie between 0 and "
                            "%(limit)s; it is %(value)s.",
                            field=self._fields[name]._description_string(self.env),
                            limit=limit,
                            value=f"{rule[name]:g}",
                        )
                    )

    @api.depends(
        "is_for_leave", "is_for_overtime", "is_for_outing", "is_for_trip",
        "is_for_correction", "leave_type_ids", "store_ids", "above_hours",
        "above_days", "step_ids.approver", "step_ids.sequence",
    )  # fmt: skip
    @api.depends_context("lang")
    def _compute_texts(self):
        any_kind = self.env._("Any request")
        for rule in self:
            kinds = [
                self._fields[f"is_for_{kind}"]._description_string(self.env)
                for kind in rule._kinds()
            ]
            parts = [", ".join(kinds) or any_kind]
            for several in (rule.leave_type_ids, rule.store_ids):
                if several:
                    parts.append(", ".join(several.mapped("display_name")))
            if rule.above_hours:
                parts.append(self.env._("longer than %s h", f"{rule.above_hours:g}"))
            if rule.above_days:
                parts.append(self.env._("longer than %s d", f"{rule.above_days:g}"))
            rule.condition = "; ".join(parts)
            steps = rule.step_ids.sorted("sequence")
            rule.approvers = " → ".join(step._approver_label() for step in steps)

    def _kinds(self):
        self.ensure_one()
        return [kind for kind, _label in ALL_KINDS if self[f"is_for_{kind}"]]

    @api.private
    def _first_fitting(self, facts):
        """The first of these rules that fits, in their order."""
        return next((rule for rule in self if rule._fits(facts)), self.browse())

    def _fits(self, facts):
        kinds = self._kinds()
        if kinds and facts.kind not in kinds:
            return False
        if facts.kind == "leave" and self.leave_type_ids:
            if facts.leave_type not in self.leave_type_ids:
                return False
        if self.store_ids and facts.store not in self.store_ids:
            return False
        return self._is_long_enough(facts)

    def _is_long_enough(self, facts):
        hours, days = self.above_hours, self.above_days
        if facts.days:
            return facts.days > (days or hours / HOURS_PER_DAY)
        if not (hours or days):
            return True
        return facts.minutes / 60 > (hours or days * HOURS_PER_DAY)
