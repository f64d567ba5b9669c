"""Filing leave for one's people, by data scope instead of Time Off's own rights."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ..inside import INSIDE
from .hr_leave_approval import VALIDATED

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
    can_change = fields.Boolean(
        compute="_compute_can_change", export_string_translation=False
    )
    can_withdraw = fields.Boolean(
        compute="_compute_can_change", export_string_translation=False
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

    @api.depends("employee_id", "state", "request_date_from")
    @api.depends_context("uid")
    def _compute_can_change(self):
        changeable = self._changeable()
        for leave in self:
            leave.can_change = leave.can_withdraw = leave in changeable

    def _changeable(self):
        """Those that the login may move or take back.

        That is whatever is open of people over whom it has ``requests.edit``. Of one's
        own it is what waits; and, until it begins, what nobody had to agree to.
        """
        is_open = self.filtered(lambda leave: leave.state in OPEN_STATES)
        held = is_open.employee_id._held_for_requests("edit")
        return is_open.filtered(
            lambda leave: leave.employee_id in held or leave._is_own_to_change()
        )

    def _is_own_to_change(self):
        # sudo: whether somebody agreed is no secret to the person
        leave = self.sudo()
        if leave.employee_id.user_id != self.env.user:
            return False
        if leave.state == "confirm":
            return True
        is_agreed_to = leave.validation_type != "no_validation" or leave.approval_ids
        zone = self.env["hr.leave"].with_context(tz=leave.tz)
        return not is_agreed_to and leave.request_date_from > (
            fields.Date.context_today(zone)
        )

    def _check_changeable(self):
        self.check_access("read")
        for leave in self - self._changeable():
            if leave.state not in OPEN_STATES:
                raise UserError(
                    self.env._("“%s” is not in force any more.", leave.display_name)
                )
            raise AccessError(
                self.env._(
                    "“%s” is not for you to change: until somebody agreed to it, or "
                    "until it begins where nobody has to, the person may do so; else "
                    "who may edit requests of the person.",
                    leave.display_name,
                )
            )

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

    def _is_shown(self, person):
        leave = self.new({"employee_id": person.id})
        return leave._people_shown("view") == person

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
        for values in vals_list:
            self._check_said(values, people.browse(values["employee_id"]))
        # sudo: Time Off lets people file for themselves and for those whose leave they
        # approve only, and shows them no allocations of others; the data scope was
        # checked above, and the login stays the author. Quickly: what Time Off does
        # for each leave alone is done for all of them together.
        quick = self.sudo().with_context(leave_fast_create=True)
        leaves = quick.create(vals_list).with_context(leave_fast_create=False)
        for leave in leaves.filtered(lambda leave: leave.employee_id.user_id):
            leave.add_follower(leave.employee_id.id)
        others = leaves - leaves._under_approval()
        others.with_context(attendance_many=INSIDE)._go_without_steps()
        return leaves.with_env(self.env)

    def _check_said(self, values, person):
        """:raise AccessError: where the values say what a login may not say."""
        if not FILED >= values.keys():
            raise AccessError(self.env._("That cannot be said of a leave here."))
        leave_type = self.env["hr.leave.type"].browse(values["holiday_status_id"])
        leave_type.check_access("read")
        # sudo: the company of somebody in scope
        company = person.sudo().company_id
        if leave_type.company_id and leave_type.company_id != company:
            raise AccessError(
                self.env._(
                    "“%(type)s” is a leave type of another company than %(company)s.",
                    type=leave_type.name,
                    company=company.name,
                )
            )

    @api.private
    def _change_to(self, values):
        """Change a filed leave; it goes the way of a new one.

        :param values: fields of ``FILED``; the person stays.
        """
        self.ensure_one()
        self._check_changeable()
        self._check_said(values, self.employee_id)
        # sudo: as for filing
        leave = self.sudo()
        if leave.state in VALIDATED:
            leave._take_back()
        values.pop("employee_id", None)
        leave.with_context(attendance_filing=INSIDE).write(values)
        leave._file_anew()
        if leave.state == "confirm" and not leave._under_approval():
            leave._go_without_steps()

    def action_change(self):
        """Open the form that it was filed with, as it is now."""
        self.ensure_one()
        self._check_changeable()
        form = self.env["attendance.leave.filing"].create(self._as_filing())
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Change Leave"),
            "res_model": form._name,
            "res_id": form.id,
            "view_mode": "form",
            "target": "new",
        }

    def _as_filing(self):
        by_hours = self.request_unit_hours
        return {
            "leave_id": self.id,
            "employee_ids": [Command.set(self.employee_id.ids)],
            "leave_type_id": self.holiday_status_id.id,
            "measure": "hours" if by_hours else "days",
            "date_from": self.request_date_from,
            "date_to": self.request_date_to,
            "from_period": self.request_date_from_period or "am",
            "to_period": self.request_date_to_period or "pm",
            "typed_days": self.typed_days,
            "typed_hours": self.typed_hours,
            "reason": self.notes,
            **(
                {
                    "start_time": self.request_hour_from,
                    "stop_time": self.request_hour_to,
                }
                if by_hours
                else {}
            ),
        }

    def action_withdraw(self):
        """Take back a leave, one's own or of somebody in scope, see ``_changeable``."""
        self._check_changeable()
        # sudo: as for filing
        self.sudo()._force_cancel(notify_responsibles=False)

    def export_data(self, fields_to_export):
        # Seeing more, by a data scope, is not taking more away.
        held = self._people_shown("export")
        rows = self.filtered(lambda leave: leave.employee_id in held)
        return super(HrLeave, rows).export_data(fields_to_export)
