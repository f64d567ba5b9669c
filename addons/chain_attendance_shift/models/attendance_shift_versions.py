"""A change of a shift counts from a date on; what was before stays as it was."""

from collections import defaultdict, namedtuple
from contextlib import contextmanager
from datetime import date, timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import UserError, ValidationError

from .attendance_shift import ROW_FIELDS
from .shift_definition import FIGURES, engine_figures, engine_shift

# Set while a shift writes its own rows: it checks and keeps the whole itself.
CHANGING = "attendance_shift_changing"
# From which date a change counts that names none itself.
CHANGE_FROM = "attendance_change_from"
# A shift as the engine has it, its own figures, which stand in for the policy's, as
# pairs of names of the engine's ``Policy`` and values, and the ids of the shifts that
# punches may decide for instead.
ShiftRules = namedtuple("ShiftRules", "shift figures alternatives")


class AttendanceShift(models.Model):
    # One concept, one file.
    _inherit = "attendance.shift"  # pylint: disable=consider-merging-classes-inherited

    date_from = fields.Date(
        string="As Shown Since",
        readonly=True,
        copy=False,
        help="Since when the shift is as it is shown; empty: since it was made.",
    )
    version_ids = fields.One2many(
        "attendance.shift.version", "shift_id", string="Former Versions", readonly=True
    )
    change_from = fields.Date(
        string="Changes Count From",
        compute="_compute_change_from",
        readonly=False,
        help="Days before this date keep their times and rules.",
    )
    used_since = fields.Date(compute="_compute_uses")
    use_count = fields.Integer(compute="_compute_uses")
    use_summary = fields.Char(string="Used by", compute="_compute_uses")

    planned_summary = fields.Char(
        string="Planned Change", compute="_compute_planned_summary"
    )

    @api.depends("date_from", "version_ids")
    def _compute_planned_summary(self):
        today = fields.Date.context_today(self)
        for shift in self:
            is_planned = shift.date_from and shift.date_from > today
            shift.planned_summary = is_planned and self.env._(
                "Shown is what holds from %(date)s on; until then: %(hours)s.",
                date=shift.date_from,
                hours=shift.version_ids[:1].time_summary,
            )

    @api.depends("date_from")
    def _compute_change_from(self):
        for shift in self:
            shift.change_from = shift._next_change()

    def _next_change(self):
        """Today, or the date of the change that is planned already."""
        today = fields.Date.context_today(self)
        return max(today, self.date_from or today)

    def _compute_uses(self):
        uses = self._uses()
        today = fields.Date.context_today(self)
        for shift in self:
            count, since = uses.get(shift.id, (0, False))
            shift.use_count = count
            shift.used_since = since
            shift.use_summary = count and (
                self.env._(
                    "Used by %(count)s people since %(since)s. What was before the "
                    "date of a change stays as it was.",
                    count=count,
                    since=since,
                )
                if since <= today
                else self.env._(
                    "Used by %(count)s people from %(since)s on.",
                    count=count,
                    since=since,
                )
            )

    def _uses(self):
        """``{shift id: (how many people, since when)}``; unused shifts are missing."""
        ids = [number for number in self._ids if isinstance(number, int)]
        if not ids:
            return {}
        self.env.flush_all()
        self.env.cr.execute(
            f"""
            SELECT asked.id, count(DISTINCT employee_id), min(day)
            FROM ({" UNION ALL ".join(self._use_queries())}) used(shift_id,
                                                                  employee_id, day)
            JOIN (
                SELECT id, id AS shift_id FROM attendance_shift
                UNION ALL
                SELECT alternative_id, shift_id FROM attendance_shift_alternative_rel
            ) asked USING (shift_id)
            WHERE asked.id = ANY(%(asked)s) GROUP BY asked.id
            """,  # pylint: disable=sql-injection
            {"asked": ids, "shifts": (self | self.alternative_of_ids).ids},
        )
        return {shift: (count, day) for shift, count, day in self.env.cr.fetchall()}

    @api.model
    def _use_queries(self):
        """SQL of who uses which shift: ``shift_id, employee_id, first date``.

        Addons add where they hold shifts of people; ``%(shifts)s`` are the ids asked
        for.
        """
        return [
            "SELECT shift_id, employee_id, date_from FROM attendance_roster"
            " WHERE shift_id = ANY(%(shifts)s)",
        ]

    @api.model_create_multi
    def create(self, vals_list):
        shifts = super(AttendanceShift, self.with_context(**{CHANGING: True})).create(
            vals_list
        )
        # The constraint does not run for a shift that names nothing of it.
        shifts._check_definition()
        return shifts.with_env(self.env)

    def write(self, vals):
        vals = dict(vals)
        since = fields.Date.to_date(vals.pop("change_from", None))
        with self._changing(since):
            changing = self.with_context(**{CHANGING: True})
            return super(AttendanceShift, changing).write(vals)

    @contextmanager
    def _changing(self, since=None):
        """Around whatever changes a shift or its rows.

        Afterwards the whole is checked, what was before is kept where people worked
        by it, and the days concerned are told.

        :param since: the date from which the change counts; none: the context's
            ``attendance_change_from``, else today.
        """
        if self.env.context.get(CHANGING):
            yield
            return
        before = {shift.id: shift._kept_definition() for shift in self}
        yield
        changed = self.exists().filtered(lambda s: s._kept_definition() != before[s.id])
        if not changed:
            return
        changed._check_definition()
        since = since or fields.Date.to_date(self.env.context.get(CHANGE_FROM))
        uses = changed._uses()
        for shift in changed:
            used = uses.get(shift.id, (0, None))[1]
            counts_from = shift._keep_version(before[shift.id], since, used)
            shift._mark_days(counts_from, _recognises(shift, before[shift.id]))

    def _kept_definition(self):
        """What of a shift is kept when it changes."""
        return self._definition()

    def _keep_version(self, before, since, used):
        """Keep what was, unless nobody worked by it.

        :return: the date from which the change counts, ``None`` for ever.
        """
        since = since or self._next_change()
        if self.date_from and since < self.date_from:
            raise ValidationError(
                self.env._(
                    "Shift “%(shift)s” was changed from %(date)s on: “%(field)s” "
                    "cannot be earlier.",
                    shift=self.name,
                    date=self.date_from,
                    field=self._label("change_from"),
                )
            )
        if since == self.date_from or not used or used >= since:
            return self.date_from or None
        # sudo: whoever may change the shift has its past kept, and nobody changes that
        shift = self.sudo().with_context(**{CHANGING: True})
        shift.env["attendance.shift.version"].create(
            {
                "shift_id": shift.id,
                "date_from": shift.date_from,
                "date_to": since - timedelta(days=1),
                "definition": before,
            }
        )
        shift.date_from = since
        return since

    def action_withdraw_change(self):
        """Take back a change whose date has not come; what holds today stays."""
        self.ensure_one()
        self.check_access("write")
        former = self.version_ids[:1]
        if not former or self.date_from <= fields.Date.context_today(self):
            raise UserError(
                self.env._("Shift “%s” has no planned change.", self.name),
            )
        # sudo: who may change the shift may take the change back
        shift = self.sudo().with_context(**{CHANGING: True})
        withdrawn = shift.date_from
        recognises = _recognises(shift, former.definition)
        shift.write(
            {
                "date_from": former.date_from,
                **{name: former.definition[name] for name in FIGURES},
                "alternative_ids": [
                    Command.set(
                        self.browse(former.definition.get("alternatives")).exists().ids
                    )
                ],
                **{
                    field: [Command.clear()]
                    + [
                        Command.create({"sequence": number, **row})
                        for number, row in enumerate(former.definition[rows])
                    ]
                    for rows, field in ROW_FIELDS.items()
                },
            }
        )
        former.sudo().unlink()  # sudo: as above
        shift._check_definition()
        self._mark_days(withdrawn, recognises)

    def _mark_days(self, since, recognises=False):
        """Hook: this shift is another one from ``since`` on (``None``: for ever).

        :param recognises: punches decide, or did, between this shift and others: days
            rostered on it may be judged by one of them.
        """

    def _as_engine_shift(self, on=None):
        """This shift as the engine's value, as it is in force on a date.

        :param on: none: today.
        """
        self.ensure_one()
        on = on or fields.Date.context_today(self)
        return self._engine_shifts(self.ids, [on])[self.id, on]

    @api.model
    @api.private
    def _engine_shifts(self, shift_ids, dates):
        """``{(shift id, date): engine Shift}``, in a fixed number of queries."""
        rules = self._engine_rules(shift_ids, dates)
        return {key: found.shift for key, found in rules.items()}

    @api.model
    @api.private
    def _engine_rules(self, shift_ids, dates, *, alternatives=False):
        """Shifts with the figures that stand in for the policy's, by date.

        :param alternatives: with the shifts that punches may decide for instead.
        :return: ``{(shift id, date): ShiftRules}``
        """
        # sudo: days are computed in whoever's name; record rules must not matter
        shifts = self.sudo().browse(sorted(shift_ids))
        former = defaultdict(list)
        for version in shifts.env["attendance.shift.version"].search_fetch(
            [("shift_id", "in", shifts.ids)],
            ["shift_id", "date_to", "definition"],
            order="date_to, id",
        ):
            number = version.shift_id.id
            former[number].append((version.date_to, version.definition))
        now = type(self)._kept_definition if alternatives else type(self)._definition
        rules = {}
        for shift in shifts:
            versions = [
                (until, _rules_of(shift, definition))
                for until, definition in (*former[shift.id], (date.max, now(shift)))
            ]
            for day in dates:
                rules[shift.id, day] = next(r for until, r in versions if day <= until)
        return rules


def _rules_of(shift, definition):
    return ShiftRules(
        engine_shift(shift.id, definition, shift.name),
        engine_figures(definition),
        # A version from before there were any says nothing of them.
        tuple(definition.get("alternatives", ())),
    )


def _recognises(shift, before):
    """Whether a shift has to do with recognition, or had."""
    return bool(
        shift.alternative_ids or shift.alternative_of_ids or before.get("alternatives")
    )
