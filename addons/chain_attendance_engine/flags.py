"""Work without a form, and work without a roster (rules 11 and 13)."""

from __future__ import annotations

from .day import Workspace
from .overtime import NEEDS_FORM, automatic_part
from .span import SpanSet
from .vocabulary import DayName, ExceptionKind


def flag_work(work: Workspace, tables, eligible: SpanSet) -> None:
    """Raise "unscheduled work" and "unapproved work".

    :param tables: the timetables as they lie
    :param eligible: presence that can be overtime
    """
    frame = work.frame
    if frame.name is DayName.UNSCHEDULED and work.events:
        work.note(ExceptionKind.UNSCHEDULED_WORK, events=len(work.events))
    policy = frame.policy
    if frame.forms or frame.works_holiday or policy.overtime_mode not in NEEDS_FORM:
        return
    if not frame.has_segments:
        if len(work.events) >= 2:
            work.note(
                ExceptionKind.UNAPPROVED_WORK,
                events=len(work.events),
                minutes=eligible.minutes,
            )
        return
    if policy.flags_unapproved_workday:
        minutes = automatic_part(frame, tables, eligible).minutes
        if minutes >= max(1, policy.overtime_least_minutes):
            work.note(ExceptionKind.UNAPPROVED_WORK, minutes=minutes)
