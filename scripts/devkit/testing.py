"""Running the parts of ``./scripts/test`` and counting what they came to."""

import os
import shutil
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from . import odoo_tests, postgres
from .console import say, step
from .databases import Databases
from .errors import Failure
from .junit import failure_of
from .lint import lint
from .log import complaints
from .places import ADDONS, CHECKOUT

FOLDERS = {
    "engine": "tests/engine",
    "simulator": "tests/simulator",
    "config": "tests/config",
    "devkit": "tests/devkit",
    "wire": "tests/wire",
    "install": "tests/install",
    "browser": "tests/e2e",
    "planning": "tests/e2e/planning",
    "results": "tests/e2e/days",
}
# Parts that have a second folder.
MORE_FOLDERS = {"results": ("tests/e2e/reports",)}
# Screens are three parts, so that they can be looked at side by side.
LEFT_OUT = {
    "browser": (FOLDERS["planning"], FOLDERS["results"], *MORE_FOLDERS["results"])
}
NEEDS_DATABASE = {"wire", "install", "browser", "planning", "results"}
MODULES = (
    "chain_attendance",
    "chain_attendance_demo",
    "chain_attendance_terminal_pull",
)
# Odoo's own tests make logins that the demo chain has too; without what is optional.
WITHOUT_DEMO = ("chain_attendance",)
ADDONS_TIMEOUT = 2400
# These lanes run side by side, the parts of one in turn; each lane takes about the same
# time. A browser and a terminal wait for answers most of the time: three lanes keep two
# processors busy.
LANES = (("addons", "wire"), ("results", "core"), ("browser", "planning"))
# pytest's exit code when -k chose none; without -k an empty part is a problem.
NO_TEST_CHOSEN = 5
# How much of what went wrong stands at the end of the output.
SHOWN_FAILURES = 20
SHOWN_WIDTH = 300


@dataclass
class Outcome:
    """What one part came to; ``problem`` says what no test could say."""

    name: str
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0
    problem: str = ""
    # ``test: what it says``, of each that failed.
    failures: list[str] = field(default_factory=list)
    # Where the output goes until the part has ended; None: it is seen at once.
    output: Path | None = None

    @property
    def is_good(self):
        return not self.failed and not self.problem


def run_parts(wanted, machine, only):
    """Run these parts one after the other; 0 if every one of them is good."""
    outcomes = {}
    for part in wanted:
        if part not in outcomes:
            outcomes |= _run_lanes(_lanes_with(part, wanted), machine, only)
    return _conclude([outcomes[part] for part in wanted])


def _lanes_with(part, wanted):
    """The lanes in which ``part`` runs now, each a list of parts that are wanted."""
    lanes = [[name for name in lane if name in wanted] for lane in LANES]
    lanes = [lane for lane in lanes if lane]
    return lanes if any(part in lane for lane in lanes) else [[part]]


def _run_lanes(lanes, machine, only):
    """Run these lanes at the same time; ``{name: Outcome}``.

    Only the first one's output is seen as it comes; the others' follows whole.
    """

    def run_lane(lane, *, has_file):
        return {name: _run(name, machine, only, has_file=has_file) for name in lane}

    first, *others = lanes
    with ThreadPoolExecutor(max_workers=len(lanes)) as pool:
        later = [pool.submit(run_lane, lane, has_file=True) for lane in others]
        outcomes = run_lane(first, has_file=False)
        for waiting in later:
            outcomes |= waiting.result()
    return outcomes


def _run(part, machine, only, *, has_file=False):
    say(f"== {part} " + "=" * (60 - len(part)))
    started = time.monotonic()
    report = machine.cache / f"report-{part}-{os.getpid()}.xml"
    outcome = Outcome(part)
    if has_file:
        outcome.output = machine.cache / f"output-{part}-{os.getpid()}.txt"
        outcome.output.unlink(missing_ok=True)
    try:
        if part == "lint":
            lint(machine, outcome)
        elif part == "addons":
            _addons(machine, outcome, report, only)
        elif part == "core":
            _core(machine, outcome, report, only)
        else:
            _plain(part, machine, outcome, report, only)
    except Failure as failure:
        outcome.problem = str(failure)
    finally:
        report.unlink(missing_ok=True)
        _show_output(outcome)
    if not outcome.passed and not outcome.failed and not outcome.problem and not only:
        outcome.problem = "no test was run"
    if outcome.problem:
        say(f"PROBLEM in {part}: {outcome.problem}")
    outcome.seconds = time.monotonic() - started
    say()
    return outcome


def _show_output(outcome):
    if outcome.output and outcome.output.exists():
        say(f"-- {outcome.name} " + "-" * (60 - len(outcome.name)))
        with outcome.output.open(errors="replace") as text:
            shutil.copyfileobj(text, sys.stdout)
        sys.stdout.flush()
        outcome.output.unlink()


def _pytest(machine, outcome, report, arguments, count=None, **more):
    """Run pytest; ``count`` adds its report to ``outcome`` and says how many failed."""
    command = [
        str(machine.python.python), "-m", "pytest", "-q", "--durations=8",
        f"--junitxml={report}",
    ]  # fmt: skip
    target = outcome.output.open("ab") if outcome.output else nullcontext()
    try:
        with target as stdout:
            done = subprocess.run(
                [*command, *arguments],
                cwd=CHECKOUT,
                env=machine.environ(**more),
                stdin=subprocess.DEVNULL,
                stdout=stdout,
                stderr=stdout,
                check=False,
                timeout=ADDONS_TIMEOUT,
            )
    except subprocess.TimeoutExpired:
        outcome.problem = f"not finished after {ADDONS_TIMEOUT} s"
        return
    bad = (count or _count)(report, outcome)
    if done.returncode and not bad and done.returncode != NO_TEST_CHOSEN:
        outcome.problem = f"pytest ended with exit code {done.returncode}"


def _count(report, outcome):
    if not report.exists():
        return 0
    bad = 0
    for suite in ElementTree.parse(report).iter("testsuite"):
        total, skipped = int(suite.get("tests")), int(suite.get("skipped"))
        failed = int(suite.get("failures")) + int(suite.get("errors"))
        bad += failed
        outcome.skipped += skipped
        outcome.passed += total - failed - skipped
        said = (failure_of(case) for case in suite.iter("testcase"))
        outcome.failures += [line for line in said if line]
    outcome.failed += bad
    return bad


def _plain(part, machine, outcome, report, only):
    """Tests that need no Odoo in their own process."""
    arguments = ["-p", "no:odoo", FOLDERS[part], *MORE_FOLDERS.get(part, ())]
    arguments += [f"--ignore={folder}" for folder in LEFT_OUT.get(part, ())]
    if part in NEEDS_DATABASE:
        arguments = ["-p", "devkit.fixtures", *arguments]
    if only:
        arguments += ["-k", only]
    scripts = str(CHECKOUT / "scripts")
    _pytest(machine, outcome, report, arguments, PYTHONPATH=scripts)


def _addons(machine, outcome, report, only):
    """The addons' own tests, in Odoo, on a clone of a database that has them."""
    folders = sorted(str(path) for path in ADDONS.glob("*/tests"))
    _in_odoo(machine, outcome, report, only, "addons", MODULES, folders)


def _core(machine, outcome, report, only):
    """Odoo's own tests where our addons are; then installing and uninstalling."""
    folders = odoo_tests.folders(machine.source.path)
    judge = odoo_tests.judge if not only else odoo_tests.judge_some
    _in_odoo(machine, outcome, report, only, "core", WITHOUT_DEMO, folders, judge)
    report.unlink(missing_ok=True)
    if not outcome.problem:
        _plain("install", machine, outcome, report, only)


def _in_odoo(machine, outcome, report, only, part, modules, folders, count=None):
    """Tests that run inside Odoo, on a clone of a database with ``modules``."""
    databases = Databases(machine, machine.cache / "test-data")
    with step(f"Database with {' and '.join(modules)}") as note:
        name = databases.clone_for_run(part, modules)
        note(name)
    log = databases.logs / f"test-{part}-{os.getpid()}.log"
    log.unlink(missing_ok=True)
    settings = databases.logs / f"test-{part}-{os.getpid()}.conf"
    settings.write_text(_test_settings(machine, databases, name, log))
    arguments = [
        "-o", "addopts=", "--import-mode=prepend",
        f"--odoo-config={settings}", f"--odoo-database={name}",
        "--odoo-http", "--odoo-log-level=warn", *folders,
    ]  # fmt: skip
    if only:
        arguments += ["-k", only]
    try:
        _pytest(machine, outcome, report, arguments, count, ODOO_RC=str(settings))
    finally:
        databases.drop(name)
        settings.unlink(missing_ok=True)
    found = complaints(log)
    if not found:
        log.unlink(missing_ok=True)
    if found and not outcome.problem:
        shown = "\n".join(found[:10])
        outcome.problem = f"{len(found)} warnings or errors in Odoo's log:\n{shown}"


def _test_settings(machine, databases, name, log):
    address = machine.address
    values = {
        "db_host": address.host,
        "db_port": address.port,
        "db_user": address.user,
        "db_password": address.password or False,
        "db_name": name,
        "data_dir": databases.data_dir,
        "addons_path": ADDONS,
        "logfile": log,
        "http_interface": "127.0.0.1",
        "http_port": postgres.free_port(),
        "workers": 0,
        "max_cron_threads": 0,
        "list_db": False,
    }
    body = "".join(f"{key} = {value}\n" for key, value in values.items())
    return f"[options]\n{body}"


def _conclude(outcomes):
    say("part        passed  failed  skipped  seconds")
    for outcome in outcomes:
        mark = (
            ""
            if outcome.is_good
            else "   <- "
            + (outcome.problem.splitlines()[0] if outcome.problem else "failed")
        )
        say(
            f"{outcome.name:<10} {outcome.passed:>7} {outcome.failed:>7} "
            f"{outcome.skipped:>8} {outcome.seconds:>8.0f}{mark}"
        )
    bad = [outcome for outcome in outcomes if not outcome.is_good]
    _say_why(bad)
    passed = sum(outcome.passed for outcome in outcomes)
    failed = sum(outcome.failed or int(not outcome.is_good) for outcome in outcomes)
    skipped = sum(outcome.skipped for outcome in outcomes)
    say(f"{passed} passed, {failed} failed, {skipped} skipped")
    sys.stdout.flush()
    return 1 if bad or not passed else 0


def _say_why(bad):
    """What went wrong, whole: whoever keeps only the end of the output sees it too."""
    for outcome in bad:
        for line in (*outcome.problem.splitlines(), *outcome.failures[:SHOWN_FAILURES]):
            say(f"{outcome.name}: {line[:SHOWN_WIDTH]}")
        if len(outcome.failures) > SHOWN_FAILURES:
            say(f"{outcome.name}: and {len(outcome.failures) - SHOWN_FAILURES} more")
