"""HR goes through a terminal's life in the browser, with a unit that calls."""

from dataclasses import dataclass

import pytest

from devkit.fixtures import PASSWORD
from terminal_simulator import Device, Quirks

from .conftest import DIALOG, SCREEN

TERMINAL = "chain_attendance_terminal."
PENDING = TERMINAL + "attendance_terminal_pending_action"
TERMINALS = TERMINAL + "attendance_terminal_action"
ASSIGN = TERMINAL + "attendance_terminal_assign_action"
BATCH = TERMINAL + "attendance_terminal_send_batch_action"
SINGLE = TERMINAL + "attendance_terminal_person_send_action"
STATUS = TERMINAL + "attendance_terminal_status_action"
UNKNOWN = TERMINAL + "attendance_code_unknown_action"
SET_ASIDE = TERMINAL + "attendance_punch_set_aside_action"
CLEARINGS = TERMINAL + "attendance_terminal_clearing_action"
FORM = ".o_form_view .o_form_sheet"
ZONE = "Asia/Shanghai"
CHINESE_FIRMWARE = Quirks(language=83)
WORDS = {
    "zh_CN": {
        "register": "登记",
        "assign": "分配人员",
        "save and send": "保存并下发",
        "send people": "下发员工信息",
        "send": "下发到考勤机",
        "administrator": "设为考勤机管理员",
        "remote": "远程操作",
        "order": "发送",
        "info": "上报设备信息",
        "done": "成功",
        "problems": "有问题",
        "set aside": "打卡被搁置",
        "give": "归属此员工",
        "decide": "处理",
        "apply": "确认提交",
        "delete": "删除考勤机数据",
        "ask": "上传并申请确认",
    },
    "en_US": {
        "register": "Register",
        "assign": "Assign People",
        "save and send": "Save and Send to Terminals",
        "send people": "Send People",
        "send": "Send to Terminals",
        "administrator": "Set as terminal administrator",
        "remote": "Remote Command",
        "order": "Send",
        "info": "Tell its state",
        "done": "Done",
        "problems": "Problems",
        "set aside": "set aside",
        "give": "Give to This Person",
        "decide": "Decide",
        "apply": "Apply",
        "delete": "Delete on the Terminal",
        "ask": "Upload and Ask for Confirmation",
    },
}
WHERE = {
    "zh_CN": {
        "name": "后门一号",
        "person": "张敏",
        "person_code": "1004",
        "code": "97001",
    },
    "en_US": {
        "name": "Back Door 2",
        "person": "李娜",
        "person_code": "1005",
        "code": "97002",
    },
}


@dataclass
class Tour:
    """Somebody at a browser and the unit that hangs in the store."""

    hr: object
    unit: Device
    words: dict
    name: str
    person: str
    person_code: str
    code: str
    terminal: int = 0

    @property
    def page(self):
        return self.hr.page

    def open_terminal(self):
        self.hr.open(TERMINALS, record=self.terminal)

    def dialog(self, name):
        self.page.wait_for_selector(DIALOG)
        self.hr.picture(name)

    def button(self, name):
        """A button of the screen, not of a dialog."""
        return self.page.locator(f"{SCREEN} button[name={name}]").first

    def people(self):
        """``{name: privilege}`` of those who are on the unit."""
        return {
            row["Name"].encode(errors="surrogateescape").decode("gbk"): row["Pri"]
            for row in self.unit.log.users.values()
        }

    def work(self, polls=1):
        """The unit calls, does what it is told and answers."""
        for _poll in range(polls):
            self.unit.wake()
            self.unit.step()
            self.unit.settle(seconds=60)


@pytest.fixture
def new_unit(site):
    """``new_unit("TOUR01")``: a simulated terminal; nobody knows it yet."""
    units = []

    def make(serial):
        unit = Device(serial, site.url, quirks=CHINESE_FIRMWARE, zone_minutes=480)
        units.append(unit)
        return unit

    yield make
    for unit in units:
        unit.close()


def _register(tour):
    """Figures 16 and 17: a serial number that called gets a number and a store."""
    hr, page = tour.hr, tour.page
    tour.unit.step()
    assert tour.unit.last_failure.status == 403
    hr.open(PENDING)
    hr.picture("terminal-pending")
    hr.row(tour.unit.serial).locator("button[name=action_register]").click()
    page.wait_for_selector(DIALOG)
    page.fill(f"{DIALOG} [name=name] input", tour.name)
    hr.pick("store_id", "西湖店")
    tour.dialog("terminal-claim")
    hr.press(tour.words["register"])
    page.wait_for_selector(f"{FORM} .o_field_widget[name=serial_number]")
    hr.picture("terminal-form")
    (found,) = hr.site.rpc().search_read(
        "attendance.terminal", [("serial_number", "=", tour.unit.serial)], ["name"]
    )
    assert found["name"] == tour.name
    tour.terminal = found["id"]
    tour.work()
    assert tour.unit.is_online


def _assign_and_send(tour):
    """Figures 18 to 20 and 22: find somebody, see what changes, send."""
    hr, page, words = tour.hr, tour.page, tour.words
    hr.open(ASSIGN)
    hr.picture("terminal-assign")
    hr.row(tour.name).get_by_role("button", name=words["assign"], exact=True).click()
    page.wait_for_selector(DIALOG)
    page.fill(f"{DIALOG} [name=name] input", tour.person)
    page.click(f"{DIALOG} button[name=action_find]")
    page.wait_for_selector(f"{DIALOG} .o_data_row:has-text('{tour.person}')")
    tour.dialog("terminal-assign-people")
    page.click(f"{DIALOG} button:has-text('{words['save and send']}')")
    page.wait_for_selector(f"{DIALOG} .o_field_widget[name=line_ids] .o_data_row")
    tour.dialog("terminal-send-preview")
    page.click(f"{DIALOG} .nav-link[name=people]")
    page.wait_for_selector(f"{DIALOG} td[name=part]")
    tour.dialog("terminal-send-preview-people")
    hr.press(words["send"])
    page.wait_for_selector(f"{FORM} [name=command_ids] .o_data_row")
    hr.picture("terminal-sending")
    tour.work(polls=2)
    # It looks again by itself.
    page.wait_for_selector(".o_arrow_button_current[data-value=done]")
    hr.picture("terminal-sent")
    assert tour.person in tour.people()
    tour.open_terminal()
    tour.button("action_view_unit_people").click()
    page.wait_for_selector(".o_data_row td[name=is_on_unit]")
    hr.picture("terminal-people")
    assert set(hr.texts(".o_data_row td[name=employee_id]")) == set(tour.people())


def _make_administrator(tour):
    """Figure 23: one person, as the terminal's administrator."""
    hr, page, words = tour.hr, tour.page, tour.words
    hr.open(SINGLE, wait_for=".o_form_view [name=employee_ids]")
    hr.pick("terminal_ids", tour.name)
    page.click(f"label.form-check-label:text-is('{words['administrator']}')")
    page.click("[name=employee_ids] .o_field_x2many_list_row_add a")
    page.wait_for_selector(f"{DIALOG} .o_data_row")
    row = page.locator(f"{DIALOG} .o_data_row:has-text('{tour.person}')")
    row.locator(".o_list_record_selector input").click()
    page.click(f"{DIALOG} .o_select_button")
    page.wait_for_selector(f"[name=employee_ids] .o_data_row:has-text('{tour.person}')")
    hr.picture("terminal-single")
    page.click(f"{SCREEN} button:has-text('{words['send']}') >> visible=true")
    page.wait_for_selector(f"{FORM} [name=command_ids] .o_data_row")
    tour.work(polls=2)
    assert tour.people()[tour.person] == "14"


def _order(tour):
    """Figure 24: a command, and what the log says of it."""
    hr, page, words = tour.hr, tour.page, tour.words
    tour.open_terminal()
    hr.gear(words["remote"])
    tour.dialog("terminal-order")
    hr.press(words["order"])
    hr.row(words["info"]).first.wait_for()
    tour.work(polls=2)
    page.reload()
    hr.row(words["info"]).first.wait_for()
    assert words["done"] in hr.row(words["info"]).first.inner_text()
    hr.picture("terminal-log")


def _look_at_status(tour):
    """Figure 21, and the page that says in words what is wrong."""
    hr, page, words = tour.hr, tour.page, tour.words
    hr.open(STATUS)
    assert hr.row(tour.name).count() == 1
    hr.picture("terminal-status")
    page.click(".o_searchview_dropdown_toggler")
    page.click(f".o_filter_menu .o-dropdown-item:has-text('{words['problems']}')")
    page.keyboard.press("Escape")
    hr.row(tour.name).wait_for()
    hr.picture("terminal-status-problems")
    hr.row(tour.name).locator("td[name=name]").click()
    page.wait_for_selector(f"{FORM} .o_field_widget[name=health_html]")
    assert words["set aside"] in page.inner_text(".o_field_widget[name=health_html]")
    hr.picture("terminal-health")


def _claim_code(tour):
    """Punches with a code of nobody get a person, from a day on."""
    hr, page, words, rpc = tour.hr, tour.page, tour.words, tour.hr.site.rpc()
    hr.open(UNKNOWN)
    hr.picture("terminal-unknown-codes")
    hr.row(tour.code).locator("button[name=action_claim]").click()
    page.wait_for_selector(DIALOG)
    today = str(tour.unit.clock.wall().date())
    assert today in page.inner_text(f"{DIALOG} [name=summary]")
    hr.pick("employee_id", tour.person)
    tour.dialog("terminal-code-claim")
    hr.press(words["give"])
    hr.row(tour.code).wait_for(state="detached")
    punches = rpc.search_read(
        "attendance.punch", [("user_code", "=", tour.code)], ["employee_id"]
    )
    assert [tour.person in punch["employee_id"][1] for punch in punches] == [True]


def _correct_clock(tour):
    """A punch of a clock in 2000 counts at the time when it really was."""
    hr, page, words, rpc = tour.hr, tour.page, tour.words, tour.hr.site.rpc()
    hr.open(SET_ASIDE)
    hr.row(tour.name).locator(".o_list_record_selector input").click()
    hr.picture("terminal-set-aside")
    page.click(f".o_control_panel button:has-text('{words['decide']}')")
    tour.dialog("terminal-decide")
    hr.press(words["apply"])
    hr.row(tour.name).wait_for(state="detached")
    of_this = [("terminal_id", "=", tour.terminal), ("source", "=", "clock")]
    (punch,) = rpc.search_read("attendance.punch", of_this, ["wall_time"])
    assert punch["wall_time"] >= "2026"


def _delete(tour, second):
    """One asks, the unit uploads, another confirms, the unit deletes."""
    hr, page, words = tour.hr, tour.page, tour.words
    tour.open_terminal()
    hr.gear(words["delete"])
    page.wait_for_selector(DIALOG)
    page.fill(f"{DIALOG} [name=note] input", "搬到别处")
    tour.dialog("terminal-delete")
    hr.press(words["ask"])
    page.wait_for_selector(f"{FORM} .o_field_widget[name=note]")
    tour.work(polls=2)
    page.reload()
    page.wait_for_selector(".o_arrow_button_current[data-value=ready]")
    assert not tour.button("action_open_confirm").is_visible()
    hr.picture("terminal-delete-asked")
    number = int(page.url.split("?")[0].rsplit("/", 1)[1])
    second.open(CLEARINGS, record=number)
    second.page.click("button[name=action_open_confirm]")
    second.page.wait_for_selector(DIALOG)
    second.picture("terminal-delete-confirm")
    second.press(words["delete"])
    tour.work(polls=3)
    second.page.reload()
    second.page.wait_for_selector(".o_arrow_button_current[data-value=done]")
    second.picture("terminal-deleted")
    assert not tour.unit.log.punches


def _replace(tour, other):
    """Another unit hangs there: it is sent the people, the old one is refused."""
    hr, page = tour.hr, tour.page
    other.step()
    assert other.last_failure.status == 403
    tour.open_terminal()
    tour.button("action_replace").click()
    page.wait_for_selector(DIALOG)
    hr.pick("pending_id", other.serial)
    page.fill(f"{DIALOG} [name=reason] input", "屏幕损坏")
    tour.dialog("terminal-replace")
    page.click(f"{DIALOG} footer button[name=action_replace]")
    page.wait_for_selector(DIALOG, state="hidden")
    page.click(f"{SCREEN} .nav-link[name=replaced]")
    hr.row(tour.unit.serial).wait_for()
    hr.picture("terminal-replaced")
    old, tour.unit = tour.unit, other
    tour.work()
    hr.open(BATCH)
    hr.picture("terminal-batch")
    send = tour.words["send people"]
    hr.row(tour.name).get_by_role("button", name=send, exact=True).click()
    page.wait_for_selector(f"{DIALOG} .o_field_widget[name=line_ids] .o_data_row")
    hr.press(tour.words["send"])
    page.wait_for_selector(f"{FORM} [name=command_ids] .o_data_row")
    tour.work(polls=3)
    assert tour.person in tour.people()
    old.punch(tour.code)
    old.wake()
    old.step()
    assert old.last_failure.status == 403


@pytest.fixture
def colleague(rpc):
    """The login of a second manager."""
    if not rpc.search_read("res.users", [("login", "=", "colleague")], ["id"]):
        rpc.create(
            "res.users",
            name="Colleague",
            login="colleague",
            password=PASSWORD,
            tz=ZONE,
            group_ids=[(4, rpc.ref("chain_attendance_base.group_manager"))],
        )
    return "colleague"


@pytest.mark.parametrize("lang", ["zh_CN", "en_US"])
def test_the_life_of_a_terminal(log_in, new_unit, colleague, lang):
    unit = new_unit(f"TOUR{lang[:2].upper()}001")
    hr = log_in("admin", lang, timezone_id=ZONE)
    tour = Tour(hr, unit, WORDS[lang], **WHERE[lang])
    _register(tour)
    _assign_and_send(tour)
    _make_administrator(tour)
    unit.punch(tour.code)
    unit.punch(tour.person_code, at="2000-01-01 00:12:00")
    tour.work()
    _order(tour)
    _look_at_status(tour)
    _claim_code(tour)
    _correct_clock(tour)
    second = log_in(colleague, lang, timezone_id=ZONE)
    _delete(tour, second)
    _replace(tour, new_unit(f"TOUR{lang[:2].upper()}002"))
    assert hr.complaints == []
    assert second.complaints == []
