"""What the engine says of a day, told in the reader's language.

The engine traces codes and figures (its rule 17); a sentence stands here for every
code, mark and exception it knows. A sentence names the figures it was made of.
"""

from odoo.addons.chain_attendance_engine import (
    DayKind,
    OvertimeKind,
    OvertimeMode,
    RequestKind,
    RosterSource,
)

from .result_teller import ResultTeller

LATE_GAPS = ("start", "after_cover")
EARLY_GAPS = ("end", "before_cover")


class Teller(ResultTeller):
    """Tells one day, from its plan to what it came to."""

    def tell(self, line):
        """The sentences of a line of the trace."""
        told = getattr(self, f"_tell_{line.code}")(**dict(line.figures))
        return [told] if isinstance(told, str) else told

    def _tell_roster(self, source, key, shift, day_kind):
        name = self.names("shift", shift) if shift is not None else None
        sentences = [self._source(source, key, name)]
        if source is RosterSource.NONE:
            sentences = [self._source(source, key, None)]
        kind = self._day_kind(day_kind)
        return [*sentences, kind] if kind else sentences

    def _source(self, source, key, name):
        if source is RosterSource.NONE:
            return self.env._("Nothing is planned for this day.")
        if source is RosterSource.CALENDAR and key is not None:
            return self.env._(
                "Nothing is rostered; the hours of the working calendar count."
            )
        if source is RosterSource.DEFAULT and isinstance(key, int) and key < 0:
            who = self.env._("The default shift of the department")
        else:
            who = {
                RosterSource.OVERRIDE: self.env._("A change by hand of this day"),
                RosterSource.DATED: self.env._("The dated roster"),
                RosterSource.STANDING: self.env._("The standing roster"),
                RosterSource.DEFAULT: self.env._("The default shift of the store"),
                RosterSource.CALENDAR: self.env._("The working calendar"),
            }[source]
        if name is None:
            return self.env._("%(roster)s makes this a day of rest.", roster=who)
        return self.env._("%(roster)s gives shift “%(shift)s”.", roster=who, shift=name)

    def _day_kind(self, kind):
        return {
            DayKind.WORKDAY: "",
            DayKind.REST_DAY: self.env._("The calendar calls it a rest day."),
            DayKind.PUBLIC_HOLIDAY: self.env._(
                "The calendar calls it a public holiday."
            ),
            DayKind.MOVED_REST_DAY: self.env._("The calendar moved a rest day here."),
            DayKind.MAKEUP_WORKDAY: self.env._(
                "The calendar makes it a make-up workday: the weekly rest day is "
                "worked."
            ),
        }[kind]

    def _tell_recognition(self, fits):
        if not fits:
            return self.env._("No shift of the choice has a window for these punches.")
        return self.env._(
            "The shift is recognised by the punches; these would hold them: "
            "%(shifts)s.",
            shifts=self.joined(self.names("shift", key) for key in fits),
        )

    def _tell_window(self, spans):
        if not spans:
            return self.env._("No minute of this day is left for punches.")
        return self.env._(
            "Punches belong to this day: %(spans)s.",
            # The last minute is inside.
            spans=self.spans((start, stop - 1) for start, stop in spans),
        )

    def _tell_stretch(self, start, stop):
        return self.env._("Present by punches: %(span)s.", span=self.span(start, stop))

    def _tell_missing(self, end, at, fill, minutes):
        time = "" if at is None else self.clock(at)
        if end == "in":
            texts = {
                "not_present": self.env._(
                    "The clock-in of %(time)s is missing: what hangs on it does not "
                    "count as present."
                ),
                "minutes": self.env._(
                    "The clock-in of %(time)s is missing: counted as %(minutes)s min "
                    "late."
                ),
                "nominal": self.env._(
                    "The clock-in of %(time)s is missing: counted as present from then."
                ),
            }
        else:
            texts = {
                "not_present": self.env._(
                    "The clock-out of %(time)s is missing: what hangs on it does not "
                    "count as present."
                ),
                "minutes": self.env._(
                    "The clock-out of %(time)s is missing: counted as %(minutes)s min "
                    "early."
                ),
                "nominal": self.env._(
                    "The clock-out of %(time)s is missing: counted as present until "
                    "then."
                ),
            }
        return texts[fill] % {"time": time, "minutes": minutes or 0}

    def _tell_elastic(self, first_in, start, move):
        figures = {
            "punch": self.clock(first_in),
            "start": self.clock(start),
            "minutes": abs(move),
        }
        if move > 0:
            return self.env._(
                "The clock-in %(punch)s moves start (%(start)s) and end %(minutes)s "
                "min later.",
                **figures,
            )
        if move < 0:
            return self.env._(
                "The clock-in %(punch)s moves start (%(start)s) and end %(minutes)s "
                "min earlier.",
                **figures,
            )
        return self.env._(
            "The clock-in %(punch)s moves the start (%(start)s) by nothing.", **figures
        )

    def _tell_gap(self, kind, spans, minutes, counted, grace, limit):
        figures = {
            "span": self.spans(spans),
            "minutes": minutes,
            "grace": grace,
            "limit": limit,
        }
        if kind in LATE_GAPS:
            return self._late(counted, figures)
        if kind in EARLY_GAPS:
            return self._early(counted, figures)
        texts = {
            "between": self.env._(
                "%(span)s: %(minutes)s min away between two punches count as absence.",
                **figures,
            ),
            "no_punch": self.env._(
                "%(span)s: %(minutes)s min without a punch count as absence.", **figures
            ),
            "whole": self.env._(
                "%(span)s: nobody was present; %(minutes)s min are absence.", **figures
            ),
        }
        return texts[kind]

    def _late(self, counted, figures):
        if counted == "grace":
            return self.env._(
                "%(span)s: coming %(minutes)s min late is allowed (up to %(grace)s "
                "min) and counts as worked.",
                **figures,
            )
        if counted == "absent":
            return self.env._(
                "%(span)s: coming %(minutes)s min late is more than %(limit)s min, so "
                "all of it is absence.",
                **figures,
            )
        if self.policy.counts_only_excess:
            return self.env._(
                "%(span)s: %(minutes)s min late; of them only what exceeds the "
                "%(grace)s min allowed counts: %(excess)s min.",
                **figures,
                excess=figures["minutes"] - figures["grace"],
            )
        if figures["limit"] is None:
            return self.env._(
                "%(span)s: %(minutes)s min late (allowed: up to %(grace)s min).",
                **figures,
            )
        return self.env._(
            "%(span)s: %(minutes)s min late (allowed: up to %(grace)s min; absence: "
            "above %(limit)s min).",
            **figures,
        )

    def _early(self, counted, figures):
        if counted == "grace":
            return self.env._(
                "%(span)s: leaving %(minutes)s min early is allowed (up to %(grace)s "
                "min) and counts as worked.",
                **figures,
            )
        if counted == "absent":
            return self.env._(
                "%(span)s: leaving %(minutes)s min early is more than %(limit)s min, "
                "so all of it is absence.",
                **figures,
            )
        if self.policy.counts_only_excess:
            return self.env._(
                "%(span)s: %(minutes)s min early; of them only what exceeds the "
                "%(grace)s min allowed counts: %(excess)s min.",
                **figures,
                excess=figures["minutes"] - figures["grace"],
            )
        if figures["limit"] is None:
            return self.env._(
                "%(span)s: %(minutes)s min early (allowed: up to %(grace)s min).",
                **figures,
            )
        return self.env._(
            "%(span)s: %(minutes)s min early (allowed: up to %(grace)s min; absence: "
            "above %(limit)s min).",
            **figures,
        )

    def _tell_piece(self, start, stop, **figures):
        return self.env._(
            "%(span)s: due %(due)s min = worked %(worked)s + late %(late)s + early "
            "%(early)s + absent %(absent)s.",
            span=self.span(start, stop),
            **figures,
        )

    def _tell_break_credit(self, present, beyond, minutes, credited):
        return self.env._(
            "Present %(present)s min, not more than %(beyond)s: of the break "
            "%(minutes)s min were present, and %(credited)s of them count as worked.",
            present=present,
            beyond=beyond,
            minutes=minutes,
            credited=credited,
        )

    def _tell_below_percent(self, worked, due, percent):
        return self.env._(
            "Worked %(worked)s of %(due)s min is less than %(percent)s %%: all of it "
            "is absence.",
            worked=worked,
            due=due,
            percent=percent,
        )

    def _tell_flexible(self, due, present, worked, absent):
        return self.env._(
            "Due %(due)s min, whenever that is; present %(present)s: worked "
            "%(worked)s, absent %(absent)s.",
            due=due,
            present=present,
            worked=worked,
            absent=absent,
        )

    def _tell_leave(self, key, minutes, days):
        figures = {"request": self.names("request", key), "minutes": minutes}
        if days:
            return self.env._(
                "%(request)s: 1 day is charged; it takes %(minutes)s min out of what "
                "is due.",
                **figures,
            )
        return self.env._(
            "%(request)s: takes %(minutes)s min out of what is due.", **figures
        )

    def _tell_cover(self, key, kind, minutes, days=0):
        figures = {"request": self.names("request", key), "minutes": minutes}
        texts = {
            RequestKind.OUTING: self.env._(
                "%(request)s: %(minutes)s min of the shift are out on duty and count "
                "as worked.",
                **figures,
            ),
            RequestKind.TRIP: self.env._(
                "%(request)s: %(minutes)s min of the shift are on a business trip and "
                "count as worked.",
                **figures,
            ),
            RequestKind.LEAVE: self.env._(
                "%(request)s: %(minutes)s min of leave that counts as worked.",
                **figures,
            ),
        }
        if days:
            whole = self.env._("It is charged as 1 day.")
            return [texts[kind], whole]
        return texts[kind]

    def _tell_overtime(self, mode, kind, claimed, net, automatic, raw, **rules):
        figures = {
            "kind": self.overtime_kind(kind),
            "claimed": claimed,
            "net": net,
            "automatic": automatic,
            "raw": raw,
        }
        texts = {
            OvertimeMode.FORM: self.env._(
                "%(kind)s, by the form only: claimed %(claimed)s min, of which %(net)s "
                "lie outside the shift and leave.",
                **figures,
            ),
            OvertimeMode.FORM_PRESENCE: self.env._(
                "%(kind)s, by the form as far as present: claimed %(claimed)s min, of "
                "which %(net)s lie outside the shift and leave; present then: %(raw)s "
                "min.",
                **figures,
            ),
            OvertimeMode.AUTOMATIC: self.env._(
                "%(kind)s, by presence without a form: %(automatic)s min.", **figures
            ),
            OvertimeMode.LESSER: self.env._(
                "%(kind)s, the lesser of the form (%(net)s min outside the shift) and "
                "presence (%(automatic)s min): %(raw)s min.",
                **figures,
            ),
            OvertimeMode.TRUST: self.env._(
                "%(kind)s, as the form claims it: %(claimed)s min.", **figures
            ),
        }
        return [texts[mode], self._rounded(raw=raw, **rules)]

    def _rounded(self, **rules):
        if rules["rest"]:
            return self.env._(
                "%(raw)s min, less %(rest)s min rest, at least %(least)s min, rounded "
                "down to a multiple of %(unit)s min: %(recognised)s min are "
                "recognised.",
                **rules,
            )
        return self.env._(
            "%(raw)s min, at least %(least)s min, rounded down to a multiple of "
            "%(unit)s min: %(recognised)s min are recognised.",
            **rules,
        )

    def overtime_kind(self, kind):
        return {
            OvertimeKind.WORKDAY: self.env._("Workday overtime"),
            OvertimeKind.REST_DAY: self.env._("Rest-day overtime"),
            OvertimeKind.HOLIDAY: self.env._("Holiday overtime"),
        }[kind]

    def _tell_in_progress(self, until):
        return self.env._(
            "The day is in progress: punches count until %(time)s, and only then it is "
            "judged. Nobody is absent yet.",
            time=self.clock(until - 1),
        )
