"""How Odoo's own tests are counted."""

import pytest

from devkit import odoo_tests
from devkit.errors import Failure
from devkit.testing import Outcome

PASSED, FAILED, ERROR, SKIPPED = "", "<failure/>", "<error/>", "<skipped/>"


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "report.xml"

    def write(*cases):
        lines = "".join(
            f'<testcase classname="{place}" name="{name}">{body}</testcase>'
            for place, name, body in cases
        )
        path.write_text(f"<testsuites><testsuite>{lines}</testsuite></testsuites>")
        return path

    return write


def case(module, body, name="test_x"):
    return f"lib.odoo.addons.{module}.tests.test_file.TestX", name, body


EVERY = [case(module, PASSED) for module in odoo_tests.SUITE]


def test_all_is_counted(report):
    outcome = Outcome("core")
    path = report(*EVERY, case("hr", FAILED), case("hr", ERROR), case("base", SKIPPED))
    assert odoo_tests.judge(path, outcome) == 2
    assert (outcome.passed, outcome.failed, outcome.skipped) == (3, 2, 1)
    assert not outcome.problem
    assert not outcome.is_good


def test_a_module_without_tests_is_a_problem(report):
    outcome = Outcome("core")
    odoo_tests.judge(report(*EVERY[:-1]), outcome)
    assert outcome.problem == "no test of base was run"
    outcome = Outcome("core")
    odoo_tests.judge_some(report(*EVERY[:-1]), outcome)
    assert outcome.is_good


def test_no_report_is_a_problem(tmp_path):
    outcome = Outcome("core")
    odoo_tests.judge(tmp_path / "none", outcome)
    assert "no test of hr was run" in outcome.problem


def test_a_known_failure_is_no_failure_until_it_passes(report, monkeypatch):
    known = "hr.test_file.TestX.test_known"
    monkeypatch.setattr(odoo_tests, "KNOWN", {known})
    outcome = Outcome("core")
    assert odoo_tests.judge(report(*EVERY, case("hr", FAILED, "test_known")), outcome)
    assert (outcome.failed, outcome.skipped, outcome.problem) == (0, 1, "")
    outcome = Outcome("core")
    odoo_tests.judge(report(*EVERY, case("hr", PASSED, "test_known")), outcome)
    assert outcome.problem == f"{known} passes now: take it off the list"


def test_the_same_name_elsewhere_is_not_known(report, monkeypatch):
    monkeypatch.setattr(odoo_tests, "KNOWN", {"hr.test_file.TestX.test_x"})
    outcome = Outcome("core")
    odoo_tests.judge(
        report(*EVERY[1:], case("hr", ERROR), case("base", ERROR)), outcome
    )
    assert (outcome.failed, outcome.skipped) == (1, 1)


def test_an_odoo_without_tests_is_told(tmp_path):
    with pytest.raises(Failure, match="without the tests of hr"):
        odoo_tests.folders(tmp_path)


def test_both_layouts_of_odoo(tmp_path):
    (tmp_path / "odoo" / "addons" / "base" / "tests").mkdir(parents=True)
    for module in ("hr", "hr_holidays"):
        (tmp_path / "addons" / module / "tests").mkdir(parents=True)
    found = odoo_tests.folders(tmp_path)
    assert found[0].endswith("/addons/hr/tests")
    assert all("tests/test_" in path for path in found[1:])
