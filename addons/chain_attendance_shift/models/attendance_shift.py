from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.chain_attendance_engine import (
    EngineError,
    OverlapError,
    ShiftTooLongError,
)

from .shift_definition import (
    FIGURES,
    LIMITS,
    OWN_RULES,
    clock,
    engine_shift,
    reach_limit,
    stray_breaks,
)

ROW_FIELDS = {"timetables": "timetable_ids", "breaks": "break_ids", "core": "core_ids"}
# Of a shift not saved yet; it comes last.
NO_ID = float("inf")


class AttendanceShift(models.Model):
    """What one working day looks like; the roster says who works it when."""

    _name = "attendance.shift"
    _description = "Shift"
    _inherit = ["mail.thread", "attendance.guarded.mixin"]
    _order = "code, name, id"
    _rec_names_search = ["name", "code"]

    name = fields.Char(
        string="Shift Name", required=True, translate=True, tracking=True
    )
    code = fields.Char(
        string="Short Code", size=8, help="The short form shown in the roster."
    )
    color = fields.Integer()
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    timetable_ids = fields.One2many(
        "attendance.timetable", "shift_id", string="Timetables", copy=True
    )
    break_ids = fields.One2many(
        "attendance.shift.break", "shift_id", string="Breaks", copy=True
    )
    core_ids = fields.One2many(
        "attendance.shift.core", "shift_id", string="Core Times", copy=True
    )
    is_flexible = fields.Boolean(
        string="Flexible Hours",
        help="Only the hours of the day count, not when they are worked.",
    )
    flexible_minutes = fields.Integer(default=480)
    flexible_time = fields.Float(
        string="Hours Due",
        compute="_compute_flexible_time",
        inverse="_inverse_flexible_time",
    )
    elastic_minutes = fields.Integer(
        string="Start Moves by up to",
        help="Who comes so many minutes earlier or later leaves as much earlier or "
        "later; 0: the start does not move.",
    )
    works_on_holidays = fields.Boolean(
        string="Works on Holidays",
        help="Presence within the shift on a public holiday is holiday overtime, "
        "without a form.",
    )
    workday_value = fields.Float(
        string="Counts as Workdays",
        default=1.0,
        digits=(4, 2),
        help="How many workdays a day on this shift is; half a day is 0.5.",
    )
    due_minutes = fields.Integer(
        string="Due Time", compute="_compute_due_minutes", store=True
    )
    time_summary = fields.Char(string="Hours", compute="_compute_time_summary")

    @api.depends("flexible_minutes")
    def _compute_flexible_time(self):
        for shift in self:
            shift.flexible_time = shift.flexible_minutes / 60

    @api.onchange("flexible_time")
    def _inverse_flexible_time(self):
        for shift in self:
            shift.flexible_minutes = round(shift.flexible_time * 60)

    @api.depends(
        "is_flexible",
        "flexible_minutes",
        "timetable_ids.start_minutes",
        "timetable_ids.end_minutes",
        "break_ids.start_minutes",
        "break_ids.end_minutes",
        "break_ids.is_paid",
    )
    def _compute_due_minutes(self):
        for shift in self:
            try:
                shift.due_minutes = shift._engine_shift_as_shown().nominal_minutes
            except EngineError:
                # Being typed: saving says what is wrong.
                shift.due_minutes = 0

    @api.depends(
        "is_flexible",
        "flexible_minutes",
        "timetable_ids.start_minutes",
        "timetable_ids.end_minutes",
    )
    def _compute_time_summary(self):
        for shift in self:
            shift.time_summary = self._summarise(shift._definition())

    @api.model
    def _summarise(self, definition):
        """A definition's hours in a few characters."""
        if definition["is_flexible"]:
            return self.env._(
                "Flexible, %s a day", clock(definition["flexible_minutes"])
            )
        return ", ".join(
            f"{clock(row['start_minutes'])} - {clock(row['end_minutes'])}"
            for row in definition["timetables"]
        )

    @api.onchange("is_flexible")
    def _onchange_is_flexible(self):
        """What the other sort of shift does not have goes away."""
        if self.is_flexible:
            self.timetable_ids = self.break_ids = False
            self.elastic_minutes = 0
        else:
            self.core_ids = False

    @api.constrains(*FIGURES, *ROW_FIELDS.values())
    def _check_definition(self):
        """Whatever the engine would refuse to compute is refused here."""
        for shift in self:
            definition = shift._definition()
            shift._check_figures(definition)
            shift._check_sort(definition)
            try:
                shift._check_breaks(definition)
                engine = engine_shift(shift.id, definition)
            except EngineError as error:
                raise ValidationError(shift._sentence(error)) from error
            shift._check_windows(engine)

    def _check_figures(self, definition):
        for name, (lowest, highest) in LIMITS.items():
            if name == "flexible_minutes" and not definition["is_flexible"]:
                continue
            if not lowest <= definition[name] <= highest:
                self._refuse_figure(name, definition[name], lowest, highest)
        for switch, names in OWN_RULES.items():
            for name in names if definition[switch] else ():
                if self._fields[name].type == "selection" and not definition[name]:
                    raise ValidationError(
                        self.env._(
                            "Choose “%(field)s” for shift “%(shift)s”.",
                            field=self._label(name),
                            shift=self._called(),
                        )
                    )

    def _refuse_figure(self, name, value, lowest, highest):
        raise ValidationError(
            self.env._(
                "“%(field)s” of shift “%(shift)s” is %(value)s and must lie between "
                "%(lowest)s and %(highest)s.",
                field=self._label(name),
                shift=self._called(),
                value=value,
                lowest=lowest,
                highest=highest,
            )
        )

    def _check_sort(self, definition):
        """Fixed or flexible: each has what the other has not."""
        name = self._called()
        if not definition["is_flexible"]:
            if not definition["timetables"]:
                raise ValidationError(
                    self.env._("Shift “%s” needs at least one timetable.", name)
                )
            if definition["core"]:
                raise ValidationError(
                    self.env._(
                        "Shift “%s” has core times, but no flexible hours.", name
                    )
                )
        elif definition["timetables"] or definition["breaks"]:
            raise ValidationError(
                self.env._(
                    "Shift “%s” has flexible hours: then it has no timetables and no "
                    "breaks.",
                    name,
                )
            )
        elif definition["elastic_minutes"]:
            self._refuse_figure("elastic_minutes", definition["elastic_minutes"], 0, 0)

    def _check_breaks(self, definition):
        for row in stray_breaks(definition):
            raise ValidationError(
                self.env._(
                    "The break %(start)s - %(end)s of shift “%(shift)s” lies in none "
                    "of its timetables.",
                    start=clock(row["start_minutes"]),
                    end=clock(row["end_minutes"]),
                    shift=self._called(),
                )
            )

    def _check_windows(self, engine):
        """A window does not swallow the shift of the next or the previous day."""
        if not self.has_own_windows:
            return
        limit = reach_limit(engine)
        for name in OWN_RULES["has_own_windows"]:
            if self[name] > limit:
                raise ValidationError(
                    self.env._(
                        "“%(field)s” of shift “%(shift)s” is %(value)s minutes: the "
                        "windows of two days in a row would swallow each other. At "
                        "most %(limit)s minutes are possible.",
                        field=self._label(name),
                        shift=self._called(),
                        value=self[name],
                        limit=limit,
                    )
                )

    def _sentence(self, error):
        """What the engine refuses, for a person."""
        is_about_breaks = error.where.startswith("Timetable.breaks")
        if isinstance(error, OverlapError):
            if is_about_breaks:
                return self.env._("The breaks of shift “%s” overlap.", self._called())
            return self.env._("The timetables of shift “%s” overlap.", self._called())
        if isinstance(error, ShiftTooLongError):
            return self.env._("Shift “%s” is longer than 24 hours.", self._called())
        if error.where.endswith(".end"):
            return self.env._(
                "A time span of shift “%s” ends when it starts, or before it.",
                self._called(),
            )
        if is_about_breaks:
            return self.env._(
                "The breaks of shift “%s” leave nothing of a timetable.", self._called()
            )
        return self.env._(
            "Shift “%(shift)s” makes no sense: %(why)s.",
            shift=self._called(),
            why=error.why,
        )

    def _called(self):
        """The name in a sentence; one that is being typed may have none yet."""
        return self.name or self.env._("New")

    def _label(self, name):
        return self._fields[name].get_description(self.env)["string"]

    @api.model
    def _deletion_guards(self):
        return super()._deletion_guards() + [
            ("attendance.roster", "shift_id"),
            ("attendance.store", "default_shift_id"),
        ]

    def _definition(self):
        """What this shift is now, as it is kept when it changes."""
        self.ensure_one()
        definition = {name: self[name] for name in FIGURES}
        for rows, name in ROW_FIELDS.items():
            ordered = self[name].sorted(lambda r: (r.sequence, r._origin.id or NO_ID))
            definition[rows] = [row._definition() for row in ordered]
        return definition

    def _engine_shift_as_shown(self):
        """The engine's shift of what the form shows, saved or not."""
        return engine_shift(self.id, self._definition(), self.name or "")

    def _spans(self):
        """``(start, end)`` in minutes after midnight of the work date, in order."""
        return [(piece.start, piece.stop) for piece in self._as_engine_shift().plan]
