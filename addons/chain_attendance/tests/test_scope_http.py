import json
from datetime import datetime

from odoo import http
from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import mute_logger

from .attempts import Attempts, unblamed
from .common import SCOPES, ScopeCommon
from .scope_rows import ROWS
from .test_scope_matrix import QUIET, scoped_models

PASSWORD = "a long password"
# One scope that looks at the person, one at the place, one at the tree.
OVER_HTTP = ("self", "own_stores", "own_department")
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Refused(Exception):
    """The server answered with an error."""


@tagged("post_install", "-at_install")
@freeze_time("2026-03-20 08:00:00")
class TestScopeHttp(ScopeCommon, HttpCase):
    """The same attempts from outside, through every door that Odoo has."""

    def setUp(self):
        super().setUp()
        quiet = mute_logger(
            *QUIET,
            "odoo.http",
            "odoo.addons.rpc.controllers.xmlrpc",
            "odoo.addons.web.controllers.export",
            "xmlrpc",
        )
        quiet.__enter__()
        self.addCleanup(quiet.__exit__, None, None, None)
        self.context = {"allowed_company_ids": self.company.ids}

    def foreign(self, name, label):
        """The rows of a model out of a scope whose reading it holds back."""
        rows = ROWS[name].rows(self)
        held = ROWS[name].shows(SCOPES[label])
        return self.env[name].union(*(r for o, r in rows.items() if o not in held))

    def rpc(self, route, **params):
        answer = self.url_open(
            route,
            json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}),
            headers={"Content-Type": "application/json"},
        ).json()
        if "error" in answer:
            raise Refused(answer["error"]["data"]["message"])
        return answer["result"]

    def call_kw(self, model, method, *args, **kwargs):
        kwargs.setdefault("context", self.context)
        return self.rpc(
            f"/web/dataset/call_kw/{model}/{method}",
            model=model, method=method, args=list(args), kwargs=kwargs,
        )  # fmt: skip

    def json2(self, key, model, method, **arguments):
        answer = self.url_open(
            f"/json/2/{model}/{method}",
            json.dumps({"context": self.context, **arguments}),
            headers={
                "Content-Type": "application/json",
                "Authorization": f"bearer {key}",
            },
        )
        if answer.status_code != 200:
            raise Refused(answer.text)
        return answer.json()

    def xmlrpc(self, user, model, method, *args, **kwargs):
        kwargs.setdefault("context", self.context)
        try:
            return self.xmlrpc_object.execute_kw(
                self.env.cr.dbname, user.id, PASSWORD, model, method, args, kwargs
            )
        except Exception as error:  # whatever the transport makes of it
            raise Refused(str(error)) from error

    def download(self, route, data):
        answer = self.url_open(
            route,
            {"data": json.dumps(data), "csrf_token": http.Request.csrf_token(self)},
        )
        if answer.status_code != 200:
            raise Refused(answer.text)
        return answer

    def api_key(self, user):
        keys = self.env["res.users.apikeys"].with_user(user).sudo()
        return keys._generate("rpc", "test", datetime(2100, 1, 1))

    def test_rpc(self):
        for label in OVER_HTTP:
            with self.subTest(scope=label), unblamed(self.env):
                role = self.give_role(label)
                self.try_rpc(label)
                role.user_ids = False

    def try_rpc(self, label):
        attempts = Attempts(self.env)
        key = self.api_key(self.user)
        self.authenticate("asker", PASSWORD)
        names = [n for n in scoped_models(self.env) if ROWS[n].reading]
        for name in names:
            foreign = self.foreign(name, label)
            self.try_rpc_on(name, foreign.ids, key, attempts)
            self.assertEqual(foreign.exists(), foreign, f"{name}: rows are gone")
        for method in ("toggle_active", "action_archive"):
            attempts.refused(
                f"call_button {method}",
                lambda m=method: self.rpc(
                    "/web/dataset/call_button",
                    model="attendance.terminal", method=m,
                    args=[self.foreign("attendance.terminal", label).ids],
                    kwargs={"context": self.context},
                ),
                Refused,
            )  # fmt: skip
        attempts.conclude(self, f"scope {label} over HTTP", 250)

    def try_rpc_on(self, name, ids, key, attempts):
        inside = [("id", "in", ids)]

        def session(method, *args, **kwargs):
            return self.call_kw(name, method, *args, **kwargs)

        def xmlrpc(method, *args, **kwargs):
            return self.xmlrpc(self.user, name, method, *args, **kwargs)

        def json2(method, **arguments):
            return self.json2(key, name, method, **arguments)

        # XML-RPC, which goes with Odoo 20, knows no larger number.
        is_sayable = max(ids, default=0) < 2**31
        doors = (session, xmlrpc, json2) if is_sayable else (session, json2)
        for door in doors:
            for method, more in (
                ("search", {}),
                ("search_read", {"fields": ["display_name"]}),
                ("search_count", {}),
                ("name_search", {}),
            ):
                attempts.nothing(
                    f"{door.__name__} {name}.{method}",
                    lambda d=door, m=method, more=more: d(m, domain=inside, **more),
                )
        for door in (session, xmlrpc):
            for method, rest in self.known_rows(name):
                attempts.refused(
                    f"{door.__name__} {name}.{method}",
                    lambda d=door, m=method, r=rest: d(m, ids[:1], *r),
                    Refused,
                )
        for method, more in (("read", {"fields": ["display_name"]}), ("unlink", {})):
            attempts.refused(
                f"json2 {name}.{method}",
                lambda m=method, more=more: json2(m, ids=ids[:1], **more),
                Refused,
            )
        attempts.nothing(
            f"web_search_read {name}",
            lambda: session(
                "web_search_read", domain=inside, specification={"display_name": {}}
            )["length"],
        )

    def known_rows(self, name):
        yield "read", (["display_name"],)
        yield "web_read", ({"display_name": {}},)
        yield "export_data", (["display_name"],)
        yield "write", (ROWS[name].change or {"display_name": "X"},)
        yield "unlink", ()
        yield "copy", ()

    def test_what_is_allowed_gets_through(self):
        """The doors are open: refusals above are not refusals of everything."""
        self.give_role("own_stores")
        self.authenticate("asker", PASSWORD)
        key = self.api_key(self.user)
        domain = [("employee_id.name", "in", ["leo", "rob", "una", "bea", "asker"])]
        for found in (
            self.call_kw("attendance.day", "search_count", domain=domain),
            self.xmlrpc(self.user, "attendance.day", "search_count", domain=domain),
            self.json2(key, "attendance.day", "search_count", domain=domain),
        ):
            self.assertEqual(found, 3)

    def test_files(self):
        """Odoo's export and our report hold the rows of the scope and no others."""
        self.give_role("own_stores")
        self.authenticate("asker", PASSWORD)
        attempts = Attempts(self.env)
        for name in ("attendance.day", "attendance.report.daily", "hr.employee"):
            foreign = self.foreign(name, "own_stores")
            asked = {
                "model": name,
                "fields": [{"name": "display_name", "label": "Who", "type": "char"}],
                "domain": [],
                "groupby": [],
                "import_compat": False,
                "context": self.context,
            }
            for route in ("/web/export/csv", "/web/export/xlsx"):
                attempts.refused(
                    f"{route} {name} by id",
                    lambda r=route, a=asked, i=foreign.ids: self.download(
                        r, {**a, "ids": i}
                    ),
                    Refused,
                )
            text = self.download("/web/export/csv", {**asked, "ids": False}).text
            for person in ("leo", "rob", "una"):
                self.assertIn(person, text, name)
            for person in ("amy", "sam", "tom", "bea"):
                attempts.nothing(
                    f"csv {name} {person}", lambda t=text, p=person: p in t
                )
        attempts.conclude(self, "files", 18)

    def test_report_needs_the_export_and_holds_the_scope(self):
        asked = {
            "model": "attendance.report.daily",
            "domain": [],
            "order": "",
            "title": "Daily",
            "columns": [{"name": "employee_name", "label": "Name"}],
            "companies": self.company.ids,
        }
        role = self.give_role("own_stores", {"reports": "view"})
        self.authenticate("asker", PASSWORD)
        route = "/chain_attendance/report.xlsx"
        with self.assertRaises(Refused):
            self.download(route, asked)
        role.user_ids = False
        self.give_role("own_stores", {"reports": "view export"})
        answer = self.download(route, asked)
        self.assertEqual(answer.headers["Content-Type"], EXCEL)
        found = names_in_sheet(answer.content)
        self.assertEqual(found & set(self.people), {"leo", "rob", "una"})
        # Another company does not come in by its number.
        foreign = {**asked, "companies": self.companies["B"].ids}
        with self.assertRaises(Refused):
            self.download(route, foreign)

    def test_pictures_and_attachments(self):
        """A file that hangs on somebody out of scope is not handed out."""
        self.give_role("own_stores")
        secret = b"the contract of sam"
        paper = self.env["ir.attachment"].create(
            {
                "name": "contract.txt",
                "raw": secret,
                "res_model": "hr.employee",
                "res_id": self.people["sam"].id,
            }
        )
        own = paper.copy({"res_id": self.people["leo"].id})
        self.authenticate("asker", PASSWORD)
        self.assertEqual(self.url_open(f"/web/content/{own.id}").content, secret)
        self.assertNotIn(secret, self.url_open(f"/web/content/{paper.id}").content)
        self.people["sam"].image_1920 = PIXEL
        self.people["leo"].image_1920 = PIXEL
        for model in ("hr.employee", "hr.employee.public"):
            for field in ("image_1920", "avatar_128"):
                shown = {
                    name: self.url_open(
                        f"/web/image/{model}/{self.people[name].id}/{field}"
                    )
                    for name in ("sam", "leo")
                }
                self.assertNotEqual(
                    shown["sam"].content, shown["leo"].content, (model, field)
                )

    def test_portal_and_public(self):
        """Who is no employee's login gets nothing at all of any of the models."""
        portal = self.env["res.users"].create(
            {
                "name": "customer",
                "login": "customer",
                "password": PASSWORD,
                "group_ids": [(6, 0, self.env.ref("base.group_portal").ids)],
            }
        )
        attempts = Attempts(self.env)
        for login in ("customer", None):
            self.authenticate(login, PASSWORD) if login else self.logout()
            for name in scoped_models(self.env):
                for method, arguments in {
                    "search_read": ([], ["display_name"]),
                    "search_count": ([],),
                    "read": ([1], ["display_name"]),
                    "write": ([1], {}),
                    "unlink": ([1],),
                    "create": ({},),
                }.items():
                    attempts.refused(
                        f"{login} {name}.{method}",
                        lambda n=name, m=method, a=arguments: self.call_kw(n, m, *a),
                        Refused,
                    )
            attempts.refused(
                f"{login} report",
                self.report_as_stranger,
                Refused,
            )
        key = self.api_key(portal)
        for name in scoped_models(self.env):
            attempts.refused(
                f"json2 {name}",
                lambda n=name: self.json2(key, n, "search_count", domain=[]),
                Refused,
            )
        attempts.conclude(self, "portal and public", 150)

    def report_as_stranger(self):
        answer = self.download("/chain_attendance/report.xlsx", {"model": "x"})
        if answer.headers["Content-Type"] != EXCEL:
            raise Refused(answer.text)  # the login page
        return answer

    def test_debug_mode_names_nobody(self):
        """Anyone may switch developer mode on; refusals name nobody."""
        self.give_role("own_stores")
        self.authenticate("asker", PASSWORD)
        self.url_open("/odoo?debug=1")
        for name in ("attendance.day", "attendance.roster", "hr.employee"):
            row = self.foreign(name, "own_stores").filtered(
                lambda r: "sam" in r.display_name
            )
            with self.assertRaises(Refused) as caught:
                self.call_kw(name, "read", row.ids, ["display_name"])
            self.assertNotIn("sam", str(caught.exception))

    def test_private_methods_are_not_called(self):
        self.give_role("all")
        self.authenticate("asker", PASSWORD)
        key = self.api_key(self.user)
        calls = (
            ("res.users", "_attendance_scope", ["reports", "view"]),
            ("res.users", "_attendance_grants", []),
            ("res.users", "_attendance_own", []),
            ("attendance.role", "_grants", [[1]]),
            ("attendance.role", "_scope_domain", [[], [], []]),
            ("attendance.day", "_recompute", [[]]),
            ("attendance.day", "_attendance_scope_all", [[], []]),
            ("attendance.punch", "_assign_owners", [1, []]),
        )
        for model, method, args in calls:
            with self.subTest(method=method):
                with self.assertRaises(Refused):
                    self.call_kw(model, method, self.user.ids, *args)
                with self.assertRaises(Refused):
                    self.xmlrpc(self.user, model, method, self.user.ids, *args)
                with self.assertRaises(Refused):
                    self.json2(key, model, method, ids=self.user.ids)


PIXEL = (
    b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
    b"awAAAABJRU5ErkJggg=="
)


def names_in_sheet(content):
    """Every text of a workbook."""
    import io

    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    return {str(cell) for row in book.active.values for cell in row if cell}
