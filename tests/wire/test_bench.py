"""The bench of the terminals' routes still runs; what it measures is not looked at."""

import subprocess
import sys

import pytest

from devkit.places import CHECKOUT
from devkit.testing import MODULES

BENCH = CHECKOUT / "tests" / "bench" / "ingest" / "bench_ingest.py"
TIMEOUT = 280
SMALL = (
    "--terminals=4", "--seconds=0.5", "--rounds=1", "--minutes=0.05", "--units=2",
    "--backlog=2", "--rows=2000", "--no-package", "--no-core",
)  # fmt: skip


@pytest.fixture(scope="module")
def database(databases):
    name = databases.clone_for_run("bench", MODULES)
    yield name
    databases.drop(name)


@pytest.mark.parametrize("part", ["rates", "outage"])
def test_a_part_of_the_bench_runs(this_machine, database, part):
    done = subprocess.run(
        [sys.executable, str(BENCH), part, f"--database={database}", *SMALL],
        cwd=CHECKOUT,
        env=this_machine.environ(PYTHONPATH=str(CHECKOUT / "scripts")),
        capture_output=True,
        text=True,
        timeout=TIMEOUT,
        check=False,
    )
    assert "targets missed" in done.stdout, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
