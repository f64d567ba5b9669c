"""The run command's own words: options, busy ports, stopping."""

import json
import os
import socket
import subprocess
import sys
import threading
import time

import pytest

from devkit import debian, places, python_env, run_command
from devkit.errors import Failure

# A number that no process has.
GONE = {"pid": 2**22 - 1, "started": "1"}


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("CHAIN_ATTENDANCE_CACHE", str(tmp_path / "cache"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--port", "80"], "--port 80 must lie between 1024 and 65535"),
        (["--port", "70000"], "--port 70000"),
        (["--workers", "0"], "--workers 0 must lie between 1 and 64"),
    ],
)
def test_bad_options_name_the_limit(arguments, said):
    with pytest.raises(Failure, match=said):
        run_command.options_of(arguments)


def test_a_busy_port_is_told_before_anything_is_done():
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        with pytest.raises(Failure, match=f"Port {port} is taken by another program"):
            run_command.main(["--port", str(port)])


def test_stop_says_when_nothing_runs(capsys):
    assert run_command.main(["--stop", "--port", "8999"]) == 0
    assert "nothing runs on port 8999" in capsys.readouterr().out


@pytest.fixture
def started():
    """Start a process that waits, recorded as the head of a run or as left over."""
    processes = []

    def start(port, *, is_left_over=False):
        words = [sys.executable, "-c", "import time; time.sleep(60)"]
        process = subprocess.Popen(words)
        processes.append(process)
        # Else it stays a zombie, which a real run is to nobody.
        threading.Thread(target=process.wait, daemon=True).start()
        found = {"pid": process.pid, "started": run_command.started_at(process.pid)}
        path = run_command.state_file(port)
        path.parent.mkdir(parents=True, exist_ok=True)
        head, children = (GONE, [found, GONE]) if is_left_over else (found, [])
        path.write_text(json.dumps({"pid": head, "children": children}))
        return process

    yield start
    for process in processes:
        process.kill()
        process.wait()


def has_ended(process):
    deadline = time.monotonic() + 10
    while process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.05)
    return process.returncode is not None


def test_stop_ends_what_was_left_over_and_nothing_else(started):
    ours, other = started(8998, is_left_over=True), started(8997)
    path = run_command.state_file(8998)
    state = json.loads(path.read_text())
    state["children"].append({"pid": other.pid, "started": "1"})
    path.write_text(json.dumps(state))
    assert run_command.main(["--stop", "--port", "8998"]) == 0
    assert has_ended(ours)
    assert other.poll() is None


@pytest.mark.parametrize("is_left_over", [False, True])
def test_stop_without_a_port_ends_the_only_run(started, capsys, is_left_over):
    run_command.state_file(8996).parent.mkdir(parents=True)
    run_command.state_file(8996).write_text(json.dumps({"pid": None, "children": []}))
    only = started(8997, is_left_over=is_left_over)
    assert run_command.main(["--stop"]) == 0
    assert has_ended(only)
    assert "on port 8997" in capsys.readouterr().out


def test_stop_without_a_port_means_the_usual_one_first(started, capsys):
    usual, other = started(run_command.DEFAULT_PORT), started(8997)
    assert run_command.main(["--stop"]) == 0
    assert has_ended(usual)
    assert other.poll() is None
    said = capsys.readouterr().out
    assert f"stopped what ran on port {run_command.DEFAULT_PORT}" in said
    assert "--stop --port 8997" in said


def test_stop_without_a_port_guesses_nothing(started):
    runs = [started(8997), started(8998)]
    with pytest.raises(Failure, match="on the ports 8997, 8998; .*--port 8997"):
        run_command.main(["--stop"])
    assert [run.poll() for run in runs] == [None, None]


def test_stop_on_a_wrong_port_says_where_something_runs(started, capsys):
    run = started(8997)
    assert run_command.main(["--stop", "--port", "8998"]) == 0
    said = capsys.readouterr().out
    assert "nothing runs on port 8998" in said
    assert "--stop --port 8997" in said
    assert run.poll() is None


def test_without_a_port_it_starts_on_the_usual_one():
    assert run_command.options_of([]).port == run_command.DEFAULT_PORT
    assert run_command.options_of(["--port", "8070"]).port == 8070


@pytest.mark.parametrize(
    ("version", "good"),
    [((3, 9), 0), ((3, 10), 1), ((3, 13), 1), ((3, 14), 0), ((2, 7), 0)],
)
def test_pythons_that_odoo_runs_on(version, good):
    if good:
        python_env.check_python(version)
    else:
        with pytest.raises(Failure, match="runs on 3.10 to 3.13"):
            python_env.check_python(version)


def test_a_full_disk_is_told_with_its_figures(tmp_path):
    with pytest.raises(Failure, match="GiB free and .* GiB are needed"):
        places.check_free_space(tmp_path, wanted=2**60)


def test_a_cache_that_cannot_be_written_is_told(tmp_path, monkeypatch):
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setenv("CHAIN_ATTENDANCE_CACHE", str(blocked / "below"))
    with pytest.raises(Failure, match="CHAIN_ATTENDANCE_CACHE"):
        places.prepare_cache()


def test_an_interrupted_artefact_is_not_taken_for_whole(tmp_path):
    target = tmp_path / "thing"
    with pytest.raises(KeyboardInterrupt), places.made_whole(target) as partial:
        (partial / "half").write_text("")
        raise KeyboardInterrupt
    assert not target.exists()
    with places.made_whole(target) as partial:
        assert list(partial.iterdir()) == []
    assert target.is_dir()


def test_archives_are_read_from_the_machine_s_own_sources():
    modern = (
        "# a comment\nTypes: deb deb-src\nURIs: http://one.test/debian http://two.test\n"
        "Suites: stable\nComponents: main\nSigned-By: /usr/share/keyrings/a.gpg\n\n"
        "Types: deb-src\nURIs: http://three.test\n"
    )
    old = "# deb http://no.test x main\ndeb [signed-by=/k.gpg] http://a.test s main\n"
    assert list(debian._deb822_archives(modern)) == [
        ("http://one.test/debian", "/usr/share/keyrings/a.gpg")
    ]
    assert list(debian._one_line_archives(old)) == [("http://a.test", "/k.gpg")]


def test_the_script_says_which_python_is_missing(tmp_path):
    script = places.CHECKOUT / "scripts" / "run"
    done = subprocess.run(
        [str(script), "--help"],
        env={**os.environ, "PYTHON": str(tmp_path / "python9")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "python9 is not a Python 3.10 to 3.13" in done.stderr
