from odoo.exceptions import (
    AccessError,
    RedirectWarning,
    UserError,
    ValidationError,
)
from odoo.tests import Form, tagged

from .common import ShiftCommon


@tagged("post_install", "-at_install")
class TestAttendanceShift(ShiftCommon):
    def test_due_and_summary(self):
        for spans, due, summary in (
            ([(510, 1050)], 540, "08:30 - 17:30"),
            ([(1320, 360)], 480, "22:00 - 06:00"),
            ([(600, 840), (1020, 1260)], 480, "10:00 - 14:00, 17:00 - 21:00"),
            ([(960, 1440)], 480, "16:00 - 24:00"),
            ([(0, 480)], 480, "00:00 - 08:00"),
        ):
            with self.subTest(summary):
                shift = self.new_shift("S", *spans)
                self.assertEqual(shift.due_minutes, due)
                self.assertEqual(shift.time_summary, summary)

    def test_nonsense_is_refused(self):
        for spans in (
            [],
            [(510, 510)],
            [(1440, 60)],
            [(0, 1440)],
            [(-1, 60)],
            [(0, 1441)],
            [(480, 720), (700, 900)],
            [(1320, 360), (300, 420)],
        ):
            with self.subTest(spans), self.assertRaises(ValidationError):
                self.new_shift("Bad", *spans)

    def test_nonsense_is_refused_on_every_way_in(self):
        with self.assertRaises(ValidationError):
            self.env["attendance.shift"].create({"name": "Empty"})
        shift = self.new_shift("Two", (480, 720), (780, 900))
        with self.assertRaises(ValidationError):
            shift.timetable_ids[1].start_minutes = 700

    def test_form_takes_wall_clock_times(self):
        with Form(self.env["attendance.shift"]) as form:
            form.name = "Day"
            with form.timetable_ids.new() as line:
                line.start_time = 8 + 20 / 60
                line.end_time = 17.5
        timetable = form.record.timetable_ids
        self.assertEqual((timetable.start_minutes, timetable.end_minutes), (500, 1050))

    def test_one_time_typed_alone_leaves_the_other(self):
        shift = self.new_shift("Day", (510, 1050))
        for name, value, wanted in (
            ("start_time", 9, (540, 1050)),
            ("end_time", 18.5, (540, 1110)),
        ):
            row = shift.timetable_ids
            self.env.invalidate_all()
            shift.write({"timetable_ids": [(1, row.id, {name: value})]})
            self.assertEqual((row.start_minutes, row.end_minutes), wanted)

    def test_a_shift_in_use_is_not_deleted(self):
        shift = self.new_shift("Day", (510, 1050))
        roster = self.roster(self.new_employee("Ann"), shift, "2026-03-01")
        self.store.default_shift_id = shift
        self.store.active = False
        with self.assertRaises(RedirectWarning) as caught, self.cr.savepoint():
            shift.unlink()
        sentence, action = caught.exception.args[:2]
        self.assertRegex(sentence, "Day.*: Roster: 1 and Store: 1")
        self.assertEqual(
            self.env["ir.actions.server"].browse(action).model_name, shift._name
        )
        roster.unlink()
        with self.assertRaisesRegex(RedirectWarning, "Day.*: Store: 1"):
            shift.unlink()
        shift._attendance_archive()
        with self.assertRaisesRegex(UserError, "Day.*: Store: 1"):
            shift.unlink()
        self.store.default_shift_id = False
        shift.unlink()
        self.assertFalse(shift.exists())

    def test_each_function_allows_its_operation_only(self):
        """Create, edit and delete of shifts, from both sides."""
        shift = self.new_shift("Day", (510, 1050))
        values = {
            "name": "New",
            "company_id": self.company.id,
            "timetable_ids": [(0, 0, {"start_minutes": 480, "end_minutes": 960})],
        }
        for number, granted in enumerate(("create", "edit", "delete", "view")):
            user = self.new_user(f"shifts{number}")
            self.new_role({"shifts": granted}, scope="all", user_ids=user)
            theirs = shift.copy({"name": f"Copy {number}"}).with_user(user)
            for operation, act in (
                ("create", lambda s: s.create(values)),
                ("edit", lambda s: s.write({"name": "Changed"})),
                ("edit", lambda s: s.timetable_ids.write({"start_minutes": 500})),
                ("delete", lambda s: s.unlink()),
            ):
                with self.subTest(granted=granted, operation=operation):
                    if granted == operation or (
                        granted == "create" and operation == "edit"
                    ):
                        continue
                    with self.assertRaises(AccessError), self.cr.savepoint():
                        act(theirs)
            if granted == "create":
                self.assertEqual(theirs.create(values).name, "New")
            elif granted == "edit":
                theirs.timetable_ids.start_minutes = 500
                theirs.name = "Changed"
                self.assertEqual(theirs.name, "Changed")
            elif granted == "delete":
                theirs.unlink()
                self.assertFalse(theirs.exists())

    def test_only_the_administrator_changes_shifts(self):
        shift = self.new_shift("Day", (510, 1050))
        user = self.new_user("boss", "chain_attendance_base.group_store_manager")
        self.assertEqual(shift.with_user(user).name, "Day")
        for change in (
            lambda: shift.with_user(user).write({"name": "x"}),
            lambda: shift.timetable_ids.with_user(user).write({"start_minutes": 1}),
        ):
            with self.assertRaises(AccessError):
                change()
