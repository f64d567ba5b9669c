"""Everything the two commands stand on, got ready in one place.

Stage one runs under whatever Python the machine has and gets Odoo and a virtual
environment; then the same command is started again under that environment, where
``psycopg2`` and the rest are there.
"""

import os
import sys
from dataclasses import dataclass, field
from pathlib import Path

from . import browser, odoo_source, pdf, places, postgres, proxy, python_env
from .console import say, step

STAGE = "CHAIN_ATTENDANCE_STAGE"


@dataclass
class Machine:
    """The parts that were found, in the order they are needed."""

    cache: Path
    source: odoo_source.OdooSource
    python: python_env.PythonEnvironment
    database: object
    address: postgres.Address
    nginx: proxy.Nginx = None
    browser: Path = None
    pdf: Path = None
    to_stop: list = field(default_factory=list)

    def environ(self, **more):
        """Variables for a process that uses Odoo, the database and the browser."""
        environ = self.python.environ(**self.address.variables(), **more)
        environ.pop(STAGE, None)
        for folder in (self.browser, self.pdf):
            if folder:
                environ["PATH"] = f"{folder}{os.pathsep}{environ['PATH']}"
        return environ

    def stop(self):
        """End what was started here, last first, and nothing else."""
        while self.to_stop:
            self.to_stop.pop().stop()


def enter_environment(command, lock, arguments):
    """Get Odoo and its packages, then go on in the virtual environment.

    Returns ``(cache, source, environment)`` once inside it; before that, the
    process is replaced and this call does not return.
    """
    python_env.check_python()
    cache = places.prepare_cache()
    staged = os.environ.get(STAGE) == "2"
    with places.exclusive("setup"):
        if staged:
            source = odoo_source.find(cache)
            return cache, source, python_env.PythonEnvironment(cache, lock, source)
        with step("Odoo 19.0 Community") as note:
            source = odoo_source.find(cache)
            note(source.origin)
        environment = python_env.PythonEnvironment(cache, lock, source)
        fresh = not environment.is_there
        with step("Python packages, pinned and hashed") as note:
            environment.make()
            environment.check()
            note("installed" if fresh else "from the cache")
    os.environ[STAGE] = "2"
    os.environ["PYTHONPATH"] = str(Path(__file__).resolve().parents[1])
    sys.stdout.flush()
    os.execv(
        environment.python,
        [str(environment.python), "-m", "devkit", command, *arguments],
    )


def prepare(
    cache,
    source,
    environment,
    *,
    with_proxy=False,
    with_browser=False,
    with_pdf=False,
):
    """Start the database server and find what else is wanted."""
    with places.exclusive("setup"):
        with step("PostgreSQL") as note:
            database = postgres.find(cache, environment)
            address = database.start()
            note(f"{database.origin}, port {address.port}")
        machine = Machine(cache, source, environment, database, address)
        if with_proxy:
            with step("nginx") as note:
                machine.nginx = proxy.find(cache)
                note(machine.nginx.origin)
        if with_browser:
            with step("Chromium and Chinese fonts") as note:
                machine.browser, origin = browser.find(cache, environment)
                note(origin)
        if with_pdf:
            with step("wkhtmltopdf for PDF files") as note:
                machine.pdf, origin = pdf.find(cache)
                note(origin)
    say()
    return machine
