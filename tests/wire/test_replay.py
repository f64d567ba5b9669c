"""A real terminal's history replayed over the wire: never lost, never doubled."""

import multiprocessing
import os
import time
from collections import Counter
from pathlib import Path

import pytest

from terminal_simulator import Device, LocalLog, Quirks, Target
from terminal_simulator.replay import replay
from terminal_simulator.usb import iterate_punches

PUNCHES, PEOPLE = 10233, 21


def _real_file():
    named = os.environ.get("CHAIN_ATTENDANCE_SHARED")
    beside = Path(__file__).resolve().parents[3] / "shared"
    path = (Path(named) if named else beside) / "data" / "1_attlog.dat"
    if not path.exists():
        pytest.skip("the real terminal's file is not beside this checkout")
    return path


@pytest.fixture(scope="module")
def real_file():
    return _real_file()


@pytest.fixture(scope="module")
def people(rpc, real_file):
    """The 21 people of the file, rostered 08:30-17:30 for its year."""
    codes = sorted({punch.pin.strip() for punch in iterate_punches(real_file)})
    assert len(codes) == PEOPLE
    store = rpc.ref("chain_attendance_demo.store_hq")
    found = rpc(
        "hr.employee",
        "create",
        [
            {
                "name": f"Person {code}",
                "employee_number": f"R{code}",
                "terminal_user_code": code,
                "store_id": store,
            }
            for code in codes
        ],
    )
    shift = rpc.ref("chain_attendance_demo.shift_day")
    rpc(
        "attendance.roster",
        "create",
        [
            {"employee_id": person, "shift_id": shift, "date_from": "2020-01-06"}
            for person in found
        ],
    )
    return found


def _stored(site, serial):
    return site.query(
        """
        SELECT p.user_code, p.wall_time, p.employee_id FROM attendance_punch p
        JOIN attendance_terminal t ON t.id = p.terminal_id
        WHERE t.serial_number = %s
        """,
        [serial],
    )


def _wanted(path):
    """What must be stored: every distinct code and second of the file."""
    return {(punch.pin.strip(), punch.wall) for punch in iterate_punches(path)}


def test_the_real_file_twice_is_every_punch_once(site, new_terminal, real_file, people):
    device = new_terminal()
    report = replay(device, real_file, times=2)
    print(report.text())
    assert report.statistics.acknowledged_lines == 2 * PUNCHES
    stored = _stored(site, device.serial)
    assert len(stored) == PUNCHES
    assert {(code, wall) for code, wall, _owner in stored} == _wanted(real_file)
    assert len({owner for _code, _wall, owner in stored}) == PEOPLE
    assert all(owner for _code, _wall, owner in stored)

    site.wait_until_computed(240)
    _check_days(site, stored)


def _check_days(site, stored):
    """Each person's rows: the identity of a day, and no day with punches missing."""
    owners = sorted({owner for _code, _wall, owner in stored})
    days = site.query(
        """
        SELECT employee_id, work_date::text, due_minutes, worked_minutes,
               late_minutes, early_minutes, absent_minutes
        FROM attendance_day WHERE employee_id = ANY(%s) AND state = 'final'
        """,
        [owners],
    )
    for _person, _day, due, *parts in days:
        assert due == sum(parts)
    computed = {(person, day) for person, day, *_rest in days}
    punched = {(owner, wall[:10]) for _code, wall, owner in stored}
    assert punched <= computed
    per_person = Counter(person for person, _day in computed)
    assert len(per_person) == PEOPLE
    print(f"{len(computed)} daily rows of {len(per_person)} people")


def _replay_in_background(url, serial, path, folder):
    log = LocalLog(Path(folder))
    device = Device(serial, Target.from_url(url), log=log, quirks=Quirks(language=83))
    replay(device, path, times=1, give_up_seconds=120)


def test_a_killed_server_loses_and_doubles_nothing(
    site, new_terminal, real_file, people, tmp_path
):
    """kill -9 of every Odoo process in mid-replay; the unit retries by itself."""
    serial = new_terminal().serial
    unit = multiprocessing.get_context("spawn").Process(
        target=_replay_in_background, args=(site.url, serial, real_file, tmp_path)
    )
    unit.start()
    deadline = time.monotonic() + 60
    while len(_stored(site, serial)) < PUNCHES // 4:
        assert time.monotonic() < deadline, "the replay did not get going"
        time.sleep(0.02)
    site.server.kill()
    before = len(_stored(site, serial))
    assert 0 < before < PUNCHES, before
    site.server.start()
    unit.join(180)
    assert unit.exitcode == 0
    stored = _stored(site, serial)
    assert len(stored) == PUNCHES
    assert {(code, wall) for code, wall, _owner in stored} == _wanted(real_file)
    print(f"killed with {before} rows stored, {len(stored)} at the end")
