from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .test_terminal_run import RunCommon


class FollowCommon(RunCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_places()
        cls.marks = cls.env["attendance.terminal.mark"]
        # What other tests' data left to do is not of interest here.
        cls.env["attendance.terminal"].search([]).filtered(
            lambda t: t != cls.terminal
        ).active = False
        cls.follow()
        cls.commands.search([]).write({"state": "done"})
        cls.commands.search([])._after_answer()

    @classmethod
    def follow(cls):
        """What the scheduled job does; what it sends is not answered."""
        cls.env.flush_all()
        cls.env.cr.precommit.run()
        progress = patch.object(
            type(cls.env["ir.cron"]), "_commit_progress", return_value=float("inf")
        )
        with progress:
            cls.marks._cron_follow()
        cls.env.invalidate_all()

    def follows(self, terminal=None):
        """``"user_put 11"``: what is sent by itself now; it is done at once."""
        self.follow()
        waiting = self.waiting(terminal)
        self.answer(terminal=terminal)
        return waiting


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 10:00:00")
class TestFollow(FollowCommon):
    """Terminals follow the people who change."""

    def test_nothing_changed(self):
        self.assertEqual(self.on_it(), "11 Ann, 12 Bo")
        self.assertEqual(self.follows(), "")
        self.bo.work_phone = "1"
        self.assertEqual(self.follows(), "")

    def test_hired_renamed_card_and_gone(self):
        cy = self.new_employee("Cy", "13")
        self.assertEqual(self.follows(), "user_put 13")
        cy.name = "Cyd"
        self.assertEqual(self.follows(), "user_put 13")
        cy.barcode = "CARD9"
        self.assertEqual(self.follows(), "user_put 13")
        cy.leave_date = "2026-03-09"
        self.assertEqual(self.follows(), "user_delete 13")
        cy.leave_date = False
        self.assertEqual(self.follows(), "user_put 13")
        cy.active = False
        self.assertEqual(self.follows(), "user_delete 13")
        cy.active = True
        cy.terminal_user_code = "13"
        self.assertEqual(self.follows(), "user_put 13")
        cy.unlink()
        self.assertEqual(self.follows(), "user_delete 13")

    def test_a_new_code(self):
        self.ann.terminal_user_code = "77"
        self.assertEqual(self.follows(), "user_delete 11, user_put 77")

    def test_moved_and_lent(self):
        far = self.new_terminal("2", "TESTSN0002", store_id=self.second.id)
        self.assertEqual(self.follows(), "")
        self.bo.store_id = self.second
        self.assertEqual(self.follows(), "user_delete 12")
        self.assertEqual(self.waiting(far), "user_put 12")
        self.answer(terminal=far)
        loan = self.env["attendance.store.loan"].create(
            {
                "employee_id": self.ann.id,
                "store_id": self.second.id,
                "date_from": "2026-03-10",
                "date_to": "2026-03-11",
            }
        )
        self.assertEqual(self.follows(far), "user_put 11")
        self.assertEqual(self.waiting(), "")
        loan.unlink()
        self.assertEqual(self.follows(far), "user_delete 11")

    def test_dates_that_come(self):
        """A loan and a transfer take effect after midnight in the store's zone."""
        far = self.new_terminal("2", "TESTSN0002", store_id=self.second.id)
        self.env["attendance.store.loan"].create(
            {
                "employee_id": self.ann.id,
                "store_id": self.second.id,
                "date_from": "2026-03-11",
                "date_to": "2026-03-11",
            }
        )
        self.bo.create_version(
            {"date_version": "2026-03-12", "store_id": self.second.id}
        )
        self.assertEqual(self.follows(far), "")
        expected = {
            "2026-03-10 15:59:00": "",
            "2026-03-10 16:01:00": "user_put 11",
            "2026-03-11 15:59:00": "",
            "2026-03-11 16:01:00": "user_delete 11, user_put 12",
        }
        for moment, sent in expected.items():
            with freeze_time(moment):
                self.assertEqual(self.follows(far), sent, moment)

    def test_assigned_and_no_more(self):
        far = self.new_terminal("2", "TESTSN0002", store_id=self.second.id)
        row = self.env["attendance.terminal.assignment"].create(
            {"terminal_id": far.id, "employee_id": self.ann.id}
        )
        self.assertEqual(self.follows(far), "user_put 11")
        row.is_administrator = True
        self.assertEqual(self.follows(far), "user_put 11")
        self.bo.store_id = self.second
        self.env["attendance.terminal.assignment"].create(
            {"terminal_id": far.id, "employee_id": self.bo.id, "is_administrator": True}
        )
        self.assertEqual(self.follows(far), "user_put 12")
        row.unlink()
        self.assertEqual(self.follows(far), "user_delete 11")

    def test_how_a_terminal_is_used(self):
        self.terminal.serve_store_employees = False
        self.assertEqual(self.follows(), "user_delete 11, user_delete 12")
        self.terminal.serve_all_employees = True
        self.assertEqual(self.follows(), "user_put 11, user_put 12")
        self.terminal.is_provisioned_automatically = False
        self.ann.name = "Anna"
        self.assertEqual(self.follows(), "")
        self.terminal.is_provisioned_automatically = True
        self.assertEqual(self.follows(), "user_put 11")

    def test_another_unit_in_its_place_gets_everybody(self):
        self.terminal.serial_number = "TESTSN0099"
        self.assertEqual(self.follows(), "user_put 11, user_put 12")

    def test_what_waits_is_not_sent_twice_and_what_is_overtaken_is_cancelled(self):
        self.ann.name = "Anna"
        self.follow()
        first = self.open()
        self.bo.name = "Bob"
        self.follow()
        self.assertEqual(self.waiting(), "user_put 11, user_put 12")
        self.assertIn(first, self.open())
        self.ann.name = "Annabel"
        self.follow()
        self.assertEqual(self.waiting(), "user_put 12, user_put 11")
        self.assertEqual(first.state, "cancelled")
        self.ann.name = "Ann"
        self.follow()
        self.assertEqual(self.waiting(), "user_put 12")

    def test_a_refusal_is_not_repeated_before_another_day(self):
        self.ann.name = "Anna"
        self.follow()
        self.answer("failed")
        self.ann.barcode = "CARD9"
        self.assertEqual(self.follows(), "")
        # create_date is the database's own time, not the frozen one.
        with freeze_time(fields.Datetime.now() + timedelta(days=365)):
            self.assertEqual(self.follows(), "user_put 11")

    def test_more_than_one_pass_makes(self):
        module = "odoo.addons.chain_attendance_terminal.models"
        for number in range(5):
            self.new_employee(f"P{number}", f"4{number}")
        with patch(f"{module}.attendance_terminal_follow.PASS_LIMIT", 2):
            self.follow()
        self.assertEqual(len(self.open()), 5)

    @mute_logger(
        "odoo.addons.chain_attendance_terminal.models.attendance_terminal_mark"
    )
    def test_one_terminal_that_fails_does_not_stop_the_others(self):
        far = self.new_terminal("2", "TESTSN0002", store_id=self.second.id)
        self.bo.store_id = self.second
        terminals = type(self.terminal)
        original = terminals._send_changes

        def fail(records, *args):
            if far in records:
                raise ValueError("broken")
            return original(records, *args)

        with patch.object(terminals, "_send_changes", fail):
            self.assertEqual(self.follows(), "user_delete 12")
        self.assertEqual(self.follows(far), "")
        with freeze_time("2026-03-10 11:01:00"):
            self.assertEqual(self.follows(far), "user_put 12")

    def test_many_people_at_once_look_at_whole_terminals(self):
        with patch(
            "odoo.addons.chain_attendance_terminal.models.attendance_terminal_mark"
            ".WHOLE",
            2,
        ):
            for number in range(5):
                self.new_employee(f"P{number}", f"4{number}")
            self.follow()
        self.assertEqual(len(self.open()), 5)

    def test_the_number_of_queries_does_not_grow(self):
        """One batch of terminals costs the same for few and for many of them."""

        def cost(terminals):
            self.env.flush_all()
            self.env.invalidate_all()
            terminals.mapped(lambda t: (t.tz, t.company_id.name, t.max_users))
            before = self.env.cr.sql_log_count
            terminals._send_changes()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        few = self.terminal
        for number in range(3):
            few |= self.new_terminal(f"5{number}", f"FEW{number:04}")
        many = self.terminal.browse()
        for number in range(20):
            many |= self.new_terminal(f"6{number}", f"MANY{number:04}")
        for number in range(30):
            self.new_employee(f"P{number}", f"4{number}")
        # 20 terminals with 32 people each: 640 commands, in inserts of 100 rows.
        self.assertLessEqual(cost(many), cost(few) + 7)
        self.assertEqual(len(self.open(many[-1:])), 32)
        self.assertLessEqual(cost(many), cost(few))


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 10:00:00")
class TestHeld(FollowCommon):
    """Removals of many people at once wait for a person."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.keeper = cls.new_user("keeper")
        cls.store.timekeeper_ids = cls.keeper
        cls.people = cls.env["hr.employee"].create(
            [
                {
                    "name": f"P{number}",
                    "company_id": cls.company.id,
                    "store_id": cls.store.id,
                    "terminal_user_code": str(500 + number),
                }
                for number in range(8)
            ]
        )
        cls.follow()
        commands = cls.commands.search([("state", "=", "waiting")])
        commands.write({"state": "done"})
        commands._after_answer()

    def held(self):
        return self.runs.search(
            [("terminal_id", "=", self.terminal.id), ("state", "=", "held")]
        )

    def test_held_told_once_and_the_rest_goes_on(self):
        self.people.store_id = self.second
        self.ann.name = "Anna"
        self.follow()
        self.assertEqual(self.waiting(), "user_put 11")
        run = self.held()
        self.assertEqual((run.remove_count, run.kind), (8, "automatic"))
        told = self.terminal.message_ids.filtered(
            lambda m: self.keeper.partner_id in m.notified_partner_ids
        )
        self.assertIn("8 people", told.body)
        self.terminal.write({"max_users": 100})
        self.follow()
        self.assertEqual(self.held(), run)
        self.assertEqual(len(self.terminal.message_ids & told), 1)

    def test_five_or_less_go_at_once(self):
        self.people[:5].store_id = self.second
        self.follow()
        self.assertFalse(self.held())
        self.assertEqual(len(self.open()), 5)

    def test_many_in_small_steps_are_many(self):
        self.people[:4].store_id = self.second
        self.follow()
        self.assertFalse(self.held())
        self.assertEqual(len(self.answer()), 4)
        self.people[4:].store_id = self.second
        self.follow()
        self.assertEqual(self.held().remove_count, 4)
        self.assertFalse(self.open())

    def test_released(self):
        self.people.store_id = self.second
        self.follow()
        # One of them came back meanwhile and is not taken off.
        self.people[0].store_id = self.store
        run = self.held()
        run.action_release()
        self.assertEqual((run.state, run.remove_count), ("running", 7))
        self.assertEqual(len(run.command_ids), 7)
        self.follow()
        self.assertEqual(len(self.open()), 7)
        self.answer()
        self.assertEqual(run.state, "done")
        self.assertEqual(self.follows(), "")
        run.action_undo()
        self.assertEqual(len(self.open()), 7)

    def test_cancelled_means_they_stay(self):
        self.people.store_id = self.second
        self.follow()
        run = self.held()
        run.action_cancel()
        self.assertEqual(run.state, "cancelled")
        self.terminal.write({"max_users": 100})
        self.assertEqual(self.follows(), "")
        self.assertFalse(self.held())
        # Sent there again for another reason, they are as everybody else.
        self.people.store_id = self.store
        self.follow()
        self.assertEqual(len(self.answer()), 8)
        self.people[0].store_id = self.second
        self.assertEqual(self.follows(), "user_delete 500")

    def asked(self):
        """Whose thing to do it is, and the summary."""
        self.terminal.invalidate_recordset(["activity_ids"])
        activities = self.terminal.activity_ids
        return activities.user_id, activities.mapped("summary")

    def may_edit(self, *users):
        people = self.env["res.users"].union(*users)
        self.new_role({"terminals": "view edit"}, scope="own_stores", user_ids=people)

    def test_keepers_who_may_edit_are_asked_to_decide(self):
        other = self.new_user("other")
        self.store.timekeeper_ids |= other
        self.may_edit(self.keeper)
        self.people.store_id = self.second
        self.follow()
        self.assertEqual(self.asked()[0], self.keeper)
        self.assertIn("take 8 people off", self.asked()[1][0])
        self.assertIn(f'data-oe-id="{self.held().id}"', self.terminal.activity_ids.note)
        # More of them since: asked once, with the new count.
        self.held().remove_count = 14
        self.terminal._ask_to_decide(self.held())
        self.assertEqual(self.asked()[0], self.keeper)
        self.assertEqual(len(self.asked()[1]), 1)
        self.assertIn("take 14 people off", self.asked()[1][0])

    def test_without_such_keepers_administrators_are_asked(self):
        administrator = self.new_user(
            "administrator", "chain_attendance_base.group_manager"
        )
        self.people.store_id = self.second
        self.follow()
        self.assertIn(administrator, self.asked()[0])
        self.assertNotIn(self.keeper, self.asked()[0])

    def test_nobody_is_asked_any_more_once_it_is_decided(self):
        other = self.new_user("other")
        self.store.timekeeper_ids |= other
        self.may_edit(self.keeper, other)
        for action in ("action_cancel", "action_release"):
            with self.subTest(action):
                self.people.store_id = self.second
                self.follow()
                self.assertEqual(self.asked()[0], self.keeper + other)
                getattr(self.held().with_user(other), action)()
                self.assertFalse(self.asked()[0])
                done = self.env["mail.activity"].with_context(active_test=False)
                done = done.search([("res_id", "=", self.terminal.id)])
                self.assertEqual(done.user_id, other)
                self.people.store_id = self.store
                self.follow()
                self.answer()

    def test_nobody_is_asked_any_more_once_all_came_back(self):
        self.may_edit(self.keeper)
        self.people.store_id = self.second
        self.follow()
        self.assertTrue(self.asked()[0])
        self.people.store_id = self.store
        self.terminal.write({"max_users": 100})
        self.follow()
        self.assertFalse(self.asked()[0])

    def test_all_came_back(self):
        self.people.store_id = self.second
        self.follow()
        run = self.held()
        self.people.store_id = self.store
        self.terminal.write({"max_users": 100})
        self.follow()
        self.assertEqual(run.state, "cancelled")
        self.assertFalse(self.open())

    def test_no_room_is_said_once_and_removals_go_on(self):
        self.terminal.max_users = 10
        self.new_employee("Cy", "13")
        self.new_employee("Di", "14")
        self.bo.store_id = self.second
        self.follow()
        self.assertEqual(self.waiting(), "user_delete 12")
        notes = self.runs.search([("note", "!=", False)])
        self.assertIn("1 too many", notes.note)
        self.ann.name = "Anna"
        self.follow()
        self.assertEqual(len(self.runs.search([("note", "!=", False)])), 1)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 10:00:00")
class TestTerminalPerson(FollowCommon):
    """Who is on which terminal, and why."""

    def rows(self, **equal):
        self.env.flush_all()
        self.env.invalidate_all()
        domain = [(name, "=", record.id) for name, record in equal.items()]
        found = self.env["attendance.terminal.person"].search(domain)
        return ", ".join(
            f"{row.terminal_id.code} {row.employee_id.name} {row.reason}"
            + (f" on {row.user_code}" if row.is_on_unit else "")
            + (" 14" if row.is_administrator else "")
            for row in found.sorted(lambda r: (r.terminal_id.code, r.employee_id.name))
        )

    def test_from_both_sides(self):
        far = self.new_terminal("2", "TESTSN0002", store_id=self.second.id)
        self.assertEqual(
            self.rows(terminal_id=self.terminal), "1 Ann store on 11, 1 Bo store on 12"
        )
        self.assertEqual(self.rows(terminal_id=far), "")
        self.env["attendance.terminal.assignment"].create(
            {"terminal_id": far.id, "employee_id": self.bo.id, "is_administrator": True}
        )
        self.env["attendance.store.loan"].create(
            {
                "employee_id": self.ann.id,
                "store_id": self.second.id,
                "date_from": "2026-03-10",
                "date_to": "2026-03-10",
            }
        )
        self.assertEqual(self.rows(terminal_id=far), "2 Ann lent, 2 Bo assigned 14")
        self.assertEqual(
            self.rows(employee_id=self.bo), "1 Bo store on 12, 2 Bo assigned 14"
        )
        self.assertEqual(self.ann.terminal_count, 1)
        action = self.ann.action_view_terminals()
        self.assertEqual(action["domain"], [("employee_id", "=", self.ann.id)])
        far.serve_all_employees = True
        self.assertEqual(self.rows(terminal_id=far), "2 Bo all 14")

    def test_no_more_needed(self):
        self.ann.leave_date = "2026-03-09"
        self.bo.store_id = self.second
        self.assertEqual(
            self.rows(terminal_id=self.terminal), "1 Ann none on 11, 1 Bo none on 12"
        )
