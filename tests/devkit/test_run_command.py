"""The run command's own words: options, busy ports, stopping."""

import json
import os
import socket
import subprocess
import sys
import time

import pytest

from devkit import debian, places, python_env, run_command
from devkit.errors import Failure


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


def test_stop_ends_what_was_left_over_and_nothing_else():
    sleeper = [sys.executable, "-c", "import time; time.sleep(60)"]
    ours, other = subprocess.Popen(sleeper), subprocess.Popen(sleeper)
    try:
        path = run_command.state_file(8998)
        path.parent.mkdir(parents=True)
        gone = {"pid": 2**22 - 1, "started": "1"}
        reused = {"pid": other.pid, "started": "1"}
        mine = {"pid": ours.pid, "started": run_command.started_at(ours.pid)}
        path.write_text(json.dumps({"pid": gone, "children": [mine, reused, gone]}))
        assert run_command.main(["--stop", "--port", "8998"]) == 0
        deadline = time.monotonic() + 10
        while ours.poll() is None and time.monotonic() < deadline:
            time.sleep(0.05)
        assert ours.returncode is not None
        assert other.poll() is None
    finally:
        for process in (ours, other):
            process.kill()
            process.wait()


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
