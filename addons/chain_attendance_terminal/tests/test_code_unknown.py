from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import SQL, mute_logger

from .common import TerminalCommon

DAY = "2026-03-05"
NAMELESS = {"privilege": 0, "card": ""}


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 10:00:00")
class TestCodeUnknown(TerminalCommon):
    """Punches without a person: told, given, and said to be nobody's."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.inbox = cls.env["attendance.code.unknown"]
        cls.far_store = cls.new_store("T2")
        cls.far = cls.new_terminal("2", "TESTSN0002", store_id=cls.far_store.id)
        cls.beside = cls.new_terminal("3", "TESTSN0003")
        cls.send("0501", f"{DAY} 08:30:00", f"{DAY} 17:30:00", "1999-01-01 00:00:00")
        cls.send("501", "2026-03-06 08:30:00", terminal=cls.beside)
        cls.send("501", "2026-03-07 08:30:00", terminal=cls.far)

    def rows(self, key="501", user=None):
        self.env.invalidate_all()
        domain = [("code_key", "=", key), ("company_id", "=", self.company.id)]
        inbox = self.inbox.with_user(user) if user else self.inbox
        return inbox.search(domain, order="store_id")

    def claim(self, row, person, user=None, **values):
        wizard = self.env["attendance.code.claim"]
        if user:
            wizard = wizard.with_user(user)
        wizard = wizard.with_context(default_unknown_id=row.id).create(
            {"employee_id": person.id, **values}
        )
        wizard.action_apply()
        return wizard

    def dismiss(self, rows, user=None, reason="A test of the fitter"):
        wizard = self.env["attendance.code.dismiss"]
        if user:
            wizard = wizard.with_user(user)
        wizard.create(
            {"unknown_ids": [(6, 0, rows.ids)], "reason": reason}
        ).action_apply()

    def keeper(self, functions, store=None):
        user = self.new_user("keeper")
        (store or self.store).timekeeper_ids = user
        self.new_role(functions, scope="own_stores", user_ids=user)
        return user

    def test_one_row_a_code_and_store(self):
        here, there = self.rows()
        self.assertEqual(here.store_id, self.store)
        self.assertEqual(here.terminal_ids, self.terminal | self.beside)
        self.assertEqual((here.punch_count, here.set_aside_count), (4, 1))
        self.assertEqual(str(here.first_at), "2026-03-05 00:30:00")
        self.assertEqual(str(here.last_at), "2026-03-06 00:30:00")
        self.assertEqual(str(here.first_day), DAY)
        self.assertEqual((there.store_id, there.punch_count), (self.far_store, 1))
        self.assertEqual(self.beside.unknown_code_count, 1)
        action = self.beside.action_view_unknown_codes()
        self.assertEqual(self.inbox.search(action["domain"]), here)
        self.assertFalse(self.inbox.search([("terminal_ids", "in", [0])]))

    def test_a_row_goes_with_its_last_punch_and_comes_with_a_new_one(self):
        self.new_employee("Ann", "501")
        self.assertFalse(self.rows())
        self.send("502", f"{DAY} 08:30:00")
        self.assertEqual(self.rows("502").punch_count, 1)

    def test_a_person_is_proposed_by_the_name_on_the_unit_or_the_number(self):
        ann = self.new_employee("Ann", employee_number="900")
        users = self.env["attendance.terminal.user"]
        users._note_reported(self.beside, [{"code": "501", "name": " Ann", **NAMELESS}])
        here, there = self.rows()
        self.assertEqual(here.name_on_unit, " Ann")
        self.assertEqual(here.suggested_employee_id, ann)
        self.assertFalse(there.suggested_employee_id)
        bob = self.new_employee("Bob", employee_number="000501")
        self.env.invalidate_all()
        self.assertEqual(there.suggested_employee_id, bob)
        self.assertEqual(here.suggested_employee_id, ann)
        self.new_employee("Ann", employee_number="901")
        self.env.invalidate_all()
        # Of two of the same name neither, so the number decides.
        self.assertEqual(here.suggested_employee_id, bob)

    def test_a_code_is_given_from_its_first_punch(self):
        ann = self.new_employee("Ann", "77")
        wizard = self.env["attendance.code.claim"].with_context(
            default_unknown_id=self.rows()[0].id
        )
        wizard = wizard.new(wizard.default_get(["unknown_id", "date_from"]))
        self.assertEqual(str(wizard.date_from), DAY)
        self.assertEqual(wizard.punch_count, 4)
        self.assertEqual(
            wizard.summary,
            "4 punches from 2026-03-05 to 2026-03-07 will be given to this person.",
        )
        self.claim(self.rows()[0], ann, date_from=DAY)
        code = ann.terminal_code_ids.filtered(lambda c: c.code == "501")
        self.assertEqual((str(code.date_from), code.date_to), (DAY, False))
        mine = self.env["attendance.punch"].search([("employee_id", "=", ann.id)])
        self.assertEqual(len(mine), 4)
        self.assertEqual(self.rows().punch_count, 1, "the clock of 1999 waits still")

    def test_dates_hold_back_and_overlaps_are_told_with_names(self):
        ann, bob = self.new_employee("Ann"), self.new_employee("Bob")
        self.claim(self.rows()[0], ann, date_from="2026-03-06", date_to="2026-03-06")
        self.assertEqual(sum(self.rows().mapped("punch_count")), 4)
        with self.assertRaises(ValidationError) as caught:
            self.claim(self.rows()[0], bob, date_from=DAY)
        self.assertRegex(str(caught.exception), "501 is held by Ann.*Bob")
        with self.assertRaises(ValidationError) as caught:
            self.claim(self.rows()[0], bob, date_from=DAY, date_to="2026-03-01")
        self.assertIn("ends on", str(caught.exception))
        self.claim(self.rows()[0], bob, date_from=DAY, date_to=DAY)
        self.claim(self.rows()[0], bob, date_from="2026-03-07")
        self.assertEqual(sum(self.rows().mapped("punch_count")), 1)
        with self.assertRaisesRegex(UserError, "meanwhile"):
            self.claim(self.inbox.browse(1), bob)

    def test_what_no_person_may_have_as_a_code_is_refused_in_words(self):
        self.send("A<b>7", f"{DAY} 08:30:00")
        with self.assertRaisesRegex(ValidationError, "digits"):
            self.claim(self.rows("A<b>7"), self.new_employee("Ann"))

    def test_a_ghost_leaves_the_list_of_its_store_and_comes_back(self):
        here, there = self.rows()
        with self.assertRaisesRegex(UserError, "reason"):
            self.dismiss(here, reason="  ")
        with self.assertRaisesRegex(UserError, "None of these"):
            here.action_reopen()
        self.dismiss(here)
        self.assertEqual(here.reason, "A test of the fitter")
        self.assertEqual(self.terminal.unknown_code_count, 0)
        self.assertFalse(there.dismissed_id)
        self.send("501", "2026-03-08 08:30:00")
        self.assertTrue(self.rows()[0].dismissed_id, "a new punch of a known ghost")
        kept = here.dismissed_id
        self.dismiss(here)
        here.action_reopen()
        self.assertFalse(here.dismissed_id)
        self.assertEqual((kept.active, kept.write_uid), (False, self.env.user))
        self.dismiss(here)

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_a_store_s_keeper_sees_and_dismisses_the_own_store_s_only(self):
        user = self.keeper({"terminals": "view edit"})
        here, there = self.rows()
        mine = self.inbox.with_user(user)
        self.assertEqual(self.rows(user=user).sudo(), here)
        self.assertFalse(mine.browse(here.id).suggested_employee_id)
        self.assertEqual(
            mine.browse(here.id).terminal_ids.sudo(), self.terminal | self.beside
        )
        with self.assertRaises(AccessError):
            mine.browse(there.id).read(["code_key"])
        with self.assertRaises(AccessError):
            self.dismiss(here | there, user)
        with self.assertRaises(AccessError):
            self.claim(here, self.new_employee("Ann"), user)
        self.dismiss(here, user)
        self.assertTrue(here.dismissed_id)
        self.dismiss(there)
        with self.assertRaises(AccessError):
            mine.browse(there.id).action_reopen()

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_looking_is_not_dismissing(self):
        user = self.keeper({"terminals": "view", "employees": "view edit"})
        here = self.rows()[0]
        self.dismiss(here)
        with self.assertRaises(AccessError):
            here.with_user(user).action_reopen()
        with self.assertRaises(AccessError):
            here.with_user(user)._dismiss("no")
        with self.assertRaises(AccessError):
            self.dismiss(here, user)

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_codes_are_given_to_people_of_the_own_scope_only(self):
        user = self.keeper({"terminals": "view", "employees": "view edit"})
        here, there = self.rows()
        ann = self.new_employee("Ann")
        far = self.new_employee("Far", store_id=self.far_store.id)
        for row, person in ((here, far), (there, ann)):
            with self.assertRaises(AccessError):
                self.claim(row, person, user)
        stranger = self.env["res.company"].create({"name": "Other"})
        abroad = self.new_employee("Abroad", company_id=stranger.id, store_id=False)
        with self.assertRaisesRegex(UserError, "another company"):
            self.claim(here, abroad)
        self.claim(here, ann, user, date_from=DAY)
        self.assertIn("501", ann.sudo().terminal_code_ids.mapped("code"))

    def test_another_company_s_codes_are_not_shown(self):
        user = self.new_user("boss")
        self.new_role({"terminals": "view"}, scope="all", user_ids=user)
        self.assertEqual(len(self.inbox.with_user(user).search([])), 2)
        other = self.env["res.company"].create({"name": "Other"})
        (self.terminal | self.beside | self.far).store_id = False
        self.env.flush_all()
        self.cr.execute(
            "UPDATE attendance_punch SET company_id = %s WHERE code_key = '501'",
            [other.id],
        )
        self.env.invalidate_all()
        self.assertFalse(self.inbox.with_user(user).search([]))

    def test_archived_punches_that_lost_their_person_are_here_too(self):
        self.env.flush_all()
        columns = self.env["attendance.punch.archive"]._columns()
        self.cr.execute(  # pylint: disable=sql-injection
            f"""
            WITH gone AS (DELETE FROM attendance_punch WHERE code_key = '501'
                          RETURNING *)
            INSERT INTO attendance_punch_archive ({columns})
            SELECT {columns} FROM gone
            """
        )
        self.env.invalidate_all()
        self.assertEqual(self.rows().mapped("punch_count"), [4, 1])

    def test_the_inbox_reads_its_own_index_and_not_the_punches(self):
        self.env.flush_all()
        self.cr.execute("SET LOCAL enable_seqscan = off")
        query = self.inbox._search([("dismissed_id", "=", False)]).select()
        rows = self.env.execute_query(SQL("EXPLAIN %s", query))
        plan = "\n".join(line for (line,) in rows)
        for table in ("attendance_punch", "attendance_punch_archive"):
            self.assertRegex(plan, rf"Index (Only )?Scan using {table}__?unknown_idx")
            self.assertNotRegex(plan, rf"Seq Scan on {table}\b")
