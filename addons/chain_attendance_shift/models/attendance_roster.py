from datetime import date

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.chain_attendance_base.models.attendance_scope_mixin import (
    PERSON_COLUMNS,
)

WEEKDAYS = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)

# A mistyped year would fill two thousand years with absence.
EARLIEST = date(2000, 1, 1)


class AttendanceRoster(models.Model):
    """Who works what from which date on: an intent, not a row per day.

    Standing: one shift from a date on. Dated: a person's part in a rotation.
    """

    _name = "attendance.roster"
    _description = "Roster"
    _inherit = ["attendance.scope.mixin", "attendance.planning.mixin"]
    _order = "date_from desc, id desc"
    _check_company_auto = True

    _attendance_area = "rosters"
    _attendance_scope_columns = PERSON_COLUMNS
    _planning_fields = frozenset(
        {"employee_id", "kind", "shift_id", "date_from", "date_to", "rotation_id"}
        | {"cycle_offset", *[f"works_{day}" for day in WEEKDAYS]}
    )

    kind = fields.Selection(
        [("standing", "From a Date"), ("dated", "Over a Date Range")],
        required=True,
        default="standing",
        readonly=True,
    )
    employee_id = fields.Many2one(
        "hr.employee", required=True, ondelete="cascade", check_company=True
    )
    employee_number = fields.Char(related="employee_id.employee_number")
    department_id = fields.Many2one(related="employee_id.department_id")
    company_id = fields.Many2one(
        related="employee_id.company_id", store=True, index=True, precompute=True
    )
    shift_id = fields.Many2one(
        "attendance.shift",
        ondelete="restrict",
        index=True,
        check_company=True,
    )
    date_from = fields.Date(
        string="From", required=True, default=fields.Date.context_today
    )
    date_to = fields.Date(string="To", help="Of a dated roster: the last date.")
    rotation_id = fields.Many2one(
        "attendance.rotation",
        readonly=True,
        ondelete="cascade",
        index="btree_not_null",
        check_company=True,
    )
    cycle_offset = fields.Integer(
        string="Starts Ahead",
        help="By how many days the person is ahead in the cycle on the first date of "
        "the rotation. Team A 0, team B 2, team C 4 put the same cycle at three "
        "stages.",
    )
    works_monday = fields.Boolean("Mon", default=True)
    works_tuesday = fields.Boolean("Tue", default=True)
    works_wednesday = fields.Boolean("Wed", default=True)
    works_thursday = fields.Boolean("Thu", default=True)
    works_friday = fields.Boolean("Fri", default=True)
    works_saturday = fields.Boolean("Sat")
    works_sunday = fields.Boolean("Sun")

    _by_employee = models.Index("(employee_id, date_from)")
    _standing_shift = models.Constraint(
        "CHECK(kind != 'standing' OR shift_id IS NOT NULL)",
        "A standing roster needs a shift.",
    )
    _dated_range = models.Constraint(
        "CHECK(kind != 'dated' OR (rotation_id IS NOT NULL AND date_to IS NOT NULL"
        " AND date_to >= date_from))",
        "A dated roster belongs to a rotation and ends no earlier than it starts.",
    )
    _once_in_rotation = models.Constraint(
        "UNIQUE(rotation_id, employee_id)", "The person is in this rotation already."
    )

    @api.constrains("kind", *[f"works_{day}" for day in WEEKDAYS])
    def _check_weekdays(self):
        for roster in self:
            if roster.kind == "standing" and not any(roster._weekdays()):
                raise ValidationError(
                    self.env._(
                        "The roster of %s has no working day in the week.",
                        roster.employee_id.name,
                    )
                )

    @api.constrains("date_from")
    def _check_date_from(self):
        for roster in self:
            if roster.date_from < EARLIEST:
                raise ValidationError(
                    self.env._(
                        "The roster starts on %(start)s; it cannot start before "
                        "%(earliest)s.",
                        start=roster.date_from,
                        earliest=EARLIEST,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        rotations = self.env["attendance.rotation"]
        for vals in vals_list:
            if vals.get("rotation_id"):
                rotation = rotations.browse(vals["rotation_id"])
                vals["kind"] = "dated"
                vals.setdefault("date_from", rotation.date_from)
                vals.setdefault("date_to", rotation.date_to)
        return super().create(vals_list)

    @api.depends("employee_id", "shift_id", "date_from", "rotation_id.display_name")
    def _compute_display_name(self):
        for roster in self:
            name, shift = roster.employee_id.name, roster.shift_id.name
            if roster.kind == "dated":
                roster.display_name = f"{name}: {roster.rotation_id.display_name}"
            else:
                roster.display_name = f"{name}: {shift} ({roster.date_from})"

    def _weekdays(self):
        self.ensure_one()
        return [self[f"works_{day}"] for day in WEEKDAYS]
