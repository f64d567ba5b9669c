"""Many terminals: all of them served, clones, stuck neighbours, figures."""

import threading
import time

import pytest

from terminal_simulator import Device, Quirks, Statistics, Target
from terminal_simulator.fleet import Fleet, StuckConnections, make_units


def terminals(server, count, **switches):
    quirks = Quirks(**switches)
    devices = []
    for number in range(count):
        device = Device(f"FLEET{number:04}", server.url, quirks=quirks)
        device.punch("1001", at="2026-03-02 08:00:00")
        devices.append(device)
    return devices


def settled(device):
    return device.is_settled


def test_two_hundred_terminals_settle(server):
    fleet = Fleet(terminals(server, 200), threads=8)
    assert fleet.run(seconds=20, leave_when=settled)
    assert len(server.punches) == 200
    figures = fleet.statistics
    assert figures.requests == {"handshake": 200, "poll": 200, "upload": 200}
    assert figures.acknowledged_lines == 200 and not figures.failures
    assert 0 < figures.percentile(0.5) <= figures.percentile(0.99)


def test_a_fleet_polls_by_its_timers(server):
    fleet = Fleet(terminals(server, 5, poll_seconds=0.05), threads=2)
    stop = threading.Event()
    threading.Timer(0.5, stop.set).start()
    assert not fleet.run(stop=stop, seconds=20)
    polls = fleet.statistics.requests["poll"]
    assert 10 <= polls <= 55


def test_a_bounded_run_ends_in_time(server):
    began = time.monotonic()
    Fleet(terminals(server, 3)).run(seconds=0.2)
    assert time.monotonic() - began < 3


def test_staggered_power_on_depends_on_the_seed(server):
    one, two, three = (
        Fleet(terminals(server, 5), stagger_seconds=9, seed=s)._delays
        for s in (1, 1, 2)
    )
    assert one == two != three and max(one) <= 9


def test_two_units_with_one_serial(server):
    quirks = Quirks(clones=2)
    units = make_units("ZKDEMO000017", Target.from_url(server.url), quirks=quirks)
    assert len(units) == 2 and units[0].log is not units[1].log
    units[0].punch("1001", at="2026-03-02 08:00:00")
    units[1].punch("1002", at="2026-03-02 08:00:00")
    assert Fleet(units).run(seconds=20, leave_when=settled)
    assert {key[0] for key in server.punches} == {"ZKDEMO000017"}
    assert len([s for s in server.seen if s.is_handshake]) == 2


def test_stuck_connections_are_held_open(server):
    target = Target.from_url(server.url)
    with StuckConnections(target, 6):
        assert Fleet(terminals(server, 5)).run(seconds=20, leave_when=settled)
    server.wait_for(15 + 3)
    assert len([seen for seen in server.seen if not seen.whole]) == 3


def test_an_error_in_a_device_reaches_the_caller(server):
    (device,) = terminals(server, 1)
    device.sources.append(None)
    with pytest.raises(AttributeError):
        Fleet([device]).run(seconds=5)


def test_a_fleet_needs_a_thread():
    with pytest.raises(ValueError, match="at least one"):
        Fleet([], threads=0)


def test_percentiles():
    figures = Statistics()
    assert figures.percentile(0.99) == 0
    for number in range(1, 101):
        figures.measured("poll", number)
    assert figures.percentile(0.5) == 51
    assert figures.percentile(0.99, "poll") == 100
    assert figures.percentile(1) == 100
    assert figures.percentile(0.5, "upload") == 0
    with pytest.raises(ValueError, match="between 0 and 1"):
        figures.percentile(99)
