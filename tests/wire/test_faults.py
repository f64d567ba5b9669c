"""A short run of ``faults.py``: nothing is lost and nothing doubled.

``CHAIN_ATTENDANCE_FAULTS=200`` makes it the long run, with 50 terminals.
"""

import os

import pytest
from faults import ShakyServer, run

from devkit.errors import Failure


def test_kills_in_mid_upload_lose_and_double_nothing(databases):
    faults = int(os.environ.get("CHAIN_ATTENDANCE_FAULTS", "6"))
    units = 50 if faults >= 100 else 10
    try:
        shaky = ShakyServer(databases)
    except Failure as reason:
        pytest.skip(str(reason))
    with shaky:
        report = run(shaky, faults=faults, units=units, seed=4, per_fault=2)
    print(report)
    assert report["held"] == report["stored"] == units * 2 * (faults + 1)
    assert report["missing"] == 0
    assert report["doubled or foreign"] == 0
    assert report["not acknowledged"] == 0
    assert report["days not computed"] == 0
    # Otherwise the faults hit nothing.
    assert report["requests that failed"]
    assert len(report["faults"]) == 4
