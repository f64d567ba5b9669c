"""Installing on a database with people in it, and taking everything off again."""

import json

import pytest

from devkit.log import complaints

# The addons of the family that stand on chain_attendance_base go with it.
APPLICATION = "chain_attendance"
OPTIONAL = ("chain_attendance_terminal_pull",)

PEOPLE_FROM_BEFORE = """
companies = env["res.company"].create([{"name": "Before A"}, {"name": "Before B"}])
for company in companies:
    departments = env["hr.department"].create(
        [{"name": f"Head {company.name}", "company_id": company.id}]
    )
    departments |= env["hr.department"].create(
        {"name": "Sales", "company_id": company.id, "parent_id": departments.id}
    )
    job = env["hr.job"].create({"name": "Clerk", "company_id": company.id})
    env["hr.employee"].create(
        [
            {
                "name": f"Person {number}",
                "company_id": company.id,
                "department_id": departments[number % 2].id,
                "job_id": job.id,
                "active": number != 3,
            }
            for number in range(4)
        ]
    )
env["res.users"].create(
    {
        "name": "Officer",
        "login": "officer",
        "company_id": companies[0].id,
        "company_ids": [(6, 0, companies.ids)],
        "group_ids": [(4, env.ref("hr.group_hr_manager").id)],
    }
)
env.cr.commit()
"""

USE = """
role = env["attendance.role"].create({"name": "Ours", "scope": "self"})
known = env["res.groups"]._attendance_functions()
role.group_id.implied_ids = [(4, known["rosters", "view"].id)]
role.user_ids = env["res.users"].search([("login", "=", "officer")])
store = env["attendance.store"].create(
    {"code": "U1", "name": "Used", "tz": "Asia/Shanghai"}
)
person = env["hr.employee"].search([("name", "=", "Person 0")], limit=1)
person.terminal_user_code = "4711"
terminal = env["attendance.terminal"].create(
    {
        "code": "1",
        "name": "Called",
        "serial_number": "CALLEDSN0001",
        "vendor": "zkteco_pull",
        "ip_address": "192.168.1.201",
        "company_id": person.company_id.id,
    }
)
env.cr.commit()
"""

UNINSTALL = """
ours = [("name", "in", ["chain_attendance_base", "chain_attendance_engine"])]
env["ir.module.module"].search(ours).button_immediate_uninstall()
"""

CORE_IS_USABLE = """
import json, os
officer = env["res.users"].search([("login", "=", "officer")])
hr = env["hr.employee"].with_user(officer).with_context(
    allowed_company_ids=officer.company_ids.ids
)
person = hr.create({"name": "Afterwards"})
department = hr.env["hr.department"].create({"name": "Afterwards"})
person.write({"department_id": department.id, "job_title": "Clerk"})
found = hr.search([("name", "like", "Person")])
# Who holds no group but the plain one reads the directory and no more.
plain = env["res.users"].create({"name": "Plain", "login": "plain"})
seen = env["hr.employee.public"].with_user(plain).search([])
env["hr.version"].with_user(officer).search([]).mapped("display_name")
hr.get_view(view_type="form"), hr.get_view(view_type="list")
for rule in env["ir.rule"].search([]):
    env["ir.rule"].with_user(officer)._compute_domain(rule.model_id.model, "read")
with open(os.environ["CHAIN_ATTENDANCE_ANSWER"], "w") as answer:
    json.dump({"found": len(found), "seen": bool(seen is not None)}, answer)
"""


@pytest.fixture(scope="module")
def before(databases):
    """A database of Odoo's own with people, departments and companies."""
    name = databases.clone_for_run("install")
    try:
        databases.shell(name, PEOPLE_FROM_BEFORE)
        yield name
    finally:
        databases.drop(name)


@pytest.fixture(scope="module")
def installed(databases, before):
    """The same after the addons were installed; any warning fails."""
    databases.install(before, [APPLICATION, *OPTIONAL])
    return before


def test_people_from_before_get_what_they_need(databases, installed):
    rows = databases.query(
        installed,
        """
        SELECT e.employee_number, e.active, c.id, c.attendance_policy_id,
               p.company_id
        FROM hr_employee e JOIN res_company c ON c.id = e.company_id
        LEFT JOIN attendance_policy p ON p.id = c.attendance_policy_id
        WHERE e.name LIKE 'Person _'
        """,
    )
    assert len(rows) == 8
    assert sum(not active for _number, active, *_rest in rows) == 2
    numbers = {(company, number) for number, _active, company, *_rest in rows}
    assert len(numbers) == 8
    assert all(number for _company, number in numbers)
    assert all(company == owner for *_rest, company, _policy, owner in rows)


def test_the_officer_from_before_sees_the_same_people(databases, installed, tmp_path):
    answer = tmp_path / "answer"
    databases.shell(
        installed,
        """
import json, os
officer = env["res.users"].search([("login", "=", "officer")])
people = env["hr.employee"].with_user(officer).with_context(
    allowed_company_ids=officer.company_ids.ids
)
with open(os.environ["CHAIN_ATTENDANCE_ANSWER"], "w") as file:
    json.dump(len(people.search([("name", "like", "Person")])), file)
""",
        CHAIN_ATTENDANCE_ANSWER=str(answer),
    )
    assert json.loads(answer.read_text()) == 6


@pytest.fixture(scope="module")
def removed(databases, installed):
    """The same after some use and after the addons were taken off."""
    databases.shell(installed, USE)
    databases.shell(installed, UNINSTALL)
    found = complaints(databases.logs / f"setup-{installed}.log")
    assert not found, "\n".join(found[:10])
    return installed


LEFT_OVER = {
    "addons": "SELECT name FROM ir_module_module WHERE state != 'uninstalled'"
    " AND name LIKE 'chain_attendance%%'",
    "tables": "SELECT tablename FROM pg_tables WHERE tablename LIKE 'attendance_%%'",
    "columns": "SELECT table_name, column_name FROM information_schema.columns"
    " WHERE column_name IN ('employee_number', 'store_id', 'is_attendance_only',"
    " 'attendance_area', 'attendance_operation', 'attendance_policy_id')",
    "record rules": "SELECT name, domain_force FROM ir_rule"
    " WHERE domain_force LIKE '%%_attendance_%%'",
    "groups": "SELECT name FROM res_groups"
    " WHERE name->>'en_US' LIKE '%%ttendance%%' AND name->>'en_US' NOT LIKE '%%hr%%'",
    "access rights": "SELECT a.name FROM ir_model_access a LEFT JOIN ir_model m"
    " ON m.id = a.model_id WHERE m.id IS NULL OR m.model LIKE 'attendance.%%'",
    "views": "SELECT name FROM ir_ui_view"
    " WHERE arch_db::text LIKE '%%employee_number%%'"
    " OR model LIKE 'attendance.%%'",
    "menus and actions": "SELECT name::text FROM ir_ui_menu WHERE name->>'en_US' = "
    "'Attendance' UNION SELECT res_model FROM ir_act_window"
    " WHERE res_model LIKE 'attendance.%%'",
    "jobs": "SELECT cron_name FROM ir_cron WHERE cron_name LIKE '%%ttendance%%'",
    "sequences": "SELECT code FROM ir_sequence WHERE code LIKE '%%attendance%%'",
    "names of records": "SELECT name FROM ir_model_data"
    " WHERE module LIKE 'chain_attendance%%'",
    "parameters": "SELECT key FROM ir_config_parameter"
    " WHERE key LIKE '%%chain_attendance%%'",
}


@pytest.mark.parametrize("kind", LEFT_OVER)
def test_nothing_is_left(databases, removed, kind):
    assert databases.query(removed, LEFT_OVER[kind]) == []


def test_odoo_goes_on_as_before(databases, removed, tmp_path):
    answer = tmp_path / "answer"
    databases.shell(removed, CORE_IS_USABLE, CHAIN_ATTENDANCE_ANSWER=str(answer))
    assert json.loads(answer.read_text()) == {"found": 6, "seen": True}
    found = complaints(databases.logs / f"setup-{removed}.log")
    assert not found, "\n".join(found[:10])
