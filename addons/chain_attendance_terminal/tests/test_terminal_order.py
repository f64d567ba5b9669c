from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged

from .common import TerminalCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 10:00:00")
class TestTerminalOrder(TerminalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.commands = cls.env["attendance.terminal.command"]
        cls.far = cls.new_terminal("2", "TESTSN0002", store_id=cls.new_store("T2").id)
        cls.keeper = cls.new_user("keeper")
        cls.store.timekeeper_ids = cls.keeper
        cls.new_role(
            {"terminals": "view edit", "employees": "view"},
            scope="own_stores",
            user_ids=cls.keeper,
        )
        cls.person = cls.new_employee("Ana", "1015")

    def order(self, terminals=None, user=None, **values):
        model = self.env["attendance.terminal.order"].with_user(user or self.keeper)
        terminals = self.terminal if terminals is None else terminals
        return model.create({"terminal_ids": [(6, 0, terminals.ids)], **values})

    def sent(self):
        return self.commands.search(
            [("terminal_id", "in", (self.terminal + self.far).ids)]
        )

    def test_each_kind(self):
        kinds = [
            kind
            for kind, _label in self.env["attendance.terminal.order"]._selection_kind()
        ]
        for kind in kinds:
            self.order(kind=kind, employee_id=self.person.id).action_send()
        self.assertEqual(sorted(self.sent().mapped("kind")), sorted(kinds))
        self.assertEqual(self.sent().user_id, self.keeper)
        for kind in ("clear_punches", "clear_all", "user_delete"):
            self.assertNotIn(kind, kinds)

    def test_many_at_once_and_pressed_twice(self):
        both = self.terminal + self.far
        boss = self.new_user("boss")
        self.new_role({"terminals": "view edit"}, scope="all", user_ids=boss)
        for _press in range(2):
            self.order(both, boss, kind="reboot").action_send()
        self.assertEqual(len(self.sent()), 2)
        for day in ("2026-03-01", "2026-03-02"):
            self.order(
                both, boss, kind="query_punches", date_from=day, date_to=day
            ).action_send()
        self.assertEqual(len(self.sent()), 6)

    def test_a_span(self):
        days = {"date_from": "2026-03-01", "date_to": "2026-03-02"}
        self.order(kind="query_punches", **days).action_send()
        self.assertEqual(
            self.sent().values,
            {"since": "2026-03-01 00:00:00", "until": "2026-03-02 23:59:59"},
        )
        days["date_to"] = "2026-02-01"
        with self.assertRaises(UserError):
            self.order(kind="query_punches", **days).action_send()

    def test_enrolment(self):
        self.order(
            kind="enrol", employee_id=self.person.id, finger="5", overwrite=True
        ).action_send()
        command = self.sent()
        self.assertEqual(
            command.values,
            {"code": "1015", "kind": "fingerprint", "number": 5, "overwrite": True},
        )
        self.assertEqual(command.employee_id, self.person)
        self.assertEqual(command.user_code, "1015")

    def test_enrolment_that_makes_no_sense(self):
        uncoded = self.new_employee("Bo")
        codes = self.env["attendance.terminal.code"]
        codes.search([("employee_id", "=", uncoded.id)]).unlink()
        other = self.env["res.company"].create({"name": "Other"})
        stranger = self.new_employee("Cy", company_id=other.id, store_id=False)
        for person in (uncoded, stranger, self.env["hr.employee"]):
            with self.subTest(person.name), self.assertRaises(UserError):
                self.order(kind="enrol", employee_id=person.id).action_send()
        self.assertFalse(self.sent())

    def test_another_store_s_terminal_and_person_are_refused(self):
        with self.assertRaises(AccessError):
            self.order(self.far, kind="reboot").action_send()
        with self.assertRaises(AccessError):
            self.order(self.terminal + self.far, kind="reboot").action_send()
        hidden = self.new_employee("Di", "77", store_id=self.far.store_id.id)
        with self.assertRaises(UserError):
            self.order(kind="enrol", employee_id=hidden.id).action_send()
        self.assertFalse(self.sent())

    def test_whoever_may_only_look_gives_no_command(self):
        viewer = self.new_user("viewer")
        self.new_role({"terminals": "view"}, scope="all", user_ids=viewer)
        with self.assertRaises(AccessError):
            self.order(user=viewer, kind="reboot")

    def test_archived_terminals_and_none(self):
        with self.assertRaises(UserError):
            self.order(self.env["attendance.terminal"], kind="info").action_send()
        self.terminal.active = False
        with self.assertRaises(UserError):
            self.order(kind="info").action_send()

    def test_the_form_begins_with_the_chosen_terminals(self):
        model = self.env["attendance.terminal.order"].with_user(self.keeper)
        with Form(model.with_context(active_ids=self.terminal.ids)) as form:
            form.kind = "sync_time"
        form.save().action_send()
        self.assertEqual(self.sent().kind, "sync_time")
        self.assertEqual(self.terminal.open_command_count, 1)
