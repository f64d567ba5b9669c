"""Changing rosters in the grid: many cells as one step, which can be taken back."""

from datetime import date, timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from ..roster_news import days_between

MOST_CELLS = 20000
LONGEST_STEP = timedelta(days=366)
MOST_ENTRIES = 50


class AttendanceRosterGrid(models.AbstractModel):
    # One concern a file.
    _inherit = "attendance.roster.grid"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def set_cells(self, cells, date_from, date_to, reason=False):
        """Change cells as one step: all of them, or none.

        A cell that holds the shift already is left as it is.

        :param cells: ``[employee id, date, shift]``; the shift's id, 0 for rest, or
            ``None`` to have the rosters decide again.
        :param date_from: with ``date_to`` the dates on the screen.
        :return: ``{"step": {"on": [...], "off": [...]}, "rows": {employee id: [cell,
            ...]}}``: what ``toggle_step`` takes back, both empty where nothing had to
            be changed; and the rows of these people as they are now.
        :raise UserError: naming the person, date or shift that cannot be planned.
        :raise AccessError: where somebody is outside of what one may plan.
        """
        days = self._dates(date_from, date_to)
        wanted = self._parsed(cells)
        self._check_plannable({employee for employee, _day in wanted})
        self._check_dates(wanted)
        self._check_shifts({shift for shift in wanted.values() if shift})
        overrides = self.env["attendance.roster.override"]
        off = overrides._reset(pair for pair, shift in wanted.items() if shift is None)
        on = overrides._set(self._differing(wanted), reason)
        return {
            "step": {"on": on.ids, "off": off.ids},
            "rows": self._rows_now({employee for employee, _day in wanted}, days),
        }

    @api.model
    def toggle_step(self, step, date_from, date_to, undo=True):
        """Take a step of one's own back, or make it again.

        :param step: as ``set_cells`` returned it.
        :return: as ``set_cells``.
        :raise UserError: where one of its days was changed since.
        """
        days = self._dates(date_from, date_to)
        on, off = self._entries(step)
        self._check_plannable(set((on | off).employee_id.ids))
        self._check_latest(on, off, undo)
        on.write({"active": not undo})
        off.write({"active": undo})
        return {"step": step, "rows": self._rows_now((on | off).employee_id.ids, days)}

    @api.model
    def get_history(self, employee_id, day):
        """Who changed a day of a person, the latest first, and what lies beneath.

        :return: dicts with ``what``, ``by``, ``at`` (UTC), ``reason``, ``in_force``,
            and ``source``, a value of the engine's ``RosterSource``.
        """
        (day,) = self._dates(day, day)
        self._check_seen({employee_id})
        everything = self.env["attendance.roster.override"].with_context(
            active_test=False
        )
        entries = everything.search(
            [("employee_id", "=", employee_id), ("date", "=", day)],
            order="id desc",
            limit=MOST_ENTRIES,
        )
        latest = entries.filtered("active")[:1]
        found = [
            {
                "what": self._shift_words(entry.shift_id),
                # sudo: who planned is no secret to whom the plan is not
                "by": entry.create_uid.sudo().name,
                "at": fields.Datetime.to_string(entry.create_date),
                "reason": entry.reason or "",
                "in_force": entry == latest,
                "source": "override",
            }
            for entry in entries
        ]
        return found + self._beneath(employee_id, day, in_force=not latest)

    @api.model
    def _beneath(self, employee_id, day, *, in_force):
        """What the rosters say of a day, as an entry of ``get_history``."""
        rosters = self.env["attendance.roster"]
        kinds = rosters._day_kinds([employee_id], day, day)
        make_up = {pair for pair, kind in kinds.items() if kind == "make_up_workday"}
        found = rosters._resolve([employee_id], [day], make_up, overridden=False)
        if not found:
            return []
        (plan,) = found.values()
        model, number = plan.decided_by
        # sudo: what decided may lie outside of what the login sees
        source = self.env[model].sudo().browse(number)
        return [
            {
                "what": self._shift_words(
                    self.env["attendance.shift"].browse(plan.shift_id or [])
                ),
                "by": source.display_name
                if plan.source == "default"
                else source.create_uid.name,
                "at": fields.Datetime.to_string(source.create_date),
                "reason": source.rotation_id.display_name or ""
                if model == "attendance.roster"
                else "",
                "in_force": in_force,
                "source": plan.source,
            }
        ]

    @api.model
    def _shift_words(self, shift):
        # sudo: shifts are no secret
        shift = shift.sudo()
        return (
            f"{shift.name} {shift.time_summary}" if shift else self.env._("Rest")
        ).strip()

    @api.model
    def _parsed(self, cells):
        """``{(employee id, date): shift, 0 or None}``; of a pair given twice the last.

        :raise UserError: where it is something else.
        """
        if not isinstance(cells, list) or not 1 <= len(cells) <= MOST_CELLS:
            raise UserError(
                self.env._(
                    "One step changes 1 to %(limit)s days.", limit=f"{MOST_CELLS:,}"
                )
            )
        wanted = {}
        for cell in cells:
            try:
                employee, day, shift = cell
                if not _is_key(employee) or not (
                    shift is None or shift == 0 or _is_key(shift)
                ):
                    raise TypeError
                wanted[employee, date.fromisoformat(day)] = shift
            except (TypeError, ValueError) as error:
                raise UserError(
                    self.env._(
                        "A changed day is a person, a date and a shift; “%s” is not.",
                        cell,
                    )
                ) from error
        dates = [day for _employee, day in wanted]
        if max(dates) - min(dates) > LONGEST_STEP:
            raise UserError(
                self.env._(
                    "The days of one step lie within a year; %(first)s and %(last)s do "
                    "not.",
                    first=min(dates),
                    last=max(dates),
                )
            )
        return wanted

    @api.model
    def _differing(self, wanted):
        """The cells of ``_parsed`` that are to hold another shift than they do."""
        wanted = {pair: shift for pair, shift in wanted.items() if shift is not None}
        if not wanted:
            return {}
        people = sorted({employee for employee, _day in wanted})
        dates = [day for _employee, day in wanted]
        planned = self._plan(people, days_between(min(dates), max(dates))).planned
        return {
            pair: shift
            for pair, shift in wanted.items()
            if pair not in planned or planned[pair].shift_id != shift
        }

    @api.model
    def _check_seen(self, employee_ids):
        """Refuse people over whom the login has no ``rosters.view``."""
        self.env["attendance.roster"].check_access("read")
        held = self._in_scope([("id", "in", list(employee_ids))])
        if self._people().search_count(held) < len(employee_ids):
            raise AccessError(
                self.env._("The roster of this person is not in your data scope.")
            )

    @api.model
    def _check_plannable(self, employee_ids):
        """Refuse people whom the login may not plan, or who are none."""
        for operation in ("create", "write"):
            self.env["attendance.roster.override"].check_access(operation)
        held = self._in_scope([("id", "in", list(employee_ids))], "create", "edit")
        missing = set(employee_ids) - set(self._people().search(held)._ids)
        if missing:
            raise AccessError(
                self.env._(
                    "You may plan only the people in your data scope; %(count)s of "
                    "%(all)s are not. Nothing was changed.",
                    count=len(missing),
                    all=len(employee_ids),
                )
            )

    @api.model
    def _check_dates(self, pairs):
        """Refuse days outside of somebody's employment; locked ones refuse themselves.

        :param pairs: ``(employee id, date)``.
        """
        gone = sorted(self.env["attendance.roster"]._not_employed(pairs))
        if gone:
            employee, day = gone[0]
            raise UserError(
                self.env._(
                    "%(person)s is not employed on %(day)s; %(count)s such days were "
                    "to be planned. Nothing was changed.",
                    person=self._people().browse(employee).name,
                    day=format_date(self.env, day),
                    count=len(gone),
                )
            )

    @api.model
    def _check_shifts(self, shift_ids):
        shifts = self.env["attendance.shift"].browse(shift_ids).exists()
        if len(shifts) < len(shift_ids):
            raise UserError(self.env._("A shift of the plan is not there any more."))
        for shift in shifts:
            if not shift.active:
                raise UserError(
                    self.env._(
                        "Shift “%s” is archived and cannot be planned.", shift.name
                    )
                )

    @api.model
    def _entries(self, step):
        """``(on, off)`` of a step: changed days that exist, made by the login."""
        entries = self.env["attendance.roster.override"].with_context(active_test=False)
        try:
            on, off = (
                entries.browse([int(number) for number in step[name]])
                for name in ("on", "off")
            )
        except (KeyError, TypeError, ValueError) as error:
            raise UserError(self.env._("There is no such step.")) from error
        if not 1 <= len(on) + len(off) <= MOST_CELLS:
            raise UserError(self.env._("There is no such step."))
        (on | off).check_access("write")
        if on.exists() != on or off.exists() != off or on & off:
            raise UserError(self.env._("There is no such step."))
        if any(entry.create_uid != self.env.user for entry in on):
            raise UserError(self.env._("Only one's own steps can be taken back."))
        return on, off

    @api.model
    def _check_latest(self, on, off, undo):
        """Refuse to turn a step over that somebody has built upon, or turned over."""
        if any(entry.active != undo for entry in on) or any(
            entry.active == undo for entry in off
        ):
            raise UserError(
                self.env._("This step was taken back, or made again, already.")
            )
        entries = on | off
        later = entries.search(
            [
                ("id", ">", max(entries.ids)),
                ("active", "=", True),
                ("employee_id", "in", entries.employee_id.ids),
                ("date", "in", list(set(entries.mapped("date")))),
            ]
        )
        pairs = {(entry.employee_id.id, entry.date) for entry in entries}
        for entry in later:
            if (entry.employee_id.id, entry.date) in pairs:
                raise UserError(
                    self.env._(
                        "%(day)s of %(person)s was changed since, by %(author)s.",
                        day=format_date(self.env, entry.date),
                        person=entry.employee_id.name,
                        author=entry.create_uid.sudo().name,
                    )
                )

    @api.model
    def _rows_now(self, employee_ids, days):
        """``{"<employee id>": [cell, ...]}``."""
        ids = sorted(employee_ids)
        cells = self._cells(ids, self._plan(ids, days), days)
        return {str(employee): row for employee, row in cells.items()}


def _is_key(value):
    return isinstance(value, int) and not isinstance(value, bool) and value > 0
