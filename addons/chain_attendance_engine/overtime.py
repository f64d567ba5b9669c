"""Overtime: what of presence and forms is recognised (rule 11)."""

from __future__ import annotations

from typing import NamedTuple

from .frame import Frame, Table, gross_of
from .inputs import Policy
from .span import EMPTY, SpanSet
from .vocabulary import OvertimeMode

NEEDS_FORM = frozenset(
    (
        OvertimeMode.FORM,
        OvertimeMode.FORM_PRESENCE,
        OvertimeMode.LESSER,
        OvertimeMode.TRUST,
    )
)


class Overtime(NamedTuple):
    """Overtime of one work date; all minutes are of the date's one kind.

    :param claimed: typed hours, else the union of the forms' spans
    :param raw: minutes before deduction, minimum and unit
    :param recognised: minutes after them
    :param spans: the minutes ``raw`` was summed from, where it is a sum of spans
    :param net: the forms' minutes outside every shift and leave
    :param automatic: the minutes of automatic recognition
    :param on_holiday: presence within removed segments of a shift that works on them
    """

    claimed: int = 0
    raw: int = 0
    recognised: int = 0
    spans: SpanSet = EMPTY
    net: SpanSet = EMPTY
    automatic: SpanSet = EMPTY
    on_holiday: SpanSet = EMPTY


def matters(frame: Frame) -> bool:
    """Whether overtime, or work without a form, can come of the day at all.

    Not on a day with segments, without a form, where the mode needs one and the policy
    does not ask for unapproved work.
    """
    if frame.forms or not frame.has_segments:
        return True
    policy = frame.policy
    return policy.overtime_mode not in NEEDS_FORM or policy.flags_unapproved_workday


def never_overtime(
    frame: Frame, tables: tuple[Table, ...], neighbours: list[Frame]
) -> SpanSet:
    """Minutes inside any day's segments or on leave.

    :param tables: today's timetables as they lie (breaks taken, elastic end moved)
    """
    barred = [] if frame.is_removed else list(gross_of(tables) if tables else ())
    for other in neighbours:
        barred += other.gross.spans
    if frame.requests.leaves or frame.requests.worked:
        barred += frame.requests.never_overtime().spans
        if frame.is_removed and frame.day_leave is not None:
            barred += frame.removed.spans
    return SpanSet(barred)


def claimed_minutes(frame: Frame) -> int:
    """Typed hours of the forms that have them, plus the union of the others' spans."""
    typed = sum(f.typed_minutes for f in frame.forms if f.typed_minutes is not None)
    union = SpanSet(
        (f.start_minute, f.stop_minute) for f in frame.forms if f.typed_minutes is None
    )
    return typed + union.minutes


def automatic_part(
    frame: Frame, tables: tuple[Table, ...], eligible: SpanSet
) -> SpanSet:
    """Of the eligible minutes, those that count without a form.

    After the last end and its delay and, if switched on, before the first start;
    without a shift, or where a holiday removed it, all of them.
    """
    if frame.shift is None or frame.is_removed or frame.is_flexible:
        return eligible
    policy = frame.policy
    if not eligible:
        return EMPTY
    found = EMPTY
    after = tables[-1].stop + policy.overtime_delay_minutes
    if after < eligible.stop:
        found = eligible & SpanSet.of(after, eligible.stop)
    if policy.overtime_before_start and eligible.start < tables[0].start:
        found = found | (eligible & SpanSet.of(eligible.start, tables[0].start))
    return found


def recognise(
    frame: Frame, tables: tuple[Table, ...], present: SpanSet, barred: SpanSet
) -> Overtime:
    """Overtime of a work date.

    :param present: minutes of presence that can be overtime: punched stretches,
        outing and trip by hours; for a flexible shift what exceeds the due hours
    :param barred: minutes that can never be overtime
    """
    mode = frame.policy.overtime_mode
    if not frame.forms and mode in NEEDS_FORM and not frame.works_holiday:
        return Overtime()
    eligible = present - barred
    held = EMPTY
    if frame.works_holiday:
        held = eligible if frame.is_flexible else eligible & frame.removed
    claimed = claimed_minutes(frame)
    net = frame.form_spans - barred
    automatic = automatic_part(frame, tables, eligible)
    spans, extra = _by_mode(mode, net, eligible, automatic, held)
    if mode is OvertimeMode.TRUST:
        rest = held - frame.form_spans
        raw = claimed + rest.minutes
        recognised = claimed + deduct(rest.minutes, frame.policy)
        return Overtime(claimed, raw, recognised, rest, net, automatic, held)
    raw = spans.minutes + extra
    recognised = deduct(raw, frame.policy)
    return Overtime(claimed, raw, recognised, spans, net, automatic, held)


def _by_mode(mode, net, eligible, automatic, held) -> tuple[SpanSet, int]:
    """The recognised spans, and minutes that are an amount without a place."""
    if mode is OvertimeMode.FORM:
        return net | held, 0
    if mode is OvertimeMode.FORM_PRESENCE:
        return (net & eligible) | held, 0
    if mode is OvertimeMode.AUTOMATIC:
        return automatic | held, 0
    if mode is OvertimeMode.LESSER:
        return held, min((net - held).minutes, (automatic - held).minutes)
    return held, 0


def deduct(minutes: int, policy: Policy) -> int:
    """Rest deduction, minimum and unit of a day's sum of one kind."""
    if minutes > policy.overtime_rest_after_minutes:
        minutes = max(0, minutes - policy.overtime_rest_minutes)
    if minutes < policy.overtime_least_minutes:
        return 0
    return minutes - minutes % policy.overtime_unit_minutes
