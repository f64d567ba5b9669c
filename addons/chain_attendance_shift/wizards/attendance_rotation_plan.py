from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import format_date

from odoo.addons.chain_attendance_engine import RosterEntry, Rosters, RosterSource

from ..models.attendance_rotation import LONGEST_CYCLE, Plan

STEPS = ("people", "range", "cycle", "days")
# So many dates are listed one by one; of more, those with a conflict.
LISTED_DAYS = 1000
SHOWN_PEOPLE = 50
LONGEST_SHOWN = 366


class AttendanceRotationPlan(models.TransientModel):
    """The four steps to a dated roster: people, range, cycle, every single date.

    What is shown in the end is what will be resolved, changes by hand included; it is
    worked out anew whenever something is changed.
    """

    _name = "attendance.rotation.plan"
    _description = "Plan over a Date Range"
    _inherit = ["attendance.roster.people.mixin"]

    step = fields.Selection(
        [
            ("people", "People"),
            ("range", "Dates and Cycle Length"),
            ("cycle", "One Cycle"),
            ("days", "Every Date"),
        ],
        default="people",
        required=True,
    )
    replaces_id = fields.Many2one("attendance.rotation", readonly=True)
    name = fields.Char(
        "Rotation Name", help="Empty: the dates and the length of the cycle."
    )
    person_ids = fields.One2many(
        "attendance.rotation.plan.person", "plan_id", string="People"
    )
    date_from = fields.Date(string="First Date", default=fields.Date.context_today)
    date_to = fields.Date(string="Last Date")
    cycle_days = fields.Integer(string="Days of the Cycle", default=7)
    slot_ids = fields.One2many("attendance.rotation.plan.slot", "plan_id")
    keeps_overrides = fields.Boolean(
        string="Keep Changes by Hand",
        default=True,
        help="Dates that somebody changed by hand stay as they are.",
    )
    day_ids = fields.One2many("attendance.rotation.plan.day", "plan_id")
    preview = fields.Html(readonly=True, sanitize=False)
    conflict_count = fields.Integer(readonly=True)
    lists_conflicts_only = fields.Boolean(readonly=True)

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        rotation = self.env["attendance.rotation"].browse(values.get("replaces_id"))
        if rotation := rotation.exists():
            rotation.check_access("read")
            values |= {
                "name": rotation.name,
                "date_from": rotation.date_from,
                "date_to": rotation.date_to,
                "cycle_days": rotation.cycle_days,
                "slot_ids": [
                    Command.create({"number": s.number, "shift_id": s.shift_id.id})
                    for s in rotation.slot_ids
                ],
                "person_ids": [
                    Command.create(
                        {
                            "employee_id": row.employee_id.id,
                            "cycle_offset": row.cycle_offset,
                        }
                    )
                    for row in self.env["attendance.roster"].search(
                        [("rotation_id", "=", rotation.id)]
                    )
                ],
            }
        return values

    def _title(self):
        return self.env._("Plan over a Date Range")

    def _add_people(self, people):
        self.person_ids = [
            Command.create({"employee_id": person.id})
            for person in people - self.person_ids.employee_id
        ]

    def action_back(self):
        self.step = STEPS[max(0, STEPS.index(self.step) - 1)]
        return self._reopen()

    def action_next(self):
        """The next step, once this one is complete."""
        self.ensure_one()
        getattr(self, f"_leave_{self.step}")()
        self.step = STEPS[STEPS.index(self.step) + 1]
        return self._reopen()

    def _leave_people(self):
        people = self.person_ids.employee_id
        self._check_people(people)
        if len(self.person_ids) > len(people):
            raise UserError(self.env._("Somebody is listed twice."))
        if len(people.company_id) > 1:
            raise UserError(self.env._("Plan the people of one company at a time."))

    def _leave_range(self):
        if not self.date_from or not self.date_to or self.date_to < self.date_from:
            raise UserError(self.env._("Give a first date, and a last one after it."))
        if (self.date_to - self.date_from).days >= LONGEST_SHOWN:
            raise UserError(
                self.env._("Plan at most %s days at a time.", LONGEST_SHOWN)
            )
        if not 1 <= self.cycle_days <= LONGEST_CYCLE:
            raise UserError(self.env._("A cycle has 1 to %s days.", LONGEST_CYCLE))
        there = self.slot_ids.filtered(lambda slot: slot.number <= self.cycle_days)
        (self.slot_ids - there).unlink()
        self.slot_ids = [
            Command.create({"number": number})
            for number in range(1, self.cycle_days + 1)
            if number not in there.mapped("number")
        ]

    def _leave_cycle(self):
        self._leave_people()
        self._leave_range()
        self._fill_days({})

    def action_check(self):
        """Look again at what speaks against the dates, as they were changed."""
        self._fill_days(self._tuned())
        return self._reopen()

    def action_generate(self):
        """Write what was shown."""
        self.ensure_one()
        self._leave_people()
        rotation = self.env["attendance.rotation"]._generate(
            self._plan(),
            self.person_ids.employee_id.company_id,
            replaces=self.replaces_id,
            keeps_overrides=self.keeps_overrides,
            tuned=self._tuned(),
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "chain_attendance_shift.attendance_rotation_action"
        )
        form = {"res_id": rotation.id, "view_mode": "form", "views": [(False, "form")]}
        return self._after({**action, **form})

    def _plan(self):
        return Plan(
            self.date_from,
            self.date_to,
            [slot.shift_id.id or 0 for slot in self.slot_ids.sorted("number")],
            {row.employee_id.id: row.cycle_offset for row in self.person_ids},
            self.name,
        )

    def _tuned(self):
        """``{(employee id, date): shift id, or 0}`` of what was changed in the list."""
        return {
            (day.employee_id.id, day.date): day.shift_id.id or 0
            for day in self.day_ids
            if day.shift_id != day.planned_shift_id
        }

    def _planned(self):
        """``{(employee id, date): shift id, or 0}`` as it will be resolved."""
        plan, rosters = self._plan(), self.env["attendance.roster"]
        people = list(plan.offsets)
        overrides = {}
        if self.keeps_overrides:
            overrides = rosters._gather_overrides(people, plan.date_from, plan.date_to)
        slots = tuple(slot or None for slot in plan.slots)
        planned = {}
        for employee, offset in plan.offsets.items():
            dated = RosterEntry(
                self,
                RosterSource.DATED,
                plan.date_from,
                plan.date_to,
                slots,
                plan.date_from - timedelta(days=offset),
            )
            for day in self._dates():
                kept = overrides.get((employee, day), ())
                choice = Rosters([*kept, dated]).on(day)
                planned[employee, day] = choice.shift or 0
        return planned

    def _dates(self):
        count = (self.date_to - self.date_from).days + 1
        return [self.date_from + timedelta(days=number) for number in range(count)]

    def _fill_days(self, tuned):
        rosters = self.env["attendance.roster"]
        planned = self._planned()
        result = planned | tuned
        conflicts = rosters._conflicts(result, self.date_from, self.date_to)
        words = rosters._conflict_words()
        said = {
            pair: ", ".join(words[code] for code in codes)
            for pair, codes in conflicts.items()
        }
        short = len(planned) > LISTED_DAYS
        listed = [pair for pair in planned if pair in said] if short else list(planned)
        listed = sorted({*listed[:LISTED_DAYS], *tuned}, key=lambda pair: pair[1])
        self.day_ids.unlink()
        self.env["attendance.rotation.plan.day"].create(
            [
                {
                    "plan_id": self.id,
                    "employee_id": pair[0],
                    "date": pair[1],
                    "planned_shift_id": planned[pair] or False,
                    "shift_id": result[pair] or False,
                    "conflicts": said.get(pair),
                }
                for pair in listed
            ]
        )
        self.conflict_count = len(said)
        self.lists_conflicts_only = short
        self.preview = self._preview_table(result, said)

    def _preview_table(self, result, said):
        """People by dates; a conflict is a mark with its words."""
        shifts = self.env["attendance.shift"].browse(set(result.values()) - {0})
        names = {shift.id: shift.code or shift.name for shift in shifts}
        names[0] = self.env._("Rest")
        people = self.person_ids.employee_id
        dates = self._dates()
        head = Markup("").join(
            Markup('<th class="text-center text-nowrap">{}<br/>{}</th>').format(
                day.day, format_date(self.env, day, date_format="EEEEEE")
            )
            for day in dates
        )
        rows = Markup("").join(
            Markup('<tr><th class="text-nowrap">{}</th>{}</tr>').format(
                person.name,
                Markup("").join(
                    _cell(names[result[person.id, day]], said.get((person.id, day)))
                    for day in dates
                ),
            )
            for person in people[:SHOWN_PEOPLE]
        )
        more = ""
        if len(people) > SHOWN_PEOPLE:
            more = Markup("<p>{}</p>").format(
                self.env._("And %s more people.", len(people) - SHOWN_PEOPLE)
            )
        return Markup(
            '<div class="table-responsive"><table class="table table-sm '
            'table-bordered w-auto o_attendance_plan" style="table-layout: auto">'
            "<thead><tr><th></th>{}</tr></thead><tbody>{}</tbody></table></div>{}"
        ).format(head, rows, more)


def _cell(name, conflict):
    if not conflict:
        return Markup('<td class="text-center text-nowrap">{}</td>').format(name)
    return Markup(
        '<td class="text-center text-nowrap table-warning" title="{}">{} ⚠</td>'
    ).format(conflict, name)
