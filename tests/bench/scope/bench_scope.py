#!/usr/bin/env python3
"""How long lists take for logins with a data scope, beside the administrator's.

A chain of 20,000 people is made with a few statements of SQL in a database of its own,
a copy of the one that the tests use, and dropped afterwards. Then lists are opened as
the browser opens them, in turns, many times. README.md says how to run it.
"""

import argparse
import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
DATABASE = "ca_bench_scope"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=20000)
    parser.add_argument("--departments", type=int, default=2000)
    parser.add_argument("--stores", type=int, default=500)
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--rounds", type=int, default=21)
    parser.add_argument("--explain", metavar="LOGIN", help="print the plan of its list")
    parser.add_argument("--keep", action="store_true", help="keep and use the database")
    options = parser.parse_args()
    sys.path.insert(0, str(HERE.parents[2] / "scripts"))
    from devkit.bench import run_inside

    return run_inside(
        DATABASE,
        [HERE],
        f"""
import world, measure
options = {vars(options)!r}
world.make(env, options)
measure.run(env, options)
""",
        keep=options.keep,
    )


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    sys.exit(main())
