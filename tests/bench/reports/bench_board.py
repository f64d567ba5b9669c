#!/usr/bin/env python3
"""How long the overview and the raw punches take in a large chain.

A chain is made with a few statements of SQL in a database of its own, a copy of the one
that the tests use, and dropped afterwards.
"""

import argparse
import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
DATABASE = "ca_bench_board"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=10000)
    parser.add_argument("--punches", type=int, default=1_000_000)
    options = parser.parse_args()
    sys.path.insert(0, str(HERE.parents[2] / "scripts"))
    from devkit.bench import run_inside

    return run_inside(
        DATABASE,
        [HERE, HERE.parent / "scope"],
        f"""
import board
raise SystemExit(board.run(env, {vars(options)!r}))
""",
    )


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    sys.exit(main())
