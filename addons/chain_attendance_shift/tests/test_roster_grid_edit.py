from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .test_roster_grid import FIRST, LAST, GridCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-11-04 04:00:00")
class TestRosterGridEdit(GridCommon):
    """Changing cells, taking steps back, and what is refused whole."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.boss = cls.new_employee("Boss")
        cls.store.manager_id = cls.boss
        cls.user = cls.new_user("boss", employee=cls.boss)
        cls.new_role(
            {"rosters": "view create edit"}, scope="own_stores", user_ids=cls.user
        )
        cls.mine = cls.grid.with_user(cls.user)
        cls.admin = cls.env.ref("base.user_admin")
        cls.admin.company_ids |= cls.company
        cls.overrides = cls.env["attendance.roster.override"]

    def set(self, *cells, user=None, **options):
        cells = [[person.id, day, shift] for person, day, shift in cells]
        grid = self.grid.with_user(user or self.user)
        return grid.set_cells(cells, FIRST, LAST, **options)

    def toggle(self, step, *, undo=True):
        return self.mine.toggle_step(step, FIRST, LAST, undo)

    def planned(self, person, day):
        """``(shift id, source)`` that counts."""
        return tuple(self.cells(person, day, day)[day][:2])

    def test_a_shift_and_a_rest(self):
        night = self.night.id
        result = self.set(
            (self.ann, "2026-11-03", night), (self.bob, "2026-11-04", 0), reason="Fair"
        )
        self.assertEqual(self.planned(self.ann, "2026-11-03"), (night, "override"))
        self.assertEqual(self.planned(self.bob, "2026-11-04"), (0, "override"))
        made = self.overrides.browse(result["step"]["on"])
        self.assertEqual(made.create_uid, self.user)
        self.assertEqual(set(made.mapped("reason")), {"Fair"})
        self.assertEqual(result["step"]["off"], [])

    def test_the_rows_come_back_as_they_are_now(self):
        result = self.set((self.ann, "2026-11-03", self.night.id))
        self.assertEqual(set(result["rows"]), {str(self.ann.id)})
        row = result["rows"][str(self.ann.id)]
        self.assertEqual(row, list(self.cells(self.ann).values()))
        self.assertEqual(row[2][2], ["short_rest"])

    def test_what_holds_already_is_not_changed(self):
        result = self.set(
            (self.ann, "2026-11-03", self.day.id),
            (self.ann, "2026-11-07", 0),
            (self.ann, "2026-11-05", None),
        )
        self.assertEqual(result["step"], {"on": [], "off": []})
        self.assertFalse(self.overrides.search([("employee_id", "=", self.ann.id)]))

    def test_back_to_what_the_rosters_say(self):
        self.set((self.ann, "2026-11-03", 0))
        self.set((self.ann, "2026-11-03", self.night.id))
        result = self.set((self.ann, "2026-11-03", None))
        self.assertEqual(
            self.planned(self.ann, "2026-11-03"), (self.day.id, "standing")
        )
        self.assertEqual(len(result["step"]["off"]), 2)
        self.toggle(result["step"])
        self.assertEqual(
            self.planned(self.ann, "2026-11-03"), (self.night.id, "override")
        )

    def test_undo_and_redo(self):
        first = self.set((self.ann, "2026-11-03", 0))["step"]
        second = self.set((self.ann, "2026-11-03", self.night.id))["step"]
        self.toggle(second)
        self.assertEqual(self.planned(self.ann, "2026-11-03"), (0, "override"))
        result = self.toggle(first)
        self.assertEqual(
            self.planned(self.ann, "2026-11-03"), (self.day.id, "standing")
        )
        self.assertEqual(
            result["rows"][str(self.ann.id)], list(self.cells(self.ann).values())
        )
        self.toggle(first, undo=False)
        self.toggle(second, undo=False)
        self.assertEqual(
            self.planned(self.ann, "2026-11-03"), (self.night.id, "override")
        )

    def test_a_step_is_taken_back_once(self):
        step = self.set((self.ann, "2026-11-03", 0))["step"]
        with self.assertRaisesRegex(UserError, "already"):
            self.toggle(step, undo=False)
        self.toggle(step)
        with self.assertRaisesRegex(UserError, "already"):
            self.toggle(step)

    def test_what_somebody_built_upon_stays(self):
        step = self.set((self.ann, "2026-11-03", 0))["step"]
        self.set((self.ann, "2026-11-03", self.night.id), user=self.admin)
        with self.assertRaisesRegex(UserError, "11/03/2026 of Ann was changed since"):
            self.toggle(step)

    def test_another_day_does_not_keep_a_step(self):
        step = self.set((self.ann, "2026-11-03", 0), (self.bob, "2026-11-05", 0))[
            "step"
        ]
        self.set(
            (self.bob, "2026-11-03", 0), (self.ann, "2026-11-05", 0), user=self.admin
        )
        self.toggle(step)
        self.assertEqual(self.planned(self.bob, "2026-11-03"), (0, "override"))

    def test_steps_of_others(self):
        step = self.set((self.ann, "2026-11-03", 0), user=self.admin)["step"]
        with self.assertRaisesRegex(UserError, "one's own"):
            self.toggle(step)
        far = self.set((self.far, "2026-11-03", 0), user=self.admin)["step"]
        for step in (far, {"on": [], "off": far["on"]}):
            with self.assertRaises(AccessError):
                self.toggle(step)

    def test_steps_that_are_none(self):
        for step in (
            {}, [], None, {"on": [], "off": []}, {"on": ["x"], "off": []},
            {"on": [987654321], "off": []}, {"on": [None], "off": []},
        ):  # fmt: skip
            with self.subTest(step=step), self.assertRaises(UserError):
                self.toggle(step)

    def test_somebody_out_of_scope_stops_all(self):
        with self.assertRaisesRegex(AccessError, "1 of 2 are not"):
            self.set((self.ann, "2026-11-03", 0), (self.far, "2026-11-03", 0))
        with self.assertRaises(AccessError):
            self.set((self.far, "2026-11-03", None))
        self.assertEqual(
            self.planned(self.ann, "2026-11-03"), (self.day.id, "standing")
        )

    def test_who_may_look_only(self):
        looker = self.new_user("looker", employee=self.new_employee("Looker"))
        self.new_role({"rosters": "view"}, scope="all", user_ids=looker)
        with self.assertRaises(AccessError):
            self.set((self.ann, "2026-11-03", 0), user=looker)

    def test_an_employee_may_not_plan_the_own_day(self):
        user = self.new_user("ann", employee=self.ann)
        with self.assertRaises(AccessError):
            self.set((self.ann, "2026-11-03", 0), user=user)

    def test_outside_of_employment(self):
        self.ann.leave_date = "2026-11-05"
        with self.assertRaisesRegex(UserError, "Ann is not employed on 11/06/2026"):
            self.set((self.ann, "2026-11-05", 0), (self.ann, "2026-11-06", 0))
        self.assertFalse(self.overrides.search([("employee_id", "=", self.ann.id)]))

    def test_shifts_that_cannot_be_planned(self):
        self.night.active = False
        with self.assertRaisesRegex(UserError, "Night.* is archived"):
            self.set((self.ann, "2026-11-03", self.night.id))
        with self.assertRaisesRegex(UserError, "not there any more"):
            self.set((self.ann, "2026-11-03", 987654321))
        company = self.env["res.company"].create({"name": "Other"})
        foreign = self.day.sudo().copy({"company_id": company.id})
        with self.assertRaises(AccessError):
            self.set((self.ann, "2026-11-03", foreign.id))

    def test_cells_that_are_none(self):
        ann = self.ann.id
        for cells in (
            [], None, "text", [[ann]], [[ann, "2026-13-01", 0]], [["x", FIRST, 0]],
            [[ann, FIRST, "day"]], [[ann, FIRST, -1]], [[True, FIRST, 0]],
            [[ann, False, 0]], [[ann, FIRST, 0]] * 20001,
            [[ann, "2026-01-01", 0], [ann, "2027-01-03", 0]],
        ):  # fmt: skip
            with self.subTest(str(cells)[:40]), self.assertRaises(UserError):
                self.mine.set_cells(cells, FIRST, LAST)

    def test_history(self):
        self.set((self.ann, "2026-11-03", 0), reason="Asked for")
        self.set((self.ann, "2026-11-03", self.night.id))
        entries = self.mine.get_history(self.ann.id, "2026-11-03")
        self.assertEqual(
            [(e["what"], e["reason"], e["in_force"], e["source"]) for e in entries],
            [
                ("Night 22:00 - 06:00", "", True, "override"),
                ("Rest", "Asked for", False, "override"),
                ("Day 08:30 - 17:30", "", False, "standing"),
            ],
        )
        self.assertEqual(entries[0]["by"], "boss")
        self.set((self.ann, "2026-11-03", None))
        entries = self.mine.get_history(self.ann.id, "2026-11-03")
        self.assertEqual([e["in_force"] for e in entries], [False, False, True])

    def test_history_of_a_day_without_a_plan(self):
        stranger = self.new_employee("Nobody's")
        self.assertEqual(self.mine.get_history(stranger.id, FIRST), [])
        self.store.default_shift_id = self.day
        (entry,) = self.mine.get_history(stranger.id, FIRST)
        self.assertEqual(
            (entry["source"], entry["by"]), ("default", "[T001] Store T001")
        )

    def test_a_thousand_cells_take_few_queries(self):
        people = self.env["hr.employee"].concat(
            *[self.new_employee(f"P{n}") for n in range(30)]
        )
        cells = [
            [person.id, date(2026, 11, day).isoformat(), self.day.id]
            for person in people
            for day in range(1, 31)
        ]
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        result = self.mine.set_cells(cells, "2026-11-01", "2026-11-30")
        self.env.flush_all()
        taken = self.env.cr.sql_log_count - before
        self.assertEqual(len(result["step"]["on"]), 900)
        self.assertLessEqual(taken, 90)
