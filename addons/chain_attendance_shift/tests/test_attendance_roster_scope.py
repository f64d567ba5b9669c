from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import ShiftCommon

OPERATIONS = "view create edit delete export"
SCOPES = (
    "all",
    "employees",
    "jobs",
    "departments",
    "self",
    "own_department",
    "own_stores",
)


@tagged("post_install", "-at_install")
@freeze_time("2026-07-20 04:00:00")
class TestAttendanceRosterScope(ShiftCommon):
    """Rosters in each of the seven data scopes: who is in, and who is not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.day = cls.new_shift("Day", (510, 1050))
        jobs = cls.env["hr.job"].create([{"name": "Cashier"}, {"name": "Guard"}])
        departments = cls.env["hr.department"].create(
            [
                {"name": name, "company_id": cls.company.id}
                for name in ("Shops", "Office")
            ]
        )
        here = {"job_id": jobs[0].id, "department_id": departments[0].id}
        there = {"job_id": jobs[1].id, "department_id": departments[1].id}
        cls.me = cls.new_employee("Me", **here)
        cls.near = cls.new_employee("Near", **here)
        cls.far = cls.new_employee("Far", store_id=cls.new_store("T2").id, **there)
        cls.store.manager_id = cls.me
        cls.user = cls.new_user("me", employee=cls.me)
        cls.role = cls.new_role(
            {"rosters": OPERATIONS},
            scope="all",
            user_ids=cls.user,
            employee_ids=cls.near.ids,
            job_ids=jobs[0].ids,
            department_ids=departments[0].ids,
        )
        cls.rosters = cls.env["attendance.roster"].with_user(cls.user)

    def each_scope(self):
        """``(scope, somebody inside, somebody outside or nobody)``."""
        for scope in SCOPES:
            self.role.scope = scope
            inside = self.me if scope == "self" else self.near
            outside = self.far if scope != "all" else self.env["hr.employee"]
            with self.subTest(scope):
                yield inside, outside

    def values(self, employee, day="2026-07-01"):
        return {"employee_id": employee.id, "shift_id": self.day.id, "date_from": day}

    def refused(self, act):
        with self.assertRaises(AccessError), self.cr.savepoint():
            act()

    def test_read_and_search(self):
        mine = self.roster(self.me, self.day, "2026-07-01")
        near = self.roster(self.near, self.day, "2026-07-01")
        far = self.roster(self.far, self.day, "2026-07-01")
        every = mine | near | far
        for inside, outside in self.each_scope():
            found = self.rosters.search([("id", "in", every.ids)])
            self.assertIn(inside, found.employee_id)
            self.assertNotIn(outside, found.employee_id) if outside else None
            self.assertEqual(self.rosters.search_count([]), len(found))
            if outside:
                self.refused(lambda: far.with_user(self.user).read(["date_from"]))
            else:
                self.assertEqual(len(found), 3)

    def test_create(self):
        for inside, outside in self.each_scope():
            created = self.rosters.create(self.values(inside))
            self.assertEqual(created.employee_id, inside)
            if outside:
                self.refused(lambda o=outside: self.rosters.create(self.values(o)))

    def test_write(self):
        for inside, outside in self.each_scope():
            mine = self.roster(inside, self.day, "2026-07-01").with_user(self.user)
            mine.works_saturday = True
            self.assertTrue(mine.works_saturday)
            if outside:
                theirs = self.roster(outside, self.day, "2026-07-01")
                theirs = theirs.with_user(self.user)
                self.refused(lambda t=theirs: t.write({"works_sunday": True}))

    def test_hand_over(self):
        """A roster is neither given away out of the scope nor taken into it."""
        for inside, outside in self.each_scope():
            mine = self.roster(inside, self.day, "2026-07-01").with_user(self.user)
            if not outside:
                mine.employee_id = self.far
                self.assertEqual(mine.employee_id, self.far)
                continue
            self.refused(lambda m=mine, o=outside: m.write({"employee_id": o.id}))
            self.assertEqual(mine.employee_id, inside)
            theirs = self.roster(outside, self.day, "2026-07-01").with_user(self.user)
            self.refused(lambda t=theirs, i=inside: t.write({"employee_id": i.id}))

    def test_unlink(self):
        for inside, outside in self.each_scope():
            mine = self.roster(inside, self.day, "2026-07-01").with_user(self.user)
            mine.unlink()
            self.assertFalse(mine.exists())
            if outside:
                theirs = self.roster(outside, self.day, "2026-07-01")
                self.refused(theirs.with_user(self.user).unlink)

    def test_export(self):
        for inside, outside in self.each_scope():
            mine = self.roster(inside, self.day, "2026-07-01").with_user(self.user)
            rows = mine.export_data(["employee_id", "date_from"])["datas"]
            self.assertEqual([row[0] for row in rows], [inside.name])
            if outside:
                theirs = self.roster(outside, self.day, "2026-07-01")
                theirs = theirs.with_user(self.user)
                self.refused(lambda t=theirs: t.export_data(["date_from"]))

    def test_each_function_is_needed(self):
        """Who may only look neither plans nor exports, though the scope is all."""
        self.role.user_ids = False
        self.new_role({"rosters": "view"}, scope="all", user_ids=self.user)
        roster = self.roster(self.near, self.day, "2026-07-01").with_user(self.user)
        self.assertEqual(roster.date_from.isoformat(), "2026-07-01")
        for act in (
            lambda: self.rosters.create(self.values(self.near)),
            lambda: roster.write({"works_sunday": True}),
            roster.unlink,
            lambda: roster.export_data(["date_from"]),
        ):
            self.refused(act)

    def test_the_picker_offers_whom_the_login_may_plan(self):
        arch = self.rosters.get_view(
            self.env.ref("chain_attendance_shift.attendance_roster_view_list").id
        )["arch"]
        self.assertIn("('attendance_scope', '=', 'rosters.edit')", arch)
        domain = [("attendance_scope", "=", "rosters.edit")]
        people = self.me | self.near | self.far
        for inside, outside in self.each_scope():
            offered = self.env["hr.employee"].with_user(self.user)
            ids = {key for key, _name in offered.name_search("", domain, limit=None)}
            self.assertIn(inside.id, ids)
            self.assertNotIn(outside.id, ids)
            if not outside:
                self.assertLessEqual(set(people.ids), ids)
