from collections import namedtuple

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

from .attendance_roster import EARLIEST

# Ten years: beyond that a year is mistyped.
LONGEST_DAYS = 3660
LONGEST_CYCLE = 366

# What a rotation is made of. ``slots`` are shift ids, 0 for rest; ``offsets`` is
# ``{employee id: days into the cycle on the first date}``.
Plan = namedtuple("Plan", "date_from date_to slots offsets name", defaults=(False,))


class AttendanceRotation(models.Model):
    """One generation of dated rosters: a range, a cycle, and its people.

    It stays an intent: what somebody works on a date is resolved, never stored. It is
    not changed but generated again; the one before stays beneath and comes back when
    the later one is undone.
    """

    _name = "attendance.rotation"
    _description = "Rotation"
    _order = "date_from desc, id desc"
    _check_company_auto = True

    name = fields.Char(
        "Rotation Name", help="Empty: the dates and the length of the cycle."
    )
    active = fields.Boolean(default=True, readonly=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    date_from = fields.Date(string="First Date", required=True)
    date_to = fields.Date(string="Last Date", required=True)
    slot_ids = fields.One2many(
        "attendance.rotation.slot",
        "rotation_id",
        string="Cycle",
        help="What each day of one cycle holds. The cycle starts on the first date and "
        "is repeated up to the last one.",
    )
    cycle_days = fields.Integer(
        string="Days of the Cycle", compute="_compute_cycle_days", store=True
    )
    roster_ids = fields.One2many("attendance.roster", "rotation_id", string="People")
    replaced_by_id = fields.Many2one(
        "attendance.rotation",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
        help="The generation that took the place of this one.",
    )
    undone_at = fields.Datetime(readonly=True)

    @api.depends("slot_ids")
    def _compute_cycle_days(self):
        for rotation in self:
            rotation.cycle_days = len(rotation.slot_ids)

    @api.depends("name", "date_from", "date_to", "cycle_days")
    def _compute_display_name(self):
        for rotation in self:
            if not (rotation.name or (rotation.date_from and rotation.date_to)):
                rotation.display_name = self.env._("New")
                continue
            rotation.display_name = rotation.name or self.env._(
                "%(start)s to %(end)s, cycle of %(days)s days",
                start=rotation.date_from,
                end=rotation.date_to,
                days=rotation.cycle_days,
            )

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for rotation in self:
            if rotation.date_to < rotation.date_from:
                raise ValidationError(
                    self.env._(
                        "The last date, %(end)s, lies before the first, %(start)s.",
                        end=rotation.date_to,
                        start=rotation.date_from,
                    )
                )
            length = (rotation.date_to - rotation.date_from).days + 1
            if rotation.date_from < EARLIEST or length > LONGEST_DAYS:
                raise ValidationError(
                    self.env._(
                        "The range %(start)s to %(end)s is too long or lies before "
                        "%(earliest)s. Check the years.",
                        start=rotation.date_from,
                        end=rotation.date_to,
                        earliest=EARLIEST,
                    )
                )

    @api.constrains("slot_ids")
    def _check_slots(self):
        for rotation in self:
            numbers = sorted(rotation.slot_ids.mapped("number"))
            if numbers != list(range(1, len(numbers) + 1)):
                raise ValidationError(
                    self.env._("The days of a cycle are 1, 2, 3 … without a gap.")
                )
            if not 1 <= len(numbers) <= LONGEST_CYCLE:
                raise ValidationError(
                    self.env._(
                        "A cycle has 1 to %(limit)s days; this one has %(count)s.",
                        limit=LONGEST_CYCLE,
                        count=len(numbers),
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            _number_slots(vals.get("slot_ids") or [])
        rotations = super().create(vals_list)
        # The constraint does not run for a rotation that names no day at all.
        rotations._check_slots()
        return rotations

    def write(self, vals):
        if not self.env.su and vals.keys() - {"name", "roster_ids"}:
            raise UserError(
                self.env._(
                    "A rotation is not changed; generate it again. What was changed by "
                    "hand stays."
                )
            )
        if not self.env.su:
            self._check_people("write")
        return super().write(vals)

    def unlink(self):
        if not self.env.su:
            self._check_people("unlink")
        # Marks the days of its people; the database would remove them in silence.
        # sudo: the right to each of them was looked at above
        self.sudo().roster_ids.unlink()
        return super().unlink()

    def _check_people(self, operation):
        """Refuse a login that may not do this with each of the people."""
        # sudo: people outside of the scope are just what must be found
        self.sudo().roster_ids.sudo(self.env.su).check_access(operation)

    def _same_as(self, plan, company):
        """The rotations in force that a plan is a second generation of.

        They have its dates, and no one whom it has not.
        """
        # sudo: rights to their people are checked before one is replaced
        found = self.sudo().search(
            [
                ("company_id", "=", company.id),
                ("date_from", "=", plan.date_from),
                ("date_to", "=", plan.date_to),
                ("roster_ids.employee_id", "in", list(plan.offsets)),
            ]
        )
        return found.filtered(
            lambda r: set(r.roster_ids.employee_id.ids) <= plan.offsets.keys()
        )

    @api.model
    @api.private
    def _generate(self, plan, company, replaces=None, keeps_overrides=True, tuned=None):
        """Make the dated rosters of a plan; the login needs the right to each person.

        Of the same people and dates nothing is doubled: what was generated before is
        replaced, and is back once this generation is undone.

        :param plan: a :class:`Plan`.
        :param replaces: rotations to replace, besides those that are the same.
        :param keeps_overrides: what was changed by hand on these dates stays.
        :param tuned: ``{(employee id, date): shift id, or 0 for rest}`` that differ
            from the cycle: they become overrides of this generation.
        :return: the rotation.
        """
        earlier = self._same_as(plan, company)
        if replaces:
            # sudo: rights to their people are checked before one is replaced
            earlier |= replaces.sudo().filtered("active")
        earlier.sudo(self.env.su)._check_people("write")
        rotation = self._create_from(plan, company)
        earlier._put_out_of_force({"replaced_by_id": rotation.id})
        overrides = self.env["attendance.roster.override"]
        if not keeps_overrides:
            overrides._clear(plan.offsets, plan.date_from, plan.date_to, rotation)
        if tuned:
            overrides._set(tuned, rotation=rotation)
        return rotation

    @api.model
    def _create_from(self, plan, company):
        rotation = self.create(
            {
                "name": plan.name,
                "company_id": company.id,
                "date_from": plan.date_from,
                "date_to": plan.date_to,
                "slot_ids": [
                    (0, 0, {"number": number, "shift_id": shift or False})
                    for number, shift in enumerate(plan.slots, 1)
                ],
            }
        )
        self.env["attendance.roster"].create(
            [
                {
                    "kind": "dated",
                    "rotation_id": rotation.id,
                    "employee_id": employee,
                    "cycle_offset": offset,
                    "date_from": plan.date_from,
                    "date_to": plan.date_to,
                }
                for employee, offset in plan.offsets.items()
            ]
        )
        return rotation

    def _put_out_of_force(self, vals):
        self.write({"active": False, **vals})
        self.roster_ids._planning_changed()

    def action_undo(self):
        """Take these generations back, each as one step.

        What they replaced is in force again, and so are changes by hand that they
        removed; days fine-tuned while they were made go with them.
        """
        self.check_access("write")
        overrides = self.env["attendance.roster.override"].sudo()
        for rotation in self:
            rotation._check_people("write")
            if not rotation.active:
                raise UserError(
                    self.env._(
                        "“%s” is not in force any more: it was undone, or replaced by "
                        "a later generation. Undo that one first.",
                        rotation.display_name,
                    )
                )
            # sudo: the right to each of its people was looked at above
            whole = rotation.sudo()
            before = self.sudo().with_context(active_test=False)
            before = before.search([("replaced_by_id", "=", rotation.id)])
            before.sudo(self.env.su)._check_people("write")
            overrides._of_generation(rotation).write({"active": False})
            whole._put_out_of_force({"undone_at": fields.Datetime.now()})
            before.write({"active": True, "replaced_by_id": False})
            before.roster_ids._planning_changed()
            overrides._cleared_by(rotation).write(
                {"active": True, "cleared_by_id": False}
            )
        return True


def _number_slots(commands):
    """The days of a new cycle are numbered in their order where a form does not."""
    for number, command in enumerate(commands, 1):
        if command[0] == Command.CREATE and not command[2].get("number"):
            command[2]["number"] = number
