"""Parts that run side by side, and their output."""

import sys
import threading
from types import SimpleNamespace

import pytest

from devkit import testing


@pytest.fixture
def machine(tmp_path):
    python = SimpleNamespace(python=sys.executable)
    return SimpleNamespace(cache=tmp_path, python=python, environ=lambda **more: more)


def test_addons_and_core_run_at_the_same_time_and_the_rest_does_not(
    monkeypatch, machine
):
    both = threading.Barrier(2, timeout=10)
    running, seen = [], []

    def run(part, _machine, _only, **_more):
        running.append(part)
        seen.append(tuple(running))
        if part in testing.ABREAST:
            both.wait()
        running.remove(part)
        return testing.Outcome(part, passed=1)

    monkeypatch.setattr(testing, "_run", run)
    assert testing.run_parts(["engine", "addons", "core", "wire"], machine, None) == 0
    assert seen[0] == ("engine",)
    assert seen[-1] == ("wire",)


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
    assert "seen afterwards" in capfd.readouterr().out
    assert not list(tmp_path.glob("output-*"))
