"""A terminal that is killed goes on where the server's acknowledgements end."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

import terminal_simulator
from terminal_simulator import LocalLog, Punch
from terminal_simulator.testing import CLOSE
from terminal_simulator.usb import write_attlog

SCRIPTS = Path(terminal_simulator.__file__).parents[1]


def history(count):
    return [
        Punch(
            str(1000 + n % 7),
            f"2026-02-{n // 480 + 1:02} {n // 60 % 8:02}:{n % 60:02}:00",
        )
        for n in range(count)
    ]


def test_a_new_object_on_the_folder_goes_on(server, make, tmp_path):
    device = make(log=LocalLog(tmp_path))
    device.log.add_punches(history(500))
    device.run_until(lambda d: len(server.uploads()) == 2)
    device.log.close()
    again = make(log=LocalLog(tmp_path))
    assert again.backlog == 500 - 256
    again.settle()
    assert [len(s.lines) for s in server.uploads()] == [128, 128, 128, 116]
    assert len(server.punches) == 500


@pytest.mark.parametrize("answered", [True, False])
def test_killed_between_sending_and_noting_the_answer(server, make, tmp_path, answered):
    """The server stored the batch; the unit never knew: sent again, stored once."""

    def script(seen, _index):
        if seen.table == "ATTLOG" and not answered and len(server.uploads()) == 1:
            server._store(seen)
            return CLOSE
        return None

    server.script = script
    device = make(log=LocalLog(tmp_path))
    device.log.add_punches(history(200))
    device.log.acknowledge_punches = lambda _numbers: None
    device.run_until(lambda d: len(server.uploads()) == 1)
    device.log.close()
    again = make(log=LocalLog(tmp_path))
    assert again.backlog == 200
    again.settle()
    assert server.uploads()[0].body == server.uploads()[1].body
    assert len(server.punches) == 200


def replay_process(url, path, folder, *more):
    command = [sys.executable, "-m", "terminal_simulator", "replay", str(path)]
    command += ["--url", url, "--serial", "ZKDEMO000017", "--batch", "50"]
    command += ["--resume-folder", str(folder), *more]
    environment = {**os.environ, "PYTHONPATH": str(SCRIPTS)}
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def test_kill_9_in_the_middle_of_a_replay(server, tmp_path):
    """The real thing: SIGKILL while a batch is under way, then the same command."""
    path, folder = tmp_path / "1_attlog.dat", tmp_path / "terminal"
    path.write_bytes(write_attlog(history(600)))
    stuck, reached = threading.Event(), threading.Event()

    def script(seen, _index):
        if (
            seen.table == "ATTLOG"
            and len(server.uploads()) == 5
            and not reached.is_set()
        ):
            server._store(seen)
            reached.set()
            stuck.wait(10)
            return CLOSE
        return None

    server.script = script
    # The script holds the server's lock while it waits: nobody else needs it then.
    process = replay_process(server.url, path, folder)
    assert reached.wait(10)
    process.kill()
    process.communicate(timeout=10)
    stuck.set()
    assert LocalLog.copy_of(folder).open_punches == 600 - 4 * 50
    again = replay_process(server.url, path, folder)
    out, err = again.communicate(timeout=20)
    assert again.returncode == 0, err
    assert b"600 punches, 1 times: 400 lines sent, 400 acknowledged" in out
    assert len(server.punches) == 600
    finished = replay_process(server.url, path, folder)
    out, _ = finished.communicate(timeout=20)
    assert finished.returncode == 0 and b"0 lines sent" in out
    assert server.received_lines == 600 + 50


def test_a_server_that_dies_and_comes_back(server, make):
    """Every third request dies without an answer; all punches arrive, once."""
    server.script = lambda seen, index: CLOSE if index % 3 == 2 else None
    device = make(batch_lines=20)
    device.log.add_punches(history(400))
    began = time.monotonic()
    device.settle(seconds=10000)
    assert len(server.punches) == 400
    assert device.statistics.acknowledged_lines == 400
    assert time.monotonic() - began < 5
