from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .period_common import PeriodCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-04-10 08:00:00")
class TestAttendancePeriod(PeriodCommon):
    """The life of a period, and which days it holds."""

    def test_the_next_month_is_proposed(self):
        form = Form(self.env["attendance.period"])
        self.assertEqual(str(form.date_from), "2026-04-01")
        self.assertEqual(str(form.date_to), "2026-04-30")
        period = form.save()
        self.assertEqual((period.name, period.state), ("2026-04", "open"))

    def test_names(self):
        second = self.new_store("T2")
        for first, last, store, name in (
            ("2026-05-01", "2026-05-31", None, "2026-05"),
            ("2026-06-01", "2026-06-15", None, "2026-06-01 – 2026-06-15"),
            ("2026-05-01", "2026-05-31", second, "2026-05 Store T2"),
        ):
            with self.subTest(name):
                self.assertEqual(self.new_period(first, last, store).name, name)

    def test_overlaps_are_refused(self):
        second = self.new_store("T2")
        self.new_period("2026-03-01", "2026-03-31", second)
        for first, last, store, is_right in (
            ("2026-03-31", "2026-04-30", None, False),
            ("2026-02-01", "2026-03-01", None, False),
            ("2026-03-10", "2026-03-12", None, False),
            ("2026-04-01", "2026-04-30", None, True),
            ("2026-03-31", "2026-04-30", second, False),
            ("2026-03-05", "2026-03-05", self.store, True),
        ):
            with self.subTest((first, last)):
                if is_right:
                    self.new_period(first, last, store)
                    continue
                with (
                    self.assertRaisesRegex(ValidationError, "one period only"),
                    self.env.cr.savepoint(),
                ):
                    self.new_period(first, last, store)

    def test_dates_are_in_order_and_not_too_many(self):
        with (
            self.assertRaises(IntegrityError),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self.new_period("2026-05-02", "2026-05-01")
        with self.assertRaisesRegex(ValidationError, "at most 366"):
            self.new_period("2027-01-01", "2028-01-02")

    def test_states(self):
        """What each button does in each state; None: it is refused."""
        self.settle()
        table = {
            "open": ("confirming", "reviewed", None, None, None),
            "confirming": ("confirming", "reviewed", "open", None, None),
            "reviewed": (None, None, "open", "closed", None),
            "closed": (None, None, None, None, "open"),
        }
        actions = (
            lambda period: period.action_ask(),
            lambda period: period.action_review(),
            lambda period: period.action_open(),
            lambda period: period._close(),
            lambda period: period._reopen("a reason"),
        )
        for state, wanted in table.items():
            for action, after in zip(actions, wanted, strict=True):
                self.period.write({"state": state, "asked_at": False})
                with self.subTest(state=state, after=after):
                    if after:
                        action(self.period)
                        self.assertEqual(self.period.state, after)
                        continue
                    with self.assertRaises(UserError), self.env.cr.savepoint():
                        action(self.period)

    def test_back_from_reviewed_to_who_confirms(self):
        self.period.action_ask()
        self.period.action_review()
        self.period.action_open()
        self.assertEqual(self.period.state, "confirming")

    def test_which_period_holds_a_day(self):
        """The store's own goes before the company's; loans do not count."""
        second = self.new_store("T2")
        other = self.new_employee("Bo", "1002", store_id=second.id)
        own = self.new_period("2026-03-09", "2026-03-15", second)
        self.env["attendance.store.loan"].create(
            {
                "employee_id": self.person.id,
                "store_id": second.id,
                "date_from": "2026-03-10",
                "date_to": "2026-03-10",
            }
        )
        pairs = [
            (person.id, date.fromisoformat(day))
            for person in self.person | other
            for day in ("2026-02-28", "2026-03-08", "2026-03-10", "2026-03-31")
        ]
        ann, bo = self.person.id, other.id
        self.assertEqual(self.env["attendance.period"]._closed_pairs(pairs), {})
        self.close(self.period)
        found = self.env["attendance.period"]._closed_pairs(pairs)
        self.assertEqual(
            {(who, str(day)) for who, day in found},
            {
                (ann, "2026-03-08"),
                (ann, "2026-03-10"),
                (ann, "2026-03-31"),
                (bo, "2026-03-08"),
                (bo, "2026-03-31"),
            },
        )
        self.close(own)
        found = self.env["attendance.period"]._closed_pairs(pairs)
        self.assertEqual(found[bo, date(2026, 3, 10)], own.id)
        self.assertEqual(found[ann, date(2026, 3, 10)], self.period.id)

    def test_days_of_a_period_are_the_same_every_way(self):
        second = self.new_store("T2")
        other = self.new_employee("Bo", "1002", store_id=second.id)
        own = self.new_period("2026-03-04", "2026-03-05", second)
        self.settle()
        for person in self.person | other:
            self.recompute(*self.dates("2026-03-02", 5), employee=person)
        for period, wanted in ((self.period, 8), (own, 2)):
            domain = period._day_domain()
            self.assertEqual(self.days.search_count(domain), wanted)
            self.assertEqual(period._count_days("TRUE"), {period.id: wanted})
            self.assertEqual(period.day_count, wanted)

    def test_a_closed_period_does_not_change(self):
        second = self.new_store("T2")
        self.close()
        for change in (
            {"date_to": "2026-03-30"},
            {"date_from": "2026-02-01"},
            {"store_id": second.id},
        ):
            with self.assertRaisesRegex(UserError, "does not change"):
                self.period.write(change)
        with self.assertRaisesRegex(UserError, "does not change"):
            self.period.unlink()
        self.period.name = "March"

    def test_no_day_is_taken_out_of_a_closed_period(self):
        second = self.new_store("T2")
        own = self.new_period("2026-03-01", "2026-03-31", second)
        self.close()
        with self.assertRaisesRegex(ValidationError, "are closed with"):
            self.new_period("2026-03-01", "2026-03-31", self.store)
        # Nor put into it unseen.
        for change in (
            own.unlink,
            lambda: own.write({"date_from": "2026-03-02"}),
        ):
            with self.assertRaisesRegex(ValidationError, "are closed with"):
                change()

    def test_what_is_in_the_way(self):
        """Each finding once, and that it blocks."""
        found = {f.code: f.count for f in self.period._findings()}
        self.assertEqual(set(found.values()), {0})
        self.env["attendance.day.queue"]._mark([(self.person.id, date(2026, 3, 31))])
        with freeze_time("2026-03-20 04:00:00"):
            self.recompute("2026-03-20")
        self.period.action_review()
        with freeze_time("2026-03-31 04:00:00"):
            counts = {f.code: f.count for f in self.period._findings()}
            self.assertEqual(
                (counts["not_over"], counts["in_progress"], counts["waiting"]),
                (1, 1, 1),
            )
            with self.assertRaisesRegex(UserError, "wait to be computed: 1"):
                self.period._close()
        self.clear_queue()
        with self.assertRaisesRegex(UserError, "in progress.*: 1"):
            self.period._close()
        self.recompute("2026-03-20")
        self.period._close()

    def test_serious_exceptions_are_told_and_not_in_the_way(self):
        """Two hours between a night and the day after it: example C7a."""
        self.override(self.person, "2026-03-20", self.night_shift)
        self.override(self.person, "2026-03-21", self.day_shift)
        for at in ("20 22:00", "21 06:10", "21 08:20", "21 17:35"):
            self.send("1001", f"2026-03-{at}:00")
        self.recompute("2026-03-20", "2026-03-21")
        rows = self.env["attendance.exception"].search([("severity", "=", "1")])
        self.assertEqual(rows.mapped("code"), ["short_rest"])
        (found,) = (f for f in self.period._findings() if f.code == "exceptions")
        self.assertEqual((found.count, found.is_blocking), (1, False))
        self.assertEqual(self.env[rows._name].search(found.action["domain"]), rows)
        rows.write({"state": "ignored"})
        (found,) = (f for f in self.period._findings() if f.code == "exceptions")
        self.assertEqual(found.count, 0)

    def test_a_mark_of_another_period_is_not_in_the_way(self):
        second = self.new_store("T2")
        own = self.new_period("2026-03-01", "2026-03-31", second)
        other = self.new_employee("Bo", "1002", store_id=second.id)
        self.clear_queue()
        self.env["attendance.day.queue"]._mark([(other.id, date(2026, 3, 20))])
        self.assertEqual(self.period._waiting_pairs(), [])
        self.assertEqual(own._waiting_pairs(), [(other.id, date(2026, 3, 20))])

    def test_the_page_before_closing(self):
        self.period.action_review()
        self.settle()
        self.env["attendance.day.queue"]._mark([(self.person.id, date(2026, 3, 20))])
        action = self.period.action_close()
        pages = self.env["attendance.period.close"].with_context(**action["context"])
        page = pages.create({})
        waiting = page.line_ids.filtered(lambda line: line.code == "waiting")
        self.assertEqual((waiting.found_count, waiting.is_blocking), (1, True))
        self.assertTrue(page.is_blocked)
        self.assertEqual(waiting.action_open()["res_model"], "attendance.day.queue")
        with self.assertRaises(UserError):
            page.action_close()
        page.action_compute()
        self.settle()
        page.action_look_again()
        self.assertFalse(page.is_blocked)
        page.action_close()
        self.assertEqual(self.period.state, "closed")

    def test_reopening_leaves_a_trace(self):
        self.close()
        with self.assertRaisesRegex(UserError, "needs a reason"):
            self.period._reopen("  ")
        page = self.env["attendance.period.reopen"].create(
            {"period_ids": self.period.ids, "reason": "A roster was missing"}
        )
        page.action_reopen()
        self.assertEqual(self.period.state, "open")
        self.assertIn("A roster was missing", self.period.message_ids[0].body)
        rows = self.env["attendance.audit"].search([("kind", "=", "period")])
        self.assertEqual(len(rows), 2)
        self.assertEqual(rows[0].record_name, "2026-03")
        self.assertIn("A roster was missing", "".join(rows.mapped("after")))

    def test_a_year(self):
        second = self.new_store("T2")
        maker = self.env["attendance.period.maker"]
        values = {"company_id": self.company.id, "year": 2026}
        maker.create(values).action_make()
        mine = [("company_id", "=", self.company.id)]
        periods = self.env["attendance.period"].search(mine)
        self.assertEqual(len(periods), 12)
        maker.create(values).action_make()
        self.assertEqual(self.env["attendance.period"].search_count(mine), 12)
        maker.create({**values, "first_day": 26, "store_ids": second.ids}).action_make()
        own = periods.search([("store_id", "=", second.id)], order="date_from")
        self.assertEqual(
            [(own[2].name, str(own[2].date_from), str(own[2].date_to))],
            [("2026-03 Store T2", "2026-02-26", "2026-03-25")],
        )
        for wrong in ({"first_day": 29}, {"first_day": 0}, {"year": 1}):
            with self.assertRaises(UserError):
                maker.create({**values, **wrong}).action_make()

    def test_nobody_writes_the_state_by_hand(self):
        boss = self.new_user("boss", "chain_attendance_base.group_manager")
        mine = self.period.with_user(boss)
        for values in ({"state": "closed"}, {"closed_at": False}):
            with self.assertRaises(UserError):
                mine.write(values)
        with self.assertRaisesRegex(UserError, "begins open"):
            self.env["attendance.period"].with_user(boss).create(
                {"date_from": "2026-05-01", "state": "closed"}
            )

    def test_queries_do_not_grow_with_days(self):
        people = self.env["hr.employee"]
        for number in range(10):
            people |= self.new_employee(f"P{number}", f"20{number:02d}")
        for person in people:
            self.roster(person, self.day_shift, "2026-03-02")

        def queries_of(chosen, count):
            self.settle()
            for person in chosen:
                self.recompute(*self.dates("2026-03-02", count), employee=person)
            self.clear_queue()
            self.period.action_ask()
            self.period.action_review()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.period._close()
            self.env.flush_all()
            used = self.cr.sql_log_count - before
            self.period._reopen("again")
            self.clear_queue()
            self.cr.execute("DELETE FROM attendance_period_confirmation")
            self.cr.execute("DELETE FROM attendance_day")
            self.env.invalidate_all()
            return used

        queries_of(people[:1], 1)
        few = queries_of(people[:1], 1)
        self.assertEqual(queries_of(people, 25), few)
        self.assertLessEqual(few, 60)

    def test_access_of_logins(self):
        """Who may do what, by the roles that come along."""
        manager = self.new_user("keeper", "chain_attendance_base.group_store_manager")
        employee = self.new_user("ann", employee=self.person)
        boss = self.new_user("boss", "chain_attendance_base.group_manager")
        for user in (manager, employee):
            period = self.period.with_user(user)
            self.assertEqual(period.name, "2026-03")
            for attempt in (
                lambda p: p.action_review(),
                lambda p: p.action_open(),
                lambda p: p.action_ask(),
                lambda p: p.action_close(),
                lambda p: p._close(),
                lambda p: p._reopen("why"),
                lambda p: p.write({"name": "X"}),
            ):
                with self.subTest(user.login), self.assertRaises(AccessError):
                    attempt(period)
        self.settle()
        mine = self.period.with_user(boss)
        mine.action_review()
        mine._close()
        mine._reopen("why")

    def test_reopening_is_a_right_of_its_own(self):
        clerk = self.new_user("clerk")
        functions = {"periods": "view create edit delete export"}
        self.new_role(functions, scope="all", user_ids=clerk)
        self.settle()
        mine = self.period.with_user(clerk)
        mine.action_review()
        mine._close()
        for attempt in (mine.action_reopen, lambda: mine._reopen("why")):
            with self.assertRaisesRegex(AccessError, "right of its own"):
                attempt()
        self.new_role({"periods": "reopen"}, scope="all", user_ids=clerk)
        mine._reopen("why")
        self.assertEqual(self.period.state, "open")

    def test_a_store_s_keeper_closes_the_own_store_only(self):
        keeper = self.new_user("keeper", employee=self.person)
        functions = {"periods": "view create edit delete export reopen"}
        self.new_role(functions, scope="own_stores", user_ids=keeper)
        self.store.manager_id = self.person
        second = self.new_store("T2")
        own = self.new_period("2026-03-01", "2026-03-31", self.store)
        other = self.new_period("2026-03-01", "2026-03-31", second)
        self.settle()
        for period in (self.period, other):
            with self.assertRaises(AccessError):
                period.with_user(keeper).action_review()
            period.action_review()
            period._close()
            with self.assertRaises(AccessError):
                period.with_user(keeper)._reopen("why")
        own.with_user(keeper).action_review()
        own.with_user(keeper)._close()
        own.with_user(keeper)._reopen("why")

    def test_another_company(self):
        abroad = self.env["res.company"].create({"name": "Abroad"})
        stranger = self.env["res.users"].create(
            {
                "name": "stranger",
                "login": "stranger",
                "company_id": abroad.id,
                "company_ids": [(6, 0, abroad.ids)],
                "group_ids": [
                    (4, self.env.ref("chain_attendance_base.group_manager").id)
                ],
            }
        )
        theirs = self.period.with_context(allowed_company_ids=abroad.ids)
        theirs = theirs.with_user(stranger)
        self.assertFalse(theirs.search([("id", "=", self.period.id)]))
        for attempt in (
            lambda: theirs.read(["name"]),
            theirs._close,
            lambda: theirs._reopen("why"),
        ):
            with self.assertRaises(AccessError):
                attempt()
