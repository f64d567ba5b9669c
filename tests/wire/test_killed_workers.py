"""Workers die at any moment; what is stored in the end is what a clean run stores."""

import json
import os
from pathlib import Path

import pytest

from devkit.testing import MODULES

KILLS = int(os.environ.get("CHAIN_ATTENDANCE_KILLS", "15"))
SEED = 8
SCRIPT = """
import json, sys
from pathlib import Path
sys.path.insert(0, {folder!r})
from killing import Killing
env.cr.commit()
killing = Killing(env.cr.dbname, {seed})
hit = killing.run({kills})
found = {{"hit": hit, "late": killing.late, "rows": len(killing.rows())}}
Path({report!r}).write_text(json.dumps(found))
"""


RACE = """
import sys
sys.path.insert(0, {folder!r})
from racing import Race
Race(env).run()
"""
CLOSING = """
import sys
sys.path.insert(0, {folder!r})
from closing_race import ClosingRace
ClosingRace(env).run()
"""
FOLDER = str(Path(__file__).resolve().parent)


@pytest.fixture(scope="module")
def database(databases):
    name = databases.clone_for_run("killed", MODULES)
    yield name
    databases.drop(name)


def test_killed_workers_lose_and_spoil_nothing(databases, database, tmp_path):
    """Late punches mark days all the while, also of those that are being computed."""
    report = tmp_path / "report.json"
    databases.shell(
        database,
        SCRIPT.format(
            folder=FOLDER,
            seed=SEED,
            kills=KILLS,
            report=str(report),
        ),
    )
    found = json.loads(report.read_text())
    print(f"{KILLS} workers killed, {found}")
    assert found["late"] == KILLS
    assert found["rows"] > 500
    # Else the workers died before they had begun, or after the end.
    assert found["hit"] >= KILLS // 3


def test_a_punch_that_comes_while_its_day_is_computed_counts(databases, database):
    """In each order in which the two transactions can end."""
    databases.shell(database, RACE.format(folder=FOLDER))


def test_a_period_is_closed_while_days_of_it_are_computed(databases, database):
    """In each order; what is closed stays, and what came too late is in lines."""
    databases.shell(database, CLOSING.format(folder=FOLDER))
