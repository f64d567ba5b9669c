from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged

from .common import TerminalCommon


class RunCommon(TerminalCommon):
    """A terminal that serves its store, and its answers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ann = cls.new_employee("Ann", "11")
        cls.bo = cls.new_employee("Bo", "12")
        cls.users = cls.env["attendance.terminal.user"]
        cls.commands = cls.env["attendance.terminal.command"]
        cls.runs = cls.env["attendance.terminal.run"]

    def waiting(self, terminal=None):
        """``"user_put 11, user_delete 12"``: what waits to be sent."""
        return ", ".join(
            f"{command.kind} {command.user_code}"
            for command in self.open(terminal)
            if command.state == "waiting"
        )

    def open(self, terminal=None):
        return self.commands.search(
            [
                ("terminal_id", "=", (terminal or self.terminal).id),
                ("state", "in", ("waiting", "sent")),
            ],
            order="id",
        )

    def answer(self, state="done", commands=None, terminal=None):
        """The terminal did everything that was open, or these commands."""
        commands = self.open(terminal) if commands is None else commands
        commands.write({"state": state})
        commands._after_answer()
        return commands

    def on_it(self, terminal=None):
        """``"11 Ann, 12 Bo 14"``: whom we sent and it acknowledged."""
        found = self.users.search(
            [
                ("terminal_id", "=", (terminal or self.terminal).id),
                ("confirmed_at", "!=", False),
            ],
            order="user_code",
        )
        return ", ".join(
            f"{u.user_code} {u.sent_name}" + (" 14" if u.sent_privilege else "")
            for u in found
        )

    def tell(self, code, name, privilege=0):
        row = {"code": code, "name": name, "privilege": privilege, "card": ""}
        self.users._note_reported(self.terminal, [row])

    def fill(self, count, **values):
        """So many people more at the store, on the terminal; the people."""
        people = self.env["hr.employee"].create(
            [
                {
                    "name": f"P{number}",
                    "company_id": self.company.id,
                    "store_id": self.store.id,
                    "terminal_user_code": str(500 + number),
                }
                for number in range(count)
            ]
        )
        self.terminal._send_people()
        self.answer()
        return people


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 10:00:00")
class TestTerminalRun(RunCommon):
    """The difference becomes commands, their answers become what is known."""

    def test_from_nothing_to_there_and_nothing_more_to_do(self):
        run = self.terminal._send_people()
        self.assertEqual((run.kind, run.state), ("send", "running"))
        self.assertEqual((run.add_count, run.total_count, run.progress), (2, 2, 0))
        self.assertEqual(self.waiting(), "user_put 11, user_put 12")
        command = run.command_ids.filtered(lambda c: c.user_code == "11")
        self.assertEqual(
            command.values,
            {"code": "11", "name": "Ann", "privilege": 0, "card": ""},
        )
        self.assertEqual(command.employee_id, self.ann)
        self.answer(commands=command)
        self.assertEqual((run.progress, run.state), (50, "running"))
        self.answer()
        self.assertEqual((run.progress, run.state), (100, "done"))
        self.assertEqual(self.on_it(), "11 Ann, 12 Bo")
        self.assertFalse(self.terminal._send_people())
        again = self.terminal._send_people(everything=True)
        self.assertEqual((again.change_count, again.add_count), (2, 0))

    def test_a_refusal_changes_nothing(self):
        run = self.terminal._send_people()
        self.answer("failed", run.command_ids[:1])
        self.answer("expired")
        self.assertEqual((run.state, run.refused_count), ("failed", 2))
        self.assertEqual(self.on_it(), "")

    def test_changes_and_departures(self):
        self.fill(0)
        self.ann.name = "Anna"
        self.bo.active = False
        run = self.terminal._send_people()
        self.assertEqual((run.change_count, run.remove_count), (1, 1))
        self.assertEqual(self.waiting(), "user_delete 12, user_put 11")
        self.answer()
        self.assertEqual(self.on_it(), "11 Anna")

    def test_a_code_that_went_to_another_person(self):
        self.fill(0)
        self.ann.terminal_code_ids.unlink()
        self.bo.terminal_code_ids.unlink()
        self.env["attendance.terminal.code"].create(
            {"employee_id": self.bo.id, "code": "11"}
        )
        self.terminal._send_people()
        self.assertEqual(self.waiting(), "user_delete 12, user_delete 11, user_put 11")
        self.answer()
        self.assertEqual(self.on_it(), "11 Bo")
        self.assertEqual(
            self.users.search([("user_code", "=", "11")]).sent_employee_id, self.bo
        )

    def test_whom_we_never_sent_is_never_taken_off(self):
        self.tell("99", "Technician", 14)
        self.fill(0)
        (self.ann | self.bo).active = False
        self.terminal._send_people()
        self.assertEqual(self.waiting(), "user_delete 11, user_delete 12")
        self.answer()
        self.assertEqual(
            self.users.search([("terminal_id", "=", self.terminal.id)]).user_code, "99"
        )

    def test_who_made_himself_administrator_at_the_keys(self):
        self.fill(0)
        self.tell("99", "Technician", 14)
        self.tell("11", "Ann", 14)
        self.terminal._send_people()
        self.assertEqual(self.open().values["privilege"], 0)
        # The only administrator keeps the right, or the menu would be open to all.
        self.users.search([("user_code", "=", "99")]).sudo().unlink()
        self.assertFalse(self.terminal._send_people())

    def test_a_new_sending_overtakes_what_waits(self):
        first = self.terminal._send_people()
        sent = first.command_ids.filtered(lambda c: c.user_code == "11")
        sent.state = "sent"
        self.bo.name = "Bob"
        second = self.terminal._send_people()
        # What is being done is not sent twice.
        self.assertEqual(self.waiting(), "user_put 12")
        self.assertEqual(second.command_ids.values["name"], "Bob")
        self.assertEqual(first.state, "running")
        self.answer()
        self.assertEqual((first.state, second.state), ("done", "done"))
        third = self.terminal._send_people(everything=True)
        self.terminal._send_people(everything=True)
        self.assertEqual(third.state, "cancelled")

    def test_everything_deleted_on_the_terminal(self):
        self.fill(0)
        self.commands.create(
            {"terminal_id": self.terminal.id, "kind": "clear_all", "values": {}}
        )
        self.answer()
        self.assertEqual(self.on_it(), "")

    def test_room(self):
        self.terminal.max_users = 1
        with self.assertRaisesRegex(UserError, "holds 1 people.*1 too many"):
            self.terminal._send_people()
        self.terminal.max_users = 2
        self.assertTrue(self.terminal._send_people())

    def test_undo_puts_back_and_they_stay(self):
        self.fill(0)
        self.bo.store_id = self.new_store("T9")
        run = self.terminal._send_people()
        self.answer()
        self.assertEqual(self.on_it(), "11 Ann")
        self.assertTrue(run.can_be_undone)
        run.action_undo()
        self.assertFalse(run.can_be_undone)
        undone = self.runs.search([], limit=1)
        self.assertEqual(undone.kind, "undo")
        # Not taken off again by itself, neither before nor after the answer.
        self.terminal._send_changes()
        self.assertEqual(self.waiting(), "user_put 12")
        self.answer()
        self.assertEqual(self.on_it(), "11 Ann, 12 Bo")
        self.terminal._send_changes()
        self.assertFalse(self.open())
        # A person who sends the terminal its people decides anew.
        self.assertEqual(self.terminal._send_people().remove_count, 1)

    def test_undo_of_what_was_not_done_yet_and_of_a_code_that_is_taken(self):
        self.fill(0)
        self.bo.terminal_code_ids.unlink()
        run = self.terminal._send_people()
        self.assertEqual(self.waiting(), "user_delete 12")
        run.action_undo()
        self.assertFalse(self.open())
        self.assertEqual(run.state, "cancelled")
        self.terminal._send_changes()
        self.assertFalse(self.open())
        run = self.terminal._send_people()
        self.answer()
        self.new_employee("New", "12")
        run.action_undo()
        self.assertFalse(self.open())

    def test_many_terminals_cost_no_more_queries(self):
        def count(terminals):
            self.env.flush_all()
            self.env.invalidate_all()
            terminals.mapped(lambda t: (t.tz, t.company_id.name))
            before = self.env.cr.sql_log_count
            terminals._plans()
            return self.env.cr.sql_log_count - before

        one = count(self.terminal)
        more = self.terminal
        for number in range(25):
            store = self.new_store(f"N{number}")
            more |= self.new_terminal(f"5{number}", f"M{number:04}", store_id=store.id)
        self.fill(40)
        self.assertEqual(count(more), one)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 10:00:00")
class TestTerminalSend(RunCommon):
    """The preview, and who may send."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.far = cls.new_terminal("2", "TESTSN0002", store_id=cls.new_store("T2").id)
        cls.user = cls.new_user("keeper")
        cls.store.timekeeper_ids = cls.user

    def wizard(self, terminals, user=None):
        model = self.env["attendance.terminal.send"].with_user(user or self.env.user)
        return model.with_context(
            active_model="attendance.terminal", active_ids=terminals.ids
        )

    def test_the_difference_is_shown_before(self):
        self.fill(0)
        self.tell("99", "Key")
        self.ann.name = "Anna"
        self.bo.active = False
        self.new_employee("Cy", "13")
        self.new_employee("No Code").terminal_code_ids.unlink()
        with Form(self.wizard(self.terminal)) as form:
            wizard = form.save()
        line = wizard.line_ids
        self.assertEqual(
            line.mapped(
                lambda n: (
                    n.add_count,
                    n.change_count,
                    n.remove_count,
                    n.unknown_count,
                    n.without_code_count,
                    n.order_count,
                )
            ),
            [(1, 1, 1, 1, 1, 3)],
        )
        self.assertEqual(
            sorted(wizard.person_ids.mapped(lambda p: (p.part, p.user_code or ""))),
            [("add", "13"), ("change", "11"), ("remove", "12"), ("unknown", "99"),
             ("without_code", "")],
        )  # fmt: skip
        self.assertFalse(self.open())
        with Form(wizard) as form:
            form.everything = True
        self.assertEqual(wizard.line_ids.order_count, 3)
        action = wizard.action_send()
        self.assertEqual(action["res_model"], "attendance.terminal.run")
        self.assertEqual(len(self.open()), 3)

    def test_nothing_to_send(self):
        self.fill(0)
        wizard = Form(self.wizard(self.terminal)).save()
        self.assertFalse(wizard.has_orders)
        self.assertEqual(wizard.action_send()["tag"], "display_notification")

    def test_too_many_for_the_terminal(self):
        self.terminal.capacity_users = 1
        wizard = Form(self.wizard(self.terminal)).save()
        self.assertIn("1 too many", wizard.line_ids.problem)
        with self.assertRaisesRegex(UserError, "1 too many"):
            wizard.action_send()
        self.assertFalse(self.open())

    def test_own_terminals_only(self):
        self.new_role({"terminals": "view edit"}, scope="own_stores",
                      user_ids=self.user)  # fmt: skip
        wizard = Form(self.wizard(self.terminal, self.user)).save()
        self.assertTrue(wizard.has_orders)
        for attempt in (
            lambda: Form(self.wizard(self.far, self.user)),
            lambda: Form(self.wizard(self.far | self.terminal, self.user)),
            lambda: self._forged(self.far).action_send(),
        ):
            with self.assertRaises(AccessError):
                attempt()
        wizard.action_send()
        self.assertTrue(self.open())
        run = self.runs.search([("terminal_id", "=", self.terminal.id)])
        self.assertEqual(run.user_id, self.user)
        run.with_user(self.user).action_cancel()
        self.assertFalse(self.open())

    def _forged(self, terminal):
        """The wizard as a client may make it, past what the form offers."""
        return (
            self.env["attendance.terminal.send"]
            .with_user(self.user)
            .create({"terminal_ids": [(6, 0, terminal.ids)]})
        )

    def test_seeing_is_not_sending(self):
        self.new_role({"terminals": "view"}, scope="all", user_ids=self.user)
        run = self.terminal._send_people()
        with self.assertRaises(AccessError):
            Form(self.wizard(self.terminal, self.user))
        for attempt in ("action_cancel", "action_release", "action_undo"):
            with self.assertRaises(AccessError):
                getattr(run.with_user(self.user), attempt)()
        with self.assertRaises(AccessError):
            run.with_user(self.user).write({"state": "done"})
        run.with_user(self.user).action_refresh()

    def test_who_is_deleted_is_not_put_back(self):
        self.terminal._send_people()
        self.answer()
        gone = self.new_employee("Cy", "13")
        self.terminal._send_people()
        self.answer()
        (self.bo | gone).write({"leave_date": "2026-03-09"})
        run = self.terminal._send_people()
        self.answer()
        self.assertTrue(run.can_be_undone)
        gone.terminal_code_ids.unlink()
        gone.unlink()
        run.action_undo()
        self.assertEqual(self.waiting(), "user_put 12")
