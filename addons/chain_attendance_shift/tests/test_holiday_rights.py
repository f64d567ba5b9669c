import json

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import mute_logger

from .test_holiday_year import HolidayCommon

PASSWORD = "a long password"
QUIET = ("odoo.http", "odoo.models", "odoo.addons.base.models.ir_rule",
         "odoo.addons.base.models.ir_model")  # fmt: skip


class Refused(Exception):
    """The server answered with an error."""


@tagged("post_install", "-at_install")
@freeze_time("2026-09-15 04:00:00")
class TestHolidayRights(HolidayCommon, HttpCase):
    """Who may write a year, and whose names are shown on the way; over RPC."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.far = cls.new_store("FAR")
        cls.bob = cls.new_employee("Bob", store_id=cls.far.id)
        cls.roster(cls.bob, cls.day, "2026-01-01")

    def login(self, name, functions, scope="all", **values):
        user = self.new_user(name, **values)
        user.password = PASSWORD
        self.new_role(functions, scope=scope, user_ids=user)
        self.authenticate(name, PASSWORD)
        return user

    def call(self, model, method, *args, **kwargs):
        kwargs["context"] = {"allowed_company_ids": self.company.ids}
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        with mute_logger(*QUIET):
            answer = self.url_open(
                f"/web/dataset/call_kw/{model}/{method}",
                json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}),
                headers={"Content-Type": "application/json"},
            ).json()
        if "error" in answer:
            raise Refused(answer["error"]["data"]["message"])
        return answer["result"]

    def year(self, **values):
        values = {
            "calendar_id": self.calendar.id,
            "year": 2026,
            "country_id": self.env.ref("base.cn").id,
            **values,
        }
        return self.call("attendance.holiday.year", "create", values)

    def effect(self, number):
        self.call("attendance.holiday.year", "action_next", [number])
        self.call("attendance.holiday.year", "action_next", [number])
        (row,) = self.call("attendance.holiday.year", "read", [number], ["effect"])
        return row["effect"]

    def test_only_who_edits_or_creates_settings(self):
        for functions in ({"settings": "view"}, {"rosters": "view edit"}):
            with self.subTest(functions):
                self.login(f"u{functions}", functions)
                with self.assertRaisesRegex(Refused, "not allowed to create"):
                    self.year()
        self.login("editor", {"settings": "view edit"})
        number = self.year()
        self.effect(number)
        self.call("attendance.holiday.year", "action_apply", [number])
        self.assertEqual(self.calendar.holiday_count, 28)

    def test_who_creates_only_changes_nothing_that_is_there(self):
        self.calendar.holiday_ids = [
            (0, 0, {"name": "Mine", "date": "2026-10-01"}),
            (0, 0, {"name": "Mine", "date": "2026-10-20"}),
        ]
        self.login("creator", {"settings": "view create"})
        number = self.year()
        self.effect(number)
        with self.assertRaises(Refused):
            self.call("attendance.holiday.year", "action_apply", [number])
        self.assertEqual(self.calendar.holiday_count, 2)
        number = self.year(calendar_id=False, name="New", is_company_default=False)
        self.effect(number)
        self.call("attendance.holiday.year", "action_apply", [number])
        new = self.calendars.search([("name", "=", "New")])
        self.assertEqual(new.holiday_count, 28)

    def test_all_are_counted_and_only_those_seen_are_named(self):
        boss = self.new_employee("Boss")
        self.store.manager_id = boss
        user = self.login("hr", {"settings": "view edit"}, employee=boss)
        effect = self.effect(self.year())
        self.assertIn("[FAR] Store FAR", effect)
        self.assertIn("more days are of people whom you do not see", effect)
        for name in ("Ann", "Bob"):
            self.assertNotIn(f"<td>{name}</td>", effect)
        self.new_role({"rosters": "view"}, scope="own_stores", user_ids=user)
        effect = self.effect(self.year())
        self.assertIn("<td>Ann</td>", effect)
        self.assertNotIn("<td>Bob</td>", effect)

    def test_a_dialog_is_for_who_opened_it(self):
        self.login("first", {"settings": "view edit"})
        number = self.year()
        self.call("attendance.holiday.year", "action_next", [number])
        (row,) = self.call("attendance.holiday.year", "read", [number], ["line_ids"])
        self.login("second", {"settings": "view edit"})
        line = {"year_id": number, "date": "2026-05-20", "name": "Theirs"}
        for model, method, *args in (
            ("attendance.holiday.year", "read", [number], ["effect"]),
            ("attendance.holiday.year", "write", [number], {"year": 2027}),
            ("attendance.holiday.year", "action_apply", [number]),
            ("attendance.holiday.year.line", "read", row["line_ids"][:1], ["name"]),
            ("attendance.holiday.year.line", "create", line),
        ):
            with self.subTest(method), self.assertRaises(Refused):
                self.call(model, method, *args)

    def test_nothing_of_another_company_is_counted(self):
        other = self.env["res.company"].create({"name": "Other"})
        calendar = self.calendars.create({"name": "O", "company_id": other.id})
        self.login("editor", {"settings": "view edit create"})
        for values in (
            {"calendar_id": calendar.id},
            {"calendar_id": False, "name": "New", "company_id": other.id},
        ):
            with self.assertRaises(Refused):
                self.effect(self.year(**values))

    def test_an_effect_written_by_hand_does_not_help(self):
        self.login("editor", {"settings": "view edit"})
        number = self.year()
        self.call("attendance.holiday.year", "action_next", [number])
        with self.assertRaisesRegex(Refused, "changed since the effect"):
            self.call("attendance.holiday.year", "action_apply", [number])

    def test_calendars_of_nobody(self):
        """What the dialog writes, others may not write by hand either."""
        reader = self.calendar.with_user(self.new_user("reader"))
        with self.assertRaises(AccessError):
            reader.holiday_ids = [(0, 0, {"name": "x", "date": "2026-01-01"})]
