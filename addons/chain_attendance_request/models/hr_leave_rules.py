"""What the rules of a leave type refuse, each in a sentence."""

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

from ..inside import INSIDE, is_inside
from .hr_leave_approval import QUIET

# What the rules look at; a change of state alone is judged by nobody anew.
JUDGED = {
    "employee_id", "holiday_status_id", "request_date_from", "request_date_to",
    "request_hour_from", "request_hour_to", "request_date_from_period",
    "request_date_to_period", "is_by_days", "typed_days", "typed_hours",
}  # fmt: skip


class HrLeave(models.Model):
    # One concern a file.
    _inherit = "hr.leave"  # pylint: disable=consider-merging-classes-inherited

    @api.model_create_multi
    def create(self, vals_list):
        leaves = super().create(vals_list)
        # Not a constraint: attachments come after those.
        leaves._check_type_rules()
        return leaves

    def write(self, vals):
        result = super().write(vals)
        if JUDGED & vals.keys():
            self._check_type_rules()
        return result

    def _split_leaves(self, split_date_from, split_date_to=False):
        # What is left of a leave that was filed rightly needs no minimum any more.
        # What was agreed to stays agreed to.
        bare = self.with_context(attendance_skip_leave_rules=INSIDE, **{QUIET: INSIDE})
        return super(HrLeave, bare)._split_leaves(split_date_from, split_date_to)

    def _check_type_rules(self):
        """Refuse what the type does not allow.

        :raise ValidationError: naming person, rule and limit.
        """
        if is_inside(self, "attendance_skip_leave_rules"):
            return
        # sudo: sex and hire date decide, whoever files
        judged = self.sudo().filtered(lambda r: r.state not in ("refuse", "cancel"))
        judged = judged.filtered(lambda r: r.request_date_from and r.request_date_to)
        for leave in judged:
            leave._check_amount_rules()
            leave._check_time_rules()
            leave._check_attachment_rule()
        judged._check_person_rules()

    def _check_amount_rules(self):
        leave_type = self.holiday_status_id
        is_hours = leave_type.request_unit == "hour"
        amount = round(self.number_of_hours if is_hours else self.number_of_days, 2)
        words = self.env._("%s h") if is_hours else self.env._("%s d")
        if amount < leave_type.least_amount:
            self._refuse(
                "least_amount",
                self.env._(
                    "at least %(limit)s are taken; this leave has %(amount)s",
                    limit=words % f"{leave_type.least_amount:g}",
                    amount=words % f"{amount:g}",
                ),
            )
        step = leave_type.amount_step
        if step and abs(amount / step - round(amount / step)) > 0.01:
            self._refuse(
                "amount_step",
                self.env._(
                    "it is taken in multiples of %(limit)s; this leave has %(amount)s",
                    limit=words % f"{step:g}",
                    amount=words % f"{amount:g}",
                ),
            )

    def _check_time_rules(self):
        leave_type, first = self.holiday_status_id, self.request_date_from
        ahead = (first - fields.Date.context_today(self)).days
        if leave_type.advance_days and ahead < leave_type.advance_days:
            self._refuse(
                "advance_days",
                self.env._(
                    "it is filed at least %(limit)s days ahead; this leave begins on "
                    "%(day)s",
                    limit=leave_type.advance_days,
                    day=format_date(self.env, first),
                ),
            )
        is_limited = leave_type.is_retroactive_limited
        if is_limited and -ahead > leave_type.retroactive_days:
            self._refuse(
                "retroactive_days",
                self.env._(
                    "it is filed at most %(limit)s days afterwards; this leave began "
                    "on %(day)s",
                    limit=leave_type.retroactive_days,
                    day=format_date(self.env, first),
                ),
            )

    def _check_attachment_rule(self):
        least = self.holiday_status_id.attachment_from_days
        if least and self.number_of_days >= least and not self.attachment_ids:
            self._refuse(
                "attachment_from_days",
                self.env._(
                    "from %(limit)s days on it comes with an attachment; this leave "
                    "has %(days)s days and none",
                    limit=f"{least:g}",
                    days=f"{round(self.number_of_days, 2):g}",
                ),
            )

    def _check_person_rules(self):
        hired = {}
        if any(leave.holiday_status_id.seniority_months for leave in self):
            days = self.env["attendance.day"]
            hired = days._gather_employments(self.employee_id.ids)
        for leave in self:
            allowed = leave.holiday_status_id.allowed_sex
            if allowed and leave.employee_id.sex != allowed:
                field = leave.holiday_status_id._fields["allowed_sex"]
                words = dict(field._description_selection(self.env))[allowed]
                leave._refuse("allowed_sex", words)
            months = leave.holiday_status_id.seniority_months
            first = months and hired[leave.employee_id.id].first
            due = first and first + relativedelta(months=months)
            if due and leave.request_date_from < due:
                leave._refuse(
                    "seniority_months",
                    self.env._(
                        "it needs %(limit)s months of service, which are complete on "
                        "%(day)s",
                        limit=months,
                        day=format_date(self.env, due),
                    ),
                )

    def _refuse(self, rule, reason):
        raise ValidationError(
            self.env._(
                "“%(type)s” of %(person)s does not keep to “%(rule)s”: %(reason)s.",
                type=self.holiday_status_id.name,
                person=self.employee_id.name,
                rule=self.holiday_status_id._rule_label(rule),
                reason=reason,
            )
        )
