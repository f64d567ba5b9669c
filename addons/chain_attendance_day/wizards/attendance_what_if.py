from dataclasses import replace
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.chain_attendance_engine import EngineError
from odoo.addons.chain_attendance_shift.models.attendance_rules_mixin import (
    DIRECTIONS,
    MISSING_ENDS,
)
from odoo.addons.chain_attendance_shift.models.shift_definition import (
    OWN_RULES,
    POLICY_NAMES,
    RULES,
    engine_figures,
    engine_shift,
)

from ..models.attendance_day_inputs import candidates_of
from ..models.what_if import (
    COMPARED,
    OtherPolicy,
    OtherShift,
    compare_day,
    differs,
    figures,
)

MOST_DAYS = 92
# A whole chain over a month; more takes too long to wait for.
MOST_PAIRS = 400_000
# A call of the browser judges about so many days: less than two seconds.
CALL_DAYS = 400
PUNCH_MODES = [
    ("first_last", "First and last punch of the day"),
    ("per_timetable", "First and last punch of each timetable"),
    ("pairs", "In and out in turn"),
    ("state_key", "By the key pressed at the terminal"),
]
OVERTIME_MODES = [
    ("form", "By the overtime form only"),
    ("form_presence", "By form, as far as present"),
    ("automatic", "Automatically, by presence"),
    ("lesser", "The lesser of form and presence"),
    ("trust", "As claimed by the form"),
]


class AttendanceWhatIf(models.TransientModel):
    """What past days would have come to under another shift or other rules.

    Nothing is stored but the question: days are gathered as the queue does, judged
    twice and compared in the browser, a part at a time.
    """

    _name = "attendance.what.if"
    _description = "What If"
    # Logins without HR rights link people too.
    _inherit = ["hr.mixin"]

    change = fields.Selection(
        [
            ("policy", "Other rules for everybody"),
            ("figures", "Other times or rules of a shift"),
            ("shift", "Another shift instead"),
        ],
        default="policy",
        required=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    date_from = fields.Date(
        string="From",
        required=True,
        default=lambda self: fields.Date.context_today(self).replace(day=1),
    )
    date_to = fields.Date(string="To", required=True, default=fields.Date.context_today)
    store_ids = fields.Many2many("attendance.store", string="Stores")
    department_ids = fields.Many2many(
        "hr.department", string="Departments", help="With the departments below them."
    )
    employee_ids = fields.Many2many(
        "hr.employee",
        string="People",
        domain="[('attendance_scope', '=', 'reports.view')]",
        help="Nobody chosen: everybody whose days you may see.",
    )
    shift_id = fields.Many2one(
        "attendance.shift",
        help="Of its days is asked. Nothing chosen, with another shift instead: of "
        "every day that has a shift.",
    )
    other_shift_id = fields.Many2one("attendance.shift", string="Instead")
    is_flexible = fields.Boolean(related="shift_id.is_flexible")
    flexible_minutes = fields.Integer(string="Due a Day")
    elastic_minutes = fields.Integer(string="Start and End May Move by")
    works_on_holidays = fields.Boolean(string="Works on Holidays")
    timetable_ids = fields.One2many(
        "attendance.what.if.timetable", "what_if_id", string="Working Periods"
    )

    window_in_minutes = fields.Integer(
        string="Punch in From",
        help="A punch counts from this many minutes before the shift starts.",
    )
    window_out_minutes = fields.Integer(
        string="Punch out Until",
        help="A punch counts until this many minutes after the shift ends.",
    )
    grace_late_minutes = fields.Integer(string="Late Arrival Allowed")
    is_late_limited = fields.Boolean(string="Long Late Arrival Is Absence")
    late_limit_minutes = fields.Integer(string="Late up to")
    grace_early_minutes = fields.Integer(string="Early Departure Allowed")
    is_early_limited = fields.Boolean(string="Long Early Departure Is Absence")
    early_limit_minutes = fields.Integer(string="Early up to")
    counts_only_excess = fields.Boolean(string="Count Only What Exceeds the Allowance")
    least_worked_percent = fields.Integer(string="Absent below Percent")
    punch_mode = fields.Selection(PUNCH_MODES, string="Clock-In and Clock-Out")
    duplicate_seconds = fields.Integer(string="Same Punch Within")
    missing_in = fields.Selection(MISSING_ENDS, string="Missing Clock-In")
    missing_in_minutes = fields.Integer(string="Late by, Without Clock-In")
    missing_out = fields.Selection(MISSING_ENDS, string="Missing Clock-Out")
    missing_out_minutes = fields.Integer(string="Early by, Without Clock-Out")
    deducts_punched_outing = fields.Boolean(string="Deduct Punched Outings")
    round_in_minutes = fields.Integer(
        string="Round Clock-In to", help="Minutes; 0: not rounded."
    )
    round_in_direction = fields.Selection(DIRECTIONS, string="Clock-In Rounds")
    round_out_minutes = fields.Integer(
        string="Round Clock-Out to", help="Minutes; 0: not rounded."
    )
    round_out_direction = fields.Selection(DIRECTIONS, string="Clock-Out Rounds")
    round_overtime_minutes = fields.Integer(
        string="Round Overtime to", help="Minutes; 0: not rounded."
    )
    round_overtime_direction = fields.Selection(DIRECTIONS, string="Overtime Rounds")
    overtime_mode = fields.Selection(OVERTIME_MODES, string="Overtime Counts")
    overtime_delay_minutes = fields.Integer(string="Overtime Starts After")
    overtime_before_start = fields.Boolean(string="Overtime before the Shift")
    overtime_rest_minutes = fields.Integer(string="Rest Deducted from Overtime")
    overtime_rest_after_minutes = fields.Integer(string="Rest Deducted Beyond")
    overtime_least_minutes = fields.Integer(string="Least Overtime")
    overtime_unit_minutes = fields.Integer(string="Overtime Unit")
    flags_unapproved_workday = fields.Boolean(string="Report Work without a Form")

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        return values | {
            name: value
            for name, value in self._rules_of(self._company_policy()).items()
            if name in fields_list
        }

    @api.onchange("change", "shift_id", "company_id")
    def _onchange_shift_id(self):
        """Fill in what holds now; it is changed by hand then."""
        policy = self._company_policy()
        if self.change == "figures" and self.shift_id:
            shift = self.shift_id
            definition = shift._definition()
            policy = replace(policy, **dict(engine_figures(definition)))
            self.flexible_minutes = definition["flexible_minutes"]
            self.elastic_minutes = definition["elastic_minutes"]
            self.works_on_holidays = definition["works_on_holidays"]
            self.timetable_ids = [fields.Command.clear()] + [
                fields.Command.create({"sequence": number, **row})
                for number, row in enumerate(definition["timetables"])
            ]
        self.update(self._rules_of(policy))

    def _company_policy(self):
        company = self.company_id or self.env.company
        # sudo: how a company judges is no secret to who reads what it judged
        return company.sudo().attendance_policy_id._as_engine_policy()

    @api.model
    def _rules_of(self, policy):
        """The engine's policy as values of the fields here."""
        values = {}
        for name in RULES:
            if name.startswith("round_"):
                _round, what, part = name.split("_")
                rounding = getattr(policy, f"round_{what}")
                if part == "minutes":
                    values[name] = rounding.unit_minutes if rounding else 0
                else:
                    values[name] = rounding.direction.value if rounding else "down"
            elif name.startswith("is_"):
                limit = getattr(policy, f"{name.split('_')[1]}_limit_minutes")
                values[name] = limit is not None
            else:
                value = getattr(policy, POLICY_NAMES.get(name, name))
                values[name] = getattr(value, "value", value) or 0
                if isinstance(value, bool):
                    values[name] = value
        return values

    # What is asked

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for asked in self:
            if asked.date_to < asked.date_from:
                raise UserError(self.env._("The last date lies before the first."))
            if asked.date_to - asked.date_from >= timedelta(days=MOST_DAYS):
                raise UserError(
                    self.env._("At most %s days can be compared.", MOST_DAYS)
                )

    def _change(self):
        """``change(RosterDay) -> RosterDay``: what would be another one.

        :raises UserError: where what is asked makes no sense
        """
        self.ensure_one()
        if shifts := self.shift_id | self.other_shift_id:
            # Whoever names a hidden one would read off the figures how it works.
            shifts.check_access("read")
        try:
            made = getattr(self, f"_change_{self.change}")()
            # A policy is checked when it is made.
            made.check(self._company_policy())
        except EngineError as error:
            raise UserError(self._refusal(error)) from error
        return made

    def _refusal(self, error):
        """What the engine refuses, for a person."""
        if error.where.startswith("Policy."):
            names = {new: name for name, new in POLICY_NAMES.items()}
            name = error.where.partition(".")[2]
            field = self._fields.get(names.get(name, name))
            label = field.get_description(self.env)["string"] if field else name
            return self.env._("“%s” makes no sense like this.", label)
        return self.shift_id._sentence(error)

    def _change_policy(self):
        figures_of = self.env["attendance.shift"]._engine_rules(
            # sudo: days are judged by whichever shift they have
            self.env["attendance.shift"].sudo().with_context(active_test=False)
            .search([("company_id", "in", [self.company_id.id, False])]).ids,
            self._dates(),
        )  # fmt: skip
        return OtherPolicy(self, self._own_rules(), figures_of)

    def _change_figures(self):
        if not self.shift_id:
            raise UserError(self.env._("Choose the shift."))
        definition = self.shift_id._definition()
        definition |= self._definition_rules() | {
            "flexible_minutes": self.flexible_minutes,
            "elastic_minutes": self.elastic_minutes,
            "works_on_holidays": self.works_on_holidays,
            "timetables": [
                {
                    name: row[name]
                    for name in (
                        "start_minutes",
                        "end_minutes",
                        "is_in_required",
                        "is_out_required",
                    )
                }
                for row in self.timetable_ids
            ],
        }
        shift = engine_shift(self.shift_id.id, definition, self.shift_id.name)
        figures = engine_figures(definition)
        rules = {day: (shift, figures, None) for day in self._dates()}
        return OtherShift(self, rules, self.shift_id.id)

    def _change_shift(self):
        if not self.other_shift_id:
            raise UserError(self.env._("Choose the shift that is to be instead."))
        other = self.other_shift_id.id
        dates = self._dates()
        found = self.env["attendance.day"]._gather_shifts({other}, dates)
        rules = {}
        for day in dates:
            rule = found[other, day]
            choice = candidates_of(rule, day, found)
            rules[day] = rule.shift, rule.figures, choice
        return OtherShift(self, rules, self.shift_id.id)

    def _dates(self):
        days = (self.date_to - self.date_from).days + 1
        return [self.date_from + timedelta(days=number) for number in range(days)]

    def _definition_rules(self):
        rules = dict.fromkeys(OWN_RULES, True)
        return rules | {name: self[name] for name in RULES}

    def _own_rules(self):
        return dict(engine_figures(self._definition_rules()))

    # People and days

    def _domain(self):
        """The days that are asked of; record rules hold back all others."""
        domain = Domain(
            [
                ("company_id", "=", self.company_id.id),
                ("work_date", ">=", self.date_from),
                ("work_date", "<=", self.date_to),
                ("state", "=", "final"),
            ]
        )
        if self.employee_ids:
            domain &= Domain("employee_id", "in", self.employee_ids.ids)
        if self.store_ids:
            domain &= Domain("store_id", "in", self.store_ids.ids)
        if self.department_ids:
            domain &= Domain("department_id", "child_of", self.department_ids.ids)
        return domain

    def action_compare(self):
        """Open the comparison."""
        self.ensure_one()
        self._change()
        return {
            "type": "ir.actions.client",
            "tag": "attendance_what_if",
            "name": self.env._("What If"),
            "params": {"what_if_id": self.id},
        }

    def plan(self):
        """Of whom how many days are compared, and what is asked.

        :return: ``{title, span, people: [[id, name, number, days]], days, call_days,
            columns: [[name, label]], apply}``
        """
        self.ensure_one()
        self._change()
        groups = self.env["attendance.day"]._read_group(
            self._domain(), ["employee_id"], ["__count"]
        )
        total = sum(count for _employee, count in groups)
        if total > MOST_PAIRS:
            raise UserError(
                self.env._(
                    "These are %(days)s days; at most %(most)s can be compared. Choose "
                    "fewer people or a shorter span.",
                    days=total,
                    most=MOST_PAIRS,
                )
            )
        labels = self.env["attendance.day"].fields_get(COMPARED, ["string"])
        people = [
            # sudo: who may read a person's days may read the name on them
            [one.id, one.sudo().name, one.sudo().employee_number or "", count]
            for one, count in groups
        ]
        return {
            "title": self._title(),
            "span": [str(self.date_from), str(self.date_to)],
            "people": sorted(people, key=lambda row: (row[2], row[1], row[0])),
            "days": total,
            "call_days": CALL_DAYS,
            "columns": [[name, labels[name]["string"]] for name in COMPARED],
            "apply": self._apply_action(),
        }

    def judge(self, employee_ids):
        """Compare the days of these people; nothing is stored.

        :return: ``{employee id: {before, after, days: [[day id, date, before,
            after]], failed}}``: figures in the order of the columns; days are those
            that differ.
        """
        self.ensure_one()
        change = self._change()
        rows = self.env["attendance.day"].search_fetch(
            self._domain() & Domain("employee_id", "in", list(employee_ids)),
            ["employee_id", "work_date"],
            limit=2 * CALL_DAYS + 1,
        )
        if len(rows) > 2 * CALL_DAYS:
            raise UserError(
                self.env._("At most %s days are compared in one call.", 2 * CALL_DAYS)
            )
        numbers = {(row.employee_id.id, row.work_date): row.id for row in rows}
        # sudo: gathered as the queue does; the rows above are the reader's own
        days = self.env["attendance.day"].sudo()
        gathered = days._prepare_engine_inputs(list(numbers))
        found = {}
        for pair, inputs in gathered.items():
            person = found.setdefault(
                pair[0],
                {"before": [0] * len(COMPARED), "after": [0] * len(COMPARED),
                 "days": [], "failed": 0},
            )  # fmt: skip
            try:
                before, after = compare_day(inputs.day_input, change)
            except EngineError:
                person["failed"] += 1
                continue
            old, new = figures(before), figures(after)
            person["before"] = _added(person["before"], old)
            person["after"] = _added(person["after"], new)
            if differs(before, after):
                person["days"].append([numbers[pair], str(pair[1]), old, new])
        return found

    def _title(self):
        if self.change == "policy":
            return self.env._("Other rules for everybody")
        if self.change == "figures":
            return self.env._(
                "Other times or rules of shift “%s”", self.shift_id.display_name
            )
        if self.shift_id:
            return self.env._(
                "Shift “%(other)s” instead of “%(shift)s”",
                other=self.other_shift_id.display_name,
                shift=self.shift_id.display_name,
            )
        return self.env._(
            "Shift “%s” instead of every other", self.other_shift_id.display_name
        )

    def _apply_action(self):
        """Where the change is made for good, for who may make it."""
        if self.change == "policy":
            record = self.company_id.sudo().attendance_policy_id.sudo(False)
        elif self.change == "figures":
            record = self.shift_id
        else:
            return self._apply_roster()
        if not record or not record.has_access("write"):
            return False
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "views": [[False, "form"]],
            "target": "current",
        }

    def _apply_roster(self):
        rosters = self.env["attendance.roster.plan"]
        if not rosters.has_access("create"):
            return False
        return {
            "type": "ir.actions.act_window",
            "name": rosters._title(),
            "res_model": rosters._name,
            "views": [[False, "form"]],
            "target": "new",
            "context": {"default_shift_id": self.other_shift_id.id},
        }


def _added(one, two):
    return [a + b for a, b in zip(one, two, strict=True)]
