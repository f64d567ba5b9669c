"""From chosen events to minutes of presence (rules 6 and 7).

``resolve`` rounds the events to minutes, supplies the ends a shift does not require,
those an outing or trip stands for and those a policy fills in, and lists the ends
that are missing.
"""

from __future__ import annotations

from typing import NamedTuple

from .choose import Chosen, Scope, Stretch
from .events import Event
from .inputs import Policy, Rounding
from .span import EMPTY, SpanSet
from .vocabulary import Direction, MissingEnd


class Missing(NamedTuple):
    """An end without a punch.

    :param is_in: the in end, else the out end
    :param at: the nominal minute number of that end
    :param fill: late or early minutes the policy puts there, ``None`` without
    """

    is_in: bool
    at: int
    fill: int | None
    scope: int


class Presence(NamedTuple):
    """Presence by punches; outing and trip are not in here.

    :param spans: present minutes, with what a policy filled in
    :param overtime: present minutes that can be overtime
    :param outings: (out, in) of inner pairs that do not interrupt presence
    :param gaps: (out, in) between which a person was away
    :param first_in: judged minute of the first in punch
    :param last_out: judged minute of the last out punch
    :param first_punch: judged minute of the earliest punch used
    :param last_punch: judged minute of the latest punch used
    """

    spans: SpanSet = EMPTY
    overtime: SpanSet = EMPTY
    outings: tuple[tuple[int, int], ...] = ()
    gaps: tuple[tuple[int, int], ...] = ()
    missing: tuple[Missing, ...] = ()
    first_in: int | None = None
    last_out: int | None = None
    first_punch: int | None = None
    last_punch: int | None = None
    first_event: Event | None = None
    last_event: Event | None = None


def round_second(second: int, rounding: Rounding | None, midnight: int) -> int:
    """Minute number of a punch.

    :param second: seconds since the epoch
    :param rounding: ``None`` drops the seconds
    :param midnight: minute number from which the rounding's unit is counted
    """
    if rounding is None:
        return second // 60
    unit = rounding.unit_minutes * 60
    passed = second - midnight * 60
    if rounding.direction is Direction.UP:
        passed += unit - 1
    elif rounding.direction is Direction.NEAREST:
        passed += unit // 2
    return midnight + passed // unit * rounding.unit_minutes


class _Resolver:
    """Resolves the stretches of one work date."""

    def __init__(self, chosen: Chosen, scopes: list[Scope], policy: Policy, base: int):
        self.chosen = chosen
        self.scopes = scopes
        self.policy = policy
        self.base = base
        self.spans: list[tuple[int, int]] = []
        self.overtime: list[tuple[int, int]] = []
        self.missing: list[Missing] = []
        self.pairs: list[tuple[int, int]] = []

    def in_minute(self, event: Event) -> int:
        return round_second(event.first, self.policy.round_in, self.base)

    def out_minute(self, event: Event) -> int:
        return round_second(event.last, self.policy.round_out, self.base)

    def stretch(self, stretch: Stretch) -> None:
        """Add the presence of one stretch."""
        scope = self.scopes[stretch.scope]
        start = self.in_minute(stretch.first) if stretch.first else None
        stop = self.out_minute(stretch.last) if stretch.last else None
        start, stop = self._given(scope, stretch, start, stop)
        is_whole = start is not None and stop is not None
        if not is_whole:
            start, stop = self._filled(scope, stretch.scope, start, stop)
        if start is None or stop is None:
            return
        if scope.floor is not None:
            start = max(start, scope.floor)
        if scope.ceiling is not None:
            stop = min(stop, scope.ceiling)
        pairs = [(self.out_minute(o), self.in_minute(i)) for o, i in stretch.pairs]
        if self.chosen.pairs_are_gaps:
            parts = SpanSet.of(start, stop) - SpanSet(pairs)
        else:
            parts = SpanSet.of(start, stop)
        self.pairs += pairs
        self.spans += parts.spans
        if is_whole:
            self._add_overtime(stretch, start, stop, parts)

    def _given(self, scope, stretch, start, stop):
        """Put in the ends that are not required, or that a cover stands for."""
        is_first = stretch is self.first_of(stretch.scope)
        is_last = stretch is self.last_of(stretch.scope)
        if is_first and scope.in_given:
            if start is None:
                start = scope.start
            elif not scope.in_required:
                start = min(start, scope.start)
        if is_last and scope.out_given:
            if stop is None:
                stop = scope.stop
            elif not scope.out_required:
                stop = max(stop, scope.stop)
        return start, stop

    def first_of(self, scope: int) -> Stretch:
        return next(s for s in self.chosen.stretches if s.scope == scope)

    def last_of(self, scope: int) -> Stretch:
        return next(s for s in reversed(self.chosen.stretches) if s.scope == scope)

    def _filled(self, scope, index, start, stop):
        """Note a missing end, and fill it as the policy says."""
        is_in = start is None
        policy = self.policy
        how = policy.missing_in if is_in else policy.missing_out
        fill = None
        if how is MissingEnd.MINUTES:
            fill = policy.missing_in_minutes if is_in else policy.missing_out_minutes
        if scope.split is not None or not scope.is_due:
            how, fill = MissingEnd.NOT_PRESENT, None
        nominal = scope.start if is_in else scope.stop
        self.missing.append(Missing(is_in, nominal, fill, index))
        if how is MissingEnd.NOT_PRESENT:
            return start, stop
        return (nominal, stop) if is_in else (start, nominal)

    def _add_overtime(self, stretch, start, stop, parts) -> None:
        rounding = self.policy.round_overtime
        if rounding is None:
            self.overtime += parts.spans
            return
        scope = self.scopes[stretch.scope]
        first = (
            round_second(stretch.first.first, rounding, self.base)
            if (stretch.first)
            else start
        )
        last = (
            round_second(stretch.last.last, rounding, self.base)
            if (stretch.last)
            else stop
        )
        first, last = self._given(scope, stretch, first, last)
        away = SpanSet.of(start, stop) - parts
        self.overtime += (SpanSet.of(first, last) - away).spans


def resolve(
    chosen: Chosen, scopes: list[Scope], policy: Policy, midnight: int
) -> Presence:
    """Presence of a work date by its chosen events.

    :param midnight: minute number from which rounding units are counted
    """
    stretches = chosen.stretches
    if not stretches:
        exempt = SpanSet(_exempt_spans(scopes, set()))
        return Presence(exempt, exempt)
    resolver = _Resolver(chosen, scopes, policy, midnight)
    for stretch in stretches:
        resolver.stretch(stretch)
    exempt = _exempt_spans(scopes, {stretch.scope for stretch in stretches})
    resolver.spans += exempt
    resolver.overtime += exempt
    ins = [resolver.in_minute(s.first) for s in stretches if s.first]
    outs = [resolver.out_minute(s.last) for s in stretches if s.last]
    gaps = _between(resolver, stretches)
    if chosen.pairs_are_gaps:
        gaps += resolver.pairs
    return Presence(
        SpanSet(resolver.spans),
        SpanSet(resolver.overtime),
        () if chosen.pairs_are_gaps else tuple(resolver.pairs),
        tuple(sorted(gaps)),
        tuple(resolver.missing),
        ins[0] if ins else None,
        outs[-1] if outs else None,
        min(ins + outs),
        max(ins + outs),
        next((s.first for s in stretches if s.first), None),
        next((s.last for s in reversed(stretches) if s.last), None),
    )


def _between(resolver: _Resolver, stretches) -> list[tuple[int, int]]:
    """The (out, in) between stretches of one scope."""
    return [
        (resolver.out_minute(one.last), resolver.in_minute(two.first))
        for one, two in zip(stretches, stretches[1:])  # noqa: B905
        if one.scope == two.scope and one.last and two.first
    ]


def _exempt_spans(scopes: list[Scope], served: set[int]) -> list[tuple[int, int]]:
    """Scopes without an event that require neither end are present whole."""
    return [
        (scope.start, scope.stop)
        for index, scope in enumerate(scopes)
        if index not in served
        and scope.is_due
        and not (scope.in_required or scope.out_required)
    ]
