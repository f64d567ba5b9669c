"""Odoo's own cron worker dies at any moment of a recompute; nothing comes of it."""

import os
import re

import pytest
from cron_killing import CronKilling

from devkit.fixtures import PASSWORD, SET_PASSWORDS
from devkit.log import complaints
from devkit.rpc import Rpc
from devkit.server import OdooServer
from devkit.testing import MODULES

KILLS = int(os.environ.get("CHAIN_ATTENDANCE_KILLS", "4"))
SEED = 8
# Odoo says so of a job that has died three times before anything of it was done.
TIMED_OUT = re.compile(r"Job 'Attendance: compute days' \(\d+\) timed out *$")


@pytest.fixture(scope="module")
def server(databases):
    """A server of its own: what it logs of the dead is looked at here."""
    name = databases.clone_for_run("cron", MODULES)
    databases.shell(name, SET_PASSWORDS)
    found = OdooServer(databases, name, workers=1, cron_threads=1)
    found.log.unlink(missing_ok=True)
    try:
        with found:
            yield found
    finally:
        databases.drop(name)


def test_the_cron_worker_is_killed_in_a_recompute(server):
    """Days, their rows and their exceptions end as those of a clean run."""
    killing = CronKilling(server, Rpc(server.url, server.name, "admin", PASSWORD), SEED)
    try:
        hit = killing.run(KILLS)
    finally:
        killing.close()
    found = {table: len(rows) for table, rows in killing.rows().items()}
    print(f"{KILLS} workers killed, {hit} with days; {killing.refills} times; {found}")
    assert killing.late == KILLS
    # Else the blows fell before it had begun, or after the end.
    assert hit >= KILLS // 2
    assert found["attendance_day"] > 2000
    assert found["attendance_exception"] > 500
    others = [line for line in complaints(server.log) if not TIMED_OUT.search(line)]
    assert not others, "\n".join(others[:10])
