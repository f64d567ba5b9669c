from datetime import date, datetime

from odoo.exceptions import AccessError, UserError
from odoo.tests import BaseCase, freeze_time, tagged

from ..roster_ics import calendar_file
from .test_roster_publication import PublicationCommon

STAMP = datetime(2026, 10, 26, 4)


@tagged("post_install", "-at_install")
class TestRosterIcs(BaseCase):
    """The text of a calendar file."""

    def test_times_of_a_day_and_of_a_night(self):
        night = [(1320, 1800)]
        text = calendar_file([(date(2026, 11, 2), night, "Night", "T1")], 7, STAMP)
        self.assertEqual(
            text.split("\r\n"),
            [
                "BEGIN:VCALENDAR",
                "VERSION:2.0",
                "PRODID:-//Chain Attendance//Roster//",
                "BEGIN:VEVENT",
                "UID:roster-7-20261102-0@chain-attendance",
                "DTSTAMP:20261026T040000Z",
                "DTSTART:20261102T220000",
                "DTEND:20261103T060000",
                "SUMMARY:Night",
                "LOCATION:T1",
                "END:VEVENT",
                "END:VCALENDAR",
                "",
            ],
        )

    def test_two_stretches_and_none(self):
        day = date(2026, 11, 2)
        text = calendar_file([(day, [(600, 840), (1020, 1260)], "S", "")], 7, STAMP)
        self.assertEqual(text.count("BEGIN:VEVENT"), 2)
        self.assertIn("UID:roster-7-20261102-1@", text)
        text = calendar_file([(day, [], "Flexible", "")], 7, STAMP)
        self.assertIn("DTSTART;VALUE=DATE:20261102\r\n", text)
        self.assertNotIn("DTEND", text)

    def test_signs_and_long_lines(self):
        name = "早, 晚; \\ 班\n" * 9
        text = calendar_file([(date(2026, 11, 2), [], name, "")], 7, STAMP)
        self.assertLessEqual(max(len(x.encode()) for x in text.split("\r\n")), 75)
        self.assertIn("早\\, 晚\\; \\\\ 班\\n" * 9, text.replace("\r\n ", ""))


@tagged("post_install", "-at_install")
@freeze_time("2026-10-26 04:00:00")
class TestRosterMonthFile(PublicationCommon):
    def test_file_of_a_month(self):
        self.override(self.ann, "2026-11-04", self.night)
        months = self.env["attendance.roster.month"].with_user(self.clerk)
        text = months.get_calendar_file(self.ann.id, "2026-11-01")
        shown = months.get_month(self.ann.id, "2026-11-01")["days"]
        working = sum(day["works"] for day in shown)
        self.assertEqual(text.count("BEGIN:VEVENT"), working)
        self.assertIn("DTSTART:20261104T220000\r\nDTEND:20261105T060000", text)
        self.assertIn("SUMMARY:Night\r\nLOCATION:Store T001", text)
        with self.assertRaises(AccessError):
            months.get_calendar_file(self.bob.id, "2026-11-01")
        stranger = months.with_user(self.new_user("stranger"))
        with self.assertRaisesRegex(UserError, "belongs to no employee"):
            stranger.get_calendar_file(False, "2026-11-01")
