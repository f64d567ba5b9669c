"""What a day came to, told: its name, marks, exceptions and the rules it went by."""

from odoo.addons.chain_attendance_engine import (
    DayName,
    ExceptionKind,
    Mark,
    PunchMode,
)

from .teller_clock import TellerClock


class ResultTeller(TellerClock):
    """Tells what a day came to."""

    def tell_name(self, name):
        return {
            DayName.HOLIDAY: self.env._("Holiday: nothing is due, nobody is absent."),
            DayName.REST: self.env._("Rest: nothing is due, nobody is absent."),
            DayName.UNSCHEDULED: self.env._(
                "Unscheduled: nothing is due, nobody is absent."
            ),
            DayName.WORK: "",
            None: "",
        }[name]

    def tell_outing(self, spans, minutes):
        """Pairs of inner punches; other modes have them as gaps."""
        if not minutes or self.policy.punch_mode is not PunchMode.FIRST_LAST:
            return ""
        figures = {"span": self.spans(spans), "minutes": minutes}
        if self.policy.deducts_punched_outing:
            return self.env._(
                "%(span)s: %(minutes)s min out by punches; deducted as absence.",
                **figures,
            )
        return self.env._(
            "%(span)s: %(minutes)s min out by punches; shown, not deducted.", **figures
        )

    def tell_total(self, totals):
        if totals.worked_minutes is None:
            return self.env._("Due so far: %(due)s min.", due=totals.due_minutes)
        return self.env._(
            "The day: due %(due)s min = worked %(worked)s + late %(late)s + early "
            "%(early)s + absent %(absent)s.",
            due=totals.due_minutes,
            worked=totals.worked_minutes,
            late=totals.late_minutes,
            early=totals.early_minutes,
            absent=totals.absent_minutes,
        )

    # Punches and exceptions

    def mark(self, mark, timetable=None):
        text = {
            Mark.IN: self.env._("Used as clock-in"),
            Mark.OUT: self.env._("Used as clock-out"),
            Mark.IN_AND_OUT: self.env._(
                "Used as clock-out of one stretch and clock-in of the next"
            ),
            Mark.INNER_OUT: self.env._("Went out in between"),
            Mark.INNER_IN: self.env._("Came back in between"),
            Mark.INNER: self.env._("Not used: lies between clock-in and clock-out"),
            Mark.DUPLICATE: self.env._("Not used: the same punch again"),
            Mark.NOT_NEEDED: self.env._("Not needed"),
            Mark.KEY_CONFLICT: self.env._(
                "Not used: the key pressed contradicts the others"
            ),
            Mark.UNMATCHED: self.env._("Not used: outside the window of the shift"),
            Mark.OTHER_DATE: self.env._("Belongs to the day before or after"),
            Mark.NO_SEGMENT: self.env._("Not used: nothing is due that it could serve"),
            Mark.ON_LEAVE: self.env._("Not used: the person is on leave"),
            Mark.IN_PROGRESS: self.env._("Will be judged when the day is over"),
            Mark.UNDECIDED: self.env._("Not used yet: the shift is undecided"),
        }[mark]
        if timetable is None:
            return text
        return self.env._(
            "%(use)s (working period %(number)s)", use=text, number=timetable + 1
        )

    def exception(self, found):
        figures = dict(found.figures)
        at = figures.get("at")
        minutes = figures.get("minutes", 0)
        values = {
            "time": "" if at is None else self.clock(at),
            "minutes": minutes,
            "events": figures.get("events", 0),
        }
        if found.kind is ExceptionKind.UNAPPROVED_WORK:
            return self.env._(
                "Work without an overtime form: %(minutes)s min.", **values
            )
        if found.kind is ExceptionKind.OVERTIME_KIND_DIFFERS:
            return self.env._(
                "The form says %(claimed)s; by the date it is %(kind)s.",
                claimed=self.overtime_kind(figures["claimed"]),
                kind=self.overtime_kind(figures["kind"]),
            )
        if found.kind is ExceptionKind.LEAVE_AMOUNT_DIFFERS:
            return self._leave_differs(figures)
        return {
            ExceptionKind.MISSING_IN: self.env._(
                "The clock-in is missing (%(time)s).", **values
            ),
            ExceptionKind.MISSING_OUT: self.env._(
                "The clock-out is missing (%(time)s).", **values
            ),
            ExceptionKind.KEY_CONFLICT: self.env._(
                "The keys pressed at the terminal contradict each other."
            ),
            ExceptionKind.SHIFT_UNDECIDED: self.env._(
                "The punches do not tell which shift it was."
            ),
            ExceptionKind.PRESENT_ON_LEAVE: self.env._("Punched while on leave."),
            ExceptionKind.UNSCHEDULED_WORK: self.env._(
                "Work on a day for which nothing is planned: %(events)s punches.",
                **values,
            ),
            ExceptionKind.CORE_TIME: self.env._(
                "Core time was missed by %(minutes)s min.", **values
            ),
        }[found.kind]

    def _leave_differs(self, figures):
        values = {"typed": f"{figures['typed']:g}", "taken": f"{figures['taken']:g}"}
        if figures["unit"] == "days":
            return self.env._(
                "The leave form says %(typed)s days; the roster makes it %(taken)s.",
                **values,
            )
        return self.env._(
            "The leave form says %(typed)s min; the roster makes it %(taken)s.",
            **values,
        )

    # Rules

    def rules(self, name, has_own):
        """The figures that judge the day."""
        policy = self.policy
        figures = {
            "policy": name,
            "late": policy.grace_late_minutes,
            "early": policy.grace_early_minutes,
        }
        if has_own:
            first = self.env._(
                "Rules “%(policy)s”, with figures of the shift's own: up to %(late)s "
                "min late and %(early)s min early are allowed.",
                **figures,
            )
        else:
            first = self.env._(
                "Rules “%(policy)s”: up to %(late)s min late and %(early)s min early "
                "are allowed.",
                **figures,
            )
        return [first, *self._limits(), self._mode()]

    def _limits(self):
        late, early = self.policy.late_limit_minutes, self.policy.early_limit_minutes
        sentences = []
        if late is not None:
            sentences.append(
                self.env._(
                    "More than %(limit)s min late is absence.",
                    limit=late,
                )
            )
        if early is not None:
            sentences.append(
                self.env._("More than %(limit)s min early is absence.", limit=early)
            )
        return sentences

    def _mode(self):
        return {
            PunchMode.FIRST_LAST: self.env._(
                "The first punch of the day is the clock-in, the last the clock-out."
            ),
            PunchMode.PER_TIMETABLE: self.env._(
                "In each working period the first punch is the clock-in, the last the "
                "clock-out."
            ),
            PunchMode.PAIRS: self.env._("Punches are clock-in and clock-out in turn."),
            PunchMode.STATE_KEY: self.env._(
                "The key pressed at the terminal says whether it is in or out."
            ),
        }[self.policy.punch_mode]
