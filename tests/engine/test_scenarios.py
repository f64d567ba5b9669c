"""Scenario files: each comes out as written, and together they hit every rule."""

from collections import Counter
from pathlib import Path

import pytest
from scenarios import ScenarioError, load_file, run
from scenarios.cli import main
from scenarios.rules import MODES, RULES

FOLDER = Path(__file__).resolve().parents[1] / "scenarios"
SCENARIOS = [one for path in sorted(FOLDER.glob("*.yaml")) for one in load_file(path)]


def _param(scenario):
    marks = ()
    if scenario.disputed:
        marks = pytest.mark.xfail(reason=scenario.disputed, strict=True)
    return pytest.param(scenario, id=scenario.name, marks=marks)


@pytest.mark.parametrize("scenario", [_param(one) for one in SCENARIOS])
def test_scenario(scenario):
    assert not run(scenario).differences


def test_names_differ():
    names = Counter(scenario.name for scenario in SCENARIOS)
    assert [name for name, count in names.items() if count > 1] == []


def test_at_least_150():
    assert len(SCENARIOS) >= 150


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_by_three(rule):
    assert sum(rule in scenario.rules for scenario in SCENARIOS) >= 3


@pytest.mark.parametrize("mode", MODES)
def test_every_mode_by_one(mode):
    assert any(mode in scenario.modes for scenario in SCENARIOS)


HEAD = "shifts: {D9: 08:30-17:30}\nscenarios:\n  - name: one\n    rules: [8]\n"
GOOD = HEAD + "    shift: D9\n    punches: 08:36, 17:30\n    expect: 540/534/6/0/0\n"


def _write(tmp_path, text):
    path = tmp_path / "some.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("punches", "punch"), 'scenario one: the key "punch" is not known; is "pun'),
        (("shift: D9", "shift: D8"), 'roster: there is no shift "D8"; there are D9.'),
        (("17:30\n    expect", "25:30\n    expect"), '"25:30" is no time'),
        (("08:36", "8.36"), "punches: "),
        (("[8]", "[18]"), 'rules: "18" is no rule'),
        (("540/534/6/0/0", "540/534"), "is not due/worked/late/early/absent"),
        (("expect:", "expect_day:"), 'the key "expect_day" is not known'),
        (("{D9: 08:30-17:30}", "{D9: 08:30-08:30}"), "engine refuses this timetable"),
        (("    shift: D9\n", ""), 'one of the keys "shift" and "roster" is wanted'),
        (("rules: [8]", "rules: [8]\n    rules: [9]"), '"rules" is written twice'),
        (("rules: [8]", "modes: [nap]\n    rules: [8]"), '"nap" is no mode'),
        (("rules: [8]", "policy: {grace: 5}\n    rules: [8]"), 'key "grace" is not'),
        (
            ("{D9: 08:30-17:30}", "{D9: {times: 08:30-17:30, policy: {grace: 1}}}"),
            'shifts, D9, policy: the key "grace" is not known',
        ),
        (("rules: [8]", "now: noon\n    rules: [8]"), '"noon" is no time'),
        (("rules: [8]", "zone: Mars\n    rules: [8]"), '"Mars" is no time zone'),
    ],
)
def test_an_error_is_a_sentence(tmp_path, change, sentence):
    path = _write(tmp_path, GOOD.replace(*change))
    with pytest.raises(ScenarioError) as caught:
        load_file(path)
    assert sentence in str(caught.value)
    assert str(caught.value).startswith("some.yaml")


def test_times_stay_text(tmp_path):
    scenario = load_file(
        _write(tmp_path, GOOD.replace("08:36, 17:30", "[08:36, 17:30]"))
    )
    assert not run(scenario[0]).differences


def test_a_difference_is_a_sentence(tmp_path, capsys):
    path = _write(tmp_path, GOOD.replace("534/6", "540/0"))
    assert main([str(path)]) == 1
    told = capsys.readouterr().out
    assert "2014-07-09: worked is 534, expected 540" in told
    assert "late is 6, expected 0" in told


def test_trace_and_counts(tmp_path, capsys):
    assert main([str(_write(tmp_path, GOOD)), "--trace", "--rules"]) == 0
    told = capsys.readouterr().out
    assert "A gap of 6 minutes (start), 08:30 to 08:36: grace 5" in told
    assert "rule  8:    1" in told


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ("", None),
        ("in: 08:35", "in is 08:36, expected 08:35"),
        ("marks: {08:36: out}", "punch 08:36 is marked in, expected out"),
        ("exceptions: [missing_in]", "exceptions are none, expected missing_in"),
        ("window: 06:30-21:31", "window is 06:30-21:30, expected 06:30-21:31"),
        ("rows: [rest]", "rows are shift 08:30-17:30 540/534/6/0/0, expected rest"),
        ("trace: [nothing]", 'the trace does not say "nothing"'),
        ("overtime: workday 30 of 60", "overtime workday is 0, expected 30"),
        ("leave: 10", "leave is 0, expected 10"),
    ],
)
def test_what_is_compared(tmp_path, more, sentence):
    wanted = "expect:\n      figures: 540/534/6/0/0\n      " + more
    path = _write(tmp_path, GOOD.replace("expect: 540/534/6/0/0", wanted))
    differences = run(load_file(path)[0]).differences
    assert not differences if sentence is None else sentence in differences[0]


def test_the_description_is_true(tmp_path, capsys):
    page = (FOLDER.parents[1] / "docs" / "scenarios.md").read_text(encoding="utf-8")
    example = page.split("```yaml\n")[1].split("```")[0]
    printed = page.split("```text\n")[1].split("```")[0]
    path = tmp_path / "afternoon.yaml"
    path.write_text(example, encoding="utf-8")
    assert main([str(path), "--trace"]) == 0
    assert capsys.readouterr().out == printed
