"""Approval steps of leave, before Odoo's own validation."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from .attendance_request_rule import RuleFacts

DATES = {
    "employee_id", "holiday_status_id", "request_date_from", "request_date_to",
    "request_hour_from", "request_hour_to", "request_date_from_period",
    "request_date_to_period", "date_from", "date_to",
}  # fmt: skip


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
        filing = self.with_context(attendance_filing=True)
        leaves = super(HrLeave, filing).create(vals_list).with_env(self.env)
        # Made in bulk, Time Off did not ask for its approval.
        leaves._begin_approval()
        return leaves

    def _begin_approval(self):
        # sudo: who approves is looked up on behalf of who files
        fresh = self.sudo().filtered(lambda leave: leave.state == "confirm")
        fresh.filtered(lambda leave: not leave.approval_ids)._start_approval()

    def write(self, vals):
        if vals.get("state") in ("validate", "validate1"):
            self.check_access("write")
            self._check_steps_done()
        result = super().write(vals)
        if vals.get("state") in ("refuse", "cancel"):
            # sudo: nobody writes steps by hand
            over = self.sudo()
            over._drop_steps(over._undecided_steps())
        is_filing = self.env.context.get("attendance_filing")
        if vals.get("state") == "confirm" or (DATES & vals.keys() and not is_filing):
            # sudo: as when it was filed
            self.sudo().filtered(lambda leave: leave.state == "confirm")._file_anew()
        return result

    def _file_anew(self):
        """What was changed goes the way that it needs now."""
        before = self._under_approval()
        waiting = self._start_approval()
        (waiting - before).activity_unlink(
            self._get_to_clean_activities(), only_automated=False
        )
        free = before - waiting
        at_once = free.filtered(lambda leave: leave.validation_type == "no_validation")
        at_once.action_approve(check_state=False)
        (free - at_once).activity_update()

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
        if self.env.context.get("attendance_filing"):
            self._begin_approval()
            others = self - self._under_approval()
            return super(HrLeave, others).action_approve(check_state)
        waiting = self._under_approval()
        for leave in waiting:
            leave.action_approve_step()
        return super(HrLeave, self - waiting).action_approve(check_state)

    def activity_update(self):
        if self.env.context.get("attendance_filing"):
            self._begin_approval()
        return super(HrLeave, self - self._under_approval()).activity_update()

    def message_post(self, **kwargs):
        # Filing, Time Off says of a type without validation that it is approved.
        if self.env.context.get("attendance_filing") and self._under_approval():
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
