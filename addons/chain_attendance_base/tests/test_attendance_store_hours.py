from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from .common import AttendanceCommon


@tagged("post_install", "-at_install")
class TestAttendanceStoreHours(AttendanceCommon):
    def hours(self, *lines):
        self.store.hours_ids = [(5,)] + [
            (0, 0, {"weekday": str(day), "time_from": start, "time_to": end})
            for day, start, end in lines
        ]

    def test_summary(self):
        self.hours(*[(day, 9, 22) for day in range(5)], (5, 10, 14), (5, 16, 2))
        self.assertEqual(
            self.store.hours_text, "Mon–Fri 09:00–22:00; Sat 10:00–14:00, 16:00–02:00"
        )
        chinese = self.store.with_context(lang="zh_CN").hours_text
        self.assertIn("周一–周五 09:00–22:00", chinese)
        self.hours()
        self.assertFalse(self.store.hours_text)

    def test_times_from_both_sides(self):
        for start, end in ((0, 24), (0, 0.5), (23.5, 0), (22, 21), (23 + 59 / 60, 24)):
            self.hours((0, start, end))
        for start, end in ((9, 9), (-1, 9), (24, 9), (9, 24.5), (9, -1)):
            with (
                self.subTest((start, end)),
                self.assertRaisesRegex(ValidationError, "Opens at"),
                self.cr.savepoint(),
            ):
                self.hours((0, start, end))

    def test_overlap_is_refused_with_both_lines(self):
        self.hours((0, 9, 12), (0, 12, 18), (1, 0, 24), (6, 20, 24))
        self.hours((6, 20, 9), (0, 9, 12))  # Sunday's night ends as Monday opens
        for lines in (
            [(0, 9, 12), (0, 11, 18)],
            [(0, 20, 3), (1, 2, 9)],
            [(6, 20, 10), (0, 9, 12)],
            [(2, 9, 21), (2, 9, 21)],
        ):
            with (
                self.subTest(lines),
                self.assertRaisesRegex(ValidationError, "overlap: .* and "),
                self.cr.savepoint(),
            ):
                self.hours(*lines)

    def test_form_of_a_store(self):
        with Form(self.env["attendance.store"]) as form:
            form.name = "New"
            self.assertEqual(form.code, "001")
            with form.hours_ids.new() as line:
                line.weekday = "2"
        self.assertEqual(form.record.hours_text, "Wed 09:00–21:00")
        self.assertEqual(form.record.copy().hours_text, "Wed 09:00–21:00")

    def test_store_name_length_from_both_sides(self):
        self.assertTrue(self.new_store("N1", name="n" * 128))
        for name in ("n" * 129, "  "):
            with (
                self.assertRaisesRegex(ValidationError, "store name"),
                self.cr.savepoint(),
            ):
                self.new_store("N2", name=name)
