"""What a request must be before it counts, each said in a sentence."""

from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

from odoo.addons.chain_attendance_shift.models.attendance_roster import EARLIEST
from odoo.addons.chain_attendance_shift.models.shift_definition import clock

from .attendance_request import IN_FORCE

MINUTES_PER_DAY = 24 * 60
LONGEST_DAYS = 366
AHEAD_DAYS = 366
MOST_HOURS = 24
FIGURES = ("start_minutes", "stop_minutes", "typed_hours", "typed_days")


class Refusals(dict):
    """``{employee id: sentence}``, filled instead of raising at the first one.

    In the context as ``attendance_refusals``, by who takes back what was made then. An
    object, so that no caller from outside can say it.
    """


class AttendanceRequest(models.Model):
    # One concern a file.
    _inherit = "attendance.request"  # pylint: disable=consider-merging-classes-inherited

    @api.constrains("kind", "is_by_days", "date_from", "date_to", *FIGURES)
    def _check_figures(self):
        for request in self:
            limits = {
                "start_minutes": MINUTES_PER_DAY - 1,
                "stop_minutes": MINUTES_PER_DAY,
                "typed_hours": MOST_HOURS * LONGEST_DAYS,
                "typed_days": LONGEST_DAYS,
            }
            for name, highest in limits.items():
                if not 0 <= request[name] <= highest:
                    raise ValidationError(
                        self.env._(
                            "“%(field)s” of a request must lie between 0 and "
                            "%(highest)s; it is %(value)s.",
                            field=request._face_of(name),
                            highest=highest,
                            value=request[name],
                        )
                    )
            request._check_dates()
            request._check_span()

    def _face_of(self, name):
        """The label of the field in which a person types this figure."""
        face = {"start_minutes": "start_time", "stop_minutes": "stop_time"}
        return self._fields[face.get(name, name)].get_description(self.env)["string"]

    def _check_dates(self):
        latest = fields.Date.context_today(self) + timedelta(days=AHEAD_DAYS)
        last = self.date_to or self.date_from
        if self.date_from < EARLIEST or last > latest:
            raise ValidationError(
                self.env._(
                    "A request lies between %(earliest)s and %(latest)s; this one is "
                    "for %(first)s to %(last)s.",
                    earliest=EARLIEST,
                    latest=latest,
                    first=self.date_from,
                    last=last,
                )
            )
        if not 1 <= (last - self.date_from).days + 1 <= LONGEST_DAYS:
            raise ValidationError(
                self.env._(
                    "A request covers 1 to %(limit)s days; %(first)s to %(last)s was "
                    "given.",
                    limit=LONGEST_DAYS,
                    first=self.date_from,
                    last=last,
                )
            )

    def _check_span(self):
        if self.is_by_days:
            if self.kind in ("overtime", "correction"):
                raise ValidationError(
                    self.env._("“%s” is filed by hours, not by days.", self.title)
                )
            return
        if not self.start_at or self.kind == "correction":
            return
        if self.stop_at <= self.start_at:
            raise ValidationError(
                self.env._(
                    "“%(title)s” of %(person)s ends when it starts, or before it.",
                    title=self.title,
                    person=self.employee_id.name,
                )
            )
        is_longer = self.stop_at - self.start_at > timedelta(hours=MOST_HOURS)
        if self.kind == "overtime" and is_longer:
            raise ValidationError(
                self.env._("Overtime of one form is at most %s hours.", MOST_HOURS)
            )

    @api.constrains(
        "kind", "state", "employee_id", "is_by_days", "date_from", "date_to",
        "start_minutes", "stop_minutes", "direction",
    )  # fmt: skip
    def _check_overlap(self):
        filed = self.filtered(lambda r: r.state in IN_FORCE)
        near = filed._filed_around()
        for request in filed:
            others = near[request.employee_id.id, request.kind]
            other = next(
                (o for o in others if o != request and request._meets(o)), None
            )
            if other:
                request._refuse(
                    self.env._(
                        "%(person)s has filed %(title)s already: %(when)s. Change that "
                        "one, or cancel it first.",
                        person=request.employee_id.name,
                        title=other.title,
                        when=other._when(),
                    )
                )

    def _refuse(self, words):
        """Raise, or note for who files for many people why one of them may not."""
        refusals = self.env.context.get("attendance_refusals")
        if not isinstance(refusals, Refusals):
            raise ValidationError(words)
        refusals.setdefault(self.employee_id.id, words)

    def _filed_around(self):
        """``{(employee id, kind): requests}`` in force around the dates of these."""
        found = defaultdict(list)
        if not self:
            return found
        # sudo: a request that the login does not see is in the way all the same
        near = self.sudo().search(
            [
                ("employee_id", "in", self.employee_id.ids),
                ("kind", "in", list(set(self.mapped("kind")))),
                ("state", "in", IN_FORCE),
                ("date_from", "<=", max(r.date_to or r.date_from for r in self)),
                ("date_to", ">=", min(self.mapped("date_from"))),
            ]
        )
        for request in near:
            found[request.employee_id.id, request.kind].append(request)
        return found

    def _meets(self, other):
        """Whether two requests of one person and kind are about the same time."""
        if self.date_from > other.date_to or other.date_from > self.date_to:
            return False
        if self.kind == "correction":
            return (self.start_at, self.direction) == (other.start_at, other.direction)
        if self.is_by_days or other.is_by_days:
            return True
        return self.start_at < other.stop_at and other.start_at < self.stop_at

    @api.constrains("employee_id", "date_from", "date_to", "state")
    def _check_employed(self):
        filed = self.filtered(lambda r: r.state in IN_FORCE)
        pairs = {
            (request.employee_id.id, day): request
            for request in filed
            for day in (request.date_from, request.date_to)
        }
        for pair in self.env["attendance.roster"]._not_employed(pairs):
            pairs[pair]._refuse(
                self.env._(
                    "%(person)s is not employed on %(day)s.",
                    person=pairs[pair].employee_id.name,
                    day=format_date(self.env, pair[1]),
                )
            )

    def _when(self):
        """Its dates and times in a few characters."""
        self.ensure_one()
        first, last = (format_date(self.env, d) for d in (self.date_from, self.date_to))
        if self.is_by_days:
            return first if first == last else f"{first} – {last}"
        start, stop = clock(self.start_minutes), clock(self.stop_minutes)
        if self.kind == "correction":
            return f"{first} {start}"
        return f"{first} {start} – {stop if first == last else f'{last} {stop}'}"
