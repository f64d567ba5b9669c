"""A real Odoo behind its proxy, and simulated terminals that call it."""

import itertools
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from devkit.log import complaints
from devkit.server import OdooServer
from terminal_simulator import Device, Quirks, Target

# fuzz.py and faults.py lie beside the tests that run them.
sys.path.insert(0, str(Path(__file__).resolve().parent))

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def ordinary(site):
    """A second server that chooses the database by a filter, as with several.

    There the entrance ahead of Odoo does not know which one, and leaves it to Odoo.
    """
    server = OdooServer(
        site.databases,
        site.name,
        workers=0,
        cron_threads=0,
        more=(f"--database={site.name},{site.name}", f"--db-filter=^{site.name}$"),
    )
    server.log.unlink(missing_ok=True)
    with server:
        yield server
    complained = complaints(server.log)
    assert not complained, "\n".join(complained[:10])


@pytest.fixture
def new_terminal(site, rpc):
    """Register a terminal and return a simulated unit with its serial number.

    ``direct=True`` lets it call Odoo itself instead of the proxy; ``values`` are of the
    terminal that is registered.
    """
    devices = []

    def make(
        *, registered=True, direct=False, store=None, quirks=None, log=None, **values
    ):
        number = next(_numbers)
        serial = f"WIRE{number:06d}"
        if registered:
            store_id = store or rpc.ref("chain_attendance_demo.store_hq")
            rpc.create(
                "attendance.terminal",
                code=str(7000 + number),
                name=f"Unit {number}",
                serial_number=serial,
                vendor="zkteco",
                store_id=store_id,
                **values,
            )
        target = Target.from_url(site.server.url if direct else site.url)
        found = quirks or Quirks()
        if log is None:
            device = Device(serial, target, quirks=replace(found, language=83))
        else:
            device = Device(serial, target, quirks=found, log=log)
        devices.append(device)
        return device

    yield make
    for device in devices:
        device.close()


@pytest.fixture
def rows_of(site):
    """The stored raw punches of a unit, oldest first."""

    def read(device):
        return site.query(
            """
            SELECT p.user_code, p.wall_time, p.state_key, p.quarantine, p.raw_line
            FROM attendance_punch p JOIN attendance_terminal t ON t.id = p.terminal_id
            WHERE t.serial_number = %s ORDER BY p.wall_time, p.user_code
            """,
            [device.serial],
        )

    return read
