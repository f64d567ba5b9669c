"""Scenario files end to end: a database, a server, terminals that send, rows compared.

What a file says becomes records of Odoo, its punches go up over the wire, the server's
own cron computes what was marked, and what is stored then is compared by the same
reader that compares the engine's results.
"""

import json
import shutil
import tempfile
import time
from collections import defaultdict, namedtuple
from pathlib import Path

from .console import say, step
from .errors import Failure
from .places import CHECKOUT
from .server import OdooServer
from .testing import MODULES

SECONDS = 300  # until everything is computed
SETTLE_SECONDS = 60
STEP = """
import sys
import odoo.addons.chain_attendance_engine as engine
sys.path[:0] = {paths!r}
# The same classes on both sides; the scenarios know the engine by this name.
sys.modules["chain_attendance_engine"] = engine
from scenarios.database.shell import Session
Session(env, {folder!r}, {files!r}).{step}()
"""

Outcome = namedtuple("Outcome", "counted differences refused opened")


def run_end_to_end(databases, files):
    """``Outcome`` of all scenarios of these files, in a database of their own.

    :return: ``counted`` is ``{file: [loaded, refused, different]}``, ``differences``
        and ``refused`` are by name.
    """
    folder = Path(tempfile.mkdtemp(prefix="scenarios-"))
    name = databases.clone_for_run("scenarios", MODULES)
    try:
        return _Run(databases, name, folder, files).run()
    finally:
        databases.drop(name)
        shutil.rmtree(folder)


class _Run:
    def __init__(self, databases, name, folder, files):
        self.databases, self.name, self.folder = databases, name, folder
        self.files = [str(Path(file).resolve()) for file in files]

    def run(self):
        with step("Loading the scenarios"):
            self.in_odoo("load")
        loaded = self.read("loaded")
        server = OdooServer(self.databases, self.name, workers=2, cron_threads=1)
        with server:
            with step("Punching over the wire") as note:
                note(self.punch(server, self.punches(loaded)))
                self.wait(loaded)
            with step("Comparing what is stored"):
                self.in_odoo("check")
            late = self.read("late")
            with step("Adding what becomes known late"):
                self.punch(server, [one for name in late for one in late[name]])
                self.wait(loaded)
                self.in_odoo("check_late")
        return self.outcome()

    def in_odoo(self, what):
        script = STEP.format(
            paths=[str(CHECKOUT / "scripts")],
            folder=str(self.folder),
            files=self.files,
            step=what,
        )
        self.databases.shell(self.name, script)

    def read(self, name):
        return json.loads((self.folder / f"{name}.json").read_text("utf-8"))

    @staticmethod
    def punches(loaded):
        return [punch for note in loaded.values() for punch in note["punches"]]

    def punch(self, server, punches):
        """Send punches from the terminals at which they were made."""
        from terminal_simulator import Device

        by_unit = defaultdict(list)
        for punch in punches:
            by_unit[punch["serial"]].append(punch)
        for serial, made in sorted(by_unit.items()):
            device = Device(serial, server.url)
            for punch in made:
                device.punch(punch["code"], punch["state"], at=punch["wall"])
            device.settle(seconds=SETTLE_SECONDS)
            device.close()
        return f"{len(punches)} punches from {len(by_unit)} terminals"

    def wait(self, loaded):
        """Until the server's cron has computed what was marked."""
        people = [note["employee"] for note in loaded.values()]
        deadline = time.monotonic() + SECONDS
        while time.monotonic() < deadline:
            rows = self.databases.query(
                self.name,
                "SELECT error FROM attendance_day_queue WHERE employee_id = ANY(%s)",
                [people],
            )
            if not rows:
                return
            errors = {error for (error,) in rows if error}
            if errors:
                raise Failure(f"Days could not be computed: {errors}")
            time.sleep(0.3)
        raise Failure(f"{len(rows)} days still wait after {SECONDS} s.")

    def outcome(self):
        refused, found = self.read("refused"), self.read("outcome")
        for name, late in self.read("outcome_late").items():
            found[name] += late
        counted = defaultdict(lambda: [0, 0, 0])
        for name in refused:
            counted[name.partition(" ")[0]][1] += 1
        for name, differences in found.items():
            counts = counted[name.partition(" ")[0]]
            counts[0] += 1
            counts[2] += bool(differences)
        differing = {name: listed for name, listed in found.items() if listed}
        return Outcome(dict(counted), differing, refused, self.read("opened"))


def report(outcome):
    """Print what came out; 0 if everything is as expected."""
    say("file                            as expected  differ  not in a database")
    for file, (loaded, refused, differ) in sorted(outcome.counted.items()):
        say(f"{file:<32}{loaded - differ:>11}  {differ:>6}  {refused:>17}")
    for name, differences in outcome.differences.items():
        say(f"{name}:")
        for sentence in differences:
            say(f"  {sentence}")
    if outcome.refused:
        say("Not in a database:")
    for name, reason in outcome.refused.items():
        say(f"  {name}: {reason}")
    return 1 if outcome.differences else 0
