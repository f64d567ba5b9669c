"""Style checks: Python, XML, translations and manifests."""

import subprocess
import xml.etree.ElementTree as ElementTree

from .console import say
from .places import ADDONS, CHECKOUT

PYTHON_FOLDERS = ("addons", "scripts", "tests")


def lint(machine, outcome):
    """Run every check; each counts as one test of the part."""
    for name, check in CHECKS:
        problems = check(machine)
        for line in problems[:40]:
            say(f"  {line}")
        say(f"  {name}: {f'{len(problems)} findings' if problems else 'good'}")
        if problems:
            outcome.failed += 1
        else:
            outcome.passed += 1


def _tool(machine, *command):
    done = subprocess.run(
        [str(machine.python.python), "-m", *command],
        cwd=CHECKOUT,
        env=machine.environ(PYTHONPATH=str(CHECKOUT / "scripts")),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    lines = [line for line in done.stdout.splitlines() if line.strip()]
    return (lines or ["ended with an error"]) if done.returncode else []


def _folders():
    return [folder for folder in PYTHON_FOLDERS if (CHECKOUT / folder).is_dir()]


def ruff(machine):
    return _tool(machine, "ruff", "check", "-q", "--output-format=concise", *_folders())


def ruff_format(machine):
    return _tool(machine, "ruff", "format", "-q", "--check", *_folders())


def pylint_odoo(machine):
    addons = sorted(str(path.parent) for path in ADDONS.glob("*/__manifest__.py"))
    return _tool(machine, "pylint", "--rcfile=pyproject.toml", "-sn", *addons)


def engine_alone(_machine):
    """The engine imports the standard library only."""
    engine = ADDONS / "chain_attendance_engine"
    return [
        f"{path.relative_to(CHECKOUT)}: the engine must not import odoo"
        for path in engine.rglob("*.py")
        for line in path.read_text().splitlines()
        if line.strip().startswith(("import odoo", "from odoo"))
    ]


def xml(_machine):
    """Every XML file parses, and no id is used twice in one addon."""
    problems = []
    for addon in sorted(ADDONS.iterdir()):
        seen = {}
        for path in sorted(addon.rglob("*.xml")):
            try:
                tree = ElementTree.parse(path)
            except ElementTree.ParseError as error:
                problems.append(f"{path.relative_to(CHECKOUT)}: {error}")
                continue
            for record in tree.iter():
                name = record.get("id")
                if record.tag in ("record", "menuitem", "template") and name:
                    if name in seen and path == seen[name]:
                        problems.append(f"{path.relative_to(CHECKOUT)}: {name} twice")
                    seen[name] = path
    return problems


def translations(machine):
    """Chinese is complete: each term has a translation with the same placeholders."""
    return _tool(machine, "devkit.translations", "check")


CHECKS = (
    ("ruff", ruff),
    ("ruff format", ruff_format),
    ("pylint-odoo", pylint_odoo),
    ("engine stands alone", engine_alone),
    ("XML", xml),
    ("translations", translations),
)
