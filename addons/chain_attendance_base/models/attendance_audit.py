from collections import defaultdict

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .attendance_scope_mixin import PERSON_COLUMNS

KINDS = [
    ("role", "Role"),
    ("scope", "Data Scope"),
    ("function", "Function"),
    ("login", "Login"),
    ("password", "Password"),
    ("code", "Terminal User Code"),
    ("loan", "Loan"),
    ("lock", "Lock Date"),
    ("period", "Attendance Period"),
]


class AttendanceAudit(models.Model):
    """Who changed a role, a scope, a login or a code, and when.

    Rows are added by the models themselves and never changed or taken away, by
    nobody. Names are kept as text, so that a row still says whom it was about when
    the person is gone.
    """

    _name = "attendance.audit"
    _description = "Access Audit"
    _inherit = ["attendance.scope.mixin"]
    _order = "happened_at desc, id desc"
    _rec_name = "record_name"
    _log_access = False

    _attendance_area = "settings"
    _attendance_scope_columns = PERSON_COLUMNS

    happened_at = fields.Datetime(
        string="When", required=True, readonly=True, index=True
    )
    author_id = fields.Many2one(
        "res.users", string="Done by Login", readonly=True, ondelete="set null"
    )
    author_name = fields.Char(string="Who", required=True, readonly=True)
    kind = fields.Selection(KINDS, required=True, readonly=True, index=True)
    record_name = fields.Char(string="Whose", readonly=True)
    before = fields.Text(readonly=True)
    after = fields.Text(readonly=True)
    employee_id = fields.Many2one(
        "hr.employee", readonly=True, index="btree_not_null", ondelete="set null"
    )
    user_id = fields.Many2one(
        "res.users",
        string="Login",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    role_id = fields.Many2one(
        "attendance.role",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    company_id = fields.Many2one(
        "res.company", readonly=True, index=True, ondelete="set null"
    )

    def write(self, vals):  # pylint: disable=method-required-super
        raise UserError(self.env._("The audit is never changed."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("Nothing is ever taken out of the audit."))

    def _attendance_scope_domain(self, role_grant, own):
        # What is about a role alone everybody sees who sees any; what is about a
        # login or a person that is gone, or never was an employee, it takes all for.
        scope = super()._attendance_scope_domain(role_grant, own)
        return scope | (
            Domain("employee_id", "=", False)
            & Domain("user_id", "=", False)
            & Domain("kind", "in", ("role", "scope", "function"))
        )

    @api.model
    @api.private
    def _is_brought_along(self):
        """Whether an addon is being installed: what it brings is nobody's change.

        The context alone does not tell, since any client may send it.
        """
        loading = not self.env.registry.ready
        return loading and bool(self.env.context.get("install_mode"))

    @api.model
    @api.private
    def _log(self, entries):
        """Add rows, in one call; those in which nothing changed are left out.

        :param entries: dicts with ``kind``, ``record_name``, ``before``, ``after``
            and what the row is linked to.
        """
        if self._is_brought_along():
            return self
        who = {
            "happened_at": fields.Datetime.now(),
            "author_id": self.env.uid,
            "author_name": self.env.user.sudo().name,
        }
        vals_list = [
            {
                **entry,
                **who,
                "before": entry["before"] or False,
                "after": entry["after"] or False,
            }
            for entry in entries
            if (entry["before"] or "") != (entry["after"] or "")
        ]
        if not vals_list:
            return self
        # sudo: nobody may add to the audit by hand; this is the only way
        rows = self.sudo().create(vals_list)
        rows._tell()
        return rows.sudo(False)

    def _tell(self):
        """Say it too in the chatter of whom it is about.

        Names, scopes and codes are followed there by their own fields. Who holds a
        role is not told in the role's: whoever reads roles would read of logins that
        are not in the own scope.
        """
        for name, told in (
            ("role_id", self.filtered(lambda row: row.kind == "function")),
            (
                "employee_id",
                self.filtered(
                    lambda row: row.kind in ("login", "password") or row.user_id
                ),
            ),
        ):
            texts = defaultdict(Markup)
            for row in told.filtered(name):
                texts[row[name].id] += row._sentence()
            if texts:
                self[name].browse(texts)._message_log_batch(texts)

    def _sentence(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        return Markup("<p>%s, %s: %s → %s</p>") % (
            kinds[self.kind],
            self.record_name,
            self.before or "–",
            self.after or "–",
        )
