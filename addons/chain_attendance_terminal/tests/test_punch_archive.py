from unittest.mock import patch

from odoo.exceptions import (
    AccessError,
    RedirectWarning,
    UserError,
    ValidationError,
)
from odoo.tests import freeze_time, tagged

from .. import const
from .common import TerminalCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 10:00:00")
class TestPunchArchive(TerminalCommon):
    """Old punches move to the archive, whole, and are never doubled."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person = cls.new_employee("Ann", "1001")
        cls.company.attendance_punch_months = 12
        cls.archive = cls.env["attendance.punch.archive"]
        cls.old = [f"2025-02-{day:02d} 08:30:00" for day in range(20, 25)]
        cls.new = ["2025-03-05 08:30:00", "2026-03-09 08:30:00"]
        cls.send("1001", *cls.old, *cls.new)

    def clean_up(self, seconds_left=float("inf")):
        cron = type(self.env["ir.cron"])
        with patch.object(cron, "_commit_progress", return_value=seconds_left) as told:
            self.archive._cron_archive()
        self.env.flush_all()
        return told

    def archived(self):
        return self.archive.search([("terminal_id", "=", self.terminal.id)])

    def test_what_is_past_its_age_moves_and_nothing_else(self):
        before = self.punches().read()
        self.clean_up()
        self.assertEqual(self.punches().mapped("wall_time"), self.new)
        self.assertEqual(sorted(self.archived().mapped("wall_time")), self.old)
        both = self.punches().read() + self.archived().read()
        self.assertEqual(
            sorted(both, key=lambda row: row["id"]),
            sorted(before, key=lambda row: row["id"]),
        )

    def test_the_run_is_noted_and_an_empty_one_is_not(self):
        self.clean_up()
        self.clean_up()
        run = self.env["attendance.retention.run"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertEqual((run.kind, run.count, str(run.before)),
                         ("punches", 5, "2025-03-01"))  # fmt: skip

    def test_zero_months_keep_everything_at_hand(self):
        self.company.attendance_punch_months = 0
        self.clean_up()
        self.assertFalse(self.archived())

    def test_sent_again_it_is_neither_doubled_nor_brought_back(self):
        self.clean_up()
        self.assertEqual(self.send("1001", *self.old, *self.new), 0)
        self.assertEqual(self.send("1001", self.old[0], "2025-02-20 17:30:00"), 1)
        self.assertEqual(len(self.archived()), 5)
        self.assertEqual(len(self.punches()), 3)

    def test_what_waits_for_a_person_stays_at_hand(self):
        self.send("4711", "2025-02-20 08:30:00")
        self.send("1001", "2000-01-01 08:30:00")
        self.clean_up()
        self.assertEqual(len(self.punches(user_code="4711")), 1)
        self.assertEqual(len(self.punches(quarantine="past")), 1)

    def test_batches_are_committed_until_the_time_is_up(self):
        with patch.object(const, "ARCHIVE_BATCH", 2), patch(
            "odoo.addons.chain_attendance_terminal.models.attendance_punch_archive"
            ".ARCHIVE_BATCH", 2,
        ):  # fmt: skip
            told = self.clean_up(seconds_left=0)
            self.assertEqual(len(self.archived()), 2)
            self.assertEqual(told.call_args.kwargs, {"remaining": 1})
            self.clean_up()
        self.assertEqual(len(self.archived()), 5)

    def test_months_have_limits(self):
        for months in (1, 2, 601, -1):
            with (
                self.subTest(months),
                self.assertRaisesRegex(ValidationError, "3 to 600 months"),
            ):
                self.company.attendance_punch_months = months
        for months in (0, 3, 600):
            self.company.attendance_punch_months = months

    def test_nobody_writes_or_deletes_it_and_strangers_do_not_read_it(self):
        self.clean_up()
        with self.assertRaises(UserError):
            self.archived()[0].write({"user_code": "1"})
        with self.assertRaises(UserError):
            self.archived()[0].unlink()
        stranger = self.new_user("stranger")
        self.assertFalse(self.archive.with_user(stranger).search([]))
        reader = self.new_user("reader")
        self.new_role({"reports": "view"}, scope="all", user_ids=reader)
        self.assertEqual(len(self.archive.with_user(reader).search([])), 5)
        with self.assertRaises(AccessError):
            self.archive.with_user(reader).search([], limit=1).unlink()

    def test_a_terminal_whose_punches_are_all_archived_is_not_deleted(self):
        other = self.new_terminal("2", "TESTSN0002")
        self.send("1001", self.old[0], terminal=other)
        self.clean_up()
        self.assertFalse(
            self.env["attendance.punch"].search([("terminal_id", "=", other.id)])
        )
        with self.assertRaisesRegex(RedirectWarning, "Archived Punch: 1"):
            other.unlink()

    def test_a_code_that_is_dated_back_takes_archived_punches_along(self):
        self.clean_up()
        code = self.person.terminal_code_ids
        late = self.new_employee("Late")
        code.date_from = "2025-02-23"
        self.env.flush_all()
        owners = {p.wall_time: p.employee_id for p in self.archived()}
        self.assertEqual(
            owners,
            {
                at: self.person if at >= "2025-02-23" else late.browse()
                for at in self.old
            },
        )
        waiting = self.env["attendance.code.unknown"].search(
            [("terminal_ids", "in", self.terminal.ids)]
        )
        self.assertEqual((waiting.punch_count, str(waiting.first_day)),
                         (3, "2025-02-20"))  # fmt: skip
        self.env["attendance.terminal.code"].create(
            {"employee_id": late.id, "code": "1001", "date_to": "2025-02-22"}
        )
        self.assertEqual(
            len(self.archived().filtered(lambda p: p.employee_id == late)), 3
        )
        self.assertEqual(self.archived()[-1].home_store_id, late.store_id)

    def test_a_transfer_that_is_dated_back_places_archived_punches_anew(self):
        before, after = self.env["hr.department"].create(
            [{"name": name, "company_id": self.company.id} for name in ("Old", "New")]
        )
        first = self.person.version_id
        first.write({"date_version": "2024-01-01", "department_id": before.id})
        self.clean_up()
        version = self.person.create_version({"date_version": "2025-02-23"})
        version.department_id = after
        self.env.flush_all()
        self.env.invalidate_all()
        placed = {p.wall_time: p.department_id for p in self.archived()}
        self.assertEqual(
            placed, {at: after if at >= "2025-02-23" else before for at in self.old}
        )
        version.unlink()
        self.env.invalidate_all()
        self.assertEqual(self.archived().department_id, before)

    def test_a_transfer_of_today_does_not_look_through_the_archive(self):
        self.person.version_id.date_version = "2024-01-01"
        self.clean_up()
        self.env.flush_all()
        self.cr.execute(
            "UPDATE attendance_punch_archive SET home_store_id = NULL"
            " WHERE terminal_id = %s",
            [self.terminal.id],
        )
        self.env.invalidate_all()
        second = self.new_store("T2")
        version = self.person.create_version({"date_version": "2026-03-10"})
        version.store_id = second
        self.env.flush_all()
        self.assertFalse(self.archived().home_store_id)
        self.person.version_ids.sorted("date_version")[0].store_id = second
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self.archived().home_store_id, second)
