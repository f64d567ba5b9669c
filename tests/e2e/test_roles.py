"""The administrator makes roles in the browser; a login sees what its role says."""

import pytest

from devkit.fixtures import PASSWORD

ROLES = "chain_attendance_base.attendance_role_action"
LANGUAGES = ["zh_CN", "en_US"]
SCOPES = {
    "zh_CN": [
        "所有人员", "指定人员", "按岗位选择", "按部门选择", "仅查看本人",
        "仅查看本部门", "仅查看本网点",
    ],
    "en_US": [
        "Everybody", "Listed Employees", "By Job Position", "By Department",
        "Only Oneself", "Own Department", "Own Stores",
    ],
}  # fmt: skip
BY_DEPARTMENT = 3
MATRIX = {
    "zh_CN": ["功能菜单", "查看", "新建", "更新", "删除", "导出", "重新打开"],
    "en_US": ["Menu Area", "View", "Create", "Edit", "Delete", "Export", "Reopen"],
}
AREAS = {
    "zh_CN": [
        "基本信息", "员工", "考勤机管理", "班次管理", "排班管理", "申请单",
        "统计报表", "考勤周期",
        "系统管理",
    ],
    "en_US": [
        "Organisation", "Employees", "Terminals", "Shifts", "Rosters",
        "Requests", "Reports", "Periods",
        "Settings",
    ],
}  # fmt: skip
WORDS = {
    "zh_CN": {
        "columns": ["编号", "角色名称", "描述信息", "员工访问类型", "登录用户"],
        "name": "杭州片区主管",
        "copy": "夜班保管主管（副本）",
        "duplicate": "复制",
        "delete": "删除",
        "close": "关闭",
        "store_manager": "店长",
        "in use": "角色“店长”正被 1 个登录用户使用，不可删除：陈静。",
    },
    "en_US": {
        "columns": ["No.", "Role Name", "Description", "Data Scope", "Logins"],
        "name": "Area Manager Hangzhou",
        "copy": "夜班保管主管 (copy)",
        "duplicate": "Duplicate",
        "delete": "Delete",
        "close": "Close",
        "store_manager": "Store Manager",
        "in use": "Role “Store Manager” is held by 1 logins and cannot be deleted: "
        "陈静.",
    },
}
MATRIX_ROW = ".o_field_widget[name=function_ids] .o_data_row"


def _ticks(person):
    """``[[view, create, edit, delete, export], ...]`` of the matrix on the screen."""
    return [
        [box.is_checked() for box in row.query_selector_all("input[type=checkbox]")]
        for row in person.page.query_selector_all(MATRIX_ROW)
    ]


def _tick(person, row, column):
    cell = person.page.locator(MATRIX_ROW).nth(row).locator(f"td[name={column}]")
    cell.locator(".o-checkbox").click()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_role_is_made_and_kept(log_in, lang):
    words, admin = WORDS[lang], log_in("admin", lang)
    page = admin.page
    admin.open(ROLES)
    _handle, *columns = admin.rows()[0]
    assert columns == words["columns"]
    page.click(".o_list_button_add")
    page.wait_for_selector(".o_field_radio")
    assert (
        admin.texts(".o_field_widget[name=scope] label.form-check-label")
        == (SCOPES[lang])
    )
    page.fill(".o_field_widget[name=name] input", words["name"])
    page.click(f"label.form-check-label:text-is('{SCOPES[lang][BY_DEPARTMENT]}')")
    admin.pick("department_ids", "杭州区")
    assert page.is_checked(".o_field_widget[name=includes_children] input")
    admin.save()
    assert admin.texts(".o_field_widget[name=function_ids] thead th") == MATRIX[lang]
    assert admin.texts(MATRIX_ROW + " td[name=area]") == AREAS[lang]
    _tick(admin, 1, "can_view")
    _tick(admin, 4, "can_edit")  # brings the view with it
    _tick(admin, 6, "can_view")
    _tick(admin, 6, "can_export")
    admin.save()
    page.reload()
    page.wait_for_selector(MATRIX_ROW)
    nothing = [False] * 5
    assert _ticks(admin) == [
        nothing,
        [True, False, False, False, False],
        nothing,
        nothing,
        [True, False, True, False, False],
        nothing,
        [True, False, False, False, True],
        [*nothing, False],  # periods can be reopened as well
        nothing,
    ]
    assert page.is_checked(".o_field_widget[name=scope] input[data-value=departments]")
    assert "杭州区" in page.inner_text(".o_field_widget[name=department_ids]")
    admin.picture("role-made")
    assert admin.complaints == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_copy_does_the_same_and_can_be_deleted(log_in, lang):
    words, admin = WORDS[lang], log_in("admin", lang)
    page = admin.page
    admin.open(ROLES, record="chain_attendance_demo.role_guards")
    page.wait_for_selector(MATRIX_ROW)
    before = _ticks(admin)
    assert any(map(any, before))
    admin.gear(words["duplicate"])
    name = ".o_field_widget[name=name] input"
    page.wait_for_function(
        "wanted => document.querySelector('.o_field_widget[name=name] input')"
        "?.value === wanted",
        arg=words["copy"],
    )
    assert page.input_value(name) == words["copy"]
    assert _ticks(admin) == before
    admin.gear(words["delete"])
    admin.press(words["delete"])
    page.wait_for_function(
        "gone => document.querySelector('.o_field_widget[name=name] input')"
        "?.value !== gone",
        arg=words["copy"],
    )
    admin.open(ROLES)
    assert admin.row(words["copy"]).count() == 0
    assert admin.row(words["store_manager"]).count() == 1
    assert admin.complaints == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_role_in_use_is_not_deleted(log_in, rpc, lang):
    words, admin = WORDS[lang], log_in("admin", lang)
    admin.open(ROLES, record="chain_attendance_base.role_store_manager")
    admin.gear(words["delete"])
    admin.press(words["delete"])
    assert admin.answer() == words["in use"]
    admin.picture("role-in-use")
    admin.press(words["close"])
    assert (
        rpc.count(
            "attendance.role",
            [("id", "=", rpc.ref("chain_attendance_base.role_store_manager"))],
        )
        == 1
    )
    assert admin.complaints == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_viewing_as_a_role_shows_what_its_holder_sees(log_in, site, lang):
    words, admin = WORDS[lang], log_in("admin", lang)
    page = admin.page
    manager = site.rpc("manager")
    people = manager.search_read(
        "hr.employee.public", [("attendance_scope", "=", "employees.view")], ["name"]
    )
    assert people
    admin.open(ROLES)
    admin.row(words["store_manager"]).locator("button[name=action_preview]").click()
    page.wait_for_selector(".o_field_widget[name=area_ids] .o_data_row")
    assert page.input_value(".o_field_widget[name=user_id] input") == "陈静"
    assert page.inner_text("button[name=action_open_people] .o_stat_value") == str(
        len(people)
    )
    admin.picture("role-preview")
    page.click(".o_notebook_headers a[name=people]")
    page.wait_for_selector(".o_field_widget[name=employee_ids] .o_data_row")
    assert sorted(admin.texts("[name=employee_ids] td[name=name]")) == sorted(
        person["name"] for person in people
    )
    admin.picture("role-preview-people")
    assert admin.complaints == []


def test_a_new_login_sees_what_its_role_says(log_in, rpc):
    """Employees and reports of Hangzhou; the rest is what every employee sees."""
    department = rpc.ref("chain_attendance_demo.department_hangzhou")
    role = rpc.create(
        "attendance.role",
        name="杭州查看",
        scope="departments",
        department_ids=[(6, 0, [department])],
    )
    lines = rpc.search_read(
        "attendance.role.function",
        [("role_id", "=", role), ("area", "in", ["employees", "reports"])],
        ["id"],
    )
    rpc(
        "attendance.role.function",
        "write",
        [line["id"] for line in lines],
        {
            "can_view": True,
        },
    )
    user = rpc.create(
        "res.users", name="杭州查看", login="hangzhou", password=PASSWORD,
        tz="Asia/Shanghai",
    )  # fmt: skip
    rpc("attendance.role", "write", [role], {"user_ids": [(4, user)]})
    people = {
        each["name"]
        for each in rpc.search_read(
            "hr.employee", [("department_id", "=", department)], ["name"]
        )
    }
    clerk = log_in("hangzhou")
    clerk.open("chain_attendance_report.attendance_report_daily_action")
    assert [entry.split(".")[1] for _section, entry in clerk.menus()] == [
        "attendance_employee_menu",
        "attendance_loan_menu",
        "attendance_roster_month_menu",
        "attendance_shift_menu",
        "attendance_roster_grid_menu",
        "attendance_roster_standing_menu",
        "attendance_rotation_menu",
        "attendance_roster_override_menu",
        "attendance_roster_publication_menu",
        "attendance_coverage_menu",
        "attendance_coverage_need_menu",
        "attendance_request_approval_menu",
        "attendance_request_entry_menu",
        "attendance_request_leave_menu",
        "attendance_request_overtime_menu",
        "attendance_request_correction_menu",
        "attendance_request_outing_menu",
        "attendance_request_trip_menu",
        "attendance_day_missing_menu",
        "attendance_request_delegation_menu",
        "attendance_punch_menu",
        "attendance_punch_photo_menu",
        "attendance_report_record_menu",
        "attendance_report_detail_menu",
        "attendance_report_daily_menu",
        "attendance_report_monthly_menu",
        "attendance_month_sheet_menu",
        "attendance_report_request_menu",
        "attendance_exception_menu",
        "attendance_what_if_menu",
        "attendance_punch_archive_menu",
        "attendance_my_month_menu",
        "attendance_adjustment_menu",
    ]
    clerk.page.wait_for_selector(".o_data_row")
    assert {row[2] for row in clerk.rows()[1]} == people
    clerk.choose(
        "chain_attendance_base.attendance_menu_people",
        "chain_attendance_base.attendance_employee_menu",
    )
    clerk.page.wait_for_selector(".o_data_row")
    assert set(clerk.texts(".o_data_row td[name=name]")) == people
    assert not clerk.page.query_selector(".o_list_button_add")
    clerk.picture("employees-of-a-role")
    # Rosters are those of every employee: the own ones, of which there are none.
    clerk.choose(
        "chain_attendance_shift.attendance_menu_shifts",
        "chain_attendance_shift.attendance_roster_standing_menu",
    )
    assert clerk.rows()[1] == []
    assert clerk.complaints == []
