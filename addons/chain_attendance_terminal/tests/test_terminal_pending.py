from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from ..const import GREEDY_ROWS, PENDING_LIMIT, PENDING_REST_MINUTES
from .common import TerminalCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 10:00:00")
class TestTerminalPending(TerminalCommon):
    """Serial numbers that call: claimed into a store, or blocked."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pending = cls.env["attendance.terminal.pending"]
        cls.pending.search([], limit=1000).unlink()
        cls.keeper = cls.new_user("keeper")
        cls.store.timekeeper_ids = cls.keeper
        cls.far_store = cls.new_store("T2")
        cls.new_role(
            {"terminals": "view create"}, scope="own_stores", user_ids=cls.keeper
        )
        cls.boss = cls.new_user("boss")
        cls.new_role({"terminals": "view delete"}, scope="all", user_ids=cls.boss)

    def visit(self, serial_number, address="10.0.0.1"):
        self.pending._note_visit(serial_number, address)
        return self.pending.search([("serial_number", "=", serial_number)])

    def claim(self, pending, user=None, **values):
        wizard = self.env["attendance.terminal.claim"].with_user(user or self.keeper)
        return wizard.create(
            {
                "pending_id": pending.id,
                "company_id": self.company.id,
                "store_id": self.store.id,
                "name": "Back door",
                **values,
            }
        )

    def papers(self, serial_number, code, **values):
        return self.env["attendance.terminal.authorization"].create(
            {
                "serial_number": serial_number,
                "authorization_code": code,
                "company_id": self.company.id,
                **values,
            }
        )

    def flood(self, count, address):
        for number in range(count):
            self.pending._note_visit(f"FLOOD{number}-{address[-1]}", address)

    def age(self, minutes, domain):
        """As if the last call of these had been earlier."""
        ids = self.pending.search(domain).ids
        self.env.cr.execute(
            "UPDATE attendance_terminal_pending SET last_seen_at = last_seen_at"
            " - %s * interval '1 min' WHERE id = ANY(%s)",
            [minutes, ids],
        )

    def test_claimed_into_a_store(self):
        self.new_terminal("41", "TESTSN0041", active=False)
        pending = self.visit("CLAIMED1")
        model = self.env["attendance.terminal.claim"].with_user(self.keeper)
        with Form(
            model.with_context(
                default_pending_id=pending.id, default_company_id=self.company.id
            )
        ) as form:
            self.assertEqual(form.code, "42")
            form.name = "Back door"
            form.store_id = self.store
        action = form.record.action_claim()
        terminal = self.env["attendance.terminal"].browse(action["res_id"])
        self.assertEqual(
            (terminal.code, terminal.serial_number, terminal.store_id),
            ("42", "CLAIMED1", self.store),
        )
        self.assertFalse(pending.exists())

    def test_not_into_a_store_out_of_the_scope(self):
        pending = self.visit("CLAIMED2")
        for store in (self.far_store, self.far_store.browse()):
            with self.subTest(store), self.assertRaises(AccessError):
                self.claim(pending, store_id=store.id).action_claim()
        viewer = self.new_user("viewer")
        self.new_role({"terminals": "view edit"}, scope="all", user_ids=viewer)
        with self.assertRaises(AccessError):
            self.claim(pending, viewer).action_claim()
        self.assertTrue(pending.exists())

    def test_papers_ask_for_their_code(self):
        self.papers("CLAIMED3", "PAPER-3")
        pending = self.visit("CLAIMED3")
        for code in (False, "PAPER-4", "paper-3"):
            with (
                self.subTest(code),
                self.assertRaisesRegex(
                    ValidationError, "does not belong to .*CLAIMED3"
                ),
                self.cr.savepoint(),
            ):
                self.claim(pending, authorization_code=code).action_claim()
        self.claim(pending, authorization_code="PAPER-3").action_claim()
        paper = self.env["attendance.terminal.authorization"].search(
            [("serial_number", "=", "CLAIMED3")]
        )
        self.assertEqual(paper.terminal_id.name, "Back door")

    def test_papers_of_another_company_do_not_serve(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.papers("CLAIMED4", "PAPER-4", company_id=other.id)
        pending = self.visit("CLAIMED4")
        with self.assertRaises(ValidationError):
            self.claim(pending, authorization_code="PAPER-4").action_claim()

    def test_papers_are_for_administrators(self):
        self.papers("CLAIMED5", "PAPER-5")
        for user in (self.keeper, self.boss):
            papers = self.env["attendance.terminal.authorization"].with_user(user)
            with self.assertRaises(AccessError):
                papers.search([])
        for serial, code in (("AB1", "PAPER"), ("CLAIMED6", "abc")):
            with self.assertRaises(ValidationError), self.cr.savepoint():
                self.papers(serial, code)

    def test_blocked_is_out_of_the_way(self):
        pending = self.visit("STRANGER1")
        with self.assertRaises(AccessError):
            pending.with_user(self.keeper).action_block()
        pending.with_user(self.boss).action_block()
        self.assertEqual(pending.blocked_by_id, self.boss)
        self.assertTrue(self.pending._is_blocked("STRANGER1"))
        self.assertEqual(self.visit("STRANGER1"), pending)
        self.assertTrue(pending.is_blocked)
        mine = pending.with_user(self.keeper)
        with self.assertRaisesRegex(UserError, "STRANGER1 is blocked"):
            mine.action_register()
        with self.assertRaisesRegex(UserError, "STRANGER1 is blocked"):
            self.claim(pending).action_claim()
        pending.with_user(self.boss).action_unblock()
        self.assertFalse(self.pending._is_blocked("STRANGER1"))
        self.assertTrue(mine.action_register())

    def test_a_flood_does_not_lock_out_a_unit_elsewhere(self):
        self.visit("STRANGER2").action_block()
        self.flood(PENDING_LIMIT + 5, "10.0.0.2")
        domain = [("is_blocked", "=", False)]
        self.assertEqual(self.pending.search_count(domain), PENDING_LIMIT)
        self.assertTrue(self.visit("REALUNIT1", "10.0.0.3"))
        self.assertEqual(self.pending.search_count(domain), PENDING_LIMIT)
        self.assertTrue(self.pending._is_blocked("STRANGER2"))

    def test_behind_one_address_the_one_quiet_longest_gives_way(self):
        self.flood(PENDING_LIMIT, "10.0.0.2")
        self.assertFalse(self.visit("REALUNIT2", "10.0.0.2"))
        quiet = [("serial_number", "=", "FLOOD7-2")]
        self.age(PENDING_REST_MINUTES + 1, quiet)
        self.assertTrue(self.visit("REALUNIT2", "10.0.0.2"))
        self.assertFalse(self.pending.search(quiet))
        self.age(PENDING_REST_MINUTES - 1, [("serial_number", "=", "FLOOD8-2")])
        self.assertFalse(self.visit("REALUNIT3", "10.0.0.2"))

    def test_addresses_with_few_units_give_nothing_up(self):
        number = 0
        while number < PENDING_LIMIT:
            self.pending._note_visit(f"SHOP{number}", f"10.1.0.{number // GREEDY_ROWS}")
            number += 1
        self.assertFalse(self.visit("REALUNIT4", "10.0.0.9"))

    def test_a_blocked_number_is_registered_by_no_other_way(self):
        pending = self.env["attendance.terminal.pending"]
        pending._note_visit("BLOCKED01", "10.0.0.1")
        blocked = pending.search([("serial_number", "=", "BLOCKED01")])
        blocked.action_block()
        self.env.flush_all()
        with self.assertRaisesRegex(ValidationError, "Unblock it first"):
            self.new_terminal("77", "BLOCKED01")
        with self.assertRaisesRegex(ValidationError, "Unblock it first"):
            self.terminal.serial_number = "BLOCKED01"
        self.assertTrue(blocked.exists().is_blocked)
