import json

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.chain_attendance_request.tests.common import LeaveCommon

FRIDAY = "2026-07-03"
STORE_MANAGER = "chain_attendance_base.group_store_manager"
EMPLOYEE = "chain_attendance_base.group_employee"


class OverviewCommon(LeaveCommon):
    """Ann's store is in Shanghai, Far's in Berlin; it is 10:00 and 04:00."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.berlin = cls.new_store("T2", tz="Europe/Berlin")
        cls.far = cls.new_employee("Far", "2001", store_id=cls.berlin.id)
        cls.roster(cls.far, cls.day_shift, "2026-06-01")
        cls.boss = cls.new_user("boss", "chain_attendance_base.group_manager")
        cls.clear_queue()

    def board(self, user=None, **asked):
        overview = self.env["attendance.overview"].with_user(user or self.boss)
        return overview.get_board(**asked)

    def numbers(self, user=None, **asked):
        """Those that are not 0."""
        found = self.board(user, **asked)["numbers"]
        return {name: number for name, number in found.items() if number}

    def people(self, number, user=None, **asked):
        overview = self.env["attendance.overview"].with_user(user or self.boss)
        return overview.get_people(number, **asked)


@tagged("post_install", "-at_install")
@freeze_time(f"{FRIDAY} 02:00:00")
class TestAttendanceOverview(OverviewCommon):
    def setUp(self):
        super().setUp()
        self.compute(FRIDAY)
        self.compute(FRIDAY, employee=self.far)

    def test_each_store_by_its_own_clock(self):
        board = self.board()
        self.assertEqual(self.numbers(), {"due": 1, "missing": 1, "later": 1})
        told = {store["id"]: store for store in board["stores"]}
        self.assertEqual(told[self.store.id]["clock"], "10:00")
        self.assertEqual(told[self.berlin.id]["clock"], "04:00")
        self.assertEqual(told[self.store.id]["numbers"]["missing"], 1)
        self.assertEqual(told[self.berlin.id]["numbers"]["later"], 1)
        # Where somebody is missing comes first.
        self.assertEqual(board["stores"][0]["id"], self.store.id)

    def test_a_store_where_it_is_still_yesterday(self):
        with freeze_time(f"{FRIDAY} 16:30:00"):
            # 00:30 of Saturday in Shanghai, 18:30 of Friday in Berlin.
            self.compute(FRIDAY, "2026-07-04")
            self.compute(FRIDAY, "2026-07-04", employee=self.far)
            board = self.board()
        told = {store["id"]: store for store in board["stores"]}
        self.assertEqual(told[self.store.id]["date"], "2026-07-04")
        self.assertEqual(told[self.berlin.id]["date"], FRIDAY)
        self.assertEqual(told[self.store.id]["numbers"]["later"], 1)
        self.assertEqual(told[self.berlin.id]["numbers"]["absent"], 1)

    def test_a_punch_moves_a_person(self):
        self.send("1001", f"{FRIDAY} 08:20:00")
        self.compute(FRIDAY)
        self.assertEqual(self.numbers(), {"due": 1, "came": 1, "later": 1})

    def test_the_late_one(self):
        self.send("1001", f"{FRIDAY} 09:10:00")
        self.compute(FRIDAY)
        self.assertEqual(self.numbers(), {"due": 1, "came": 1, "late": 1, "later": 1})
        (person,) = self.people("late")["people"]
        told = [person[n] for n in ("name", "start", "stop", "came", "minutes")]
        self.assertEqual(told, ["Ann", "08:30", "17:30", "09:10", 40])

    def test_the_people_behind_a_number(self):
        (person,) = self.people("missing")["people"]
        self.assertEqual((person["name"], person["minutes"]), ("Ann", 90))
        self.assertEqual(person["shift"], "D9")
        # Berlin's times are Berlin's.
        (person,) = self.people("later")["people"]
        self.assertEqual((person["name"], person["start"]), ("Far", "08:30"))
        self.assertEqual(self.people("missing", store_id=self.berlin.id)["count"], 0)
        found = self.people("missing", store_id=self.store.id)
        self.assertEqual(found["count"], 1)
        rows = self.env["attendance.report.daily"].browse(found["day_ids"])
        self.assertEqual(rows.employee_id, self.person)

    def test_a_night_that_is_going_on(self):
        self.roster(self.person, self.night_shift, "2026-07-02", works_saturday=True)
        with freeze_time("2026-07-02 15:00:00"):
            self.send("1001", "2026-07-02 21:50:00")
        with freeze_time("2026-07-02 18:00:00"):
            # 02:00 in Shanghai: the night of the 2nd.
            self.compute("2026-07-02", FRIDAY)
            (person,) = self.people("came")["people"]
            self.assertEqual((person["date"], person["came"]), ("2026-07-02", "21:50"))
        with freeze_time("2026-07-02 23:00:00"):
            # 07:00: the night is over, the next one has not begun.
            self.compute("2026-07-02", FRIDAY)
            found = self.people("later")["people"]
            dates = {person["name"]: person["date"] for person in found}
            self.assertEqual(dates["Ann"], FRIDAY)

    def test_who_is_away(self):
        kind = self.leave_type("day")
        leave = self.env["hr.leave"].create(
            {
                "employee_id": self.person.id,
                "holiday_status_id": kind.id,
                "request_date_from": FRIDAY,
                "request_date_to": FRIDAY,
            }
        )
        self.assertEqual(leave.state, "validate")
        self.compute(FRIDAY)
        self.assertEqual(self.numbers(), {"away": 1, "later": 1})
        (person,) = self.people("away")["people"]
        self.assertEqual(person["why"], "leave")

    def test_an_outing_by_hours(self):
        self.file("outing", FRIDAY, "08:00", "11:00")
        self.compute(FRIDAY)
        self.assertEqual(self.numbers(), {"away": 1, "later": 1})
        self.assertEqual(self.people("away")["people"][0]["why"], "outing")
        with freeze_time(f"{FRIDAY} 04:00:00"):
            self.assertEqual(self.numbers(), {"due": 1, "came": 1, "later": 1})

    def test_a_trip_by_days(self):
        self.file("trip", FRIDAY, is_by_days=True)
        self.compute(FRIDAY)
        self.assertEqual(self.people("away")["people"][0]["why"], "trip")

    def test_filters(self):
        department = self.env["hr.department"].create(
            {"name": "Sales", "company_id": self.company.id}
        )
        self.assertEqual(self.numbers(store_ids=self.berlin.ids), {"later": 1})
        self.assertEqual(self.numbers(department_id=department.id), {})
        self.assertEqual(self.board(department_id=department.id)["stores"], [])

    def test_the_scope_of_the_reader(self):
        manager = self.new_employee("Boss of T2", store_id=self.berlin.id)
        user = self.new_user("store manager", STORE_MANAGER, employee=manager)
        self.berlin.manager_id = manager
        self.assertEqual(self.numbers(user), {"later": 1})
        self.assertEqual(self.people("missing", user)["count"], 0)
        # Asking for the other store shows nothing of it.
        asked = {"store_id": self.store.id, "store_ids": self.store.ids}
        self.assertEqual(self.people("missing", user, **asked)["count"], 0)

    def test_who_may_not_look(self):
        user = self.new_user("stranger", "base.group_user")
        # What every employee holds would let them see their own days.
        self.env.ref("base.group_user").implied_ids -= self.env.ref(EMPLOYEE)
        self.assertFalse(user._attendance_may("reports", "view"))
        for call in (self.board, lambda u: self.people("came", u)):
            with (
                self.assertRaisesRegex(AccessError, "overview"),
                self.env.cr.savepoint(),
            ):
                call(user)

    def test_nonsense_is_refused(self):
        for asked in ({"number": "x"}, {"number": "came", "offset": -1}):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                self.people(**asked)
        for asked in (
            {"store_ids": ["x"]},
            {"store_ids": 5},
            {"store_ids": [True]},
            {"department_id": "1"},
            {"offset": "0"},
        ):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                self.board(**asked)

    def test_queries_do_not_grow_with_people(self):
        def queries():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.board()
            return self.env.cr.sql_log_count - before

        queries()
        few = queries()
        people = [self.new_employee(f"P{n}", str(5000 + n)) for n in range(15)]
        for person in people:
            self.roster(person, self.day_shift, "2026-06-01")
            self.compute(FRIDAY, employee=person)
        self.assertEqual(self.numbers()["missing"], 16)
        self.assertEqual(queries(), few)
        self.assertLess(few, 30)

    def test_the_menu_is_for_who_looks_at_others(self):
        menu = self.env.ref("chain_attendance_report.attendance_overview_menu")
        oneself = self.new_user("oneself", EMPLOYEE)
        keeper = self.new_user("keeper", STORE_MANAGER)
        for user, is_shown in ((oneself, False), (keeper, True), (self.boss, True)):
            shown = self.env["ir.ui.menu"].with_user(user).load_menus(False)
            self.assertEqual(menu.id in shown, is_shown, user.login)
            if is_shown:
                root = shown[menu.parent_id.id]
                # The first entry with an action is what the application opens.
                self.assertEqual(root["children"][0], menu.id)

    def test_what_waits_and_what_is_silent(self):
        terminal = self.terminal
        self.env.cr.execute(
            "UPDATE attendance_terminal SET last_seen_at = %s WHERE id = %s",
            [f"{FRIDAY} 00:30:00", terminal.id],
        )
        self.env.invalidate_all()
        board = self.board()
        self.assertEqual(
            board["terminals"],
            {
                "total": 1,
                "silent": 1,
                "never": 0,
                "rows": [
                    {
                        "id": terminal.id,
                        "name": terminal.display_name,
                        "store": self.store.name,
                        "since": f"{FRIDAY} 00:30:00",
                    }
                ],
            },
        )
        self.assertEqual(self.board(store_ids=self.berlin.ids)["terminals"]["total"], 0)
        self.assertEqual(board["approvals"], 0)
        self.assertEqual([found["count"] for found in board["exceptions"]], [0, 0, 0])
        self.send("1001", "2026-07-02 08:20:00")
        self.compute("2026-07-02")
        self.assertEqual(
            [found["count"] for found in self.board()["exceptions"]], [0, 1, 0]
        )
        reader = self.new_user("reader")
        self.new_role({"reports": "view"}, scope="all", user_ids=reader)
        self.assertIsNone(self.board(reader)["terminals"])

    def test_the_trend(self):
        self.send("1001", "2026-07-01 09:00:00", "2026-07-01 17:30:00")
        self.compute("2026-07-01", "2026-07-02")
        trend = self.env["attendance.overview"].with_user(self.boss).get_trend()
        self.assertEqual(len(trend), 30)
        self.assertEqual(trend[-1]["date"], "2026-07-02")
        told = {day["date"]: day for day in trend}
        self.assertEqual(told["2026-07-01"]["late"], 1)
        self.assertEqual(told["2026-07-02"]["absent"], 540)
        self.assertEqual(told["2026-06-20"]["absent"], 0)
        manager = self.new_employee("Boss of T2", store_id=self.berlin.id)
        user = self.new_user("store manager", STORE_MANAGER, employee=manager)
        self.berlin.manager_id = manager
        trend = self.env["attendance.overview"].with_user(user).get_trend()
        self.assertEqual(sum(day["absent"] + day["late"] for day in trend), 0)


@tagged("post_install", "-at_install")
@freeze_time(f"{FRIDAY} 02:00:00")
class TestAttendanceOverviewHttp(OverviewCommon, HttpCase):
    def call(self, method, *args, **kwargs):
        answer = self.url_open(
            f"/web/dataset/call_kw/attendance.overview/{method}",
            data=json.dumps(
                {
                    "params": {
                        "model": "attendance.overview",
                        "method": method,
                        "args": list(args),
                        "kwargs": kwargs,
                    }
                }
            ),
            headers={"Content-Type": "application/json"},
        )
        return answer.json()

    @mute_logger("odoo.http")
    def test_over_rpc(self):
        self.compute(FRIDAY)
        self.boss.password = "a long password"
        self.authenticate("boss", "a long password")
        self.assertEqual(self.call("get_board")["result"]["numbers"]["missing"], 1)
        for method in ("_gather", "_day_rows", "_facts"):
            self.assertIn("error", self.call(method, []))
