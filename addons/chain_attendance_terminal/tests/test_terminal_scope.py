from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import TerminalCommon

FUNCTIONS = ("view", "create", "edit", "delete")


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 08:00:00")
class TestTerminalScope(TerminalCommon):
    """What a role lets do with terminals, and with which."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.department = cls.env["hr.department"].create(
            {"name": "North", "company_id": cls.company.id}
        )
        cls.store.department_id = cls.department
        cls.far_store = cls.new_store("T2")
        cls.far = cls.new_terminal("2", "TESTSN0002", store_id=cls.far_store.id)
        cls.user = cls.new_user("keeper")
        cls.store.timekeeper_ids = cls.user

    def allow(self, functions, scope="own_stores"):
        return self.new_role({"terminals": functions}, scope=scope, user_ids=self.user)

    def values(self, code, store):
        return {
            "code": code,
            "name": "New",
            "serial_number": f"NEWSN{code}",
            "vendor": self.terminal.vendor,
            "store_id": store and store.id,
            "company_id": self.company.id,
        }

    def changes(self, terminal, code, store):
        """What may be done, by function."""
        mine = self.env["attendance.terminal"].with_user(self.user)
        return {
            "view": lambda: terminal.with_user(self.user).read(["name"]),
            "create": lambda: mine.create(self.values(code, store)),
            "edit": lambda: terminal.with_user(self.user).write({"name": "Mine"}),
            "delete": lambda: terminal.with_user(self.user).unlink(),
        }

    def test_each_function_by_itself_inside_the_scope_only(self):
        for number, function in enumerate(FUNCTIONS):
            role = self.allow(function)
            mine = self.new_terminal(f"1{number}", f"OWN{number}")
            far = self.new_terminal(
                f"2{number}", f"FAR{number}", store_id=self.far_store.id
            )
            allowed = {"view", function}
            inside = self.changes(mine, f"3{number}", self.store)
            outside = self.changes(far, f"4{number}", self.far_store)
            for tried in FUNCTIONS:
                with self.subTest(f"{function} allowed, {tried} tried"):
                    if tried in allowed:
                        inside[tried]()
                    else:
                        with self.assertRaises(AccessError):
                            inside[tried]()
                    with self.assertRaises(AccessError):
                        outside[tried]()
            self.assertEqual(
                mine.exists(), mine.browse() if function == "delete" else mine
            )
            self.assertTrue(far.exists())
            role.user_ids = False

    def test_a_terminal_is_not_handed_out_of_the_scope(self):
        self.allow("edit")
        mine = self.terminal.with_user(self.user)
        for store in (self.far_store, self.far_store.browse()):
            with self.assertRaises(AccessError):
                mine.store_id = store.id
            self.env.invalidate_all()
        with self.assertRaises(AccessError):
            self.far.with_user(self.user).store_id = self.store.id

    def test_a_terminal_without_a_store_is_for_who_sees_all(self):
        loose = self.new_terminal("3", "TESTSN0003", store_id=False)
        role = self.allow("view create")
        mine = self.env["attendance.terminal"].with_user(self.user)
        self.assertEqual(mine.search([]), self.terminal)
        with self.assertRaises(AccessError):
            mine.create(self.values("9", None))
        role.scope = "all"
        self.assertEqual(mine.search([]).sudo(), self.terminal | self.far | loose)
        self.assertTrue(mine.create(self.values("9", None)))

    def test_terminals_belong_to_the_store_s_department(self):
        self.new_employee(
            "Boss", department_id=self.department.id, user_id=self.user.id
        )
        self.allow("view", scope="own_department")
        mine = self.env["attendance.terminal"].with_user(self.user)
        self.assertEqual(mine.search([]), self.terminal)
        self.far_store.department_id = self.department
        self.assertEqual(mine.search([]).sudo(), self.terminal | self.far)
        self.store.department_id = False
        self.assertEqual(mine.search([]).sudo(), self.far)

    def test_nobody_s_terminals_are_for_who_may_register_them(self):
        """Serial numbers that called have no company and no store yet."""
        pending = self.env["attendance.terminal.pending"]
        pending._note_visit("UNKNOWN1", "10.0.0.1")
        mine = pending.with_user(self.user)
        role = self.allow("view edit")
        with self.assertRaises(AccessError):
            mine.search([])
        role.user_ids = False
        self.allow("create")
        waiting = mine.search([("serial_number", "=", "UNKNOWN1")])
        self.assertTrue(waiting)
        action = waiting.action_register()
        self.assertEqual(action["context"], {"default_pending_id": waiting.id})
        with self.assertRaises(AccessError):
            waiting.unlink()
        self.env["attendance.terminal"].with_user(self.user).create(
            {**self.values("7", self.store), "serial_number": "UNKNOWN1"}
        )
        self.assertFalse(waiting.sudo().exists())
        pending._note_visit("UNKNOWN2", "10.0.0.1")
        self.allow("delete")
        mine.search([("serial_number", "=", "UNKNOWN2")]).unlink()

    def test_unreadable_lines_are_for_who_sets_terminals_up(self):
        rejects = self.env["attendance.punch.reject"]
        line = rejects.create(
            {
                "terminal_id": self.terminal.id,
                "company_id": self.company.id,
                "raw_line": "nonsense",
                "reason": "fields",
            }
        )
        role = self.allow("view edit")
        with self.assertRaises(AccessError):
            rejects.with_user(self.user).search([])
        role.user_ids = False
        self.allow("create")
        self.assertEqual(rejects.with_user(self.user).search([]), line)
        with self.assertRaises(AccessError):
            line.with_user(self.user).unlink()
        other = self.env["res.company"].create({"name": "Other"})
        line.company_id = other
        self.assertFalse(rejects.with_user(self.user).search([]))
        line.company_id = self.company
        self.allow("delete")
        line.with_user(self.user).unlink()
