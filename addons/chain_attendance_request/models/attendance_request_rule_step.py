from odoo import api, fields, models
from odoo.exceptions import ValidationError

APPROVERS = [
    ("line_manager", "Line Manager"),
    ("department_manager", "Manager of the Department"),
    ("store_manager", "Manager of the Store"),
    ("logins", "Named Logins"),
    ("role", "Holders of a Role"),
]


class AttendanceRequestRuleStep(models.Model):
    _name = "attendance.request.rule.step"
    _description = "Step of an Approval Rule"
    _order = "sequence, id"

    rule_id = fields.Many2one(
        "attendance.request.rule", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    approver = fields.Selection(
        APPROVERS,
        required=True,
        default="line_manager",
        help="The manager of the department is the nearest one up the tree. Of several "
        "logins any one decides.",
    )
    user_ids = fields.Many2many(
        "res.users", string="Logins", domain=[("share", "=", False)]
    )
    role_id = fields.Many2one(
        "attendance.role",
        ondelete="restrict",
        help="Everybody who holds it; its data scope is not asked.",
    )
    fallback_user_id = fields.Many2one(
        "res.users",
        string="Otherwise",
        domain=[("share", "=", False)],
        help="Decides where a person has no such approver with a login, or would be "
        "the own one. Empty: the step is skipped then.",
    )

    @api.constrains("approver", "user_ids", "role_id")
    def _check_approver(self):
        for step in self:
            missing = {
                "logins": ("user_ids", not step.user_ids),
                "role": ("role_id", not step.role_id),
            }
            name, is_missing = missing.get(step.approver, ("approver", False))
            if is_missing:
                raise ValidationError(
                    self.env._(
                        "A step “%(step)s” needs something under “%(field)s”.",
                        step=step._approver_label(),
                        field=self._fields[name]._description_string(self.env),
                    )
                )

    def _approver_label(self):
        labels = dict(self._fields["approver"]._description_selection(self.env))
        return labels[self.approver]

    @api.private
    def _candidates(self, employee):
        """The logins that may decide this step about a person; for use as sudo.

        Never the person's own; empty: the step is skipped.
        """
        self.ensure_one()
        found = getattr(self, f"_candidates_{self.approver}")(employee)
        return self._eligible(found, employee) or self._eligible(
            self.fallback_user_id, employee
        )

    def _eligible(self, users, employee):
        return users.filtered(
            lambda user: (
                user.active
                and not user.share
                and user != employee.user_id
                and employee.company_id in user.company_ids
            )
        )

    def _candidates_line_manager(self, employee):
        return employee.parent_id.user_id

    def _candidates_department_manager(self, employee):
        department, found = employee.department_id, self.env["res.users"]
        while department and not found:
            found = self._eligible(department.manager_id.user_id, employee)
            department = department.parent_id
        return found

    def _candidates_store_manager(self, employee):
        return employee.store_id.manager_id.user_id

    def _candidates_logins(self, employee):
        return self.user_ids

    def _candidates_role(self, employee):
        return self.role_id.user_ids
