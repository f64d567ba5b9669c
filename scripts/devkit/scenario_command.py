"""``./scripts/scenario``: attendance scenarios as files, run through the engine."""

import sys

from . import machine as machines
from .places import ADDONS


def main(arguments):
    machines.enter_environment("scenario", "test", arguments)
    sys.path.insert(0, str(ADDONS))  # the engine, without Odoo
    from scenarios.cli import main as run_scenarios

    return run_scenarios(arguments)
