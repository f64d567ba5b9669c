"""Who files leave for whom, and what stays out of sight."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import LeaveCommon

MONDAY, TUESDAY = "2026-07-06", "2026-07-07"


@tagged("post_install", "-at_install")
@freeze_time("2026-07-20 04:00:00")
class TestHrLeaveFiling(LeaveCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.login = cls.new_user("ann", employee=cls.person)
        cls.bob = cls.new_employee("Bob", "1002")
        cls.far = cls.new_employee("Far", store_id=cls.new_store("T9").id)
        cls.boss = cls.new_user("boss", employee=cls.new_employee("Boss"))
        cls.store.manager_id = cls.boss.employee_id
        cls.new_role(
            {"requests": "view create edit"}, scope="own_stores", user_ids=cls.boss
        )

    def form(self, user, people, leave_type=None, **values):
        filings = self.env["attendance.leave.filing"].with_user(user)
        return filings.create(
            {
                "employee_ids": [Command.set(people.ids)],
                "leave_type_id": (leave_type or self.by_day).id,
                "date_from": MONDAY,
                **values,
            }
        )

    def file(self, *args, **values):
        self.form(*args, **values).action_file()
        return self.env["hr.leave"].search(
            [("create_uid", "=", args[0].id)], order="employee_id"
        )

    def test_a_manager_files_for_many(self):
        leaves = self.file(self.boss, self.person | self.bob, date_to=TUESDAY)
        self.assertEqual(leaves.employee_id, self.person | self.bob)
        self.assertEqual(set(leaves.mapped("state")), {"validate"})
        self.assertEqual(set(leaves.mapped("number_of_days")), {2})

    def test_of_many_each_is_told(self):
        people = [self.new_employee(f"P{n}", f"40{n:02d}") for n in range(10)]
        counts = []
        for number, day in ((2, MONDAY), (10, TUESDAY)):
            asked = self.person.browse([person.id for person in people[:number]])
            form = self.form(self.boss, asked | self.person, date_from=day)
            self.env.cr.flush()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            form.action_file()
            self.env.cr.flush()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLess(counts[1] - counts[0], 12 * 8, counts)
        leave = self.env["hr.leave"].search([("employee_id", "=", self.person.id)])
        self.assertEqual(set(leave.mapped("state")), {"validate"})
        self.assertIn(self.login.partner_id, leave[0].message_partner_ids)
        told = leave[0].message_ids.filtered("partner_ids")
        self.assertEqual(told.partner_ids, self.login.partner_id)

    def test_somebody_out_of_scope_stops_all(self):
        for people in (self.far, self.person | self.far):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                self.form(self.boss, people).action_file()
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            self.form(self.login, self.bob).action_file()
        people = self.person | self.bob | self.far
        self.assertFalse(
            self.env["hr.leave"].search([("employee_id", "in", people.ids)])
        )

    def test_nobody_looks_at_the_amounts_of_others(self):
        form = self.form(self.boss, self.far)
        with self.assertRaises(AccessError):
            form.read(["charged"])

    def test_nor_by_a_form_that_is_not_saved(self):
        values = {"holiday_status_id": self.by_day.id, "request_date_from": MONDAY}
        values["request_date_to"] = MONDAY
        spec = {"number_of_hours": {}, "balance": {}, "employee_id": {}}
        for user, person, may in (
            (self.login, self.person, True),
            (self.login, self.bob, False),
            (self.boss, self.bob, True),
            (self.boss, self.far, False),
        ):
            leaves = self.env["hr.leave"].with_user(user)
            asked = {**values, "employee_id": person.id}
            with self.subTest(user=user.login, person=person.name):
                if may:
                    leaves.onchange(asked, ["employee_id"], spec)
                    continue
                with self.assertRaises(AccessError):
                    leaves.onchange(asked, ["employee_id"], spec)

    def test_an_employee_files_for_oneself(self):
        filings = self.env["attendance.leave.filing"].with_user(self.login)
        form = filings.create({"leave_type_id": self.by_day.id, "date_from": MONDAY})
        self.assertEqual(form.employee_ids, self.person)
        form.action_file()
        leave = self.env["hr.leave"].search([("employee_id", "=", self.person.id)])
        self.assertEqual(leave.with_user(self.login).number_of_days, 1)
        self.assertFalse(leave.with_user(self.login).recent_entry_ids)

    def test_what_is_charged_is_shown_beforehand(self):
        leave_type = self.leave_type("hour", requires_allocation=True)
        self.env["hr.leave.allocation"].create(
            {
                "employee_id": self.person.id,
                "holiday_status_id": leave_type.id,
                "number_of_hours_display": 40,
                "number_of_days": 5,
                "date_from": "2026-01-01",
            }
        ).action_approve()
        values = {"measure": "hours", "start_time": 13, "stop_time": 17}
        form = self.form(self.boss, self.person, leave_type, **values)
        self.assertEqual(form.charged, "Ann: 0.44 d, 4 h · 40 of 40 h left")
        form.typed_hours = 3
        self.assertIn("3 h are charged as typed", form.charged)
        form.action_file()
        leave = self.env["hr.leave"].search([("employee_id", "=", self.person.id)])
        self.assertEqual(leave.number_of_hours, 3)
        self.assertEqual(leave.with_user(self.boss).balance, "37 of 40 h left")

    def test_by_days_or_by_hours(self):
        leave = self.file(self.boss, self.person, self.by_hour, date_to=TUESDAY)
        self.assertEqual((leave.is_by_days, leave.number_of_hours), (True, 18))
        self.override(self.bob, MONDAY, self.night_shift)
        values = {"measure": "hours", "start_time": 23, "stop_time": 2}
        self.form(self.boss, self.bob, self.by_hour, **values).action_file()
        leave = self.env["hr.leave"].search([("employee_id", "=", self.bob.id)])
        self.assertEqual(leave.number_of_hours, 3)

    def test_half_days(self):
        leave = self.file(self.boss, self.person, self.by_half, from_period="pm")
        self.assertEqual(leave.number_of_days, 0.5)

    def test_attachments(self):
        self.by_day.attachment_from_days = 1
        refused = self.assertRaisesRegex(ValidationError, "attachment")
        with refused, self.env.cr.savepoint():
            self.form(self.boss, self.person).action_file()
        files = self.env["ir.attachment"].with_user(self.boss)
        file = files.create({"name": "note.txt", "raw": b"x"})
        leaves = self.file(
            self.boss, self.person | self.bob, attachment_ids=[Command.link(file.id)]
        )
        self.assertEqual([len(leave.attachment_ids) for leave in leaves], [1, 1])

    def test_bad_input(self):
        for words, values in {
            "“To” lies before": {"date_to": "2026-07-05"},
            "“Starts” must lie": {"measure": "hours", "start_time": 25},
        }.items():
            with (
                self.subTest(words),
                self.assertRaisesRegex(ValidationError, words),
                self.env.cr.savepoint(),
            ):
                self.form(self.boss, self.person, self.by_hour, **values).action_file()
        with self.assertRaisesRegex(UserError, "Choose the people"):
            self.form(self.boss, self.person.browse()).action_file()

    def test_a_type_of_another_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.boss.company_ids |= other
        leave_type = self.leave_type("day", company_id=other.id)
        form = self.form(self.boss, self.person, leave_type)
        with self.assertRaisesRegex(AccessError, "another company"):
            form.with_context(
                allowed_company_ids=(self.company | other).ids
            ).action_file()

    def test_only_what_the_form_says(self):
        with self.assertRaises(AccessError):
            self.env["hr.leave"].with_user(self.boss)._file_for(
                [
                    {
                        "employee_id": self.person.id,
                        "holiday_status_id": self.by_day.id,
                        "state": "validate",
                    }
                ]
            )

    def test_seeing_is_by_scope_and_changes_nothing(self):
        self.by_day.leave_validation_type = "hr"
        mine = self.take(self.by_day, MONDAY, name="A secret", notes="The bank")
        theirs = self.take(self.by_day, MONDAY, employee_id=self.far.id)
        leaves = self.env["hr.leave"].with_user(self.boss)
        self.assertEqual(leaves.search([]), mine)
        seen = mine.with_user(self.boss)
        self.assertEqual((seen.name, seen.notes), ("*****", "The bank"))
        self.assertFalse(leaves.search([("name", "=", "A secret")]))
        with self.assertRaises(AccessError):
            theirs.with_user(self.boss).read(["state"])
        for change in (
            lambda: seen.write({"notes": "X"}),
            lambda: seen.write({"state": "validate"}),
            seen.action_refuse,
            seen.action_approve,
            seen.unlink,
            lambda: leaves.create(
                {
                    "employee_id": self.person.id,
                    "holiday_status_id": self.by_day.id,
                    "request_date_from": TUESDAY,
                    "request_date_to": TUESDAY,
                }
            ),
            lambda: seen.read(["private_name"]),
        ):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                change()
        self.assertFalse(self.env["hr.leave"].with_user(self.login).search([]) - mine)

    def test_the_secret_stays_one_to_who_approves_others(self):
        self.far.leave_manager_id = self.boss
        self.assertTrue(
            self.boss.has_group("hr_holidays.group_hr_holidays_responsible")
        )
        mine = self.take(self.by_day, MONDAY, name="A secret")
        theirs = self.take(
            self.by_day, MONDAY, employee_id=self.far.id, name="Approved by boss"
        )
        seen = (mine | theirs).with_user(self.boss)
        with self.assertRaises(AccessError):
            seen.read(["private_name"])
        with self.assertRaises(AccessError):
            seen.search([("private_name", "ilike", "secret")])
        with self.assertRaises(AccessError):
            seen[0].read(["private_name"])
        self.assertEqual(seen[1].private_name, "Approved by boss")
        self.assertEqual(seen.mapped("name"), ["*****", "Approved by boss"])

    def test_withdrawing(self):
        mine = self.take(self.by_day, MONDAY)
        theirs = self.take(self.by_day, MONDAY, employee_id=self.far.id)
        self.assertTrue(mine.with_user(self.boss).can_withdraw)
        mine.with_user(self.boss).action_withdraw()
        self.assertEqual(mine.state, "cancel")
        self.assertEqual(self.row(MONDAY), (540, 0, 540, 0))
        with self.assertRaisesRegex(UserError, "not in force"):
            mine.with_user(self.boss).action_withdraw()
        begun = self.take(self.by_day, TUESDAY)
        for leave, user in ((theirs, self.boss), (begun, self.login)):
            with self.assertRaises(AccessError):
                leave.with_user(user).action_withdraw()

    def test_taking_away_needs_the_function(self):
        self.boss.group_ids += self.env.ref("base.group_allow_export")
        self.take(self.by_day, MONDAY)
        leaves = self.env["hr.leave"].with_user(self.boss).search([])
        self.assertEqual(len(leaves), 1)
        self.assertEqual(leaves.export_data(["state"])["datas"], [])
        self.new_role({"requests": "export"}, scope="own_stores", user_ids=self.boss)
        self.assertEqual(len(leaves.export_data(["state"])["datas"]), 1)

    def test_a_filing_is_seen_by_who_made_it(self):
        form = self.form(self.boss, self.person)
        with self.assertRaises(AccessError):
            form.with_user(self.login).read(["reason"])


@tagged("post_install", "-at_install")
@freeze_time("2026-07-20 04:00:00")
class TestHrLeaveOwn(LeaveCommon):
    """What becomes of a filed leave in the hands of its person."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.login = cls.new_user("ann", employee=cls.person)
        cls.bob = cls.new_employee("Bob", "1002")
        cls.new_user("bob", employee=cls.bob)
        cls.boss = cls.new_user("boss", employee=cls.new_employee("Boss"))
        cls.person.parent_id = cls.boss.employee_id
        cls.by_hr = cls.leave_type("day", leave_validation_type="hr")

    def rule(self):
        self.env["attendance.request.rule"].create(
            {
                "name": "Leave",
                "company_id": self.company.id,
                "is_for_leave": True,
                "step_ids": [Command.create({"approver": "line_manager"})],
            }
        )

    def mine(self, leave_type, day, *args, **values):
        return self.take(leave_type, day, *args, **values).with_user(self.login)

    def change(self, leave, **values):
        action = leave.action_change()
        form = self.env[action["res_model"]].with_user(leave.env.user)
        form = form.browse(action["res_id"])
        form.write(values)
        form.action_file()
        return form

    def test_until_when(self):
        """``(type, first date, a step agreed, may change)``; today is the 20th."""
        for leave_type, day, is_agreed, may in (
            (self.by_day, "2026-07-21", False, True),
            (self.by_day, "2026-07-20", False, False),
            (self.by_day, MONDAY, False, False),
            (self.by_day, "2026-07-22", True, False),
            (self.by_hr, "2026-07-23", False, True),
            (self.by_hr, TUESDAY, False, True),
        ):
            with self.subTest(type=leave_type.name, day=day, agreed=is_agreed):
                if is_agreed:
                    self.rule()
                leave = self.mine(leave_type, day)
                if is_agreed:
                    self.assertTrue(leave.can_change)
                    leave.with_user(self.boss).action_approve_step()
                    leave.invalidate_recordset()
                self.assertEqual((leave.can_change, leave.can_withdraw), (may, may))
                for act in (leave.action_withdraw, leave.action_change):
                    if may:
                        continue
                    with self.assertRaises(AccessError), self.env.cr.savepoint():
                        act()
                if may:
                    self.change(leave, typed_days=0.5)
                    self.assertEqual(leave.number_of_days, 0.5)
                    leave.action_withdraw()
                    self.assertEqual(leave.state, "cancel")

    def test_nobody_elses(self):
        theirs = self.take(self.by_hr, "2026-07-21", employee_id=self.bob.id)
        with self.assertRaises(AccessError):
            theirs.with_user(self.login).action_change()
        mine = self.mine(self.by_hr, "2026-07-21")
        action = mine.action_change()
        form = self.env[action["res_model"]].browse(action["res_id"])
        for values in (
            {"leave_id": theirs.id},
            {"leave_id": theirs.id, "employee_ids": [Command.set(self.bob.ids)]},
        ):
            form.sudo().write(values)
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                form.with_user(self.login).action_file()
        self.assertEqual(str(theirs.request_date_from), "2026-07-21")

    def test_the_person_stays(self):
        mine = self.mine(self.by_hr, "2026-07-21")
        self.change(mine, employee_ids=[Command.set(self.bob.ids)], typed_days=0.5)
        self.assertEqual(mine.employee_id, self.person)

    def test_the_form_shows_what_is_there(self):
        leave = self.mine(
            self.by_hour, "2026-07-21", start=13, stop=17, notes="Bank", typed_hours=3
        )
        action = leave.action_change()
        form = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(
            (form.measure, form.start_time, form.stop_time, form.typed_hours),
            ("hours", 13, 17, 3),
        )
        self.assertEqual((form.reason, str(form.date_from)), ("Bank", "2026-07-21"))
        half = self.mine(self.by_half, "2026-07-22", request_date_from_period="pm")
        action = half.action_change()
        form = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual((form.from_period, form.to_period), ("pm", "pm"))

    def test_moved_it_counts_where_it_lies(self):
        leave = self.mine(self.by_day, "2026-07-21")
        self.change(leave, date_from="2026-07-23", date_to="2026-07-24")
        self.assertEqual((leave.state, leave.number_of_days), ("validate", 2))
        held = self.env["resource.calendar.leaves"].search(
            [("holiday_id", "=", leave.id)]
        )
        self.assertEqual(str(held.date_from.date()), "2026-07-23")

    def test_from_days_to_hours_and_back(self):
        leave = self.mine(self.by_hour, "2026-07-21", is_by_days=True, typed_days=1)
        self.change(leave, measure="hours", start_time=9, stop_time=11)
        self.assertEqual((leave.number_of_hours, leave.typed_days), (2, 0))
        self.change(leave, measure="days")
        self.assertEqual((leave.number_of_hours, leave.is_by_days), (9, True))

    def test_it_waits_where_a_rule_asks(self):
        leave = self.mine(self.by_day, "2026-07-21")
        self.rule()
        self.change(leave, date_to="2026-07-22")
        self.assertEqual((leave.state, leave.waits_for), ("confirm", "boss"))

    def test_the_rules_of_the_type_hold(self):
        self.by_day.advance_days = 3
        leave = self.mine(self.by_day, "2026-07-27")
        with self.assertRaisesRegex(ValidationError, "3 days ahead"):
            self.change(leave, date_from="2026-07-22", date_to="2026-07-22")

    def test_a_manager_moves_what_hr_has_validated(self):
        self.new_role({"requests": "view create edit"}, scope="all", user_ids=self.boss)
        leave = self.take(self.by_hr, "2026-07-21")
        leave.action_approve()
        self.change(leave.with_user(self.boss), date_to="2026-07-22")
        self.assertEqual((leave.state, leave.number_of_days), ("confirm", 2))
