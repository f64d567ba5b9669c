"""Benchmarks that run inside Odoo, on a copy of the database that the tests use."""

import subprocess

from . import machine, odoo_source, places, postgres, python_env
from .databases import Databases
from .testing import MODULES

TIMEOUT = 1800


def run_inside(database, folders, script, *, keep=False):
    """Run a script in Odoo's shell; its exit status.

    :param database: the name of the copy, which is dropped afterwards.
    :param folders: where the modules of the script lie.
    :param keep: the copy stays, and one that is there already is used.
    """
    cache = places.prepare_cache()
    source = odoo_source.find(cache)
    environment = python_env.PythonEnvironment(cache, "test", source)
    server = postgres.find(cache, environment)
    found = machine.Machine(cache, source, environment, server, server.start())
    databases = Databases(found, cache / "test-data")
    try:
        if not keep or database not in databases.names():
            databases.clone(databases.family_template(MODULES), database)
        done = subprocess.run(
            [
                str(environment.python), str(source.starter), "shell", "-d", database,
                *databases.options(), "--no-http", "--log-level=warn", "--workers=0",
                "--max-cron-threads=0",
            ],
            input=f"import sys\nsys.path[:0] = {[str(f) for f in folders]!r}\n{script}",
            env=found.environ(),
            text=True,
            timeout=TIMEOUT,
            check=False,
        )  # fmt: skip
        return done.returncode
    finally:
        if not keep:
            databases.drop(database)
        server.stop()
