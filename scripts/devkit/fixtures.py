"""Fixtures for tests against a real Odoo server (``-p devkit.fixtures``)."""

import os
import shutil
import time
from pathlib import Path

import pytest

from . import (
    browser,
    machine,
    odoo_source,
    pdf,
    places,
    postgres,
    proxy,
    python_env,
)
from .databases import Databases
from .log import complaints
from .rpc import Rpc
from .server import OdooServer
from .shell import run
from .testing import MODULES

PASSWORD = "attendance-test"
DAYS_TIMEOUT = 120


@pytest.fixture(scope="session")
def this_machine():
    """The machine, with a PostgreSQL server that runs."""
    cache = places.prepare_cache()
    source = odoo_source.find(cache)
    environment = python_env.PythonEnvironment(cache, "test", source)
    database = postgres.find(cache, environment)
    found = machine.Machine(cache, source, environment, database, database.start())
    found.pdf, _origin = pdf.find(cache)
    yield found
    found.database.stop()


@pytest.fixture(scope="session")
def databases(this_machine):
    return Databases(this_machine, this_machine.cache / "test-data")


class Site:
    """A running Odoo behind its proxy, on a database of its own."""

    def __init__(self, databases, name, workers=2):
        self.databases = databases
        self.name = name
        self.server = OdooServer(databases, name, workers=workers, cron_threads=1)
        self.proxy = None
        # What the server was made to refuse, as it was shown; see devkit.log.
        self.refusals = []
        self._known = {}

    @property
    def url(self):
        """Where browsers and terminals go: the proxy."""
        return f"http://127.0.0.1:{self.proxy.listen_port}"

    def start(self):
        self.server.start()
        found = proxy.find(self.databases.machine.cache)
        folder = self.databases.data_dir / f"nginx-{os.getpid()}"
        self.proxy = proxy.Proxy(
            found,
            folder,
            postgres.free_port(),
            self.server.port,
            self.server.gevent_port,
        )
        self.proxy.start()
        return self

    def stop(self):
        if self.proxy:
            self.proxy.stop()
        self.server.stop()

    def rpc(self, login="admin", password=PASSWORD):
        """A client of this login; it is known once, for that takes half a second."""
        if (login, password) not in self._known:
            self._known[login, password] = Rpc(
                self.server.url, self.name, login, password
            )
        return self._known[login, password]

    def query(self, statement, parameters=None):
        return self.databases.query(self.name, statement, parameters)

    def wait_until_computed(self, seconds=DAYS_TIMEOUT):
        """Until the cron has emptied the queue of days."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            ((count,),) = self.query("SELECT count(*) FROM attendance_day_queue")
            if not count:
                return
            time.sleep(0.3)
        rows = self.query("SELECT * FROM attendance_day_queue LIMIT 5")
        raise AssertionError(f"{count} days still wait after {seconds} s: {rows}")


SET_PASSWORDS = f"""
logins = ["admin", "management", "department", "manager", "timekeeper", "employee"]
users = env["res.users"].search([("login", "in", logins)])
users.write({{"password": "{PASSWORD}"}})
env.ref("base.user_admin").write({{"tz": "Asia/Shanghai"}})
env.cr.commit()
"""


@pytest.fixture(scope="session")
def site(databases):
    """The demo chain on a server with two workers, for all tests of the session."""
    name = databases.clone_for_run("site", MODULES)
    databases.shell(name, SET_PASSWORDS)
    found = Site(databases, name)
    found.server.log.unlink(missing_ok=True)
    try:
        yield found.start()
    finally:
        found.stop()
        databases.drop(name)
    complained = complaints(found.server.log, found.refusals)
    assert not complained, "\n".join(complained[:10])


@pytest.fixture(scope="session")
def rpc(site):
    return site.rpc()


@pytest.fixture(scope="session")
def chromium(this_machine):
    """The browser's program."""
    folder, _origin = browser.find(this_machine.cache, this_machine.python)
    return folder / "chromium"


@pytest.fixture(scope="session")
def poppler(this_machine):
    """``poppler("pdftotext", *words)``: the output of a program that reads PDF files.

    Tests of PDF files are skipped where the machine's archive has no wkhtmltopdf.
    """
    environ = this_machine.environ()
    for name in (pdf.MAKER, *pdf.READERS):
        if not shutil.which(name, path=environ["PATH"]):
            pytest.skip(f"{name} is not to be had on this machine")

    def read(program, *words):
        path = shutil.which(program, path=environ["PATH"])
        return run([path, *words], f"Reading a PDF file with {program}", env=environ)

    return read


@pytest.fixture(scope="session")
def screenshots():
    """Where tests leave pictures of the screens they saw."""
    named = os.environ.get("CHAIN_ATTENDANCE_SCREENSHOTS")
    folder = Path(named) if named else places.CHECKOUT / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
