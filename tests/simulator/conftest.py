"""A recording server on the loopback, and terminals that never really wait."""

import os
from dataclasses import fields
from pathlib import Path

import pytest

from terminal_simulator import Device, FakeTime, Quirks
from terminal_simulator.testing import RecordingServer

SERIAL = "ZKDEMO000017"
SWITCHES = {field.name for field in fields(Quirks)}


@pytest.fixture
def server():
    with RecordingServer() as server:
        yield server


@pytest.fixture
def make(server):
    """Make a terminal; keywords that name a quirk switch it."""
    made = []

    def make(serial=SERIAL, **more):
        switches = {name: more.pop(name) for name in SWITCHES & more.keys()}
        more.setdefault("time", FakeTime())
        more.setdefault("zone_minutes", 480)
        device = Device(serial, server.url, quirks=Quirks(**switches), **more)
        made.append(device)
        return device

    yield make
    for device in made:
        device.close()


@pytest.fixture
def sent(server, make):
    """Punch at a terminal with the given quirks; its one ATTLOG request."""

    def sent(punches=(("1001", "2026-03-02 08:58:41"),), **more):
        device = make(**more)
        for pin, wall in punches:
            device.punch(pin, verify=15, at=wall)
        device.settle()
        (upload,) = server.uploads()
        return upload

    return sent


@pytest.fixture
def real_file():
    """The real USB file, from CHAIN_ATTENDANCE_SHARED or beside the checkout."""
    named = os.environ.get("CHAIN_ATTENDANCE_SHARED")
    checkout = Path(__file__).resolve().parents[2]
    folder = Path(named) if named else checkout.parent / "shared"
    path = folder / "data" / "1_attlog.dat"
    if not path.is_file():
        pytest.skip(f"no real punch file at {path} (set CHAIN_ATTENDANCE_SHARED)")
    return path
