"""HR keeps people, departments, stores and loans in the browser."""

import pytest

BASE = "chain_attendance_base."
DEMO = "chain_attendance_demo."
EMPLOYEES = "hr.open_view_employee_list_my"
DEPARTMENTS = BASE + "hr_department_action"
STORES = BASE + "attendance_store_action"
LOANS = BASE + "attendance_store_loan_action"
SETTINGS = BASE + "res_config_settings_action"
PEOPLE_MENU = BASE + "attendance_menu_people"
LANGUAGES = ["zh_CN", "en_US"]
TABS = {
    "zh_CN": ["常用信息", "个人档案", "公司档案", "其他信息"],
    "en_US": [
        "Common Information", "Personal File", "Company File", "Other Information",
    ],
}  # fmt: skip
LABELS = {
    "zh_CN": [
        "员工工号", "需打卡", "设备工号", "员工卡号", "英文姓名", "员工性别",
        "手机号码", "部门", "岗位", "网点", "入职日期", "离职日期",
    ],
    "en_US": [
        "Employee Number", "Punches at Terminals", "Terminal User Code", "Card Number",
        "English Name", "Gender", "Mobile Phone", "Department", "Job Position", "Store",
        "Hire Date", "Leave Date",
    ],
}  # fmt: skip
WORDS = {
    "zh_CN": {
        "person": "测试员甲",
        "code refused": "设备工号“012”必须是1~8位的数字，且首位不可为0。",
        "close": "关闭",
        "delete": "删除",
        "archive": "归档",
        "departments": ["编号", "部门名称", "编码", "上级部门", "人数", "描述信息"],
        "in use": "“总公司 / 待撤部门”正在使用，不能删除：下级部门：1。\n\n"
        "归档后不再出现在列表和选择框中，已有记录保留。",
        "archived": "已归档：总公司 / 待撤部门",
        "hours": ["星期", "开门时间", "关门时间"],
        "opening": "周一 09:00–21:00",
        "import": "导入记录",
        "template": "员工信息（含员工工号和设备工号）",
        "public": ["员工工号", "姓名", "办公电话", "部门", "网点", "岗位", "管理员"],
        "setting": "设备工号最大位数",
    },
    "en_US": {
        "person": "Tester Bee",
        "code refused": "The terminal user code “012” must be 1 to 8 digits and must "
        "not start with 0.",
        "close": "Close",
        "delete": "Delete",
        "archive": "Archive",
        "departments": [
            "No.", "Department Name", "Code", "Parent Department", "Number of People",
            "Description",
        ],
        "in use": "“Head Office / 待撤部门” is in use and cannot be deleted: "
        "Sub-Departments: 1.\n\n"
        "Archived, it no longer appears in lists and pickers, and what was recorded "
        "stays.",
        "archived": "Archived: Head Office / 待撤部门",
        "hours": ["Weekday", "Opens at", "Closes at"],
        "opening": "Mon 09:00–21:00",
        "import": "Import records",
        "template": "Employees with Numbers and Terminal User Codes",
        "public": [
            "Employee Number", "Employee Name", "Work Phone", "Department", "Store",
            "Job Position", "Manager",
        ],
        "setting": "Longest Terminal User Code",
    },
}  # fmt: skip


def _new(person, action):
    """An empty form of an action."""
    person.open(action, wait_for=".o_control_panel .o_last_breadcrumb_item")
    person.page.goto(f"{person.page.url.split('?')[0]}/new")
    person.page.wait_for_selector(".o_form_view .o_form_sheet")


def _fill(person, field, text):
    person.page.fill(f".o_field_widget[name={field}] input", text)


def _value(person, field):
    return person.page.input_value(f".o_field_widget[name={field}] input")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_employee_is_entered(log_in, rpc, lang):
    words, hr = WORDS[lang], log_in("admin", lang)
    page = hr.page
    _new(hr, EMPLOYEES)
    tabs = hr.texts(".o_notebook_headers .nav-link")
    assert [tab for tab in tabs if tab in TABS[lang]] == TABS[lang]
    assert tabs[0] == TABS[lang][0]
    assert hr.texts(".o_notebook .o_form_label") == LABELS[lang]
    number = _value(hr, "employee_number")
    assert number.isalnum()
    assert _value(hr, "terminal_user_code") == number
    page.fill(".o_field_widget[name=name] :is(input, textarea)", words["person"])
    hr.pick("store_id", "西湖店")
    _fill(hr, "terminal_user_code", "012")
    page.click(".o_form_button_save")
    assert hr.answer() == words["code refused"]
    hr.picture("employee-refused")
    hr.press(words["close"])
    _fill(hr, "terminal_user_code", number)
    hr.save()
    page.reload()
    page.wait_for_selector(".o_form_view .o_form_sheet")
    assert _value(hr, "employee_number") == number
    assert _value(hr, "terminal_user_code") == number
    assert _value(hr, "store_id") == "[HZ001] 西湖店"
    hr.picture("employee-entered")
    (person,) = rpc.search_read(
        "hr.employee", [("employee_number", "=", number)], ["name", "store_id"]
    )
    assert person["name"] == words["person"]
    assert hr.complaints == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_departments_are_a_tree(log_in, lang):
    words, hr = WORDS[lang], log_in("admin", lang)
    hr.open(DEPARTMENTS)
    head, body = hr.rows()
    assert head == words["departments"]
    assert [row[0] for row in body] == [str(n + 1) for n in range(len(body))]
    root = "总公司" if lang == "zh_CN" else "Head Office"
    names = [row[1].lstrip("└ \u2003") for row in body]
    assert names.count(root) == 1
    place = names.index("营运部")
    assert names[place : place + 3] == ["营运部", "上海区", "杭州区"]
    assert body[place][3] == root
    hr.picture("departments")
    assert hr.complaints == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_department_in_use_is_archived(log_in, rpc, lang):
    words, hr = WORDS[lang], log_in("admin", lang)
    (company,) = rpc.search_read("res.company", [], ["attendance_root_department_id"])
    root, _name = company["attendance_root_department_id"]
    department = rpc.create("hr.department", name="待撤部门", parent_id=root)
    below = rpc.create("hr.department", name="下面的组", parent_id=department)
    hr.open(DEPARTMENTS, record=department)
    hr.gear(words["delete"])
    hr.press(words["delete"])
    assert hr.answer() == words["in use"]
    hr.picture("department-in-use")
    hr.press(words["archive"])
    hr.page.wait_for_selector(f".o_notification:has-text('{words['archived']}')")
    (row,) = rpc("hr.department", "read", [department], ["active"])
    assert row["active"] is False
    # What is on the screen would be read again while it is deleted.
    hr.open(DEPARTMENTS)
    rpc("hr.department", "unlink", [department, below])
    assert hr.complaints == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_store_with_opening_hours(log_in, lang):
    words, hr = WORDS[lang], log_in("admin", lang)
    page, name = hr.page, f"新店 {lang}"
    _new(hr, STORES)
    code = _value(hr, "code")
    assert code
    _fill(hr, "name", name)
    hours = ".o_field_widget[name=hours_ids]"
    assert hr.texts(hours + " thead th[data-name]") == words["hours"]
    page.click(hours + " .o_field_x2many_list_row_add a")
    hr.save()
    page.reload()
    page.wait_for_selector(hours + " .o_data_row")
    hr.picture("store-entered")
    hr.open(STORES)
    assert words["opening"] in hr.row(name).inner_text()
    assert hr.row(name).locator("td[name=code]").inner_text() == code
    assert hr.complaints == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_person_is_lent(log_in, rpc, lang):
    hr = log_in("admin", lang)
    person, day = {
        "zh_CN": ("高岩", "2031年05月01日"),
        "en_US": ("马丽", "05/01/2031"),
    }[lang]
    _new(hr, LOANS)
    hr.pick("employee_id", person)
    hr.pick("store_id", "徐家汇店")
    for field in ("date_from", "date_to"):
        hr.page.fill(f"input[data-field={field}]", day)
        hr.leave(f"input[data-field={field}]")
    hr.page.click(".o_form_button_save")
    hr.page.wait_for_function("!location.pathname.endsWith('/new')")
    hr.picture("loan-entered")
    domain = [("date_from", "=", "2031-05-01"), ("date_to", "=", "2031-05-01")]
    loans = rpc.search_read("attendance.store.loan", domain, ["employee_id"])
    assert person in [loan["employee_id"][1] for loan in loans]
    hr.open(LOANS)
    assert "[SH002] 徐家汇店" in hr.row(person).inner_text()
    assert hr.complaints == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_import_page_offers_the_template(log_in, lang):
    words, hr = WORDS[lang], log_in("admin", lang)
    page = hr.page
    hr.open(EMPLOYEES, wait_for=".o_kanban_renderer, .o_list_renderer")
    hr.gear(words["import"])
    link = page.wait_for_selector(f".o_import_action a:has-text('{words['template']}')")
    hr.picture("employee-import")
    answer = page.request.get(hr.site.url + link.get_attribute("href"))
    assert answer.ok
    assert answer.body()[:2] == b"PK"
    assert hr.complaints == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_store_manager_sees_the_own_people(log_in, rpc, lang):
    words, manager = WORDS[lang], log_in("manager", lang)
    people = rpc.search_read("hr.employee", [("store_id.code", "=", "SH001")], ["name"])
    manager.open(STORES)
    manager.choose(PEOPLE_MENU, BASE + "attendance_employee_menu")
    manager.page.wait_for_selector(".o_data_row")
    head, _body = manager.rows()
    assert head == words["public"]
    names = manager.texts(".o_data_row td[name=name]")
    # 吴婷 is lent to the store these days.
    assert sorted(names) == sorted([person["name"] for person in people] + ["吴婷"])
    manager.row("张敏").locator("td[name=name]").click()
    manager.page.wait_for_selector(".o_form_view .o_form_sheet")
    manager.picture("public-employee")
    assert not manager.page.query_selector(".o_dialog")
    assert manager.complaints == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_settings_are_kept(log_in, lang):
    words, hr = WORDS[lang], log_in("admin", lang)
    page, box = hr.page, "#attendance_code_digits"
    for digits in ("6", "8"):
        hr.open(SETTINGS, wait_for=box)
        assert words["setting"] in page.inner_text(box)
        page.fill(f"{box} input", digits)
        page.click(".o_form_button_save")
        page.wait_for_selector(".o_form_button_save:not(:disabled)")
        hr.open(SETTINGS, wait_for=box)
        assert page.input_value(f"{box} input") == digits
    hr.picture("settings")
    assert hr.complaints == []
