from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.chain_attendance_base.models.attendance_scope_mixin import (
    PERSON_COLUMNS,
)

from .attendance_roster import EARLIEST


class AttendanceRosterOverride(models.Model):
    """What somebody works on one date after all, whatever the rosters say.

    A change is another entry, so that who changed what and when is kept; the latest
    entry in force counts.
    """

    _name = "attendance.roster.override"
    _description = "Changed Roster Day"
    _inherit = ["attendance.scope.mixin", "attendance.planning.mixin"]
    _order = "date desc, id desc"
    _check_company_auto = True

    _attendance_area = "rosters"
    _attendance_scope_columns = PERSON_COLUMNS
    _planning_fields = frozenset({"employee_id", "date", "shift_id", "active"})
    _planning_start = "date"

    employee_id = fields.Many2one(
        "hr.employee", required=True, ondelete="cascade", check_company=True
    )
    employee_number = fields.Char(related="employee_id.employee_number")
    department_id = fields.Many2one(related="employee_id.department_id")
    company_id = fields.Many2one(
        related="employee_id.company_id", store=True, index=True, precompute=True
    )
    date = fields.Date(required=True)
    shift_id = fields.Many2one(
        "attendance.shift",
        ondelete="restrict",
        index=True,
        check_company=True,
        help="Empty: rest.",
    )
    reason = fields.Char()
    rotation_id = fields.Many2one(
        "attendance.rotation",
        string="Fine-tuned In",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
        check_company=True,
        help="The generation during which this date was changed; it is undone with it.",
    )
    active = fields.Boolean(default=True)
    cleared_by_id = fields.Many2one(
        "attendance.rotation",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
        help="The generation that was told not to keep this change.",
    )

    _by_employee = models.Index("(employee_id, date)")

    @api.constrains("date")
    def _check_date(self):
        for override in self:
            if override.date < EARLIEST:
                raise ValidationError(
                    self.env._(
                        "A roster cannot be changed before %(earliest)s; %(day)s was "
                        "given.",
                        earliest=EARLIEST,
                        day=override.date,
                    )
                )

    @api.depends("employee_id", "date", "shift_id")
    def _compute_display_name(self):
        for override in self:
            what = override.shift_id.name or self.env._("Rest")
            who = override.employee_id.name
            override.display_name = f"{who}: {what} ({override.date})"

    def write(self, vals):
        if not self.env.su and vals.keys() - {"reason", "active"}:
            raise UserError(
                self.env._(
                    "A changed day is not rewritten. Enter the day again; the latest "
                    "entry counts."
                )
            )
        return super().write(vals)

    @api.model
    @api.private
    def _set(self, cells, reason=False, rotation=None):
        """Change many days at once; the login needs the right to each person.

        :param cells: ``{(employee id, date): shift id, or 0 for rest}``.
        :param rotation: the generation that is being fine-tuned, if any.
        :return: the overrides.
        """
        return self.create(
            [
                {
                    "employee_id": employee,
                    "date": day,
                    "shift_id": shift or False,
                    "reason": reason,
                    "rotation_id": rotation.id if rotation else False,
                }
                for (employee, day), shift in cells.items()
            ]
        )

    @api.model
    @api.private
    def _reset(self, pairs):
        """Have the rosters decide these days again: nothing was changed by hand.

        :param pairs: ``(employee id, date)``.
        :return: the overrides that were put out of force.
        """
        pairs = set(pairs)
        # sudo: what the login may not change must be refused, not passed over
        found = self.sudo().search(
            [
                ("employee_id", "in", [employee for employee, _day in pairs]),
                ("date", "in", [day for _employee, day in pairs]),
            ]
        )
        found = found.filtered(lambda o: (o.employee_id.id, o.date) in pairs)
        found = found.sudo(self.env.su)
        found.write({"active": False})
        return found

    @api.model
    @api.private
    def _clear(self, employee_ids, first, last, rotation):
        """What a generation that keeps no change by hand puts out of force."""
        # sudo: as in ``_reset``
        found = self.sudo().search(
            [
                ("employee_id", "in", list(employee_ids)),
                ("date", ">=", first),
                ("date", "<=", last),
            ]
        )
        found.sudo(self.env.su).check_access("write")
        found.write({"active": False, "cleared_by_id": rotation.id})

    @api.model
    def _of_generation(self, rotation):
        return self.search([("rotation_id", "=", rotation.id)])

    @api.model
    def _cleared_by(self, rotation):
        everything = self.with_context(active_test=False)
        return everything.search([("cleared_by_id", "=", rotation.id)])
