#!/usr/bin/env python3
"""How fast terminals are answered, beside what else there is.

Every part stands alone: rates, fleet, outage, stuck, growth. README.md says more.
"""

import argparse
import os
import statistics
import sys
from contextlib import ExitStack
from dataclasses import dataclass

import baselines
import crowd
import growth
from load import BATCH, Plan
from stand import Bench, load

PARTS = ("rates", "fleet", "outage", "stuck", "growth")


@dataclass
class Line:
    """One line of the table; ``wanted`` is a number of the same unit, or nothing."""

    what: str
    value: float
    unit: str
    wanted: float | None = None
    at_most: bool = False

    @property
    def is_met(self):
        if self.wanted is None:
            return True
        if self.at_most:
            return self.value <= self.wanted
        return self.value >= self.wanted

    def __str__(self):
        text = f"{self.what:<58} {self.value:>10,.2f} {self.unit:<8}"
        if self.wanted is None:
            return text.rstrip()
        sign = "≤" if self.at_most else "≥"
        return f"{text} {sign} {self.wanted:<7g} {'met' if self.is_met else 'MISSED'}"


class Rates:
    """Ours and the baselines in turns; every ratio is the median of the rounds'."""

    def __init__(self, bench, options):
        self.bench, self.options = bench, options
        self.found = {}
        self.day = 0

    def note(self, name, value):
        self.found.setdefault(name, []).append(value)
        print(f"    {name:<40} {value:>10,.0f} /s", flush=True)

    def run(self):
        with ExitStack() as stack:
            ours = stack.enter_context(self.bench.server())
            filtered = self._filtered(stack)
            package = self._package(stack)
            ports = {"ours": ours.port}
            if package:
                ports["package"] = package.port
            for port in ports.values():
                # What is new is created and loaded before anything is measured.
                load(self._plan(port, "polls", seconds=1))
                load(self._plan(port, "singles", seconds=1))
            for number in range(self.options.rounds):
                print(f"  round {number + 1} of {self.options.rounds}", flush=True)
                self._round(ports, filtered.port)
            lines = self._patience(ours.port)
        if self.options.core:
            self.note("core pairs", baselines.core_pairs_rate(self.bench, 10))
        if package:
            package.drop()
        return self._lines() + lines

    def _filtered(self, stack):
        name = self.bench.name
        more = (f"--database={name},{name}", f"--db-filter=^{name}$")
        return stack.enter_context(self.bench.server(more=more))

    def _package(self, stack):
        if not self.options.package:
            print("  without the package: --no-package")
            return None
        package = baselines.Package(self.bench)
        try:
            package.make()
        except RuntimeError as reason:
            print(f"  without the package: {reason}")
            return None
        return stack.enter_context(package)

    def _plan(self, port, kind, **more):
        """A plan with punches that no earlier one has sent."""
        self.day += 1
        return Plan(
            port=port,
            kind=kind,
            terminals=min(50, self.options.terminals),
            first_day=f"{2010 + self.day // 12}-{self.day % 12 + 1:02d}-01",
            **{"seconds": self.options.seconds, **more},
        )

    def _round(self, ports, filtered):
        seconds = self.options.seconds
        self.bench.forget_punches()
        self.note("bare rows", baselines.bare_rows_rate(self.bench, seconds))
        self.bench.forget_punches()
        for name, port in ports.items():
            plan = self._plan(port, "batches")
            done = self._checked(load(plan))
            self.note(f"{name} new rows", done.rows_rate)
            again = load(plan, distinct=max(done.requests, 1))
            self.note(f"{name} replayed rows", self._checked(again).rows_rate)
        for name, port in ports.items():
            singles = self._checked(load(self._plan(port, "singles")))
            self.note(f"{name} singles", singles.rate)
        for name, port in ports.items():
            self.note(f"{name} polls", self._checked(load(self._polls(port))).rate)
        for name, port in (
            ("with db_name", ports["ours"]),
            ("with dbfilter", filtered),
        ):
            done = load(self._plan(port, "empty"))
            self.note(f"empty, {name}", self._checked(done).rate)

    def _polls(self, port):
        plan = self._plan(port, "polls")
        # Noted as seen a moment ago, as a unit is that polls all the time.
        load(plan, total=plan.terminals)
        return plan

    @staticmethod
    def _checked(outcome):
        if outcome.errors or not outcome.requests:
            raise RuntimeError(f"refused or broken: {outcome.errors}")
        return outcome

    def _patience(self, port):
        """How long a poll takes at half of what is possible."""
        rate = statistics.median(self.found["ours polls"]) / 2
        plan = self._polls(port)
        done = load(plan, rate=rate, seconds=max(2 * plan.seconds, 2), connections=64)
        self._checked(done)
        return [
            Line("polls at half of the maximum: p50", done.quantile(0.5) * 1000, "ms"),
            Line(
                "polls at half of the maximum: p99",
                done.quantile(0.99) * 1000,
                "ms",
                50,
                at_most=True,
            ),
        ]

    def _lines(self):
        lines = [
            Line(name, statistics.median(values), "/s")
            for name, values in self.found.items()
        ]
        for what, mine, other, wanted in (
            ("new rows : bare insert", "ours new rows", "bare rows", 0.4),
            ("new rows : package", "ours new rows", "package new rows", 4),
            ("replayed : new rows", "ours replayed rows", "ours new rows", 2),
            ("singles : package", "ours singles", "package singles", 5),
            ("polls : package", "ours polls", "package polls", 5),
            ("polls : empty, db_name", "ours polls", "empty, db_name", 2.5),
            ("polls : empty, dbfilter", "ours polls", "empty, dbfilter", 10),
        ):  # fmt: skip
            pairs = zip(self.found[mine], self.found.get(other, ()), strict=False)
            ratios = [first / second for first, second in pairs]
            if ratios:
                lines.append(Line(what, statistics.median(ratios), "times", wanted))
        return lines


def run_rates(bench, options):
    return Rates(bench, options).run()


def run_fleet(bench, options):
    found = crowd.fleet(bench, options)
    return [
        Line("fleet: polls and punches", found.requests, ""),
        Line("fleet: not answered as wanted", found.bad, "", 0, at_most=True),
        Line("fleet: p99", found.p99 * 1000, "ms"),
        Line("fleet: days still queued, after s", found.queue, "s", 30, at_most=True),
    ]


def run_outage(bench, options):
    found = crowd.outage(bench, options)
    return [
        Line("outage: rows delivered", found.rows, ""),
        Line("outage: rows stored less than sent", found.lost, "", 0, at_most=True),
        Line("outage: refused", found.bad, "", 0, at_most=True),
        Line("outage: all delivered after", found.seconds, "s"),
        Line("outage: slowest poll", found.slowest, "s", 5, at_most=True),
    ]


def run_stuck(bench, options):
    lines = []
    for where, found in crowd.stuck(bench, options).items():
        wanted = 5 if where == "proxy" else None
        lines += [
            Line(f"stuck, {where}: polls answered", found.requests, ""),
            Line(
                f"stuck, {where}: slowest poll",
                found.slowest,
                "s",
                wanted,
                at_most=True,
            ),
        ]
    return lines


def run_growth(bench, options):
    lines, times = [], growth.measure(bench, options.rows, options.seconds)
    for rows, milliseconds in times:
        what = f"growth: {BATCH} rows into {rows:,} rows"
        lines.append(Line(what, milliseconds, "ms"))
    ratio = times[-1][1] / times[0][1]
    return [*lines, Line("growth: full : empty", ratio, "times", 1.5, at_most=True)]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--seconds", type=float, default=6, help="of one measurement")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--terminals", type=int, default=2000)
    parser.add_argument("--minutes", type=float, default=3, help="of the fleet")
    parser.add_argument("--units", type=int, default=200, help="that come back at once")
    parser.add_argument("--backlog", type=int, default=10, help="their batches")
    parser.add_argument("--rows", type=int, default=10_000_000, help="of the growth")
    parser.add_argument("--no-package", dest="package", action="store_false")
    parser.add_argument("--no-core", dest="core", action="store_false")
    parser.add_argument("--keep", action="store_true", help="keep and use the database")
    parser.add_argument("--database", help="use this one as it is, and keep it")
    options = parser.parse_args()
    parts = options.parts or PARTS
    if unknown := set(parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    bench, lines = Bench(options), []
    try:
        bench.make()
        for part in parts:
            print(
                f"{part}: {os.getloadavg()[0]:.1f} processes were at work", flush=True
            )
            bench.forget_punches()
            found = globals()[f"run_{part}"](bench, options)
            print(*found, "", sep="\n", flush=True)
            lines += found
    finally:
        bench.drop()
    missed = [line for line in lines if not line.is_met]
    print(
        f"{len(missed)} of {sum(li.wanted is not None for li in lines)} targets missed"
    )
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
