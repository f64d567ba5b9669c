#!/usr/bin/env python3
"""How long reports take as lists and as files, and how much memory.

A chain is made with a few statements of SQL in a database of its own, a copy of the one
that the tests use, and dropped afterwards. README.md says how to run it.
"""

import argparse
import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
DATABASE = "ca_bench_reports"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=10000)
    parser.add_argument("--departments", type=int, default=200)
    parser.add_argument("--stores", type=int, default=200)
    parser.add_argument("--days", type=int, default=31)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", default="", help="measures that are called so")
    parser.add_argument("--keep", action="store_true", help="keep and use the database")
    options = parser.parse_args()
    sys.path.insert(0, str(HERE.parents[2] / "scripts"))
    from devkit.bench import run_inside

    return run_inside(
        DATABASE,
        [HERE, HERE.parent / "scope"],
        f"""
import reporting
raise SystemExit(reporting.run(env, {vars(options)!r}))
""",
        keep=options.keep,
    )


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    sys.exit(main())
