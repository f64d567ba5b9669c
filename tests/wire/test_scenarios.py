"""The scenario files of the engine, end to end: wire, queue, stored rows."""

from pathlib import Path

from devkit.scenario_site import run_end_to_end

FILES = sorted((Path(__file__).resolve().parents[1] / "scenarios").glob("*.yaml"))
# Of all scenarios; another one needs a reason in scenarios.database.limits.
NOT_IN_A_DATABASE = 2


def test_every_scenario_is_stored_as_expected(databases):
    outcome = run_end_to_end(databases, FILES)
    assert not outcome.differences
    assert len(outcome.refused) <= NOT_IN_A_DATABASE
    loaded = sum(counts[0] for counts in outcome.counted.values())
    assert loaded >= 230
