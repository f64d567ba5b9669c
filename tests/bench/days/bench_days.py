#!/usr/bin/env python3
"""How long a month of days takes from the queue to the stored rows, on one core.

A chain is made with a few statements of SQL in a database of its own, a copy of the one
that the tests use, and dropped afterwards. README.md says how to run it.
"""

import argparse
import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
DATABASE = "ca_bench_days"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=10000)
    parser.add_argument(
        "--steps",
        type=lambda text: [int(part) for part in text.split(",")],
        default=[100, 1000],
        help="smaller parts of the chain, measured first",
    )
    parser.add_argument(
        "--punches", type=int, default=10_000_000, help="in the table for one late one"
    )
    parser.add_argument("--pairs", type=int, default=2000, help="for Odoo's attendance")
    parser.add_argument("--profile", help="a file for the figures of cProfile")
    options = parser.parse_args()
    sys.path.insert(0, str(HERE.parents[2] / "scripts"))
    from devkit.bench import run_inside

    benches = HERE.parent
    return run_inside(
        DATABASE,
        [HERE, benches / "roster", benches / "scope"],
        f"""
import computing
raise SystemExit(computing.run(env, {vars(options)!r}))
""",
    )


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    sys.exit(main())
