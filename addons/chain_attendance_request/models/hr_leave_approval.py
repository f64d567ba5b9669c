"""Approval steps of leave, before Odoo's own validation."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..inside import INSIDE, is_inside
from .attendance_request_rule import RuleFacts

# What those who approve agree to.
JUDGED = {
    "employee_id", "holiday_status_id", "request_date_from", "request_date_to",
    "request_hour_from", "request_hour_to", "request_date_from_period",
    "request_date_to_period", "date_from", "date_to", "is_by_days", "typed_days",
    "typed_hours",
}  # fmt: skip
# Of these Time Off itself allows no change while a leave is in force.
MOVING = JUDGED - {"typed_days", "typed_hours"}
VALIDATED = ("validate1", "validate")
# A change that nobody judges: Time Off itself moves a leave.
QUIET = "attendance_quiet"


class HrLeave(models.Model):
    """A leave that a rule fits stays to be approved until its steps are done.

    Where no rule fits, all is as Time Off has it.
    """

    _name = "hr.leave"
    _inherit = ["hr.leave", "attendance.approval.mixin"]

    _approval_link = "leave_id"

    approval_ids = fields.One2many(
        "attendance.request.approval", "leave_id", readonly=True
    )

    @api.model_create_multi
    def create(self, vals_list):
        self.browse()._take_turns(*(vals.get("employee_id") for vals in vals_list))
        filing = self.with_context(attendance_filing=INSIDE)
        leaves = super(HrLeave, filing).create(vals_list).with_env(self.env)
        # Made in bulk, Time Off did not ask for its approval.
        leaves._begin_approval()
        if not is_inside(self, QUIET):
            leaves._begin_approval_of_validated()
        return leaves

    def _begin_approval(self):
        # sudo: who approves is looked up on behalf of who files
        fresh = self.sudo().filtered(lambda leave: leave.state == "confirm")
        fresh.filtered(lambda leave: not leave.approval_ids)._start_approval()

    def _begin_approval_of_validated(self):
        """Steps of what was made as validated already, by Time Off's group form."""
        # sudo: as above
        made = self.sudo().filtered(lambda leave: leave.state in VALIDATED)
        (made & made._start_approval())._take_back()

    def write(self, vals):
        if vals.get("state") in VALIDATED and not is_inside(self, QUIET):
            self.check_access("write")
            self._check_steps_done()
        if JUDGED & vals.keys():
            self._take_turns(vals.get("employee_id"))
        states = self._take_back_changed(vals)
        result = super().write(vals)
        if vals.get("state") in ("refuse", "cancel"):
            # sudo: nobody writes steps by hand
            over = self.sudo()
            over._drop_steps(over._undecided_steps())
        if is_inside(self, QUIET) or is_inside(self, "attendance_filing"):
            return result
        if vals.get("state") == "confirm" or JUDGED & vals.keys():
            # sudo: as when it was filed
            asked = self.sudo().filtered(lambda leave: leave.state == "confirm")
            asked._file_anew(states)
        if MOVING & vals.keys():
            # Where no rule asks for a step, Time Off moves nothing that is in force.
            self.filtered(lambda leave: leave.id in states)._check_date_state()
        return result

    def _take_back_changed(self, vals):
        """Take what is in force, and changed by these values, out of force.

        Only where a company has rules; else all is as Time Off has it.

        :return: ``{leave id: state before}``.
        """
        names = JUDGED & vals.keys()
        if not names or "state" in vals or is_inside(self, QUIET):
            return {}
        changed = self.filtered(
            lambda leave: leave.state in VALIDATED and leave._is_changed(names, vals)
        )
        # sudo: whether there are rules is no secret to who may change the leave
        rules = self.env["attendance.request.rule"].sudo()
        companies = changed.employee_id.sudo().company_id
        if not changed or not rules.search_count([("company_id", "in", companies.ids)]):
            return {}
        changed.check_access("write")
        states = {leave.id: leave.state for leave in changed}
        # sudo: that the login may write was looked at
        changed.sudo()._take_back()
        return states

    def _is_changed(self, names, vals):
        def plain(name, value):
            return self._fields[name].convert_to_cache(value, self)

        return any(plain(name, vals[name]) != plain(name, self[name]) for name in names)

    def _take_back(self):
        """Validated leave waits again: what it changed in the days goes back."""
        self.with_context(**{QUIET: INSIDE}).state = "confirm"
        self._post_leave_cancel()

    def _file_anew(self, states=None):
        """What was changed goes the way that it needs now.

        :param states: ``{leave id: state}`` of those that were in force: where no step
            is asked for they come into force again.
        """
        states = states or {}
        in_force = self.filtered(lambda leave: leave.id in states)
        decided = self.filtered("approval_ids") | in_force
        before = self._under_approval()
        waiting = self._start_approval()
        for leave in decided & waiting:
            leave._message_log(
                body=self.env._("It was changed: the approval starts anew.")
            )
        (in_force - waiting)._put_back(states)
        (waiting - before).activity_unlink(
            self._get_to_clean_activities(), only_automated=False
        )
        free = before - waiting - in_force
        free._go_without_steps()

    def _go_without_steps(self):
        """What no rule holds goes the way that Time Off has for its type."""
        at_once = self.filtered(lambda leave: leave.validation_type == "no_validation")
        at_once.action_approve(check_state=False)
        (self - at_once).activity_update()

    def _put_back(self, states):
        """Have these in force again, of which no rule asks for a step."""
        quiet = self.with_context(leave_fast_create=True, **{QUIET: INSIDE})
        for leave in quiet:
            if states[leave.id] == "validate":
                leave._action_validate(check_state=False)
            else:
                leave.state = states[leave.id]

    def _check_steps_done(self):
        for leave in self._under_approval():
            raise UserError(
                self.env._(
                    "“%(leave)s” waits for %(names)s first.",
                    leave=leave.display_name,
                    names=leave.waits_for,
                )
            )

    def action_approve(self, check_state=True):
        if is_inside(self, "attendance_filing"):
            self._begin_approval()
            others = self - self._under_approval()
            return super(HrLeave, others).action_approve(check_state)
        waiting = self._under_approval()
        for leave in waiting:
            leave.action_approve_step()
        return super(HrLeave, self - waiting).action_approve(check_state)

    def _validate_leave_request(self):
        # The group form asks for it, whatever became of what it made.
        return super(HrLeave, self - self._under_approval())._validate_leave_request()

    def activity_update(self):
        if is_inside(self, "attendance_filing"):
            self._begin_approval()
        return super(HrLeave, self - self._under_approval()).activity_update()

    def message_post(self, **kwargs):
        # Filing, Time Off says of a type without validation that it is approved.
        if is_inside(self, "attendance_filing") and self._under_approval():
            return self.env["mail.message"]
        # Filed for many, nobody is told of by a message to nobody.
        if is_inside(self, "attendance_many") and not kwargs.get("partner_ids"):
            return self.env["mail.message"]
        return super().message_post(**kwargs)

    def _compute_can_approve(self):
        result = super()._compute_can_approve()
        self._under_approval().can_approve = False
        return result

    def _compute_can_validate(self):
        result = super()._compute_can_validate()
        self._under_approval().can_validate = False
        return result

    def _compute_can_refuse(self):
        result = super()._compute_can_refuse()
        # There is a button for the step, which asks for the reason.
        self.filtered("may_decide").can_refuse = False
        return result

    def _rule_facts(self):
        by_hours = self.request_unit_hours
        return RuleFacts(
            "leave",
            self.holiday_status_id,
            self.employee_id.store_id,
            round(self.number_of_hours * 60) if by_hours else 0,
            0 if by_hours else self.number_of_days,
        )

    def _approval_given(self):
        # Of a type with two validations both. Quickly: or Time Off looks for its own
        # groups at who approves, in whose stead the steps are.
        self.with_context(leave_fast_create=True)._action_validate(check_state=False)
        self.activity_update()

    def _approval_refused(self, reason):
        self.action_refuse()
        self._tell(self.env._("Reason for refusal: %s", reason))
