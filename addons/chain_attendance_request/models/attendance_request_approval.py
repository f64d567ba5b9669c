from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.chain_attendance_base.models.attendance_scope_mixin import (
    PERSON_COLUMNS,
)

from .attendance_request_rule_step import APPROVERS

UNDECIDED = ("waiting", "open")
ENTRY_FIELDS = ("title", "start_text", "stop_text", "amount", "entered_at")


class AttendanceRequestApproval(models.Model):
    """One step on the way of a request or a leave; the server alone makes them."""

    _name = "attendance.request.approval"
    _description = "Approval Step"
    _inherit = ["attendance.scope.mixin"]
    _order = "number, id"

    _attendance_area = "requests"
    _attendance_scope_columns = PERSON_COLUMNS

    request_id = fields.Many2one(
        "attendance.request", readonly=True, ondelete="cascade", index="btree_not_null"
    )
    leave_id = fields.Many2one(
        "hr.leave", readonly=True, ondelete="cascade", index="btree_not_null"
    )
    employee_id = fields.Many2one(
        "hr.employee", required=True, readonly=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    step_id = fields.Many2one(
        "attendance.request.rule.step",
        string="Rule's Step",
        readonly=True,
        ondelete="set null",
    )
    number = fields.Integer(string="Step", readonly=True)
    approver = fields.Selection(APPROVERS, readonly=True)
    candidate_ids = fields.Many2many(
        "res.users", string="Who Decides", readonly=True, help="Any one of them."
    )
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("open", "To Approve"),
            ("approved", "Approved"),
            ("refused", "Refused"),
        ],
        required=True,
        default="waiting",
        readonly=True,
    )
    decided_by_id = fields.Many2one("res.users", readonly=True, index="btree_not_null")
    decided_for_id = fields.Many2one(
        "res.users",
        string="On Behalf Of",
        readonly=True,
        help="Who had delegated the decision.",
    )
    decided_by = fields.Char(string="Decision By", compute="_compute_decided_by")
    decided_at = fields.Datetime(string="Decided On", readonly=True)
    comment = fields.Char(readonly=True)
    may_decide = fields.Boolean(
        compute="_compute_may_decide", search="_search_may_decide"
    )

    title = fields.Char(compute="_compute_entry")
    start_text = fields.Char(string="Start", compute="_compute_entry")
    stop_text = fields.Char(string="End", compute="_compute_entry")
    amount = fields.Char(string="Total (Days/Hours)", compute="_compute_entry")
    entered_at = fields.Datetime(string="Entered On", compute="_compute_entry")
    reason = fields.Text(related="request_id.reason")
    employee_number = fields.Char(related="employee_id.employee_number")
    department_id = fields.Many2one(related="employee_id.department_id")

    _one_source = models.Constraint(
        "CHECK((request_id IS NULL) <> (leave_id IS NULL))",
        "A step belongs to a request or to a leave.",
    )
    _by_state = models.Index("(state, employee_id) WHERE state = 'open'")

    @api.depends("request_id", "leave_id")
    @api.depends_context("lang")
    def _compute_entry(self):
        """What is decided, as the list of all documents shows it."""
        # sudo: who decides sees this of the document, whoever's it is
        entries = self.env["attendance.request.entry"].sudo()
        for step in self:
            # As that list numbers them.
            entry = entries.browse(step.request_id.id * 2 or step.leave_id.id * 2 + 1)
            for name in ENTRY_FIELDS:
                step[name] = entry[name]

    @api.depends("employee_id", "approver")
    def _compute_display_name(self):
        labels = dict(self._fields["approver"]._description_selection(self.env))
        for step in self:
            step.display_name = f"{step.employee_id.name}: {labels[step.approver]}"

    @api.depends("decided_by_id", "decided_for_id")
    @api.depends_context("lang")
    def _compute_decided_by(self):
        for step in self:
            step.decided_by = step.decided_by_id.name
            if step.decided_for_id:
                step.decided_by = self.env._(
                    "%(delegate)s for %(user)s",
                    delegate=step.decided_by_id.name,
                    user=step.decided_for_id.name,
                )

    @api.depends("state", "candidate_ids")
    @api.depends_context("uid")
    def _compute_may_decide(self):
        deciding = self._decided_by_me()
        for step in self:
            step.may_decide = step in deciding

    @api.model
    def _search_may_decide(self, operator, value):
        if operator != "in":
            return NotImplemented
        user = self.env.user
        principals = self.env["attendance.request.delegation"]._principals(user)
        return (
            Domain("state", "=", "open")
            & Domain("candidate_ids", "in", principals.ids)
            & ~Domain("employee_id", "any!", Domain("user_id", "=", user.id))
        )

    def _decided_by_me(self):
        """Those of these steps that wait for this login, or for whom it stands in."""
        user = self.env.user
        principals = self.env["attendance.request.delegation"]._principals(user)
        # sudo: whose login somebody has, whom the login need not see
        return self.sudo().filtered(
            lambda step: (
                step.state == "open"
                and step.candidate_ids & principals
                and step.employee_id.user_id != user
            )
        )

    def action_approve(self):
        """Agree to each of these steps; for those who may decide them."""
        self._decide("approved")

    def action_refuse(self):
        """Ask for the reason; the answer refuses all of these steps."""
        self._check_may_decide()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Refuse"),
            "res_model": "attendance.request.refuse",
            "view_mode": "form",
            "target": "new",
            "context": {"default_approval_ids": self.ids},
        }

    def action_open(self):
        """The form of what is decided."""
        self.ensure_one()
        source = self._source()
        action = {
            "type": "ir.actions.act_window",
            "res_model": source._name,
            "res_id": source.id,
            "view_mode": "form",
        }
        if self.leave_id:
            view = self.env.ref("hr_holidays.hr_leave_view_form")
            action["views"] = [(view.id, "form")]
        return action

    def _source(self):
        return self.request_id or self.leave_id

    def _asked(self):
        """Those of these steps that name this login, decided or not."""
        principals = self.env["attendance.request.delegation"]._principals(
            self.env.user
        )
        # sudo: who was asked may hear that somebody else has decided
        return self.sudo().filtered(lambda step: step.candidate_ids & principals)

    def _check_may_decide(self):
        for step in self - self._asked() - self._filtered_access("read"):
            # sudo: who sees the document itself may hear what it waits for
            step.sudo()._source().sudo(False).check_access("read")
        # Of two who decide at once the second one finds it decided.
        self.sudo().lock_for_update()  # sudo: nobody writes steps by hand
        deciding = self._decided_by_me()
        for step in self.sudo() - deciding:  # sudo: to say what it waits for
            name = step._source().display_name
            if step.state != "open":
                labels = dict(self._fields["state"]._description_selection(self.env))
                raise UserError(
                    self.env._(
                        "Step %(number)s of “%(request)s” is not open: %(state)s.",
                        number=step.number,
                        request=name,
                        state=labels[step.state],
                    )
                )
            raise AccessError(
                self.env._(
                    "“%(request)s” waits for %(names)s; you cannot decide on it.",
                    request=name,
                    names=", ".join(step.candidate_ids.mapped("name")),
                )
            )

    @api.private
    def _decide(self, state, comment=False):
        self._check_may_decide()
        user, now = self.env.user, fields.Datetime.now()
        principals = self.env["attendance.request.delegation"]._principals(user)
        # sudo: that this login may decide was looked at
        for step in self.sudo():
            behalf = step.candidate_ids & principals - user
            step.write(
                {
                    "state": state,
                    "comment": comment,
                    "decided_by_id": user.id,
                    "decided_for_id": user not in step.candidate_ids and behalf[:1].id,
                    "decided_at": now,
                }
            )
            step._source()._step_decided(step)
