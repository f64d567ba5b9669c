"""A short run of ``fuzz.py``; the long one is described in CONTRIBUTING.md."""

import os

import fuzz


def test_no_body_is_refused_and_no_good_line_lost(site, new_terminal, rows_of):
    """``CHAIN_ATTENDANCE_FUZZ_BODIES=200000`` makes it the long run."""
    bodies = int(os.environ.get("CHAIN_ATTENDANCE_FUZZ_BODIES", "4000"))
    device = new_terminal()
    faults, good, seen = fuzz.run(site.server.url, device.serial, bodies=bodies)
    print(dict(seen))
    assert faults == []
    assert seen[200] > bodies // 2
    assert len(good) == len(set(good)) > bodies // 3
    stored = {(code, wall) for code, wall, *_rest in rows_of(device)}
    assert set(good) <= stored
