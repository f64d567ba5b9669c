from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.chain_attendance_base.models.attendance_scope_mixin import (
    PERSON_COLUMNS,
)

REASONS = [
    ("consent", "Consent withdrawn"),
    ("left", "Left the company"),
    ("code", "No terminal user code any more"),
    ("age", "Not used for long"),
    ("hand", "Deleted by hand"),
]


class AttendanceBiometricDeletion(models.Model):
    """The proof that the templates of a person were deleted, and where.

    Added by the server and never changed by hand. The name is kept as text, so that
    it still says whose they were when the person's record is gone.
    """

    _name = "attendance.biometric.deletion"
    _description = "Deletion of Templates"
    _inherit = ["attendance.scope.mixin"]
    _order = "id desc"
    _rec_name = "employee_name"
    _log_access = False

    _attendance_area = "terminals"
    _attendance_scope_columns = PERSON_COLUMNS

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    employee_id = fields.Many2one(
        "hr.employee", readonly=True, ondelete="set null", index="btree_not_null"
    )
    employee_name = fields.Char(string="Name", required=True, readonly=True)
    employee_number = fields.Char(readonly=True)
    reason = fields.Selection(REASONS, required=True, readonly=True)
    template_count = fields.Integer(
        string="Templates", readonly=True, help="How many were kept here."
    )
    kind_counts = fields.Json(readonly=True)
    what = fields.Char(string="What Was Kept", compute="_compute_what")
    deleted_at = fields.Datetime(string="Deleted Here at", required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users", string="Done by Login", readonly=True, ondelete="set null"
    )
    line_ids = fields.One2many(
        "attendance.biometric.deletion.line", "deletion_id", readonly=True
    )
    open_count = fields.Integer(
        string="Still Open",
        compute="_compute_open_count",
        store=True,
        help="Terminals that have not acknowledged it.",
    )

    @api.depends("kind_counts")
    @api.depends_context("lang")
    def _compute_what(self):
        kinds = self.env["attendance.biometric"]._fields["kind"]
        labels = dict(kinds._description_selection(self.env))
        for deletion in self:
            counts = (deletion.kind_counts or {}).items()
            deletion.what = ", ".join(f"{labels[kind]}: {n}" for kind, n in counts)

    @api.depends("line_ids.state")
    def _compute_open_count(self):
        for deletion in self:
            lines = deletion.line_ids.filtered(lambda line: line.state != "confirmed")
            deletion.open_count = len(lines)

    def action_ask_again(self):
        """Send the deletion once more to the terminals that did not acknowledge it."""
        self.check_access("read")
        lines = self.line_ids.filtered(
            lambda line: line.terminal_id and line.state in ("refused", "silent")
        )
        lines.terminal_id.check_access("write")
        if not lines:
            raise UserError(
                self.env._(
                    "There is nothing to ask again: the terminals acknowledged it, or "
                    "have yet to fetch it."
                )
            )
        # sudo: nobody writes proofs by hand; the right to the terminals, in the
        # login's scope, was checked above.
        lines.sudo()._ask()
        return True
