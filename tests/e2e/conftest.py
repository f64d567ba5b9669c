"""A person at a browser, in front of a real Odoo with the demo chain."""

import os

import pytest
from playwright.sync_api import sync_playwright

from devkit.fixtures import PASSWORD

CHROMIUM_OPTIONS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WAIT_MILLISECONDS = 30_000
IS_AT_REST = """
    !document.querySelector(".o_loading_indicator, .o_view_sample_data_loading")
    && document.fonts.status === "loaded"
    && [...document.images].every((image) => image.complete)
"""
HEADER_CELLS = ".o_list_table thead th[data-name]"


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

    def open(self, xml_id, wait_for=".o_list_renderer, .o_view_nocontent"):
        """Open an action by its external id."""
        action = self.site.rpc().ref(xml_id)
        self.page.goto(f"{self.site.url}/odoo/action-{action}")
        self.page.wait_for_selector(wait_for)

    def picture(self, name):
        self.page.wait_for_function(IS_AT_REST)
        self.page.screenshot(path=self.folder / f"{name}-{self.name}.png")

    def rows(self):
        """The cells of the list on the screen, as text, header first."""
        head = [
            cell.inner_text().strip()
            for cell in self.page.query_selector_all(
                ".o_list_table thead th[data-name]"
            )
        ]
        body = [
            [cell.inner_text().strip() for cell in row.query_selector_all("td[name]")]
            for row in self.page.query_selector_all(".o_list_table tr.o_data_row")
        ]
        return head, body


@pytest.fixture
def log_in(chrome, site, screenshots):
    """``log_in("admin", "zh_CN")``: a :class:`Person` in front of the web client."""
    contexts = []

    def enter(login, lang="zh_CN", **options):
        rpc = site.rpc()
        (user,) = rpc.search_read("res.users", [("login", "=", login)], ["id"])
        rpc("res.users", "write", [user["id"]], {"lang": lang})
        options.setdefault("viewport", {"width": 1440, "height": 900})
        context = chrome.new_context(
            locale=lang.replace("_", "-"), accept_downloads=True, **options
        )
        context.set_default_timeout(WAIT_MILLISECONDS)
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{site.url}/web/login")
        page.fill("input[name=login]", login)
        page.fill("input[name=password]", PASSWORD)
        page.click("button[type=submit]")
        page.wait_for_selector(".o_main_navbar")
        return Person(page, site, screenshots, f"{login}-{lang}")

    yield enter
    for context in contexts:
        context.close()
