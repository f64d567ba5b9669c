#!/usr/bin/env python3
"""How fast many requests are filed, and how fast the list of all of them opens.

A chain is made with a few statements of SQL in a database of its own, a copy of the one
that the tests use, and dropped afterwards. README.md says how to run it.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
CHECKOUT = HERE.parents[2]
TIMEOUT = 1800
DATABASE = "ca_bench_requests"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=10000)
    parser.add_argument("--filed", type=int, default=500)
    parser.add_argument("--requests", type=int, default=200000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    sys.path.insert(0, str(CHECKOUT / "scripts"))
    from devkit import machine, odoo_source, places, postgres, python_env
    from devkit.databases import Databases
    from devkit.testing import MODULES

    cache = places.prepare_cache()
    source = odoo_source.find(cache)
    environment = python_env.PythonEnvironment(cache, "test", source)
    database = postgres.find(cache, environment)
    found = machine.Machine(cache, source, environment, database, database.start())
    databases = Databases(found, cache / "test-data")
    try:
        databases.clone(databases.family_template(MODULES), DATABASE)
        done = subprocess.run(
            [
                str(environment.python), str(source.starter), "shell", "-d", DATABASE,
                *databases.options(), "--no-http", "--log-level=warn",
                "--workers=0", "--max-cron-threads=0",
            ],
            input=f"""
import sys
sys.path[:0] = [{str(HERE)!r}, {str(HERE.parent / "scope")!r}]
import requesting
raise SystemExit(requesting.run(env, {vars(options)!r}))
""",
            env=found.environ(),
            text=True,
            timeout=TIMEOUT,
            check=False,
        )  # fmt: skip
        return done.returncode
    finally:
        databases.drop(DATABASE)
        database.stop()


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    sys.exit(main())
