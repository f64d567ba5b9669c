"""``./scripts/scenario``: attendance scenarios as files.

They are run through the engine, or with ``--odoo`` through everything: a database, a
server and terminals.
"""

import sys

from . import machine as machines
from .places import ADDONS, CHECKOUT

IN_ODOO = "--odoo"


def main(arguments):
    found = machines.enter_environment("scenario", "test", arguments)
    sys.path.insert(0, str(ADDONS))  # the engine, without Odoo
    if IN_ODOO in arguments:
        files = [word for word in arguments if word != IN_ODOO]
        return _end_to_end(found, files)
    from scenarios.cli import main as run_scenarios

    return run_scenarios(arguments)


def _end_to_end(found, files):
    from .databases import Databases
    from .scenario_site import report, run_end_to_end

    files = files or sorted((CHECKOUT / "tests" / "scenarios").glob("*.yaml"))
    machine = machines.prepare(*found)
    try:
        databases = Databases(machine, machine.cache / "test-data")
        return report(run_end_to_end(databases, files))
    finally:
        machine.database.stop()
