from odoo import api, fields, models
from odoo.exceptions import ValidationError

# Highest value of every figure; none lies below 0.
LIMITS = {
    "least_amount": 366,
    "amount_step": 366,
    "advance_days": 366,
    "retroactive_days": 366,
    "attachment_from_days": 366,
    "seniority_months": 600,
}


# What a day takes from the type of a leave.
EFFECTIVE = {"time_type", "counts_calendar_days"}


class HrLeaveType(models.Model):
    _inherit = "hr.leave.type"

    counts_calendar_days = fields.Boolean(
        help="Rest days and holidays are charged too: 1 day for each date. Otherwise "
        "only the dates on which the person is rostered to work."
    )
    least_amount = fields.Float(
        string="Minimum",
        help="A leave of this type has at least so many days, or hours where it is "
        "taken in hours. 0: no minimum.",
    )
    amount_step = fields.Float(
        string="In Steps Of",
        help="Days, or hours, are a multiple of it: 0.5 lets people take 1, 1.5, 2. "
        "0: any amount.",
    )
    advance_days = fields.Integer(
        string="Days of Notice",
        help="It is filed at least so many days before its first date. 0: no notice.",
    )
    is_retroactive_limited = fields.Boolean(string="Limit Filing Afterwards")
    retroactive_days = fields.Integer(
        string="Days Afterwards",
        help="It is filed at most so many days after its first date; 0 is on that date "
        "at the latest.",
    )
    attachment_from_days = fields.Float(
        string="Attachment from Days",
        help="A leave of so many days or more comes with an attachment, such as a "
        "certificate. 0: never asked for.",
    )
    allowed_sex = fields.Selection(
        [("female", "Women only"), ("male", "Men only")],
        string="Open To",
        help="Empty: for everybody.",
    )
    seniority_months = fields.Integer(
        string="Months of Service",
        help="For people whose hire date lies at least so many months before the first "
        "date. Whose hire date is not known may take it. 0: from the first day.",
    )

    def write(self, vals):
        changed = self.filtered(
            lambda one: any(one[name] != vals[name] for name in EFFECTIVE & vals.keys())
        )
        result = super().write(vals)
        if changed:
            # sudo: the type decides on the days of everybody who took such leave
            leaves = self.env["hr.leave"].sudo()
            leaves.search(
                [("holiday_status_id", "in", changed.ids), ("state", "=", "validate")]
            )._mark_attendance_days()
        return result

    @api.constrains(*LIMITS)
    def _check_rule_figures(self):
        for leave_type in self:
            for name, highest in LIMITS.items():
                if not 0 <= leave_type[name] <= highest:
                    raise ValidationError(
                        self.env._(
                            "“%(field)s” of leave type “%(type)s” must lie between 0 "
                            "and %(highest)s; it is %(value)s.",
                            field=leave_type._rule_label(name),
                            type=leave_type.name,
                            highest=highest,
                            value=leave_type[name],
                        )
                    )

    def _rule_label(self, name):
        return self._fields[name].get_description(self.env)["string"]
