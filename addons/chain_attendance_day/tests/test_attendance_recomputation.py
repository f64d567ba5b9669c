from datetime import date, timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from .common import DayCommon

FIRST = date(2026, 3, 9)
LAST = date(2026, 3, 11)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-20 08:00:00")
class TestAttendanceRecomputation(DayCommon):
    """Days that somebody has computed again, from the button to the end."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.new_employee("Bob", "2001")
        cls.queue = cls.env["attendance.day.queue"]
        cls.clear_queue()

    def start(self, people=None, **values):
        wizard = self.env["attendance.recompute"].create(
            {
                "employee_ids": [(6, 0, (people or self.person + self.other).ids)],
                "date_from": FIRST,
                "date_to": LAST,
                **values,
            }
        )
        action = wizard.action_start()
        return self.env[action["res_model"]].browse(action["res_id"])

    def work_off(self, limit=1000):
        """What the cron does with one batch."""
        claimed = self.queue._claim(limit)
        failed = self.queue._compute(claimed)
        self.queue._release(claimed, failed)
        self.env["attendance.recomputation"]._end_those_done()
        self.env["attendance.recomputation"].invalidate_model()
        return [row[1:3] for row in claimed]

    def test_from_the_start_to_the_end(self):
        self.roster(self.person, self.day_shift, "2026-03-01")
        self.clear_queue()
        run = self.start()
        self.assertEqual(
            (run.state, run.total_count, run.progress, run.user_id),
            ("running", 6, 0, self.env.user),
        )
        self.assertEqual(run.subject, "Ann, Bob")
        self.work_off(limit=4)
        self.assertEqual((run.state, run.done_count), ("running", 4))
        self.assertAlmostEqual(run.progress, 66.67, places=2)
        self.work_off()
        self.assertEqual((run.state, run.progress), ("done", 100))
        self.assertTrue(run.ended_at)
        days = self.env["attendance.day"].search([("employee_id", "=", self.person.id)])
        self.assertEqual(len(days), 3)

    def test_who_has_left_has_days_too(self):
        """Rows of somebody archived are computed again like all others."""
        days = self.env["attendance.day"]
        for employee in (self.person, self.other):
            self.roster(employee, self.day_shift, "2026-03-01")
            self.compute(str(FIRST), employee=employee)
        self.clear_queue()
        (self.person + self.new_employee("Long gone", "3001")).action_archive()
        self.clear_queue()
        wizard = self.env["attendance.recompute"].with_context(
            active_model="attendance.day",
            active_ids=days.search([("employee_id", "=", self.person.id)]).ids,
        )
        wizard = wizard.create({"date_to": LAST})
        self.assertEqual(wizard.employee_ids.ids, self.person.ids)
        self.assertEqual((wizard.people_count, wizard.day_count), (1, 3))
        wizard.action_start()
        self.assertEqual(len(self.queued()), 3)
        everybody = self.env["attendance.recompute"].create(
            {"date_from": FIRST, "date_to": LAST}
        )
        here = self.env["hr.employee"].search_count(
            [("company_id", "in", self.env.companies.ids)]
        )
        self.assertEqual(everybody.people_count, here + 1)

    def test_what_changed_goes_first(self):
        self.start()
        late = date(2026, 3, 18)
        self.queue._mark([(self.other.id, late)])
        self.assertEqual(self.work_off(limit=1), [(self.other.id, late)])

    def test_stopping_leaves_what_changed(self):
        """A day that a punch marked meanwhile is computed all the same."""
        self.queue._mark([(self.person.id, FIRST)])
        run = self.start()
        self.assertEqual(run.total_count, 5)
        self.queue._mark([(self.other.id, LAST)])
        run.action_stop()
        self.assertEqual((run.state, run.skipped_count), ("stopped", 4))
        waiting = self.queue.search([]).mapped(
            lambda row: (row.employee_id.id, row.work_date)
        )
        self.assertEqual(
            sorted(waiting), [(self.person.id, FIRST), (self.other.id, LAST)]
        )

    def test_stopping_while_a_batch_is_computed(self):
        run = self.start()
        claimed = self.queue._claim(2)
        run.action_stop()
        self.assertEqual(run.skipped_count, 4)
        self.queue._release(claimed)
        self.assertFalse(self.queue.search_count([]))
        self.assertEqual(run.done_count, 2)

    def test_a_later_run_takes_over(self):
        first = self.start(self.person)
        second = self.start()
        self.assertEqual(second.total_count, 6)
        first.action_stop()
        self.assertEqual(self.queue.search_count([]), 6)

    def test_a_day_that_is_just_computed_is_computed_once_more(self):
        self.queue._mark([(self.person.id, FIRST)])
        claimed = self.queue._claim()
        self.start(self.person, date_to=FIRST)
        self.queue._release(claimed)
        self.assertEqual(self.queued(), [str(FIRST)])

    def test_failed_days_are_counted_and_end_the_run(self):
        run = self.start(self.person)
        claimed = self.queue._claim()
        self.queue._release(claimed, {claimed[0][0]: "broken"})
        self.env["attendance.recomputation"]._end_those_done()
        run.invalidate_recordset()
        self.assertEqual((run.state, run.failed_count, run.done_count), ("done", 1, 2))

    def test_the_one_who_started_it_is_told(self):
        bus = type(self.env.user)
        run = self.start(self.person)
        with patch.object(bus, "_bus_send", autospec=True) as sent:
            self.work_off()
        ((who, kind, message), _named) = sent.call_args
        self.assertEqual((who, kind), (run.user_id, "simple_notification"))
        self.assertEqual(message["message"], "Days: 3, failed: 0")

    def test_dates_ahead_are_left_out(self):
        run = self.start(
            self.person, date_from=date(2026, 3, 19), date_to=date(2026, 4, 30)
        )
        self.assertEqual((run.total_count, run.date_to), (3, date(2026, 3, 21)))

    def test_refusals(self):
        ahead = {"date_from": date(2026, 4, 1), "date_to": date(2026, 4, 2)}
        nobody = self.env["hr.department"].create({"name": "Nobody"})
        limit = (
            "odoo.addons.chain_attendance_day.wizards.attendance_recompute.MOST_DAYS"
        )
        for values, kind, sentence in (
            ({"date_to": date(2026, 3, 1)}, ValidationError, "lies before “From”"),
            (ahead, ValidationError, "lies ahead"),
            (
                {"employee_ids": False, "department_ids": [(6, 0, nobody.ids)]},
                UserError,
                "Nobody fits",
            ),
            ({}, UserError, "At most 5 days are computed at once; these are 6"),
        ):
            with (
                self.subTest(sentence),
                patch(limit, 5),
                self.assertRaisesRegex(kind, sentence),
                self.env.cr.savepoint(),
            ):
                self.start(**values)
        self.assertFalse(self.queue.search_count([]))

    def test_it_is_opened_with_what_was_ticked(self):
        self.roster(self.person, self.day_shift, "2026-03-01")
        days = self.compute("2026-03-09", "2026-03-12")
        form = Form(
            self.env["attendance.recompute"].with_context(
                active_model="attendance.day", active_ids=days.ids
            )
        )
        wizard = form.save()
        self.assertEqual(wizard.employee_ids, self.person)
        self.assertEqual(
            (wizard.date_from, wizard.date_to, wizard.day_count),
            (FIRST, FIRST + timedelta(days=3), 4),
        )


@tagged("post_install", "-at_install")
@freeze_time("2026-03-20 08:00:00")
class TestWhoMayRecompute(DayCommon):
    """A manager recomputes the own people; who only looks recomputes nobody."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_places()
        cls.person.store_id = cls.store
        cls.stranger = cls.new_employee("Stranger", "4001", store_id=cls.second.id)
        cls.planner, cls.reader, cls.hr = (
            cls.new_user(name) for name in ("planner", "reader", "hr")
        )
        held = {"scope": "employees", "employee_ids": cls.person}
        cls.new_role(
            {"reports": "view", "rosters": "view edit"}, user_ids=cls.planner, **held
        )
        cls.new_role({"reports": "view"}, name="Reader", user_ids=cls.reader, **held)
        cls.new_role(
            {"reports": "view", "rosters": "edit", "settings": "view edit"},
            name="HR", scope="all", user_ids=cls.hr,
        )  # fmt: skip
        cls.clear_queue()

    def start(self, user, **values):
        wizard = self.env["attendance.recompute"].with_user(user)
        wizard = wizard.create({"date_from": FIRST, "date_to": LAST, **values})
        action = wizard.action_start()
        return self.env[action["res_model"]].with_user(user).browse(action["res_id"])

    def test_everybody_means_all_whose_days_one_sees(self):
        run = self.start(self.planner)
        self.assertEqual(run.total_count, 3)
        waiting = self.env["attendance.day.queue"].search([])
        self.assertEqual(waiting.employee_id, self.person)
        # Who reads settings as well sees the runs of others.
        self.assertEqual(run.with_user(self.hr).subject, "Everybody (1)")

    def test_others_are_refused(self):
        with self.assertRaisesRegex(AccessError, "not yours to see"):
            self.start(self.planner, employee_ids=[(6, 0, self.stranger.ids)])
        with self.assertRaises(AccessError):
            self.start(self.reader)
        self.assertFalse(self.env["attendance.day.queue"].search_count([]))

    def test_a_run_belongs_to_who_started_it(self):
        run = self.start(self.hr)
        for user in (self.planner, self.reader):
            with self.subTest(user.login), self.assertRaises(AccessError):
                run.with_user(user).read(["progress"])
            with self.subTest(user.login), self.assertRaises(AccessError):
                run.with_user(user).action_stop()
        for user in (self.planner, self.reader, self.hr):
            with self.subTest(user.login), self.assertRaises(AccessError):
                run.with_user(user).write({"state": "done"})
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.env["attendance.recomputation"].with_user(user).create(
                    {"subject": "x", "date_from": FIRST, "date_to": LAST}
                )
        run.action_stop()
        self.assertEqual(run.state, "stopped")
