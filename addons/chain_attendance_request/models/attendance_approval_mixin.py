from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools.misc import clean_context

from .attendance_request_approval import UNDECIDED

ACTIVITY = "chain_attendance_request.mail_activity_type_approval"


class AttendanceApprovalMixin(models.AbstractModel):
    """What is filed and goes through approval steps: requests, and leave.

    A model has ``approval_ids`` and says what a rule looks at (``_rule_facts``), and
    what comes of it (``_approval_given``, ``_approval_refused``). Methods with an
    underscore are for use as sudo.
    """

    _name = "attendance.approval.mixin"
    _description = "What Is Approved in Steps"

    # The field of a step that points here.
    _approval_link = None

    may_decide = fields.Boolean(
        compute="_compute_may_decide", search="_search_may_decide"
    )
    waits_for = fields.Char(compute="_compute_waits_for")

    @api.depends("approval_ids.state", "approval_ids.candidate_ids")
    @api.depends_context("uid")
    def _compute_may_decide(self):
        for record in self:
            # sudo: a leave's steps are read by who has to do with requests only
            record.may_decide = bool(record.sudo().approval_ids._decided_by_me())

    @api.model
    def _search_may_decide(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("approval_ids", "any!", Domain("may_decide", "=", True))

    @api.depends("approval_ids.state", "approval_ids.candidate_ids")
    def _compute_waits_for(self):
        for record in self:
            # sudo: as above
            users = record.sudo()._open_step().candidate_ids
            record.waits_for = ", ".join(users.mapped("name"))

    def onchange(self, values, field_names, fields_spec):
        """Refuse to count anything of somebody else.

        What Odoo computes of a form that is not saved is computed as sudo: balances,
        hours, and what speaks against a date.
        """
        number = self.env.context.get("default_employee_id")
        if "employee_id" in values:
            number = values["employee_id"]
        person = self.env["hr.employee"].browse(number or self.employee_id.id)
        if person and not self._is_shown(person):
            raise AccessError(
                self.env._("You may not file for this person, nor look at it.")
            )
        return super().onchange(values, field_names, fields_spec)

    def _is_shown(self, person):
        """Whether the login may know what is computed of a form of this person."""
        held = person._held_for_requests("view") | person._held_for_requests("create")
        return held == person

    def _take_turns(self, *employee_ids):
        """Before anything is compared with what these people have filed already.

        Of the people of these records, and of whose they become.
        """
        # sudo: nobody but the server has to do with turns
        turns = self.env["attendance.request.turn"].sudo()
        turns._take([*self.sudo().employee_id.ids, *employee_ids])

    def action_approve_step(self):
        """Agree, for the one whose turn it is."""
        self._step_to_decide().action_approve()

    def action_refuse_step(self):
        """Ask for the reason of a refusal, for the one whose turn it is."""
        return self._step_to_decide().action_refuse()

    def _step_to_decide(self):
        self.ensure_one()
        # sudo: the step looks itself at who decides
        source = self.sudo()
        if not source.approval_ids._asked():
            self.check_access("read")
        if not source._open_step():
            raise UserError(
                self.env._("“%s” waits for no approval.", source.display_name)
            )
        return source._open_step().sudo(False)

    def _open_step(self):
        return self.approval_ids.filtered(lambda step: step.state == "open")

    def _undecided_steps(self):
        return self.approval_ids.filtered(lambda step: step.state in UNDECIDED)

    def _under_approval(self):
        """Those of these that wait for a step; for anybody."""
        # sudo: whether it waits is no secret to who may act on it
        return self.filtered(lambda record: record.sudo()._undecided_steps())

    def _rule_facts(self):
        """What the conditions of the rules are compared with."""
        raise NotImplementedError

    def _approval_given(self):
        """The last step was approved: from now on it counts."""
        raise NotImplementedError

    def _approval_refused(self, reason):
        """A step was refused: it does not count, and its person reads why."""
        raise NotImplementedError

    def _start_approval(self):
        """Make the steps that the rules ask for, in place of those that are there.

        :return: those that wait for somebody now.
        """
        self._drop_steps(self.approval_ids)
        # Nothing that came along with a form or a call has a say in this.
        self = self.with_context(clean_context(self.env.context), active_test=True)
        rules = self.env["attendance.request.rule"].search(
            [("company_id", "in", self.employee_id.company_id.ids)]
        )
        if not rules:
            return self.browse()
        self.env["attendance.request.approval"].create(
            [
                values
                for record in self
                for values in record._prepare_steps(
                    rules.filtered(
                        lambda rule, company=record.employee_id.company_id: (
                            rule.company_id == company
                        )
                    )
                )
            ]
        )
        waiting = self.filtered("approval_ids")
        waiting._ask(waiting._open_step())
        return waiting

    def _prepare_steps(self, rules):
        """The steps of the rule that fits; those that nobody else decides again."""
        steps, earlier = [], []
        for step in rules._first_fitting(self._rule_facts()).step_ids:
            users = step._candidates(self.employee_id)
            if not users or users in earlier:
                continue
            earlier.append(users)
            steps.append(
                {
                    self._approval_link: self.id,
                    "employee_id": self.employee_id.id,
                    "company_id": self.employee_id.company_id.id,
                    "step_id": step.id,
                    "number": len(steps) + 1,
                    "approver": step.approver,
                    "candidate_ids": users.ids,
                    "state": "waiting" if steps else "open",
                }
            )
        return steps

    def _open_next_step(self):
        """Let those decide whose turn it is; who they are is looked up anew."""
        self.ensure_one()
        step = self._undecided_steps()[:1]
        users = step.step_id and step.step_id._candidates(self.employee_id)
        step.write({"state": "open", **({"candidate_ids": users} if users else {})})
        self._ask(step)

    def _ask(self, steps):
        """An activity for everybody who may decide one of these open steps."""
        kind = self.env.ref(ACTIVITY)
        delegations = self.env["attendance.request.delegation"]
        delegates = delegations._delegates(steps.candidate_ids)
        values = []
        for step in steps:
            source, users = step._source(), step.candidate_ids
            for user in users.union(*(delegates[user] for user in users)):
                if user == step.employee_id.user_id:
                    continue
                values.append(
                    {
                        "activity_type_id": kind.id,
                        "summary": kind.name,
                        "automated": True,
                        "date_deadline": fields.Date.context_today(self),
                        "res_model_id": self.env["ir.model"]._get_id(source._name),
                        "res_id": source.id,
                        "user_id": user.id,
                    }
                )
        # Many at once are a list to work through, not a mail each.
        self.env["mail.activity"].with_context(
            clean_context(self.env.context), mail_activity_quick_update=len(steps) > 1
        ).create(values)

    def _step_decided(self, step):
        """Go on after a step: the next one, or the end."""
        self.ensure_one()
        self.activity_unlink([ACTIVITY])
        if step.state == "refused":
            self._drop_steps(self._undecided_steps())
            self._approval_refused(step.comment)
        elif self._undecided_steps():
            self._note_step(step)
            self._open_next_step()
        else:
            self._approval_given()

    def _note_step(self, step):
        self._message_log(
            body=self.env._(
                "Step %(number)s approved by %(who)s.",
                number=step.number,
                who=step.decided_by,
            )
        )

    def _drop_steps(self, steps):
        """Forget steps, and ask nobody any longer."""
        if steps:
            steps.unlink()
            self.activity_unlink([ACTIVITY])

    def _tell(self, text):
        """Tell who filed this, and whose it is, what became of it."""
        self.ensure_one()
        users = self.create_uid | self.employee_id.user_id
        users = users.filtered("active") - self.env.user
        self.message_post(
            body=text,
            partner_ids=users.partner_id.ids,
            subtype_xmlid="mail.mt_comment",
        )
