"""``scenario FILE... [--trace] [--rules]``."""

import argparse
from collections import Counter
from pathlib import Path

from .errors import ScenarioError
from .load import load_file
from .rules import MODES, RULES
from .run import run
from .words import day_words


def main(arguments) -> int:
    """Run files; 0 if every scenario came out as expected."""
    parser = argparse.ArgumentParser(
        "scenario", description="Run attendance scenarios through the engine."
    )
    parser.add_argument("files", nargs="+", metavar="FILE", type=Path)
    parser.add_argument("--trace", action="store_true", help="print each day in words")
    parser.add_argument("--rules", action="store_true", help="print counts by rule")
    options = parser.parse_args(arguments)
    try:
        scenarios = [one for file in options.files for one in load_file(file)]
    except ScenarioError as error:
        print(error)
        return 1
    failed = sum(_run(scenario, options.trace) for scenario in scenarios)
    if options.rules:
        print(counts(scenarios))
    print(f"{len(scenarios)} scenarios, {failed} not as expected")
    return 1 if failed else 0


def _run(scenario, traces: bool) -> bool:
    """Whether it failed; a disputed one fails when it is as expected."""
    outcome = run(scenario)
    differs = bool(outcome.differences)
    if traces:
        print(f"{scenario.name}  {scenario.title}")
        for result in outcome.results.values():
            print(
                "\n".join(f"  {line}" for line in day_words(result, scenario.moments))
            )
    if scenario.disputed:
        print(f"{scenario.name}: disputed: {scenario.disputed}")
        if not differs:
            print("  is as expected: the word disputed can go")
        return not differs
    if differs:
        print(f"{scenario.place.file}, {scenario.name}: {scenario.title}")
    for sentence in outcome.differences:
        print(f"  {sentence}")
    return differs


def counts(scenarios) -> str:
    """A table of scenarios per rule and per mode."""
    rules = Counter(rule for one in scenarios for rule in one.rules)
    modes = Counter(mode for one in scenarios for mode in one.modes)
    lines = [f"rule {rule:>2}: {rules[rule]:>4}" for rule in RULES]
    lines += [f"{mode} (rule {MODES[mode]}): {modes[mode]}" for mode in MODES]
    return "\n".join(lines)
