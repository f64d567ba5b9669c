"""Filing leave for one's people, by data scope instead of Time Off's own rights."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

# What a login may say of a leave that it files for others; states come by themselves.
FILED = {
    "employee_id", "holiday_status_id", "request_date_from", "request_date_to",
    "request_hour_from", "request_hour_to", "request_date_from_period",
    "request_date_to_period", "is_by_days", "typed_days", "typed_hours", "notes",
    "supported_attachment_ids",
}  # fmt: skip
OPEN_STATES = ("confirm", "validate1", "validate")


class HrLeave(models.Model):
    # One concern a file.
    _inherit = "hr.leave"  # pylint: disable=consider-merging-classes-inherited

    employee_number = fields.Char(related="employee_id.employee_number")
    recent_entry_ids = fields.Many2many(
        "attendance.request.entry",
        string="Recent Documents",
        compute="_compute_recent_entry_ids",
    )
    balance = fields.Char(
        compute="_compute_balance",
        help="What is left of the person's allocations of this type.",
    )
    can_withdraw = fields.Boolean(
        compute="_compute_can_withdraw", export_string_translation=False
    )

    @api.depends("employee_id")
    def _compute_recent_entry_ids(self):
        entries = self.env["attendance.request.entry"]
        for leave in self:
            leave.recent_entry_ids = entries._recent_of(
                leave.employee_id._origin, ("leave_id", "!=", leave._origin.id)
            )

    @api.depends("employee_id", "holiday_status_id", "request_date_from")
    @api.depends_context("lang")
    def _compute_balance(self):
        shown = self._people_shown("view")
        for leave in self:
            leave.balance = leave.employee_id._origin in shown and (
                leave.employee_id._leave_balance(
                    leave.holiday_status_id, leave.request_date_from
                )
            )

    @api.depends("employee_id", "state")
    @api.depends_context("uid")
    def _compute_can_withdraw(self):
        held = self.employee_id._held_for_requests("edit")
        for leave in self:
            is_open = leave.state in OPEN_STATES
            leave.can_withdraw = is_open and leave.employee_id in held

    def _has_field_access(self, field, operation):
        """Keep the private description from who sees leave by a data scope.

        Odoo lets everybody read it who approves anybody's leave, of whatever leave that
        login can read; searching by it would tell it, too. ``name`` shows it to whom it
        may be shown.
        """
        is_asked = operation == "read" and field.name == "private_name"
        if is_asked and not self._is_open_to_all():
            # sudo: who approves the person's leave decides
            approved = self.sudo().filtered(
                lambda leave: (
                    self.env.user in (leave.employee_id.leave_manager_id, leave.user_id)
                )
            )
            if not self or approved.sudo(False) != self:
                return False
        return super()._has_field_access(field, operation)

    def _people_shown(self, operation):
        """The people of these leaves whose hours and balances the login may know."""
        people = self.employee_id._origin
        if self._is_open_to_all():
            return people
        approved = people.filtered(lambda p: p.leave_manager_id == self.env.user)
        own = people & self.env.user.employee_ids
        return people._held_for_requests(operation) | approved | own

    def _is_open_to_all(self):
        officers = "hr_holidays.group_hr_holidays_user"
        return self.env.su or self.env.user.has_group(officers)

    def onchange(self, values, field_names, fields_spec):
        """Refuse to count the leave of somebody else.

        What Odoo computes of a form that is not saved is computed as sudo.
        """
        leave = self.new({"employee_id": values.get("employee_id")})
        if leave._people_shown("view") != leave.employee_id._origin:
            raise AccessError(
                self.env._("You may not file leave for this person, nor look at it.")
            )
        return super().onchange(values, field_names, fields_spec)

    @api.model
    @api.private
    def _file_for(self, vals_list):
        """File leave for people over whom the login has ``requests.create``.

        :param vals_list: with fields of ``FILED`` only.
        :raise AccessError: for anybody else, and for a type of another company.
        """
        people = self.env["hr.employee"]
        for values in vals_list:
            people |= people.browse(values["employee_id"])
        people._check_held_for_requests("create")
        types = self.env["hr.leave.type"]
        for values in vals_list:
            if not FILED >= values.keys():
                raise AccessError(self.env._("That cannot be said of a leave here."))
            leave_type = types.browse(values["holiday_status_id"])
            leave_type.check_access("read")
            # sudo: the company of somebody in scope
            company = people.browse(values["employee_id"]).sudo().company_id
            if leave_type.company_id and leave_type.company_id != company:
                raise AccessError(
                    self.env._(
                        "“%(type)s” is a leave type of another company than "
                        "%(company)s.",
                        type=leave_type.name,
                        company=company.name,
                    )
                )
        # sudo: Time Off lets people file for themselves and for those whose leave they
        # approve only, and shows them no allocations of others; the data scope was
        # checked above, and the login stays the author
        return self.sudo().create(vals_list).sudo(False)

    def action_withdraw(self):
        """Take back a leave of somebody over whom the login has ``requests.edit``."""
        self.employee_id._check_held_for_requests("edit")
        for leave in self:
            if leave.state not in OPEN_STATES:
                raise UserError(
                    self.env._("“%s” is not in force any more.", leave.display_name)
                )
        # sudo: as for filing
        self.sudo()._force_cancel(notify_responsibles=False)

    def export_data(self, fields_to_export):
        # Seeing more, by a data scope, is not taking more away.
        held = self._people_shown("export")
        rows = self.filtered(lambda leave: leave.employee_id in held)
        return super(HrLeave, rows).export_data(fields_to_export)
