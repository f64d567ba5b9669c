"""The administrator gives people logins in the browser, and takes them away."""

import pytest

from tests.e2e.conftest import sign_in

LOGINS = "chain_attendance_base.attendance_login_action"
AUDIT = "chain_attendance_base.attendance_audit_action"
LANGUAGES = ["zh_CN", "en_US"]
FIGURE_14 = {
    "zh_CN": [
        "编号", "部门名称", "员工工号", "姓名", "员工性别", "入职日期", "是否允许登录",
        "登录名", "员工角色", "最近登录",
    ],
    "en_US": [
        "No.", "Department Name", "Employee Number", "Employee Name", "Gender",
        "Hire Date", "Login Allowed", "Login Name", "Roles Held", "Last Login",
    ],
}  # fmt: skip
FIGURE_15 = {
    "zh_CN": [
        "员工工号", "姓名", "部门名称", "是否允许登录", "员工角色", "登录名",
        "登录新密码", "再输入一次",
    ],
    "en_US": [
        "Employee Number", "Employee Name", "Department Name", "Login Allowed",
        "Roles Held", "Login Name", "New Password", "Once More",
    ],
}  # fmt: skip
WORDS = {
    "zh_CN": {
        "person": ("1004", "张敏", "女性", "2021年2月22日"),
        "two": {"1006": "13855501006", "1008": "13855501008"},
        "allowed": "允许登录",
        "forbidden": "禁止登录",
        "settings": "登录设置",
        "apply": "确认提交",
        "close": "关闭",
        "differ": "两次输入的登录新密码不一致。",
        "timekeeper": "考勤员",
        "new login": "新建登录用户。",
        "kinds": {"角色", "登录名", "密码"},
    },
    "en_US": {
        "person": ("1005", "李娜", "Female", "Jul 5, 2021"),
        "two": {"1009": "13855501009", "1010": "13855501010"},
        "allowed": "Allowed",
        "forbidden": "Forbidden",
        "settings": "Login Settings",
        "apply": "Apply",
        "close": "Close",
        "differ": "The new password and its repetition differ.",
        "timekeeper": "Timekeeper",
        "new login": "A new login.",
        "kinds": {"Role", "Login", "Password"},
    },
}
WIZARD = ".o_dialog .o_form_view"
SECRET = "Nanjing-Road-8"


def _set_password(page, password, again):
    page.fill(f"{WIZARD} [name=password] input", password)
    page.fill(f"{WIZARD} [name=password_again] input", again)


def _is_let_in(visit, lang, login, password):
    page = visit(lang)
    sign_in(page, login, password)
    page.wait_for_selector(".o_main_navbar, .alert-danger")
    return page.query_selector(".o_main_navbar") is not None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_list_is_figure_14(log_in, lang):
    words, admin = WORDS[lang], log_in("admin", lang)
    admin.open(LOGINS)
    head, body = admin.rows()
    assert head == FIGURE_14[lang]
    assert [row[0] for row in body] == [str(n + 1) for n in range(len(body))]
    (row,) = (row for row in body if row[2] == words["person"][0])
    assert row[1] == "总公司 / 营运部 / 上海区" or lang == "en_US"
    assert tuple(row[2:6]) == words["person"]
    (manager,) = (row for row in body if row[2] == "1002")
    assert manager[6:8] == [words["allowed"], "manager"]
    buttons = admin.texts(".o_data_row button[name=action_login_settings]")
    assert buttons == [words["settings"]] * len(body)
    admin.picture("logins")
    assert admin.complaints == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_login_is_given_and_taken_away(log_in, visit, lang):
    words, admin = WORDS[lang], log_in("admin", lang)
    number, name, *_rest = words["person"]
    login, page = f"e2e-{number}", admin.page
    settings = "button[name=action_login_settings]"
    admin.open(LOGINS)
    admin.row(name).locator(settings).click()
    page.wait_for_selector(WIZARD)
    labels = admin.texts(f"{WIZARD} .o_form_label")
    assert [text for text in labels if text in FIGURE_15[lang]] == FIGURE_15[lang]
    page.fill(f"{WIZARD} [name=login] input", login)
    admin.pick("role_ids", words["timekeeper"])
    _set_password(page, SECRET, SECRET + "9")
    admin.picture("login-settings")
    page.click(".o_dialog button[name=action_apply]")
    page.wait_for_selector(f"text={words['differ']}")
    admin.site.refusals.append(words["differ"])
    admin.picture("login-settings-refused")
    admin.press(words["close"])
    _set_password(page, SECRET, SECRET)
    admin.press(words["apply"])
    admin.row(login).wait_for()
    assert words["allowed"] in admin.row(login).inner_text()
    assert words["timekeeper"] in admin.row(login).inner_text()
    assert _is_let_in(visit, lang, login, SECRET)
    assert not _is_let_in(visit, lang, login, SECRET + "9")

    admin.row(name).locator(settings).click()
    page.click(f"{WIZARD} label.form-check-label:text-is('{words['forbidden']}')")
    admin.press(words["apply"])
    admin.row(name).locator(f"text={words['forbidden']}").wait_for()
    assert not _is_let_in(visit, lang, login, SECRET)

    admin.open(AUDIT)
    rows = [row for row in admin.rows()[1] if login in row[3]]
    assert {row[2] for row in rows} == words["kinds"]
    assert {row[1] for row in rows} == {"Administrator"}
    assert not any(SECRET in cell for row in rows for cell in row)
    admin.picture("audit")
    assert admin.complaints == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_two_at_once(log_in, site, lang):
    words, admin = WORDS[lang], log_in("admin", lang)
    page = admin.page
    admin.open(LOGINS)
    for number in words["two"]:
        admin.row(number).locator(".o_list_record_selector input").click()
    page.click(f".o_control_panel button:has-text('{words['settings']}')")
    page.wait_for_selector(f"{WIZARD} .o_data_row")
    _set_password(page, SECRET, SECRET)
    admin.leave(f"{WIZARD} [name=password_again] input")
    page.wait_for_function(
        "sentence => [...document.querySelectorAll('.o_dialog td[name=outcome]')]"
        ".every((cell) => cell.innerText.trim() === sentence)",
        arg=words["new login"],
    )
    proposed = admin.texts(f"{WIZARD} td[name=login]")
    assert proposed == list(words["two"].values())
    admin.picture("login-settings-two")
    admin.press(words["apply"])
    for login in proposed:
        admin.row(login).wait_for()
        assert site.rpc(login, SECRET).uid
    assert admin.complaints == []
