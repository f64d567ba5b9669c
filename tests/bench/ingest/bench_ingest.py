#!/usr/bin/env python3
"""How fast terminals are answered, beside what else there is.

Every part stands alone: rates, fleet, outage, stuck, growth. README.md says more.
"""

import argparse
import functools
import os
import statistics
import sys
from contextlib import ExitStack
from dataclasses import dataclass, replace

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
        text = f"{self.what:<52} {self.value:>10,.2f} {self.unit:<8}"
        if self.wanted is None:
            return text.rstrip()
        sign = "≤" if self.at_most else "≥"
        return f"{text} {sign} {self.wanted:<7g} {'met' if self.is_met else 'MISSED'}"


class Rates:
    """Ours and the baselines in turns; every ratio is the median of the rounds'.

    Beside the rate of each stands what one unit of it costs in processor time, of the
    server, of its connections and of the load. Two idle cores do as many of them as
    they have time for; on cores that others use, only this can be compared.
    """

    def __init__(self, bench, options):
        self.bench, self.options = bench, options
        self.rates, self.costs = {}, {}
        self.day = 0

    def note(self, name, rate, cost=None):
        self.rates.setdefault(name, []).append(rate)
        if cost:
            self.costs.setdefault(name, []).append(cost)
        text = f"{cost * 1000:>10.3f} core-ms each" if cost else ""
        print(f"    {name:<30} {rate:>10,.0f} /s {text}", flush=True)

    def run(self):
        with ExitStack() as stack:
            servers = {"ours": stack.enter_context(self.bench.server())}
            if package := self._package(stack):
                servers["package"] = package
            filtered = self._filtered(stack)
            for server in servers.values():
                # What is new is created and loaded before anything is measured.
                load(self._plan(server, "polls", seconds=1))
                load(self._plan(server, "singles", seconds=1))
            for number in range(self.options.rounds):
                print(f"  round {number + 1} of {self.options.rounds}", flush=True)
                self._round(servers, filtered)
            lines = self._patience(servers["ours"])
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

    def _plan(self, server, kind, **more):
        """A plan with punches that no earlier one has sent."""
        self.day += 1
        return Plan(
            port=server.port,
            kind=kind,
            terminals=min(50, self.options.terminals),
            first_day=f"{2010 + self.day // 12}-{self.day % 12 + 1:02d}-01",
            **{"seconds": self.options.seconds, **more},
        )

    def _round(self, servers, filtered):
        self.bench.forget_punches()
        bare = baselines.bare_insert(self.bench, self.options.seconds)
        self.note("bare rows", *bare)
        self.bench.forget_punches()
        for name, server in servers.items():
            plan = self._plan(server, "batches")
            done = self._measure(f"{name} new rows", server, plan, "rows")
            again = replace(plan, distinct=max(done.requests, 1))
            self._measure(f"{name} replayed rows", server, again, "rows")
        for name, server in servers.items():
            self._measure(f"{name} singles", server, self._plan(server, "singles"))
        for name, server in servers.items():
            self._measure(f"{name} polls", server, self._polls(server))
        for name, server in (("db_name", servers["ours"]), ("dbfilter", filtered)):
            self._measure(f"empty, {name}", server, self._plan(server, "empty"))

    def _measure(self, name, server, plan, what="requests"):
        used = functools.partial(
            self.bench.processor_seconds,
            server.process.pid,
            name=getattr(server, "name", None),
        )
        before = used()
        done = self._checked(load(plan))
        done.server_cpu = used() - before
        count = getattr(done, what)
        self.note(name, count / done.seconds, (done.server_cpu + done.own_cpu) / count)
        return done

    def _polls(self, server):
        plan = self._plan(server, "polls")
        # Noted as seen a moment ago, as a unit is that polls all the time.
        load(plan, total=plan.terminals)
        return plan

    @staticmethod
    def _checked(outcome):
        if outcome.errors or not outcome.requests:
            raise RuntimeError(f"refused or broken: {outcome.errors}")
        return outcome

    def _patience(self, server):
        """How long a poll takes at half of what is possible."""
        rate = statistics.median(self.rates["ours polls"]) / 2
        plan = self._polls(server)
        done = load(plan, rate=rate, seconds=max(2 * plan.seconds, 2), connections=64)
        self._checked(done)
        half = "polls at half of the maximum"
        return [
            Line(f"{half}: p50", done.quantile(0.5) * 1000, "ms"),
            Line(f"{half}: p99", done.quantile(0.99) * 1000, "ms", 50, at_most=True),
        ]

    def _lines(self):
        lines = []
        for name, values in self.rates.items():
            lines.append(Line(name, statistics.median(values), "/s"))
            if costs := self.costs.get(name):
                cost = statistics.median(costs) * 1000
                lines.append(Line(f"{name}, each", cost, "core-ms"))
        for mine, other, wanted in TARGETS:
            if other in self.rates:
                pairs = zip(self.rates[mine], self.rates[other], strict=True)
                ratio = statistics.median(one / two for one, two in pairs)
                pairs = zip(self.costs[mine], self.costs[other], strict=True)
                spared = statistics.median(two / one for one, two in pairs)
                lines += [
                    Line(f"{mine} : {other}", ratio, "times", wanted),
                    Line(f"{mine} : {other}, by core time", spared, "times", wanted),
                ]
        return lines


TARGETS = (
    ("ours new rows", "bare rows", 0.4),
    ("ours new rows", "package new rows", 4),
    ("ours replayed rows", "ours new rows", 2),
    ("ours singles", "package singles", 5),
    ("ours polls", "package polls", 5),
    ("ours polls", "empty, db_name", 2.5),
    ("ours polls", "empty, dbfilter", 10),
)


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
    lines, times = (
        [],
        growth.measure(bench, options.rows, options.seconds, options.terminals),
    )
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
