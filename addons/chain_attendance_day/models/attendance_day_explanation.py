"""Explain: how the figures of a day came to be (rule 17)."""

from datetime import timedelta

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date

from odoo.addons.chain_attendance_engine import (
    DayName,
    EngineError,
    ExceptionKind,
    RequestKind,
    RosterSource,
    format_leave,
    format_minutes,
    instant_minute,
)
from odoo.addons.chain_attendance_engine.clock import minute_at

from .attendance_day import COLUMNS, FIGURES
from .day_teller import Teller
from .day_timeline import Timeline

SHOWN = tuple(name for name in FIGURES if name.endswith("_minutes"))
ALWAYS_SHOWN = FIGURES[:5]
BLANK_ZERO = ("late_minutes", "early_minutes", "absent_minutes")
OPEN_IS_BLANK = FIGURES[1:5]
# In which part of the screen a line of the trace is told.
PLANNED = ("roster", "recognition", "window")
FILED = ("leave", "cover")


class AttendanceDay(models.Model):
    # One concept, one file.
    _inherit = "attendance.day"  # pylint: disable=consider-merging-classes-inherited

    def action_explain(self):
        """Open the explanation in a dialog."""
        self.ensure_one()
        return {
            "type": "ir.actions.client",
            "tag": "attendance_day_explanation",
            "name": self.env._("How This Day Was Computed"),
            "target": "new",
            "params": {"day_id": self.id},
            "context": {"dialog_size": "extra-large", "footer": False},
        }

    def explain(self):
        """How each figure of this day came to be, in the reader's language.

        For whoever may read the day. The day is judged again as it would be computed
        now; nothing is stored. What is filed is named only to whom may read it.

        :return: plain values: ``day``, ``status``, ``figures``, ``sections`` of
            sentences, ``punches``, ``requests``, ``exceptions`` and ``timeline``.
        """
        self.ensure_one()
        self.check_access("read")
        pair = self.employee_id.id, self.work_date
        judged = self._judge_for_reading(pair)
        return {
            "day": self._explain_day(judged),
            "status": self._explain_status(pair, judged),
            "figures": self._explain_figures(judged),
            **(self._explain_judged(judged) if judged.row else NOTHING_TOLD),
        }

    @api.model
    def _judge_for_reading(self, pair):
        try:
            # sudo: judged as the queue does, whoever reads; the caller may read the day
            return self.sudo()._judge([pair])[pair]
        except EngineError as error:
            raise UserError(
                self.env._("This day cannot be computed now: %(cause)s", cause=error)
            ) from error

    def _explain_judged(self, judged):
        day_input, result = judged.gathered.day_input, judged.result
        touching = self._explain_touching(day_input, result)
        found = self._explain_requests([request.key for request in touching])
        names = {}
        teller = self._explain_teller(day_input, names)
        requests = []
        for request in touching:
            text = self._explain_request(teller, request, found.get(request.key))
            names[request.key] = text["name"]
            requests.append(text)
        told = {request["key"]: request for request in requests}
        sections = [
            ("planned", self.env._("What Was Planned"), self._planned(teller, judged)),
            (
                "counted",
                self.env._("How It Was Counted"),
                self._counted(teller, result),
            ),
        ]
        for line in result.trace:
            if line.code in FILED:
                request = told.get(str(dict(line.figures)["key"]))
                if request:
                    request["effect"] = " ".join(teller.tell(line))
        timeline = Timeline(day_input, result, self._explain_labels(), teller.clock)
        return {
            "sections": [
                {"name": name, "title": title, "sentences": sentences}
                for name, title, sentences in sections
            ],
            "punches": self._explain_punches(teller, result, found),
            "requests": requests,
            "exceptions": [
                {"code": one.kind.value, "text": teller.exception(one)}
                for one in result.exceptions
            ]
            + self._explain_beside(),
            "timeline": timeline.draw(),
        }

    def _explain_beside(self):
        """What is wrong with the day beside what its own judging tells."""
        rows = self.env["attendance.exception"].search(
            [
                ("employee_id", "=", self.employee_id.id),
                ("work_date", "=", self.work_date),
                ("state", "!=", "withdrawn"),
                ("code", "not in", [kind.value for kind in ExceptionKind]),
            ]
        )
        names = dict(rows._fields["code"]._description_selection(self.env))
        return [
            {
                "code": row.code,
                "text": self.env._(
                    "%(exception)s: %(detail)s.",
                    exception=names[row.code],
                    detail=row.detail,
                ),
            }
            for row in rows
        ]

    # Head

    def _explain_day(self, judged):
        # sudo: who may read the day may read of whom and where it is
        day = self.sudo()
        employee = day.employee_id
        zone = judged.gathered.day_input.today.zone if judged.gathered else None
        return {
            "id": self.id,
            "employee": employee.name,
            "number": employee.employee_number or "",
            "date": self.work_date.isoformat(),
            "date_text": format_date(self.env, self.work_date, date_format="full"),
            "department": day.department_id.name or "",
            "store": day.store_id.name or "",
            "company": day.company_id.name or "",
            "shift": day.shift_id.name or "",
            "zone": str(zone or ""),
            "zone_note": self._zone_note(zone),
        }

    def _zone_note(self, zone):
        """Said where the reader's clock shows something else."""
        reader = self.env.tz
        if zone is None:
            return ""
        noon = minute_at(instant_minute(self.work_date, 12 * 60, zone))
        if noon.astimezone(zone).utcoffset() == _offset(noon, reader):
            return ""
        return self.env._(
            "All times are of the store's clock (%(zone)s), not of yours (%(own)s).",
            zone=zone,
            own=reader,
        )

    def _explain_status(self, pair, judged):
        """Whether this explains the stored figures."""
        fingerprint = judged.row and judged.row[COLUMNS.index("fingerprint")]
        if fingerprint == self.fingerprint:
            text = self.env._("This is how the stored figures came to be.")
            return {"kind": "same", "text": text}
        if self._is_held(pair, judged):
            text = self.env._(
                "The period is closed: the stored figures stay as they were. What "
                "follows is how the day would be computed from what is known now."
            )
            return {"kind": "closed", "text": text}
        if not judged.row:
            text = self.env._(
                "This day will be removed when it is computed: the person is not "
                "employed on that date, or it has not begun."
            )
            return {"kind": "gone", "text": text}
        text = self.env._(
            "Something has changed since the stored figures were computed; the day "
            "waits to be computed again. What follows explains the new figures."
        )
        return {"kind": "waiting", "text": text}

    @api.model
    def _is_held(self, pair, judged):
        """Whether the stored figures of a day may not change any more."""
        self.env["attendance.period"].flush_model()
        return bool(self._closed_days({pair: judged}))

    def _explain_figures(self, judged):
        """Stored and computed figures, as they are shown."""
        computed = judged.row and judged.result.totals
        fields = self.fields_get(SHOWN, ["string"])
        is_open = judged.row and judged.result.state.value == "in_progress"
        figures = []
        for name in SHOWN:
            stored = self[name]
            new = getattr(computed, name) if computed else None
            if not (stored or new or name in ALWAYS_SHOWN):
                continue
            blank = name in BLANK_ZERO
            was_open = self.state == "in_progress" and name in OPEN_IS_BLANK
            texts = [
                "" if was_open else format_minutes(stored, blank_zero=blank),
                ""
                if is_open and new is None
                else format_minutes(new, blank_zero=blank),
            ]
            if name == "leave_minutes" and computed and new == stored:
                texts = [_leave_text(judged.result)] * 2
            figures.append(
                {
                    "name": name,
                    "label": fields[name]["string"],
                    "stored": texts[0],
                    "computed": texts[1],
                    "minutes": new,
                    "differs": bool(judged.row) and texts[0] != texts[1],
                }
            )
        return figures

    # Sections

    def _planned(self, teller, judged):
        day_input, result = judged.gathered.day_input, judged.result
        sentences = []
        for line in result.trace:
            if line.code not in PLANNED:
                continue
            told = [_said(line.code, text) for text in teller.tell(line)]
            sentences += told
            if line.code == "roster":
                told[0]["link"] = self._roster_link(line)
                sentences += self._holiday_said()
                sentences += self._shift_said(teller, result)
                sentences += self._rules_said(teller, day_input, result)
        return sentences

    def _roster_link(self, line):
        figures = dict(line.figures)
        source, key = figures["source"], figures["key"]
        if not isinstance(key, int):
            return None
        model = {
            RosterSource.OVERRIDE: "attendance.roster.override",
            RosterSource.DATED: "attendance.roster",
            RosterSource.STANDING: "attendance.roster",
            RosterSource.DEFAULT: "attendance.store" if key > 0 else "hr.department",
        }.get(source)
        if model is None:
            return None
        record = self.env[model].browse(abs(key))
        if source is RosterSource.DATED and record.has_access("read"):
            record = record.rotation_id
        return self._explain_link(record)

    @api.model
    def _explain_link(self, record):
        """Where to look, for who may; ``None`` for everybody else."""
        record = record.exists()
        if not record or not record.has_access("read"):
            return None
        return {
            "model": record._name,
            "id": record.id,
            "name": record.display_name,
        }

    def _holiday_said(self):
        """The holiday's name; which day it is, everybody may know."""
        employee, day = self.employee_id.id, self.work_date
        # sudo: as above
        places = self.sudo()._gather_places([employee], day, day)
        calendar = places.on(employee, day).calendar_id
        holidays = self.env["attendance.holiday"].sudo()
        holiday = holidays.search(
            [("calendar_id", "=", calendar), ("date", "=", day)], limit=1
        )
        if not holiday:
            return []
        return [_said("holiday", self.env._("It is “%(name)s”.", name=holiday.name))]

    def _shift_said(self, teller, result):
        """The shift as it was in force on the date."""
        shift = result.shift
        if shift is None:
            return []
        # sudo: the name and hours of a shift are what the day was judged by
        record = self.env["attendance.shift"].sudo().browse(shift.key).exists()
        sentence = _said("shift", self._shift_text(teller, shift, record))
        link = record and self._explain_link(record.sudo(False))
        if link:
            sentence["link"] = link
        return [sentence]

    def _shift_text(self, teller, shift, record):
        figures = {
            "shift": record.name or shift.name,
            "hours": teller.joined(teller.wall(p.start, p.stop) for p in shift.plan),
            "due": format_minutes(shift.nominal_minutes),
        }
        if shift.is_flexible:
            text = self.env._(
                "Shift “%(shift)s”: %(due)s at any time of the day.", **figures
            )
        else:
            text = self.env._("Shift “%(shift)s”: %(hours)s, %(due)s due.", **figures)
        pauses = [pause for piece in shift.plan for pause in piece.breaks]
        if pauses:
            spans = (teller.wall(pause.start, pause.stop) for pause in pauses)
            text += " " + self.env._("Break: %(spans)s.", spans=teller.joined(spans))
        return f"{text} {self._version_text(record)}".strip()

    def _version_text(self, shift):
        """Since when, or until when, a shift was as it was on the date."""
        versions = shift.version_ids.sorted("date_to")
        later = versions.filtered(lambda version: version.date_to >= self.work_date)
        if later:
            until = format_date(self.env, later[0].date_to)
            return self.env._("The shift was so until %(date)s.", date=until)
        if versions:
            since = versions[-1].date_to + timedelta(days=1)
            return self.env._(
                "The shift is so since %(date)s.", date=format_date(self.env, since)
            )
        return ""

    def _rules_said(self, teller, day_input, result):
        if result.name is not DayName.WORK:
            return []
        policy = day_input.today.policy
        # sudo: how a company judges is no secret to who reads what it judged
        record = self.env["attendance.policy"].sudo().browse(policy.key or []).exists()
        base = record._as_engine_policy()
        rules = teller.rules(record.name or "", policy != base)
        return [_said("rules", text) for text in rules]

    def _counted(self, teller, result):
        sentences = [
            _said(line.code, text)
            for line in result.trace
            if line.code not in PLANNED + FILED
            for text in teller.tell(line)
        ]
        totals = result.totals
        spans = result.span_set("punched_outing")
        outing = teller.tell_outing(spans, totals.punched_outing_minutes)
        name = teller.tell_name(result.name)
        if name:
            sentences.insert(0, _said("name", name))
        if outing:
            sentences.append(_said("punched_outing", outing))
        if result.name is DayName.WORK:
            sentences.append(_said("total", teller.tell_total(totals)))
        return sentences

    def _explain_teller(self, day_input, filed):
        # sudo: the name of a shift is what the day was judged by
        shifts = self.env["attendance.shift"].sudo()

        def names(kind, key):
            if kind == "request":
                return filed.get(key, self.env._("A request"))
            return shifts.browse(key).exists().name or str(key)

        return Teller(self.env, day_input, names)

    # Words of the drawing

    @api.model
    def _explain_labels(self):
        return {
            "planned": self.env._("Planned"),
            "requests": self.env._("Requests"),
            "counted": self.env._("Counted"),
            "punches": self.env._("Punches"),
            "window": self.env._("Punches count"),
            "shift": self.env._("Shift"),
            "break": self.env._("Break"),
            "worked": self.env._("Worked"),
            "late": self.env._("Late"),
            "early": self.env._("Early"),
            "absent": self.env._("Absent"),
            "leave": self.env._("Leave"),
            "outing": self.env._("Outing"),
            "trip": self.env._("Business trip"),
            "overtime": self.env._("Overtime"),
            "correction": self.env._("Punch correction"),
            "punched_outing": self.env._("Punched outing"),
            "core_missed": self.env._("Core time missed"),
        }


NOTHING_TOLD = {
    "sections": [],
    "punches": [],
    "requests": [],
    "exceptions": [],
    "timeline": None,
}


def _said(code, text):
    return {"code": code, "text": text, "link": None}


def _offset(at, zone):
    return at.astimezone(zone).utcoffset()


def _leave_text(result):
    """Days of leave by days, and the rest in hours."""
    days = result.totals.leave_days
    hours = sum(
        charge.minutes
        for charge in result.charges
        if charge.kind is RequestKind.LEAVE and not charge.days
    )
    return format_leave(days, hours)
