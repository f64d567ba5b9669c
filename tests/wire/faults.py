"""A day of many terminals while the server is killed under them again and again.

Workers are killed, the whole of Odoo is killed, PostgreSQL is stopped at once and its
connections are cut, at random moments while punches come in. Afterwards every punch
that a unit holds must lie in the database exactly once. A unit never sends again what
was acknowledged, so one that was acknowledged and then lost would be missing.
"""

import contextlib
import os
import random
import signal
import subprocess
import threading
import time
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from devkit import postgres
from devkit.databases import Databases
from devkit.errors import Failure
from devkit.server import OdooServer
from devkit.testing import MODULES
from terminal_simulator import Device, Quirks, Target
from terminal_simulator.fleet import Fleet

DATABASE = "ca_faults"
DAY = datetime(2026, 3, 4)
# How often each kind happens, of every twenty.
KINDS = {"worker": 9, "connections": 5, "database": 4, "server": 2}
SETTLE_SECONDS = 180
DAYS_SECONDS = 180
MAKE_TERMINALS = """
store = env.ref("chain_attendance_demo.store_hq")
env["attendance.terminal"].create([
    {"code": str(8000 + n), "name": f"Unit {n}", "serial_number": f"FAULT{n:05d}",
     "vendor": "zkteco", "store_id": store.id}
    for n in range(%d)
])
env.cr.commit()
"""
QUIRKS = Quirks(
    language=83,
    error_delay_seconds=0.3,
    quick_retry_seconds=0.05,
    refused_backoff_seconds=0.3,
    poll_seconds=1.0,
)


class ShakyServer:
    """Odoo and a PostgreSQL of its own, both of which may be killed.

    As on a real machine somebody starts Odoo again when it has ended: its master
    process gives up when it misses the database just as it starts a worker.

    :param shared: the :class:`Databases` that hold the template with our addons.
    """

    def __init__(self, shared):
        self.shared = shared
        cache = shared.machine.cache
        programs = postgres.server_programs(cache)
        if not programs:
            raise Failure("There are no server programs of PostgreSQL to start.")
        self.cluster = postgres.Cluster(cache / "faults", programs, "faults")
        self.server = None
        self.starts = 0
        self._closing = threading.Event()
        self._supervisor = threading.Thread(target=self._supervise)

    def __enter__(self):
        address = self.cluster.start()
        self.port = address.port
        found = replace(self.shared.machine, database=self.cluster, address=address)
        self.databases = Databases(found, self.shared.machine.cache / "faults" / "data")
        self._make_durable()
        self._copy_database()
        return self

    def _make_durable(self):
        """As in production: what is committed outlives the server."""
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            self.databases._run(f"ALTER SYSTEM SET {setting} = on")
        self.stop_database()
        self.start_database()

    def _copy_database(self):
        template = self.shared.family_template(MODULES)
        self.databases.drop(DATABASE)
        self.databases._run("CREATE DATABASE {} TEMPLATE template0", DATABASE)
        folder = self.cluster.programs
        with subprocess.Popen(
            [str(folder / "pg_dump"), "--no-owner", "-d", template],
            stdout=subprocess.PIPE,
            env=self._environ(self.shared.machine),
        ) as dump:
            subprocess.run(
                [str(folder / "psql"), "-q", "-o", os.devnull, "-d", DATABASE],
                stdin=dump.stdout,
                env=self._environ(self.databases.machine),
                check=True,
            )
        if dump.returncode:
            raise Failure("The template could not be copied to the other server.")

    def _environ(self, found):
        libraries = postgres.libraries(self.cluster.programs)
        more = {"LD_LIBRARY_PATH": libraries} if libraries else {}
        return found.environ(**more)

    def serve(self, units):
        """Start Odoo with two workers and so many terminals."""
        self.databases.shell(DATABASE, MAKE_TERMINALS % units)
        self.server = OdooServer(self.databases, DATABASE, workers=2, cron_threads=1)
        self._supervisor.start()
        while not self.starts:
            time.sleep(0.1)

    def _supervise(self):
        while not self._closing.is_set():
            if self.server.process is None or self.server.process.poll() is not None:
                try:
                    self.server.start()
                    self.starts += 1
                except Failure:
                    continue
            time.sleep(0.05)

    def __exit__(self, *_exc):
        self._closing.set()
        if self._supervisor.is_alive():
            self._supervisor.join()
        if self.server:
            self.server.stop()
        self.cluster.stop()

    # --- what goes wrong ----------------------------------------------------------

    def fault(self, kind, chance):
        getattr(self, f"_hit_{kind}")(chance)

    def _hit_worker(self, chance):
        children = _children(self.server.process.pid)
        if children:
            with contextlib.suppress(ProcessLookupError):
                os.kill(chance.choice(children), signal.SIGKILL)

    def _hit_server(self, _chance):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.server.process.pid, signal.SIGKILL)

    def _hit_database(self, chance):
        self.stop_database()
        time.sleep(chance.random())
        self.start_database()

    def _hit_connections(self, _chance):
        self.databases.query(
            "postgres",
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
            [DATABASE],
        )

    def stop_database(self):
        self.cluster._pg_ctl("stop", "-m", "immediate")

    def start_database(self):
        self.cluster._start_on(self.port)


def _children(pid):
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        return []
    return [int(word) for word in text.split()]


def run(shaky, *, faults, units, seed, per_fault=2, say=print):
    """Go through the day; a report with what was missing, doubled and still open."""
    chance = random.Random(seed)
    shaky.serve(units)
    target = Target.from_url(shaky.server.url)
    devices = [
        Device(f"FAULT{n:05d}", target, quirks=QUIRKS, seed=n, timeout_seconds=10)
        for n in range(units)
    ]
    moments = _moments(per_fault * (faults + 1))
    fleet, stop = Fleet(devices, threads=8), threading.Event()
    runner = threading.Thread(target=fleet.run, kwargs={"stop": stop})
    runner.start()
    # Each kind once, then by chance.
    kinds = [kind for kind, share in KINDS.items() for _ in range(share)]
    plan = [*KINDS, *chance.choices(kinds, k=faults)][:faults]
    done = Counter()
    try:
        for number, kind in enumerate(plan):
            before = _acknowledged(devices)
            _press(devices, moments, per_fault)
            # Uploads are under way again when the next blow falls.
            deadline = time.monotonic() + SETTLE_SECONDS
            while _acknowledged(devices) == before and time.monotonic() < deadline:
                time.sleep(0.005)
            time.sleep(chance.uniform(0, 0.1))
            shaky.fault(kind, chance)
            done[kind] += 1
            if (number + 1) % 20 == 0:
                say(f"{number + 1} faults, {_acknowledged(devices)} acknowledged")
        _press(devices, moments, per_fault)
        deadline = time.monotonic() + SETTLE_SECONDS
        while any(d.backlog for d in devices) and time.monotonic() < deadline:
            time.sleep(0.2)
    finally:
        stop.set()
        runner.join()
    return _report(shaky, devices, fleet, done)


def _moments(count):
    """So many different seconds of the day, in order."""
    step = timedelta(seconds=86400 / count)
    return iter([(DAY + step * n).replace(microsecond=0) for n in range(count)])


def _press(devices, moments, count):
    """People press at every unit at the same moments."""
    for _press_number in range(count):
        at = next(moments).isoformat(" ")
        for number, device in enumerate(devices):
            device.punch(str(1001 + number % 40), at=at)
            device.wake()


def _acknowledged(devices):
    return sum(len(d.log.punches) - d.backlog for d in devices)


def _report(shaky, devices, fleet, done):
    rows = shaky.databases.query(
        DATABASE,
        """
        SELECT t.serial_number, p.user_code, p.wall_time FROM attendance_punch p
        JOIN attendance_terminal t ON t.id = p.terminal_id
        WHERE t.serial_number LIKE 'FAULT%%'
        """,
        [],
    )
    held = Counter((d.serial, p.pin, p.wall) for d in devices for p in d.log.punches)
    found = Counter(rows)
    statistics = fleet.statistics
    for device in devices:
        device.close()
    return {
        "faults": dict(done),
        "units": len(devices),
        "held": held.total(),
        "stored": found.total(),
        "missing": (held - found).total(),
        "doubled or foreign": (found - held).total(),
        "not acknowledged": sum(device.backlog for device in devices),
        "times Odoo started": shaky.starts,
        "requests that failed": dict(statistics.failures),
        "days not computed": _wait_for_days(shaky),
    }


def _wait_for_days(shaky):
    deadline = time.monotonic() + DAYS_SECONDS
    statement = "SELECT count(*) FROM attendance_day_queue"
    while time.monotonic() < deadline:
        ((count,),) = shaky.databases.query(DATABASE, statement)
        if not count:
            break
        time.sleep(0.5)
    return count
