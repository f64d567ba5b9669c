"""A person without a login: the link that HR makes, and the page on a telephone."""

import pytest

LINKS = "chain_attendance_link.attendance_personal_link_action"
PEOPLE = "hr.open_view_employee_list_my"
REQUESTS = "chain_attendance_request.attendance_request_action_correction"
NUMBERS = {"zh_CN": "1012", "en_US": "1013"}
SOMEBODY_ELSE = "1014"
FORM = ".o_dialog .o_form_view"
TELEPHONE = {"width": 375, "height": 760}
WORDS = {
    "zh_CN": {
        "button": "个人链接",
        "new": "生成链接",
        "make": "生成并打印",
        "revoke": "撤销",
        "closed": "已关闭",
        "ok": "确定",
        "kind": "补签",
        "reason": "忘记打卡",
        "filed": "已提交",
        "by_link": "通过个人链接提交",
        "wrong": "不正确。",
        "twice": "已经填写过补签",
        "out": "链接无效或已失效",
        "worked": "实出勤",
    },
    "en_US": {
        "button": "Personal Link",
        "new": "Make Links",
        "make": "Make Links and Print",
        "revoke": "Revoke",
        "closed": "Closed",
        "ok": "Ok",
        "kind": "Punch Correction",
        "reason": "Forgot to punch",
        "filed": "Filed",
        "by_link": "Filed over the personal link",
        "wrong": "That is not right.",
        "twice": "has filed Punch Correction already",
        "out": "This link is not valid, or not any more.",
        "worked": "Worked",
    },
}


@pytest.fixture(params=["zh_CN", "en_US"])
def lang(request):
    return request.param


def _person(rpc, number):
    (person,) = rpc.search_read(
        "hr.employee", [("employee_number", "=", number)], ["name"]
    )
    return person


@pytest.fixture
def person(rpc, lang):
    return {**_person(rpc, NUMBERS[lang]), "number": NUMBERS[lang]}


class Telephone:
    """A browser without a login, and what it complains about."""

    def __init__(self, visit, site, lang, screenshots):
        self.page = visit(lang, {"cookies": []}, viewport=TELEPHONE)
        self.site, self.lang, self.folder = site, lang, screenshots
        self.complaints = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._note)

    def _note(self, message):
        # A refusal is shown beside the form, with its status.
        is_refusal = "400" in message.text or "403" in message.text
        if message.type == "error" and not is_refusal:
            self.complaints.append(message.text)

    def picture(self, name):
        self.page.screenshot(
            path=self.folder / f"{name}-{self.lang}.png", full_page=True
        )
        wide, room = self.page.evaluate(
            "[document.documentElement.scrollWidth, innerWidth]"
        )
        assert wide <= room

    def text(self):
        return self.page.inner_text("main")

    def tab(self, path):
        self.page.click(f"nav a[href$='{path}']")

    def answer(self, text):
        self.page.fill("input[name=answer]", text)
        self.page.click("button[type=submit]")


@pytest.fixture
def telephone(visit, site, lang, screenshots):
    return Telephone(visit, site, lang, screenshots)


def _make(hr, words, person):
    """By the button of the person's form; the address of the link."""
    page = hr.page
    hr.open(PEOPLE, record=person["id"])
    page.click(f".o-form-buttonbox button:has-text('{words['button']}')")
    page.wait_for_selector(".o_list_renderer, .o_view_nocontent")
    page.get_by_role("button", name=words["new"], exact=True).click()
    page.wait_for_selector(f"{FORM} .o_data_row:has-text('{person['number']}')")
    hr.picture("link-make")
    page.locator(".o_dialog footer").get_by_role(
        "button", name=words["make"], exact=True
    ).click()
    page.wait_for_selector(".slip")
    assert page.inner_text(".slip h2") == person["name"]
    assert page.evaluate("document.querySelector('.slip img').naturalWidth") > 0
    hr.picture("link-sheet")
    return page.get_attribute(".slip .words", "data-url")


def _file_correction(telephone, words):
    page = telephone.page
    page.click("a.button[href*='kind=correction']")
    page.fill("input[name=date_from]", "2026-01-05")
    page.fill("input[name=start]", "08:30")
    page.fill("textarea[name=reason]", words["reason"])
    telephone.picture("link-file")
    page.click("form.card button[type=submit]")


def test_a_person_without_a_login(log_in, rpc, telephone, person, lang):
    words, page = WORDS[lang], telephone.page
    hr = log_in("admin", lang)
    address = _make(hr, words, person)

    page.goto(address)
    page.wait_for_selector("input[name=answer]")
    assert "#" not in page.url
    telephone.picture("link-ask")
    telephone.answer("nobody")
    assert words["wrong"] in telephone.text()
    telephone.answer(person["number"])
    page.wait_for_selector("table.month")
    telephone.picture("link-month")
    assert person["name"] in telephone.text()
    assert words["worked"] in telephone.text()
    page.click("table.month a >> nth=9")
    telephone.picture("link-day")
    assert words["worked"] in telephone.text()

    telephone.tab("/requests")
    _file_correction(telephone, words)
    page.wait_for_selector(".request")
    telephone.picture("link-requests")
    for word in (words["kind"], words["reason"], words["filed"], "08:30"):
        assert word in telephone.text()
    _file_correction(telephone, words)
    page.wait_for_selector(".refusal")
    telephone.picture("link-refused")
    assert words["twice"] in page.inner_text(".refusal")

    other = _person(rpc, SOMEBODY_ELSE)
    for path in ("month", "requests", "file?kind=trip", "day?date=2026-01-05"):
        page.goto(f"{hr.site.url}/attendance/me/{path}")
        assert other["name"] not in page.content()

    hr.open(REQUESTS)
    hr.row(person["name"]).first.click()
    hr.page.wait_for_selector(f".o-mail-Message:has-text('{words['by_link']}')")
    hr.picture("link-request-of-hr")

    hr.open(LINKS)
    hr.picture("link-list")
    hr.row(person["number"]).first.get_by_role("button", name=words["revoke"]).click()
    hr.page.click(f".o_dialog footer button:has-text('{words['ok']}')")
    hr.page.wait_for_selector(f".o_data_row:has-text('{words['closed']}')")
    hr.picture("link-revoked")
    page.reload()
    page.wait_for_selector(".refusal")
    assert words["out"] in page.inner_text(".refusal")
    page.goto(address)
    page.wait_for_selector(".refusal")
    telephone.picture("link-out")
    assert person["name"] not in page.content()
    assert hr.complaints == []
    assert telephone.complaints == []


def test_without_scripts(visit, log_in, person, lang):
    """The words are typed off the slip."""
    words = WORDS[lang]
    token = _make(log_in("admin", lang), words, person).partition("#")[2]
    page = visit(lang, {"cookies": []}, viewport=TELEPHONE, java_script_enabled=False)
    hr = log_in("admin", lang)
    page.goto(f"{hr.site.url}/attendance/me")
    typed = " ".join(token[at : at + 4] for at in range(0, 28, 4)).upper()
    page.fill("input[name=words]", typed)
    page.click("button[type=submit]")
    page.fill("input[name=answer]", person["number"])
    page.click("button[type=submit]")
    assert person["name"] in page.inner_text("main")
