"""The page on the telephone. A handler checks, hands over and answers."""

import functools
import ipaddress
import time
from urllib.parse import urlsplit

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request
from odoo.tools import consteq, hmac

from ..const import ANSWER_MINUTES, PATH, VISIT_MINUTES
from ..models.attendance_personal_link_filing import TooMany
from ..visit import Visit, pack, read_visit, unpack

VISIT_COOKIE = "attendance_link"
DEVICE_COOKIE = "attendance_link_device"
SCOPE = "chain_attendance_link"
DEVICE_SECONDS = 180 * 24 * 3600
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; "
    "script-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}


def page(path, *methods):
    """A route of the page: nobody is logged in, no session of Odoo is kept.

    Forms carry a token of the visit instead of the session's, see ``_check_form``.
    """
    return http.route(
        PATH + path,
        type="http",
        auth="public",
        methods=[*methods],
        csrf=False,
        save_session=False,
    )


def same(one, other):
    """Compare two texts in constant time, of whatever letters."""
    return consteq(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))


def texts(form):
    """A form without the files that somebody may have put in, and without NUL."""
    return {
        name: value.replace("\x00", "")
        for name, value in form.items()
        if isinstance(value, str)
    }


def for_visitor(handler):
    """Call with the visitor's link; whoever is none any more is shown the door."""

    def guarded(self, **form):
        form = texts(form)
        visitor = Visitor()
        link = visitor.link()
        if not link or visitor.visit.stage != "in":
            return visitor.out()
        if request.httprequest.method == "POST" and not visitor.is_own_form(form):
            return visitor.refuse()
        visitor.prolong()
        return handler(self, visitor, link._for_page(), form)

    # Not functools.wraps: Odoo would hand over the handler's own arguments only.
    guarded.__name__, guarded.__doc__ = handler.__name__, handler.__doc__
    return guarded


class Visitor:
    """Who is at the other end, by the cookies alone."""

    def __init__(self):
        public = request.env.ref("base.public_user")
        # sudo: a telephone has no login. What is read and written from here on goes
        # through attendance.personal.link, which knows its person and nobody else;
        # whoever may be logged in to Odoo in the same browser plays no part.
        self.env = request.env(
            user=public.id, su=True, context={"lang": self._language()}
        )
        self.sign = functools.partial(hmac, self.env, SCOPE)
        cookie = request.httprequest.cookies.get(VISIT_COOKIE)
        self.visit = read_visit(cookie, self.sign, same, time.time())
        self.cookies = {}

    def _language(self):
        # sudo: the languages of this database are no secret
        codes = [code for code, _n in request.env["res.lang"].sudo().get_installed()]
        for wanted in request.httprequest.accept_languages.values():
            plain = wanted.replace("-", "_")
            for code in codes:
                if code == plain or code.split("_")[0] == plain.split("_")[0]:
                    return code
        return "en_US" if "en_US" in codes else codes[0]

    @property
    def links(self):
        return self.env["attendance.personal.link"]

    @property
    def failures(self):
        return self.env["attendance.personal.link.failure"]

    @property
    def address(self):
        """Who is slowed down: an address, of IPv6 the network of it."""
        text = request.httprequest.remote_addr or ""
        try:
            found = ipaddress.ip_address(text)
        except ValueError:
            return "unknown"
        if found.version == 4:
            return text
        return str(ipaddress.ip_network((found, 64), strict=False))

    def link(self):
        """The link of the visit, if it is still in force; else nothing."""
        if not self.visit or self.visit.stage == "new":
            return self.links
        link = self.links.browse(self.visit.link_id)
        return link if link._is_in_force() else self.links

    def begin(self, stage, link_id=0, minutes=VISIT_MINUTES):
        """A visit with a new key: nobody goes on with one that somebody planted."""
        self.visit = Visit.begin(stage, link_id, time.time(), minutes)
        self._keep_visit()

    def prolong(self):
        if self.visit.expires - time.time() < VISIT_MINUTES * 60 / 2:
            self.visit = self.visit.prolonged(time.time(), VISIT_MINUTES)
            self._keep_visit()

    def _keep_visit(self):
        seconds = max(1, self.visit.expires - int(time.time()))
        self.cookies[VISIT_COOKIE] = pack(self.visit.text, self.sign), seconds

    def form_token(self):
        return self.sign(f"form|{self.visit.stage}|{self.visit.key}")

    def is_own_form(self, form):
        """Whether a form came from a page of this very visit.

        A browser tells by its headers where a form comes from, if it tells at all;
        the token has to be right in any case.
        """
        headers = request.httprequest.headers
        origin = headers.get("Origin", "null")
        here = request.httprequest.host
        is_here = origin == "null" or urlsplit(origin).netloc == here
        is_same = headers.get("Sec-Fetch-Site", "none") in ("same-origin", "none")
        given = form.get("form_token") or ""
        return (
            bool(self.visit) and is_here and is_same and same(self.form_token(), given)
        )

    def knows_device(self, link):
        """Whether this telephone answered the question of this link before."""
        cookie = request.httprequest.cookies.get(DEVICE_COOKIE)
        return unpack(cookie, self.sign, same) == self._device(link)

    def remember_device(self, link):
        device = pack(self._device(link), self.sign)
        self.cookies[DEVICE_COOKIE] = device, DEVICE_SECONDS

    @staticmethod
    def _device(link):
        return f"device-{link.id}-{link.token_hash[:16]}"

    def show(self, template, status=200, **values):
        """A page, with the cookies that changed."""
        values |= {
            "path": PATH,
            "form_token": self.form_token() if self.visit else "",
            "page_lang": self.env.context["lang"].replace("_", "-"),
        }
        html = self.env["ir.qweb"]._render(f"chain_attendance_link.{template}", values)
        answer = request.make_response(
            f"<!DOCTYPE html>\n{html}", [("Content-Type", "text/html; charset=utf-8")]
        )
        answer.status_code = status
        return self._dressed(answer)

    def go(self, path):
        answer = request.redirect(PATH + path, code=303, local=True)
        return self._dressed(answer)

    def _dressed(self, answer):
        for name, value in HEADERS.items():
            answer.headers[name] = value
        for name, (value, seconds) in self.cookies.items():
            answer.set_cookie(
                name,
                value,
                max_age=seconds,
                expires=None,
                path=PATH,
                httponly=True,
                secure=request.httprequest.scheme == "https",
                samesite="Strict",
            )
        return answer

    def door(self, refusal="", status=200):
        """Where the words of a link are given."""
        if not self.visit:
            self.begin("new")
        return self.show("personal_page_door", status, refusal=refusal)

    def out(self):
        """The same for whoever is not let in, whyever."""
        if not self.visit or self.visit.stage != "new":
            self.begin("new")
        refusal = self.env._(
            "This link is not valid, or not any more. Open it once again, or ask your "
            "manager for a new one."
        )
        return self.door(refusal, 403)

    def refuse(self):
        """A form that did not come from this visit."""
        refusal = self.env._("This page is too old. Please open your link again.")
        return self.show("personal_page_door", 400, refusal=refusal)


class PersonalPage(http.Controller):
    """What a telephone can ask for behind a personal link."""

    @page("", "GET")
    def door(self, **_other):
        """The words of the link come behind the #, which no server is told."""
        return Visitor().door()

    @page("/open", "POST")
    def open(self, **form):
        form = texts(form)
        visitor = Visitor()
        if not visitor.is_own_form(form):
            if not visitor.visit:
                visitor.begin("new")
            return visitor.refuse()
        if visitor.failures._is_too_many(visitor.address):
            text = visitor.env._("Too many wrong links. Wait ten minutes.")
            return visitor.door(text, 429)
        link = visitor.links._by_token(form.get("words"))
        if not link:
            visitor.failures._note(visitor.address)
            return visitor.out()
        if link._answers(link.employee_id) is None or visitor.knows_device(link):
            return self._enter(visitor, link)
        visitor.begin("asked", link.id, ANSWER_MINUTES)
        return visitor.go("/answer")

    @page("/answer", "GET", "POST")
    def answer(self, **form):
        """Who is it? Asked once for each telephone."""
        form = texts(form)
        visitor = Visitor()
        link = visitor.link()
        if not link or visitor.visit.stage != "asked":
            return visitor.out()
        if request.httprequest.method == "GET":
            return self._ask(visitor, link)
        if not visitor.is_own_form(form):
            return visitor.refuse()
        if link._is_answer(form.get("answer")):
            visitor.remember_device(link)
            return self._enter(visitor, link)
        return self._ask(visitor, link, visitor.env._("That is not right."), 403)

    def _ask(self, visitor, link, refusal="", status=200):
        asks = link.company_id.attendance_link_question
        return visitor.show("personal_page_ask", status, asks=asks, refusal=refusal)

    def _enter(self, visitor, link):
        link._note_use()
        visitor.begin("in", link.id)
        return visitor.go("/month")

    @page("/month", "GET")
    @for_visitor
    def month(self, visitor, link, form):
        """The own calendar, the own sums, and the periods that ask for a word."""
        try:
            return self._show_month(visitor, link, form.get("month"))
        except UserError:
            return visitor.go("/month")

    def _show_month(self, visitor, link, month=None, refusal="", status=200):
        return visitor.show(
            "personal_page_month",
            status,
            month=link._month_page(month),
            name=link.employee_id.name,
            periods=link._periods_page(),
            refusal=refusal,
        )

    @page("/word", "POST")
    @for_visitor
    def word(self, visitor, link, form):
        """The own days of a period are right, or what is not."""
        try:
            is_right = form.get("answer") == "right"
            link._give_word(
                form.get("number"), is_right, form.get("objection"), form.get("print")
            )
        except UserError as error:
            return self._show_month(visitor, link, None, str(error), 400)
        return visitor.go("/month")

    @page("/day", "GET")
    @for_visitor
    def day(self, visitor, link, form):
        """One own day."""
        try:
            day = link._day_page(form.get("date"))
        except UserError:
            return visitor.go("/month")
        return visitor.show("personal_page_day", day=day)

    @page("/requests", "GET")
    @for_visitor
    def requests(self, visitor, link, form):
        """The own requests and leaves."""
        return self._show_requests(visitor, link)

    def _show_requests(self, visitor, link, refusal="", status=200):
        return visitor.show(
            "personal_page_requests",
            status,
            entries=link._requests_page(),
            kinds=link._kinds(),
            refusal=refusal,
        )

    @page("/file", "GET", "POST")
    @for_visitor
    def file(self, visitor, link, form):
        """The form of one kind, empty or filed."""
        kind = form.get("kind")
        if kind not in link._kinds():
            return visitor.go("/requests")
        if request.httprequest.method == "GET":
            return self._show_form(visitor, link, kind, form)
        try:
            with visitor.env.cr.savepoint():
                link._file(kind, form)
        except TooMany as error:
            return self._show_form(visitor, link, kind, form, str(error), 429)
        except UserError as error:
            link._note_refused()
            return self._show_form(visitor, link, kind, form, str(error), 400)
        return visitor.go("/requests")

    def _show_form(self, visitor, link, kind, form, refusal="", status=200):
        return visitor.show(
            "personal_page_file",
            status,
            kind=kind,
            title=link._kinds()[kind],
            form=link._form_page(form),
            refusal=refusal,
            **(link._leave_types_page(form) if kind == "leave" else {}),
        )

    @page("/cancel", "POST")
    @for_visitor
    def cancel(self, visitor, link, form):
        """Take back what nobody approved yet."""
        try:
            with visitor.env.cr.savepoint():
                link._cancel(form.get("kind"), form.get("number"))
        except UserError as error:
            return self._show_requests(visitor, link, str(error), 400)
        return visitor.go("/requests")

    @page("/seen", "POST")
    @for_visitor
    def seen(self, visitor, link, form):
        """The published roster was seen."""
        link._confirm_seen(form.get("line"))
        return visitor.go("/month")

    @page("/close", "POST")
    @for_visitor
    def close(self, visitor, link, form):
        """End the visit on this telephone."""
        visitor.begin("new")
        return visitor.go("")
