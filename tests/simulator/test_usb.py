"""USB punch files: every layout read, written, and read again the same."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from terminal_simulator import Punch
from terminal_simulator.usb import (
    LAYOUTS,
    iterate_punches,
    read_lines,
    serial_number,
    write_attlog,
)

PUNCHES = st.builds(
    Punch,
    st.text("0123456789ABCXYZ", min_size=1, max_size=9),
    st.datetimes().map(lambda d: d.replace(microsecond=0).isoformat(" ")),
    st.integers(0, 255),
    st.integers(0, 255),
    st.text("0123456789", min_size=1, max_size=4),
)


def punches(data):
    return [line.punch for line in read_lines(data) if line.punch]


@settings(deadline=None)
@given(
    st.lists(PUNCHES, max_size=20),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([5, 9]),
    st.integers(1, 255),
)
def test_standard_round_trip(some, line_end, width, number):
    data = write_attlog(some, line_end=line_end, pin_width=width, number=number)
    assert punches(data) == some


@settings(deadline=None)
@given(st.lists(PUNCHES, max_size=5), st.sampled_from(sorted(LAYOUTS)))
def test_every_layout_round_trip(some, layout):
    read = punches(write_attlog(some, layout=layout))
    assert [(p.pin, p.wall, p.state) for p in read] == [
        (p.pin, p.wall, p.state) for p in some
    ]


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_reading_never_fails(data):
    for line in read_lines(data):
        assert line.text.strip()


@settings(deadline=None)
@given(st.lists(PUNCHES, min_size=1, max_size=5), st.binary(max_size=50))
def test_a_foreign_line_takes_no_good_line_with_it(some, noise):
    noise = noise.replace(b"\r", b"").replace(b"\n", b"").replace(b"\t", b"")
    data = write_attlog(some, line_end="\n")
    first, rest = data.split(b"\n", 1)
    assert punches(first + b"\n" + noise + b"\n" + rest) == some


def test_as_a_terminal_writes_it():
    data = write_attlog([Punch("1001", "2026-03-02 08:58:41", 0, 1)])
    assert data == b"     1001\t2026-03-02 08:58:41\t1\t0\t1\t0\r\n"


def test_lines_that_are_no_punch_are_told():
    data = (
        b"SN=ZKDEMO000017\r\n 1001\t2026-03-02 08:58:41\t1\t0\t1\t0\r\n\r\n"
        b"CHECKSUM=abc\r\n 1001\t2026-13-02 08:58:41\t1\t0\t1\t0"
    )
    lines = list(read_lines(data))
    assert [(line.number, line.punch is None) for line in lines] == [
        (1, True),
        (2, False),
        (4, True),
        (5, True),
    ]


@pytest.mark.parametrize(
    ("name", "content", "serial"),
    [
        ("1_attlog.dat", b"", None),
        ("ZKDEMO000017_attlog.dat", b"", "ZKDEMO000017"),
        ("1_attlog.dat", b"SN=ZKDEMO000017\r\n", "ZKDEMO000017"),
        ("other.dat", b"", None),
    ],
)
def test_serial_number(tmp_path, name, content, serial):
    path = tmp_path / name
    path.write_bytes(content)
    assert serial_number(path) == serial


def test_the_real_file(real_file):
    some = list(iterate_punches(real_file))
    assert len(some) == 10233
    assert len({punch.pin for punch in some}) == 21
    assert {punch.state for punch in some} == {0, 1, 4}
    assert punches(write_attlog(some)) == some


def test_the_real_file_over_the_wire_twice(real_file, server, make):
    device = make()
    device.log.add_punches(iterate_punches(real_file))
    device.settle()
    device.log.reopen_punches()
    device.settle()
    sizes = [len(seen.lines) for seen in server.uploads()]
    assert sizes == ([128] * 79 + [121]) * 2
    different = {(p.pin, p.wall) for p in iterate_punches(real_file)}
    assert len(server.punches) == len(different) == 10233
