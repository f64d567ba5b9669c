"""Which of Odoo's own tests are run with our addons there, and how they are judged."""

import xml.etree.ElementTree as ElementTree

from .errors import Failure
from .junit import failure_of

# {module: its test files}. All of `hr`, on which the addons stand; of the rest what
# logins, groups, record rules and people's leave go through.
SUITE = {
    "hr": (),
    "hr_holidays": (
        "test_access_rights",
        "test_allocation_access_rights",
        "test_allocations",
        "test_automatic_leave_dates",
        "test_change_department",
        "test_company_leave",
        "test_dashboard",
        "test_flexible_resource_calendar",
        "test_global_leaves",
        "test_holidays_flow",
        "test_holidays_mail",
        "test_hr_departure_wizard",
        "test_hr_holidays_cancel_leave",
        "test_hr_leave_type",
        "test_leave_requests",
        "test_mandatory_days",
        "test_multi_contract",
        "test_multicompany",
        "test_negative",
        "test_timeoff_event",
        "test_working_hours",
    ),
    "base": (
        "test_acl",
        "test_groups",
        "test_res_users",
        "test_user_has_group",
    ),
}

GROUPS = "base.test_user_has_group.TestHasGroup."
DEPARTURE = "hr_holidays.test_hr_departure_wizard.TestHolidaysFlow."

# Tests of Odoo that cannot pass, by module, file, class and name.
# One that passes all the same is reported: nothing stays here for good.
KNOWN = {
    # It lists all groups of an internal user: any addon that has Odoo's group of
    # internal users imply one more, as ours does for every employee's role, fails it.
    GROUPS + "test_implied_groups",
    # Without our addons too: they expect <p> around a message that the sanitizer of
    # this machine's lxml wraps in <span>.
    DEPARTURE + "test_departure_leave_with_departure_date",
    DEPARTURE + "test_departure_allocation_with_departure_date",
}


def folders(source):
    """The test files and folders of Odoo to give to pytest.

    :param source: the folder in which ``odoo`` lies.
    """
    found = []
    for module, names in SUITE.items():
        places = (source / "odoo" / "addons" / module, source / "addons" / module)
        tests = next((p / "tests" for p in places if (p / "tests").is_dir()), None)
        if tests is None:
            raise Failure(f"This Odoo comes without the tests of {module}.")
        found += [tests / f"{name}.py" for name in names] or [tests]
    return [str(path.resolve()) for path in found]


def judge(report, outcome):
    """Add pytest's report to ``outcome``; known failures count as skipped.

    A module of which no test was run, and a known failure that is over, are problems.

    :return: how many tests failed, known ones too.
    """
    seen, over, bad = _read(report, outcome)
    problems = [f"no test of {module} was run" for module in set(SUITE) - seen]
    problems += [f"{name} passes now: take it off the list" for name in over]
    outcome.problem = "\n".join(sorted(problems))
    return bad


def judge_some(report, outcome):
    """As :func:`judge`, where only some of the tests were chosen."""
    return _read(report, outcome)[2]


def _read(report, outcome):
    seen, over, bad = set(), [], 0
    if not report.exists():
        return seen, over, bad
    for case in ElementTree.parse(report).iter("testcase"):
        name = _name(case)
        seen.add(name.partition(".")[0])
        said = failure_of(case)
        failed = bool(said)
        bad += failed
        if case.find("skipped") is not None or (failed and name in KNOWN):
            outcome.skipped += 1
        elif failed:
            outcome.failed += 1
            outcome.failures.append(said)
        else:
            outcome.passed += 1
            over += [name] if name in KNOWN else []
    return seen, over, bad


def _name(case):
    """``hr.test_file.Class.test_name``, wherever Odoo lies."""
    place, _tests, inner = case.get("classname", "").rpartition(".tests.")
    return f"{place.rpartition('.')[2]}.{inner}.{case.get('name')}"
