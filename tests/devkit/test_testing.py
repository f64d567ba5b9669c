"""Parts that run side by side, and their output."""

import sys
import threading
from types import SimpleNamespace

import pytest

from devkit import testing

LANED = ("addons", "core", "wire", "browser")


@pytest.fixture
def machine(tmp_path):
    python = SimpleNamespace(python=sys.executable)
    return SimpleNamespace(cache=tmp_path, python=python, environ=lambda **more: more)


def test_three_lanes_run_side_by_side_and_the_rest_runs_alone(monkeypatch, machine):
    started = {name: threading.Event() for name in LANED}
    core_is_seen = threading.Event()
    running, seen = [], {}

    def run(part, _machine, _only, **_more):
        running.append(part)
        if part in started:
            started[part].set()
            if part == "core":
                assert all(started[other].wait(10) for other in ("addons", "browser"))
            elif part != "wire":
                # The addons and the browser last as long as the other lane.
                assert core_is_seen.wait(10)
        seen[part] = set(running)
        if part == "core":
            core_is_seen.set()
        running.remove(part)
        return testing.Outcome(part, passed=1)

    monkeypatch.setattr(testing, "_run", run)
    parts = ["engine", "addons", "core", "wire", "browser"]
    assert testing.run_parts(parts, machine, None) == 0
    assert seen["engine"] == {"engine"}
    assert {"addons", "browser"} <= seen["core"]
    assert "wire" not in seen["addons"]
    assert "addons" not in seen["wire"]


def test_a_part_alone_has_no_company(monkeypatch, machine):
    assert testing._lanes_with("wire", ["lint", "wire"]) == [["wire"]]
    assert testing._lanes_with("lint", ["lint", "wire"]) == [["lint"]]


def test_a_failure_of_the_second_of_them_fails_the_run(monkeypatch, machine):
    def run(part, _machine, _only, **_more):
        return testing.Outcome(part, passed=1, failed=int(part == "core"))

    monkeypatch.setattr(testing, "_run", run)
    assert testing.run_parts(["addons", "core"], machine, None) == 1


def test_output_of_the_second_follows_whole(monkeypatch, machine, tmp_path, capfd):
    written = tmp_path / "test_small.py"
    written.write_text("def test_small():\n    assert 1 == 2, 'seen afterwards'\n")

    def core(machine, outcome, report, _only):
        testing._pytest(machine, outcome, report, ["-p", "no:odoo", str(written)])
        assert "seen afterwards" in outcome.output.read_text()
        assert "seen afterwards" not in capfd.readouterr().out

    monkeypatch.setattr(testing, "_core", core)
    outcome = testing._run("core", machine, None, has_file=True)
    assert (outcome.failed, outcome.problem) == (1, "")
    (failure,) = outcome.failures
    assert failure.endswith(
        "test_small.test_small: AssertionError: seen afterwards assert 1 == 2"
    )
    assert "seen afterwards" in capfd.readouterr().out
    assert not list(tmp_path.glob("output-*"))


def test_the_end_of_the_output_says_what_went_wrong(capsys):
    good = testing.Outcome("engine", passed=3)
    log = testing.Outcome("addons", passed=1, problem="1 warning in the log:\nWARNING")
    many = [f"test_a.test_{n}: no" for n in range(testing.SHOWN_FAILURES + 2)]
    broken = testing.Outcome("core", failed=len(many), failures=many)
    assert testing._conclude([good, log, broken]) == 1
    end = capsys.readouterr().out.splitlines()[4:]
    assert end[:2] == ["addons: 1 warning in the log:", "addons: WARNING"]
    assert end[2] == "core: test_a.test_0: no"
    assert end[-2:] == ["core: and 2 more", "4 passed, 23 failed, 0 skipped"]
