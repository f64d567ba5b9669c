from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, JsonRpcException, freeze_time, new_test_user, tagged
from odoo.tools import mute_logger

from .common import NUMBER, OTHER_NAME, LinkCommon

LINK = "attendance.personal.link"
MAKER = "attendance.personal.link.maker"
URL = "/chain_attendance/personal_links"
PASSWORD = "a long password"
QUIET = ("odoo.http", "odoo.addons.base.models.ir_rule", "odoo.models")
QUIET += ("odoo.addons.base.models.ir_model", "odoo.orm.models")


@tagged("post_install", "-at_install")
@freeze_time("2026-07-20 04:00:00")
class TestPersonalLinkRights(LinkCommon, HttpCase):
    """Who makes, sees and revokes links; what nobody gets at."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.boss = cls.new_employee("Boss")
        cls.store.manager_id = cls.boss
        cls.far = cls.new_employee("Far", store_id=cls.new_store("T2").id)
        cls.officer = cls.new_user("officer", employee=cls.boss)
        cls.officer.password = PASSWORD
        cls.new_role(
            {"employees": "view edit"}, scope="own_stores", user_ids=cls.officer
        )

    def call_kw(self, model, method, *args):
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": args, "kwargs": {}},
        )

    def test_who_may_edit_the_person_makes_and_revokes(self):
        mine = self.links.with_user(self.officer)
        ((link, _token),) = mine._make(self.person.with_user(self.officer))
        self.assertEqual(link.create_uid, self.officer)
        link.action_revoke()
        self.assertEqual(link.revoked_by_id, self.officer)

    def test_nobody_out_of_the_own_scope(self):
        mine = self.links.with_user(self.officer)
        with self.assertRaises(AccessError):
            mine._make(self.far.with_user(self.officer))
        link, token = self.make(self.far)
        self.assertNotIn(link, mine.search([]))
        with self.assertRaises(AccessError):
            link.with_user(self.officer).action_revoke()
        self.assertEqual(self.links.sudo()._by_token(token), link)

    def test_who_may_only_look_at_people_makes_none(self):
        viewer = self.new_user("viewer", employee=self.new_employee("Viewer"))
        self.new_role({"employees": "view"}, scope="all", user_ids=viewer)
        with self.assertRaises(AccessError):
            self.links.with_user(viewer)._make(self.person.with_user(viewer))

    def test_over_rpc(self):
        link, token = self.make()
        mine = self.env[LINK].with_user(self.officer)
        self.assertIn(link, mine.search([]))
        self.env.flush_all()
        self.authenticate("officer", PASSWORD)
        (row,) = self.call_kw(LINK, "read", link.ids)
        self.assertNotIn("token_hash", row)
        self.assertNotIn("wrong_count", row)
        hashed = link.sudo().token_hash
        self.assertNotIn(hashed, str(row))
        for model, method, *args in (
            (LINK, "read", link.ids, ["token_hash"]),
            (LINK, "search", [("token_hash", "=like", f"{hashed[:2]}%")]),
            (LINK, "search_read", [], ["token_hash"]),
            (LINK, "formatted_read_group", [], ["token_hash"]),
            (LINK, "export_data", link.ids, ["token_hash"]),
            (LINK, "write", link.ids, {"date_to": "2030-01-01"}),
            (LINK, "write", link.ids, {"revoked_at": False}),
            (LINK, "create", [{"employee_id": self.person.id}]),
            (LINK, "unlink", link.ids),
            (LINK, "_make", self.person.ids),
            (LINK, "_by_token", token),
            (LINK, "_own", link.ids, "hr.employee"),
            (LINK, "_cron_close"),
            ("attendance.personal.link.failure", "search", []),
            ("attendance.request", "search", [("personal_link_id", "=", link.id)]),
            ("attendance.request", "create", [{
                "employee_id": self.boss.id, "kind": "trip", "is_by_days": True,
                "personal_link_id": link.id}]),
        ):  # fmt: skip
            with (
                self.subTest(f"{model}.{method}"),
                mute_logger(*QUIET),
                self.assertRaises(JsonRpcException),
            ):
                self.call_kw(model, method, *args)

    def test_nobody_says_it_of_an_own_form(self):
        clerk = self.new_user("clerk", employee=self.person)
        link, _token = self.make()
        forms = self.requests.with_user(clerk)
        values = {"kind": "trip", "is_by_days": True}
        with mute_logger(*QUIET), self.assertRaises(AccessError):
            forms.with_context(default_personal_link_id=link.id).create(values)
        form = forms.create({**values, "is_filed_by_link": True})
        self.assertFalse(form.is_filed_by_link)

    def test_an_employee_sees_no_links(self):
        clerk = self.new_user("clerk", employee=self.person)
        self.make()
        with self.assertRaises(AccessError):
            self.links.with_user(clerk).search([])

    def maker(self, people, user=None):
        makers = self.env[MAKER].with_user(user or self.officer)
        return makers.create({"employee_ids": people.ids})

    def sheet(self, maker, **options):
        self.env.flush_all()
        token = {"csrf_token": self.csrf_token()}
        return self.url_open(URL, data={**token, "maker_id": maker.id}, **options)

    def csrf_token(self):
        # As the web client has it.
        page = self.url_open("/odoo").text
        return page.split('csrf_token: "')[1].split('"')[0]

    def test_the_sheet(self):
        self.authenticate("officer", PASSWORD)
        answer = self.sheet(self.maker(self.person | self.other))
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        self.assertEqual(answer.headers["Referrer-Policy"], "no-referrer")
        self.assertEqual(answer.text.count("data:image/svg+xml;base64,"), 2)
        for text in ("Ann", OTHER_NAME, "Store T001", "01/16/2027"):
            self.assertIn(text, answer.text)
        # What is asked for is not on the slip.
        self.assertNotIn(NUMBER, answer.text)
        token = answer.text.split("/attendance/me#")[1][:28]
        self.env.invalidate_all()
        link = self.links.sudo()._by_token(token)
        self.assertIn(link.employee_id, self.person | self.other)
        self.assertEqual(link.create_uid, self.officer)

    def test_a_sheet_of_somebody_else(self):
        self.authenticate("officer", PASSWORD)
        maker = self.maker(self.person, user=self.env.user)
        with mute_logger(*QUIET):
            answer = self.sheet(maker)
        self.assertNotIn("data:image/svg", answer.text)
        self.assertFalse(self.links.search([("employee_id", "=", self.person.id)]))

    def test_a_sheet_is_all_or_nothing(self):
        self.authenticate("officer", PASSWORD)
        # Who sees everybody edits the own store's people only.
        self.new_role({"employees": "view"}, scope="all", user_ids=self.officer)
        maker = self.maker(self.person | self.far)
        with mute_logger(*QUIET):
            answer = self.sheet(maker)
        self.assertNotIn("data:image/svg", answer.text)
        self.assertFalse(
            self.links.search([("employee_id", "in", (self.person | self.far).ids)])
        )

    def test_a_sheet_needs_the_own_form(self):
        self.authenticate("officer", PASSWORD)
        maker = self.maker(self.person)
        self.env.flush_all()
        with mute_logger(*QUIET):
            answer = self.url_open(URL, data={"maker_id": maker.id})
        self.assertEqual(answer.status_code, 400)
        self.assertEqual(self.url_open(f"{URL}?maker_id={maker.id}").status_code, 405)

    def test_the_people_of_a_store(self):
        new_test_user(self.env, "has_login", company_id=self.company.id)
        maker = self.env[MAKER].with_user(self.officer).create({})
        with self.assertRaisesRegex(UserError, "Choose the store first"):
            maker.action_find()
        maker.find_store_id = self.store
        maker.action_find()
        self.assertEqual(maker.employee_ids, self.person | self.other)
        maker.find_has_login = True
        maker.action_find()
        self.assertEqual(maker.employee_ids, self.person | self.other | self.boss)
        maker.employee_ids = False
        with self.assertRaisesRegex(UserError, "Choose 1 to 200 people"):
            maker.action_make()
