"""A person at a browser, in front of a real Odoo with the demo chain."""

import os
import re

import manual_month
import pytest
import requests
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import sync_playwright

from devkit.fixtures import PASSWORD

# For what several of the tests share.

SMALL_CELLS = "chain_attendance_report.small_cells"
CHROMIUM_OPTIONS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Two other lanes may want the processors at the same time.
WAIT_MILLISECONDS = 60_000
IS_AT_REST = """
    !document.querySelector(".o_loading_indicator, .o_view_sample_data_loading")
    && document.fonts.status === "loaded"
    && document.getAnimations().every((animation) =>
        animation.playState !== "running"
        || animation.effect.getTiming().iterations === Infinity)
    && [...document.images].every((image) =>
        image.complete || image.getBoundingClientRect().top > innerHeight)
"""
HEADER_CELLS = ".o_list_table thead th[data-name]"
APPLICATION = "chain_attendance_base.attendance_menu_root"
SCREEN = ".o_action:not([data-left])"
SHOWN = ", ".join(
    f"{SCREEN} {content}"
    for content in (
        ".o_list_renderer", ".o_kanban_renderer", ".o_form_renderer",
        ".o_hierarchy_renderer", ".o_roster_grid_renderer", ".o_view_nocontent",
        ".o_attendance_coverage_content", ".o_attendance_month_grid",
        ".o_attendance_sheet_content",
    )
)  # fmt: skip
# One question for all: each costs a turn of the browser.
VISIBLE_TEXTS = """
    (selector) => [...document.querySelectorAll(selector)]
        .filter((element) => element.checkVisibility())
        .map((element) => element.innerText)
"""
LIST_TEXTS = """
    () => [
        [...document.querySelectorAll(".o_list_table thead th[data-name]")],
        ...[...document.querySelectorAll(".o_list_table tr.o_data_row")].map(
            (row) => [...row.querySelectorAll("td[name]")])
    ].map((row) => row.map((cell) => cell.innerText.trim()))
"""
# What a list asks for its rows, in groups or not.
LIST_CALLS = re.compile("/web_(search_read|read_group)")
TOTALS = "/report_totals"
ONCHANGE = "/onchange"
DIALOG = ".o_dialog:not(.o_inactive_modal) .modal-content"
# The next field may be drawn anew when it gets the focus, and take it once more.
SCREEN_IS_DRAWN = """
    () => new Promise((done) => requestAnimationFrame(
        () => requestAnimationFrame(() => requestAnimationFrame(done))))
"""
# The page itself counts what it has asked the server: what the browser tells of that
# comes beside what the page answers, and may be later.
COUNT_QUESTIONS = """
    window.asked = new Map();
    const { open } = XMLHttpRequest.prototype;
    XMLHttpRequest.prototype.open = function (method, address, ...more) {
        window.asked.set(this, String(address));
        this.addEventListener("loadend", () => window.asked.delete(this));
        return open.call(this, method, address, ...more);
    };
"""
IS_ANSWERED = """
    (what) => ![...window.asked.values()].some((address) => address.includes(what))
"""
LEAVE_SCREEN = """
    document.querySelectorAll(".o_action").forEach(
        (action) => action.setAttribute("data-left", "1"))
"""


@pytest.fixture(scope="session")
def chrome(chromium):
    options = list(CHROMIUM_OPTIONS)
    if os.geteuid() == 0:
        options.append("--no-sandbox")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(chromium), args=options
        )
        yield browser
        browser.close()


class Person:
    """Somebody logged in, with a page and what the browser complained about."""

    def __init__(self, page, site, screenshots, name):
        self.page = page
        self.site = site
        self.folder = screenshots
        self.name = name
        self.complaints = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._note)

    def _note(self, message):
        if message.type == "error" and "404" not in message.text:
            self.complaints.append(message.text)

    def open(self, xml_id, wait_for=".o_list_renderer, .o_view_nocontent", record=None):
        """Open an action by its external id, and a record of it if one is named."""
        rpc = self.site.rpc()
        address = f"{self.site.url}/odoo/action-{rpc.ref(xml_id)}"
        if record:
            number = rpc.ref(record) if isinstance(record, str) else record
            address, wait_for = f"{address}/{number}", ".o_form_view .o_form_sheet"
        self.page.goto(address)
        self.page.wait_for_selector(wait_for)

    def menus(self):
        """``[(section, entry), ...]``: what the application offers, in its order."""
        loaded = self.page.request.get(f"{self.site.url}/web/webclient/load_menus")
        menus = loaded.json()
        (root,) = (m for m in menus.values() if m["xmlid"] == APPLICATION)
        found = []
        for section in (menus[str(number)] for number in root["children"]):
            for entry in (menus[str(number)] for number in section["children"]):
                # An entry with entries of its own is a heading.
                lines = [menus[str(number)] for number in entry["children"]] or [entry]
                found += [(section["xmlid"], line["xmlid"]) for line in lines]
        return found

    def choose(self, section, entry, wait_for=SHOWN):
        """Open a section of the menu bar and click an entry of it."""
        self.page.evaluate(LEAVE_SCREEN)
        self.page.click(f'.o_menu_sections [data-menu-xmlid="{section}"]')
        self.page.click(f'.o-dropdown-item[data-menu-xmlid="{entry}"]')
        self.page.wait_for_selector(wait_for)

    def picture(self, name):
        self.page.wait_for_function(IS_AT_REST)
        self.page.screenshot(path=self.folder / f"{name}-{self.name}.png")

    def answer(self):
        """What the dialog on the screen says: a refusal, which the log holds too."""
        self.page.wait_for_selector(DIALOG + " .modal-body")
        text = self.page.inner_text(DIALOG + " .modal-body").strip()
        self.site.refusals.append(text)
        return text

    def press(self, label):
        """Press a button of the dialog, which then goes away."""
        dialog = self.page.wait_for_selector(DIALOG)
        footer = self.page.locator(f"{DIALOG} footer")
        footer.get_by_role("button", name=label, exact=True).click()
        dialog.wait_for_element_state("hidden")

    def save(self):
        self.page.click(".o_form_button_save")
        self.page.wait_for_selector(
            ".o_form_status_indicator_buttons.invisible", state="attached"
        )

    def gear(self, label):
        """Choose from the menu behind the gear beside the title."""
        self.page.click(".o_cp_action_menus button:has(.fa-cog)")
        self.page.click(f".o-dropdown-item:has-text('{label}')")

    def leave(self, cell):
        """Leave a cell that was typed into; the next one has the focus then.

        What the form makes of it is on the screen: an answer that comes later would
        write over what is typed next.
        """
        self.page.press(cell, "Tab")
        # A tooltip of what the mouse lies on would cover what is clicked next.
        self.page.mouse.move(0, 0)
        self._wait_for_answer(ONCHANGE)

    def enter_date(self, widget, value):
        """Type a date, which is a button until it is clicked, and leave it."""
        self.page.click(f"{widget} :is(button, input)")
        self.page.fill(f"{widget} input", value)
        self.leave(f"{widget} input")

    def _wait_for_answer(self, what):
        """Until nothing that was asked so waits, and the screen shows what came."""
        self.page.evaluate(SCREEN_IS_DRAWN)
        self.page.wait_for_function(IS_ANSWERED, arg=what)
        self.page.evaluate(SCREEN_IS_DRAWN)

    def pick(self, field, text):
        """Type into a picker and take the line that is offered."""
        self.page.fill(f".o_field_widget[name={field}] input", text)
        self.page.click(f".o-autocomplete--dropdown-item:has-text('{text}')")

    def texts(self, selector):
        """The visible texts there, without the question mark that carries help."""
        found = self.page.evaluate(VISIBLE_TEXTS, selector)
        return [text.strip().removesuffix("?").strip() for text in found]

    def look_for(self, text):
        """Search the list for a text in the first field that is offered."""
        self.page.fill(".o_searchview_input", text)
        # Enter would choose nothing as long as the offer is not on the screen.
        self._search(f".o_searchview_autocomplete :text('{text}') >> nth=0")
        self.page.wait_for_selector(f".o_searchview_facet:has-text('{text}')")

    def look_at_all(self):
        """Take away the filter with which the list was opened."""
        self.page.wait_for_selector(".o_searchview_facet")
        self._search(".o_searchview_facet .o_facet_remove")

    def _search(self, selector):
        """Click, and wait for the list that comes of it: one before takes no orders."""
        with self.page.expect_response(lambda answer: LIST_CALLS.search(answer.url)):
            self.page.click(selector)
        # A report is shown when its sums are there as well, asked for beside its rows.
        self._wait_for_answer(TOTALS)

    def row(self, text):
        """A row of the list on the screen, by a text in it."""
        return self.page.locator(f".o_data_row:has-text('{text}')")

    def rows(self):
        """The cells of the list on the screen, as text, header first."""
        head, *body = self.page.evaluate(LIST_TEXTS)
        return head, body


@pytest.fixture(scope="session")
def sessions():
    """The cookies of those who have logged in before: ``{(login, lang): ...}``."""
    return {}


def sign_in(page, login, password):
    """Fill the login page; the caller looks at what comes of it."""
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", password)
    page.click("button[type=submit]")


def _authenticate(site, login, password):
    """The cookie of a new session, without the pages on which a person gets it."""
    params = {"db": site.name, "login": login, "password": password}
    answer = requests.post(
        f"{site.url}/web/session/authenticate", json={"params": params}, timeout=60
    )
    assert answer.json()["result"]["username"] == login, answer.text
    place = {"domain": "127.0.0.1", "path": "/"}
    value = answer.cookies["session_id"]
    return {"cookies": [{"name": "session_id", "value": value, **place}]}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """What a page said when its test failed is part of the report."""
    report = yield
    if report.failed and call.when == "call":
        for number, page in enumerate(item.funcargs.get("pages", [])):
            path = item.funcargs["screenshots"] / f"failed-{item.name}-{number}.png"
            report.sections.append(("on the page", _last_words(page, path)))
    return report


def _last_words(page, path):
    try:
        page.screenshot(path=path, timeout=5000)
        return f"{page.url}\n{page.inner_text('body', timeout=5000)[:3000]}"
    except PlaywrightError as error:
        return f"{page.url}\nno answer: {error}"


@pytest.fixture
def pages(screenshots):
    """The pages that a test has opened."""
    return []


@pytest.fixture
def visit(chrome, site, pages):
    """``visit("zh_CN")``: the login page in a browser of its own.

    With the cookies of a session there, it is an empty page instead.
    """
    contexts = []

    def enter(lang, state=None, **options):
        options.setdefault("viewport", {"width": 1440, "height": 900})
        context = chrome.new_context(
            locale=lang.replace("_", "-"),
            accept_downloads=True,
            storage_state=state,
            **options,
        )
        context.set_default_timeout(WAIT_MILLISECONDS)
        context.add_init_script(COUNT_QUESTIONS)
        contexts.append(context)
        page = context.new_page()
        pages.append(page)
        if not state:
            page.goto(f"{site.url}/web/login")
        return page

    yield enter
    for context in contexts:
        context.close()


@pytest.fixture
def log_in(visit, site, screenshots, sessions):
    """``log_in("admin", "zh_CN")``: a :class:`Person` who is logged in.

    What the page shows is not said: open something.
    """

    def enter(login, lang="zh_CN", password=PASSWORD, **options):
        rpc = site.rpc()
        (user,) = rpc.search_read("res.users", [("login", "=", login)], ["id"])
        rpc("res.users", "write", [user["id"]], {"lang": lang})
        if (login, lang, password) not in sessions:
            sessions[login, lang, password] = _authenticate(site, login, password)
        page = visit(lang, sessions[login, lang, password], **options)
        return Person(page, site, screenshots, f"{login}-{lang}")

    return enter


@pytest.fixture
def small_files(rpc):
    """``small_files(0)``: files of more cells are made in the background."""

    def choose(cells):
        rpc("ir.config_parameter", "set_param", SMALL_CELLS, str(cells))

    yield choose
    rpc("ir.config_parameter", "set_param", SMALL_CELLS, False)


@pytest.fixture(scope="session")
def personal_leave(rpc):
    """A type in days and hours that nobody approves: the id of 事假."""
    return rpc.create(
        "hr.leave.type",
        name=manual_month.LEAVE,
        request_unit="hour",
        requires_allocation=False,
        leave_validation_type="no_validation",
    )


@pytest.fixture(scope="session")
def july(site, rpc, personal_leave):
    """The manual's own employee, whose July 2014 has happened: their id."""
    return manual_month.build(site, rpc, personal_leave)
