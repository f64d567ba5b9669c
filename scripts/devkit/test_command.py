"""``./scripts/test``: every check of the project, part by part."""

import argparse

from . import machine as machines
from .errors import Failure

# The order is from quick to slow: what is cheap to know is known first.
PARTS = (
    "lint", "engine", "simulator", "config", "devkit", "addons", "core", "wire",
    "planning", "results", "browser",
)  # fmt: skip
NEEDS_BROWSER = {"addons", "core", "planning", "results", "browser"}
NEEDS_PDF = {"results"}


def main(arguments):
    parser = argparse.ArgumentParser(prog="./scripts/test", description=__doc__)
    parser.add_argument(
        "parts", nargs="*", metavar="PART", help=f"one or more of {', '.join(PARTS)}"
    )
    parser.add_argument("-k", dest="only", help="as pytest's -k, for every part")
    options = parser.parse_args(arguments)
    unknown = set(options.parts) - set(PARTS)
    if unknown:
        raise Failure(
            f"There is no part '{min(unknown)}'; the parts are {', '.join(PARTS)}."
        )
    wanted = [part for part in PARTS if not options.parts or part in options.parts]
    entered = machines.enter_environment("test", "test", arguments)
    machine = machines.prepare(
        *entered,
        with_proxy=True,
        with_browser=bool(NEEDS_BROWSER & set(wanted)),
        with_pdf=bool(NEEDS_PDF & set(wanted)),
    )
    from .testing import run_parts

    try:
        return run_parts(wanted, machine, options.only)
    finally:
        machine.database.stop()
