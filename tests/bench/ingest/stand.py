"""The server that is measured: a clone of the tests' database with terminals."""

import contextlib
import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from load import Outcome, Plan

HERE = Path(__file__).resolve().parent
CHECKOUT = HERE.parents[2]
DATABASE = "ca_bench_ingest"
SHELL_TIMEOUT = 900


class Bench:
    """PostgreSQL, the database of the bench and servers on it.

    :param options: what the command line said.
    """

    def __init__(self, options):
        sys.path.insert(0, str(CHECKOUT / "scripts"))
        from devkit import machine, odoo_source, places, postgres, python_env
        from devkit.databases import Databases

        self.options = options
        self.cache = places.prepare_cache()
        source = odoo_source.find(self.cache)
        environment = python_env.PythonEnvironment(self.cache, "test", source)
        self.postgres = postgres.find(self.cache, environment)
        address = self.postgres.start()
        found = machine.Machine(self.cache, source, environment, self.postgres, address)
        self.databases = Databases(found, self.cache / "test-data")
        self.address = address
        self.name = options.database or DATABASE

    @property
    def addons(self):
        """All folders with addons: ours, and the empty controller."""
        from devkit.places import ADDONS

        return f"--addons-path={ADDONS},{HERE / 'addons'}"

    def make(self):
        """The database, with registered terminals and their people."""
        from devkit.testing import MODULES

        if self.options.database is None:
            known = self.name in self.databases.names()
            if not (self.options.keep and known):
                template = self.databases.family_template(MODULES)
                self.databases.clone(template, self.name)
        self.shell(
            f"""
import sys
sys.path.insert(0, {str(HERE)!r})
import world
world.make(env, {self.options.terminals})
modules = env["ir.module.module"]
modules.update_list()
empty = modules.search([("name", "=", "bench_empty"), ("state", "!=", "installed")])
if empty:
    empty.button_immediate_install()
"""
        )

    def drop(self):
        if not self.options.keep and self.options.database is None:
            self.databases.drop(self.name)
        self.postgres.stop()

    def shell(self, script, name=None):
        """What a script printed in Odoo's shell on database ``name``."""
        machine = self.databases.machine
        done = subprocess.run(
            [
                str(machine.python.python), str(machine.source.starter), "shell",
                "-d", name or self.name, *self.databases.options(), self.addons,
                "--no-http", "--log-level=warn", "--workers=0", "--max-cron-threads=0",
            ],
            input=script,
            env=machine.environ(),
            capture_output=True,
            text=True,
            timeout=SHELL_TIMEOUT,
            check=False,
        )  # fmt: skip
        if done.returncode or "Traceback" in done.stderr:
            raise RuntimeError(f"Odoo's shell failed:\n{done.stderr[-3000:]}")
        return done.stdout

    def server(self, cron_threads=0, workers=2, more=()):
        """Odoo with the shipped configuration, for a ``with`` statement."""
        from devkit.server import OdooServer

        server = OdooServer(
            self.databases,
            self.name,
            workers=workers,
            cron_threads=cron_threads,
            more=("--log-level=warn", self.addons, *more),
        )
        server.log.unlink(missing_ok=True)
        return server

    def query(self, statement, parameters=None):
        return self.databases.query(self.name, statement, parameters)

    def processor_seconds(self, *sessions, name=None):
        """What servers and their connections to a database have used so far.

        :param sessions: process ids of servers that were started in sessions of their
            own; their children count.
        """
        rows = self.query(
            "SELECT pid FROM pg_stat_activity WHERE datname = %s", [name or self.name]
        )
        backends, total = {pid for (pid,) in rows}, 0
        for path in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):
                words = path.read_text().rpartition(")")[2].split()
                pid, session = int(path.parent.name), int(words[3])
                if pid in backends or session in sessions:
                    total += int(words[11]) + int(words[12])
        return total / os.sysconf("SC_CLK_TCK")

    def execute(self, statement, parameters=None):
        with self.databases.connect(self.name) as connection:
            with connection.cursor() as cursor:
                cursor.execute(statement, parameters)

    def forget_punches(self):
        """Empty the tables that the load fills, so that each part begins alike."""
        self.execute("TRUNCATE attendance_punch, attendance_day_queue CASCADE")
        self.execute("UPDATE attendance_terminal SET last_punch_at = NULL")
        self.execute("VACUUM ANALYZE attendance_punch")


def load(plan, **changes):
    """Run the load in a process of its own: an :class:`Outcome`."""
    plan = Plan(**(asdict(plan) | changes))
    done = subprocess.run(
        [sys.executable, str(HERE / "load.py")],
        input=json.dumps(asdict(plan)),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"the load failed:\n{done.stderr[-2000:]}")
    return Outcome(**json.loads(done.stdout))
