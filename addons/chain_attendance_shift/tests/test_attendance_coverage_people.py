import json

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import mute_logger

from .test_attendance_coverage import CoverageWorld

MONDAY, TUESDAY, SATURDAY = "2026-11-02", "2026-11-03", "2026-11-07"
MODEL = "attendance.coverage"
REFUSED = "odoo.http"


class CoverageRights(CoverageWorld):
    """A store manager, who plans the people of one store."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.boss = cls.new_employee("Boss", job_id=cls.seller.id)
        cls.roster(cls.boss, cls.day, "2026-01-05")
        cls.far = cls.new_employee("Far", store_id=cls.second.id)
        cls.roster(cls.far, cls.day, "2026-01-05")
        cls.store.manager_id = cls.boss
        cls.user = cls.new_user("boss", employee=cls.boss)
        cls.role = cls.new_role(
            {"rosters": "view create edit"}, scope="own_stores", user_ids=cls.user
        )
        cls.mine = cls.coverage.with_user(cls.user)

    def names(self, found, key="people"):
        return [person["name"] for person in found[key]]

    def people(self, day=MONDAY, start=600, end=660, store=None, coverage=None):
        coverage = self.mine if coverage is None else coverage
        return coverage.get_people((store or self.store).id, day, start, end)


@tagged("post_install", "-at_install")
@freeze_time("2026-11-04 04:00:00")
class TestAttendanceCoveragePeople(CoverageRights):
    def test_who_is_there(self):
        found = self.people()
        self.assertEqual(self.names(found), ["Ann", "Bob", "Boss"])
        self.assertEqual(found["people"][0]["spans"], [(540, 1080)])
        self.assertEqual((found["others"], found["free"]), (0, []))
        self.assertEqual([shift["id"] for shift in found["shifts"]], [self.day.id])
        self.assertEqual(self.people(start=1080, end=1140)["people"], [])

    def test_who_could_be_asked(self):
        self.override(self.ann, TUESDAY)
        found = self.people(TUESDAY)
        self.assertEqual(self.names(found), ["Bob", "Boss"])
        self.assertEqual(
            [(one["name"], one["why"]) for one in found["free"]], [("Ann", "rest")]
        )
        self.new_employee("Eve")
        found = self.people(TUESDAY)
        self.assertEqual(
            [(one["name"], one["why"]) for one in found["free"]],
            [("Ann", "rest"), ("Eve", "none")],
        )

    def test_a_night_of_the_day_before(self):
        self.override(self.ann, MONDAY)
        found = self.people(TUESDAY, 0, 60)
        (shift,) = found["shifts"]
        self.assertEqual((shift["id"], shift["date"]), (self.night.id, MONDAY))
        self.assertEqual(self.names(found, "free"), ["Ann"])
        self.mine.give_shift(self.store.id, self.ann.id, MONDAY, self.night.id)
        self.assertEqual(self.names(self.people(TUESDAY, 0, 60)), ["Ann"])

    def test_others_are_a_number(self):
        """A person lent here from tomorrow on is not in the data scope yet."""
        self.env["attendance.store.loan"].create(
            {
                "employee_id": self.far.id,
                "store_id": self.store.id,
                "date_from": "2026-11-05",
                "date_to": "2026-11-05",
            }
        )
        found = self.people("2026-11-05")
        self.assertEqual(self.names(found), ["Ann", "Bob", "Boss"])
        self.assertEqual(found["others"], 1)
        self.assertIn(
            "Far", self.names(self.people("2026-11-05", coverage=self.coverage))
        )

    def test_who_may_only_look_is_offered_nobody(self):
        self.role.user_ids = False
        self.new_role({"rosters": "view"}, scope="own_stores", user_ids=self.user)
        self.override(self.ann, TUESDAY)
        found = self.people(TUESDAY)
        self.assertEqual(self.names(found), ["Bob", "Boss"])
        self.assertEqual(found["free"], [])
        with self.assertRaises(AccessError):
            self.mine.give_shift(self.store.id, self.ann.id, TUESDAY, self.day.id)

    def test_locked_days_offer_nobody(self):
        self.override(self.ann, TUESDAY)
        self.company.attendance_roster_lock_date = TUESDAY
        self.assertEqual(self.people(TUESDAY)["free"], [])
        with self.assertRaises(UserError):
            self.mine.give_shift(self.store.id, self.ann.id, TUESDAY, self.day.id)

    def test_give_a_shift(self):
        self.override(self.ann, TUESDAY)
        self.assertEqual(self.at(TUESDAY, 10)[0], 2)
        self.mine.give_shift(self.store.id, self.ann.id, TUESDAY, self.day.id)
        self.assertEqual(self.at(TUESDAY, 10)[0], 3)
        change = self.env["attendance.roster.override"].search(
            [("employee_id", "=", self.ann.id)], limit=1
        )
        self.assertEqual(change.create_uid, self.user)
        self.assertIn(self.store.name, change.reason)

    def test_who_is_planned_is_not_given_another_shift(self):
        with self.assertRaisesRegex(UserError, "Ann is planned"):
            self.mine.give_shift(self.store.id, self.ann.id, TUESDAY, self.night.id)

    def test_a_shift_that_is_none(self):
        self.override(self.ann, TUESDAY)
        other = self.env["res.company"].create({"name": "Other"})
        foreign = self.new_shift("Foreign", (540, 1080), company_id=other.id)
        for shift in (0, False, 10**9, foreign.id):
            with self.subTest(shift), self.assertRaisesRegex(UserError, "Choose"):
                self.mine.give_shift(self.store.id, self.ann.id, TUESDAY, shift)

    def test_a_holiday_needs_a_shift_that_works_then(self):
        self.calendar(d2026_11_03="public_holiday")
        found = self.people(TUESDAY)
        self.assertEqual(found["shifts"], [])
        feast = self.new_shift("Feast", (540, 1080), works_on_holidays=True)
        found = self.people(TUESDAY)
        self.assertEqual([shift["id"] for shift in found["shifts"]], [feast.id])
        self.assertEqual({one["why"] for one in found["free"]}, {"holiday"})
        with self.assertRaisesRegex(UserError, "on a holiday"):
            self.mine.give_shift(self.store.id, self.ann.id, TUESDAY, self.day.id)
        self.mine.give_shift(self.store.id, self.ann.id, TUESDAY, feast.id)
        self.assertEqual(self.at(TUESDAY, 10)[0], 1)

    def test_bad_spans(self):
        for start, end in ((-1, 60), (60, 60), (0, 1441), (120, 60), ("9", 60)):
            with self.subTest(start=start), self.assertRaisesRegex(UserError, "1440"):
                self.people(start=start, end=end)


@tagged("post_install", "-at_install")
@freeze_time("2026-11-04 04:00:00")
class TestAttendanceCoverageRights(CoverageRights, HttpCase):
    """Stores outside of the data scope are left out, or refused; over RPC too."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user.password = "a long password"
        cls.nobody = cls.new_user("nobody", employee=cls.new_employee("Nobody"))
        cls.nobody.password = "a long password"

    def call(self, method, *args):
        answer = self.url_open(
            f"/web/dataset/call_kw/{MODEL}/{method}",
            json.dumps(
                {
                    "params": {
                        "model": MODEL,
                        "method": method,
                        "args": args,
                        "kwargs": {},
                    }
                }
            ),
            headers={"Content-Type": "application/json"},
        ).json()
        if "error" in answer:
            raise AccessError(answer["error"]["data"]["message"])
        return answer["result"]

    def ids(self, found):
        return [store["id"] for store in found["stores"]]

    def test_in_each_scope(self):
        department = self.env["hr.department"].create(
            {"name": "North", "company_id": self.company.id}
        )
        self.second.department_id = department
        both = {self.store.id, self.second.id}
        for scope, values, expected in (
            ("all", {}, both),
            ("own_stores", {}, {self.store.id}),
            ("departments", {"department_ids": department.ids}, {self.second.id}),
            ("self", {}, set()),
            ("employees", {"employee_ids": self.ann.ids}, set()),
            ("jobs", {"job_ids": self.cashier.ids}, set()),
        ):
            self.role.write({**values, "scope": scope})
            with self.subTest(scope):
                found = self.mine.get_coverage(False, MONDAY, SATURDAY)
                self.assertEqual(set(self.ids(found)), expected)
                self.assertEqual(set(self.mine.get_stores()["ids"]), expected)
                self.assertEqual(self.mine.get_options()["has_stores"], bool(expected))

    @mute_logger(REFUSED)
    def test_another_store_over_rpc(self):
        self.need(store=self.second)
        self.authenticate("boss", "a long password")
        both = [self.store.id, self.second.id]
        found = self.call("get_coverage", both, MONDAY, SATURDAY)
        self.assertEqual(self.ids(found), [self.store.id])
        self.assertEqual(self.call("get_stores", both)["ids"], [self.store.id])
        for method, *args in (
            ("get_people", self.second.id, MONDAY, 600, 660),
            ("give_shift", self.second.id, self.far.id, SATURDAY, self.day.id),
            ("give_shift", self.store.id, self.far.id, SATURDAY, self.day.id),
        ):
            with self.subTest(method), self.assertRaises(AccessError):
                self.call(method, *args)
        self.assertFalse(
            self.env["attendance.roster.override"].search_count(
                [("employee_id", "=", self.far.id)]
            )
        )

    @mute_logger(REFUSED)
    def test_without_the_function(self):
        """The default role may look at the own roster, which is no store's."""
        self.authenticate("nobody", "a long password")
        self.assertEqual(self.ids(self.call("get_coverage", False, MONDAY, MONDAY)), [])
        role = self.env.ref("chain_attendance_base.role_employee")
        view = self.env["res.groups"]._attendance_functions()["rosters", "view"]
        role.sudo().group_id.implied_ids -= view
        for method, *args in (
            ("get_options",),
            ("get_coverage", False, MONDAY, MONDAY),
            ("get_people", self.store.id, MONDAY, 600, 660),
            ("give_shift", self.store.id, self.ann.id, SATURDAY, self.day.id),
        ):
            with self.subTest(method), self.assertRaises(AccessError):
                self.call(method, *args)

    @mute_logger(REFUSED)
    def test_what_is_private_is_not_called_over_rpc(self):
        self.authenticate("boss", "a long password")
        for method in ("_needed_people", "_cover", "_gather_staff"):
            with self.subTest(method), self.assertRaises(AccessError):
                self.call(method, [self.second.id], [MONDAY])
