"""The life of a request: filed, approved or refused, taken back."""

from odoo import api, fields, models
from odoo.exceptions import AccessError

from .attendance_request import IN_FORCE, figure
from .attendance_request_check import FIGURES
from .attendance_request_rule import RuleFacts

OPEN_STATES = ("draft", "submitted")
# What the buttons and the approvers write; nobody by hand.
DECIDED_FIELDS = {"state", "needs_approval", "refusal"}


# The times as a form shows them, and what is stored of each.
FACES = {"start_time": "start_minutes", "stop_time": "stop_minutes"}


def _in_minutes(vals):
    """The times of a form as minutes, and no figure with which nobody can count.

    Odoo would write the times after the request is made, and who files need not be
    allowed to write.
    """
    vals = dict(vals)
    for face, minutes in FACES.items():
        if face in vals:
            vals[minutes] = round(figure(vals.pop(face)) * 60)
    return vals | {name: figure(vals[name]) for name in FIGURES if name in vals}


class AttendanceRequest(models.Model):
    _name = "attendance.request"
    _inherit = ["attendance.request", "attendance.approval.mixin"]

    _approval_link = "request_id"

    needs_approval = fields.Boolean(copy=False)
    refusal = fields.Char(copy=False)
    approval_ids = fields.One2many(
        "attendance.request.approval", "request_id", readonly=True
    )
    may_submit = fields.Boolean(compute="_compute_may_change")
    may_cancel = fields.Boolean(compute="_compute_may_change")

    @api.depends("state", "employee_id")
    @api.depends_context("uid")
    def _compute_may_change(self):
        for request in self:
            mine = bool(request._changeable())
            request.may_submit = mine and request.state == "draft"
            request.may_cancel = mine and request.state in ("draft", *IN_FORCE)

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [
            _in_minutes(self._offered_times(vals) | vals) for vals in vals_list
        ]
        own = self.default_get(["employee_id"]).get("employee_id")
        self.browse()._take_turns(*(vals.get("employee_id", own) for vals in vals_list))
        # Odoo would write the offered times over those that were typed.
        known = {f"default_{face}" for face in FACES}
        context = {k: v for k, v in self.env.context.items() if k not in known}
        plain = self.with_context(context)  # pylint: disable=context-overridden
        requests = super(AttendanceRequest, plain).create(vals_list)
        requests = requests.with_env(self.env)
        requests._check_filed_openly()
        # sudo: who approves is looked up on behalf of who files
        requests.filtered(lambda r: r.state == "submitted").sudo()._start_approval()
        return requests

    @api.model
    def _offered_times(self, vals):
        """Times that a menu or a button offers, where a form says none."""
        return {
            face: self.env.context[f"default_{face}"]
            for face, minutes in FACES.items()
            if f"default_{face}" in self.env.context and minutes not in vals
        }

    def _check_filed_openly(self):
        if not self.env.su and self.filtered(lambda r: r.state not in OPEN_STATES):
            raise AccessError(
                self.env._("A request is entered as draft or as filed, not decided.")
            )

    def write(self, vals):
        if not self.env.su and DECIDED_FIELDS & vals.keys():
            raise AccessError(
                self.env._(
                    "The state of a request changes by filing, approving, refusing and "
                    "cancelling it; it is not written by hand."
                )
            )
        vals = _in_minutes(vals)
        agreed = (self._effective_fields | {"compensation"}) - {"state"}
        judged = agreed & vals.keys()
        before = {
            request.id: request._judged(judged)
            for request in self
            if judged and request.state in IN_FORCE
        }
        if before:
            self._take_turns(vals.get("employee_id"))
        result = super().write(vals)
        changed = self.filtered(
            lambda r: r.id in before and r._judged(judged) != before[r.id]
        )
        # sudo: as in create
        changed.sudo()._file_anew()
        return result

    def _judged(self, names):
        return [self[name] for name in names]

    def _file_anew(self):
        """What was changed is judged as if it were filed now."""
        decided = self.filtered("approval_ids")
        self.filtered(lambda r: r.state == "approved").state = "submitted"
        for request in decided & self._start_approval():
            request._message_log(
                body=self.env._("It was changed: the approval starts anew.")
            )

    def action_submit(self):
        """File a draft: from now on it counts, or waits for approval."""
        self._check_state("draft")
        self._check_changeable()
        # sudo: who files was looked at; employees have no right to write
        filed = self.sudo()
        filed._take_turns()
        filed.state = "submitted"
        filed._start_approval()

    def action_cancel(self):
        """Take a request back; what it changed in a day goes with it."""
        self._check_state("draft", *IN_FORCE)
        self._check_changeable()
        # sudo: who cancels was looked at; employees have no right to write
        cancelled = self.sudo()
        cancelled._drop_steps(cancelled._undecided_steps())
        cancelled.state = "cancelled"

    def action_draft(self):
        self._check_state("refused", "cancelled")
        self.check_access("write")
        # sudo: that was looked at
        drafts = self.sudo()
        drafts._drop_steps(drafts.approval_ids)
        drafts.write({"state": "draft", "refusal": False})

    def _check_changeable(self):
        self.check_access("read")
        for request in self - self._changeable():
            raise AccessError(
                self.env._(
                    "“%s” is not for you to file or to cancel: until it is approved, "
                    "who filed it may do so, and the person; after that, who may edit "
                    "requests of the person.",
                    request.display_name,
                )
            )

    def _changeable(self):
        """Those that the login may edit; of one's own those not approved yet."""
        edited = self._filtered_access("write")
        user = self.env.user
        return edited | (self - edited).filtered(
            lambda r: (
                r.state in OPEN_STATES
                # sudo: whose login somebody has, whom the login need not see
                and user in (r.create_uid | r.employee_id.sudo().user_id)
            )
        )

    def _start_approval(self):
        waiting = super()._start_approval()
        (self - waiting).filtered("needs_approval").needs_approval = False
        waiting.filtered(lambda r: not r.needs_approval).needs_approval = True
        return waiting

    def _rule_facts(self):
        return RuleFacts(
            self.kind,
            self.env["hr.leave.type"],
            self.employee_id.store_id,
            self.claimed_minutes,
            self.claimed_days,
        )

    def _approval_given(self):
        self.state = "approved"
        self._tell(self.env._("“%s” is approved.", self.display_name))

    def _approval_refused(self, reason):
        self.write({"state": "refused", "refusal": reason})
        self._tell(
            self.env._(
                "“%(request)s” is refused: %(reason)s",
                request=self.display_name,
                reason=reason,
            )
        )
