#!/usr/bin/env python3
"""How long lists take for logins with a data scope, beside the administrator's.

A chain of 20,000 people is made with a few statements of SQL in a database of its own,
a copy of the one that the tests use, and dropped afterwards. Then lists are opened as
the browser opens them, in turns, many times. README.md says how to run it.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
CHECKOUT = HERE.parents[2]
TIMEOUT = 1800
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
        if not options.keep or DATABASE not in databases.names():
            databases.clone(databases.family_template(MODULES), DATABASE)
        done = subprocess.run(
            [
                str(environment.python), str(source.starter), "shell", "-d", DATABASE,
                *databases.options(), "--no-http", "--log-level=warn",
                "--workers=0", "--max-cron-threads=0",
            ],
            input=f"""
import sys
sys.path.insert(0, {str(HERE)!r})
import world, measure
options = {vars(options)!r}
world.make(env, options)
measure.run(env, options)
""",
            env=found.environ(),
            text=True,
            timeout=TIMEOUT,
            check=False,
        )  # fmt: skip
        return done.returncode
    finally:
        if not options.keep:
            databases.drop(DATABASE)
        database.stop()


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    sys.exit(main())
