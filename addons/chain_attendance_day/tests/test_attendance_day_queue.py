import gc
import time
from datetime import date, timedelta
from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..models.attendance_day_queue import WOKEN
from .common import DayCommon

DAY = date(2026, 3, 10)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-20 08:00:00")
class TestAttendanceDayQueue(DayCommon):
    """What marks which day, and how marks are worked off."""

    def test_a_punch_marks_its_day_and_the_neighbours(self):
        self.send("1001", "2026-03-10 08:30:00")
        self.assertEqual(self.queued(), ["2026-03-09", "2026-03-10", "2026-03-11"])

    def test_what_changes_nothing_marks_nothing(self):
        self.send("1001", "2026-03-10 08:30:00")
        self.clear_queue()
        self.send("1001", "2026-03-10 08:30:00")
        self.send("9999", "2026-03-10 08:30:00")
        self.send("1001", "2000-01-01 08:30:00")
        self.assertFalse(self.env["attendance.day.queue"].search_count([]))

    def test_a_claimed_code_marks_its_days(self):
        self.send("3001", "2026-03-10 08:30:00")
        late = self.new_employee("Late", "3001")
        self.assertEqual(self.queued(late), ["2026-03-09", "2026-03-10", "2026-03-11"])

    def test_a_roster_marks_from_its_start_to_today(self):
        roster = self.roster(self.person, self.day_shift, "2026-03-18")
        # The day before, whose window ends at the shift's, to where it is tomorrow.
        span = ["2026-03-17", "2026-03-18", "2026-03-19", "2026-03-20", "2026-03-21"]
        self.assertEqual(self.queued(), span)
        self.clear_queue()
        roster.date_from = "2026-03-19"
        self.assertEqual(self.queued(), span)
        self.clear_queue()
        roster.unlink()
        self.assertEqual(self.queued(), span[1:])
        self.clear_queue()
        self.roster(self.person, self.day_shift, "2026-04-01")
        self.assertEqual(self.queued(), [])

    def test_a_changed_shift_or_policy_marks_who_uses_it(self):
        span = ["2026-03-18", "2026-03-19", "2026-03-20"]
        self.roster(self.person, self.day_shift, "2026-03-19")
        self.compute("2026-03-17", *span)
        self.clear_queue()
        self.night_shift.timetable_ids.start_minutes = 1300
        self.assertEqual(self.queued(), [])
        self.day_shift.write(
            {
                "change_from": "2026-03-19",
                "timetable_ids": [
                    (1, self.day_shift.timetable_ids.id, {"end_minutes": 1000})
                ],
            }
        )
        self.assertEqual(self.queued(), span)
        self.clear_queue()
        # Without a date it counts from today on; yesterday's window ends at today's.
        self.day_shift.timetable_ids.end_minutes = 1020
        self.assertEqual(self.queued(), span[1:])
        self.clear_queue()
        self.company.attendance_policy_id.grace_late_minutes = 7
        self.assertEqual(self.queued(), ["2026-03-17", *span])

    def test_organisation_zone_and_policy_of_a_stored_day(self):
        self.compute("2026-03-19")
        self.clear_queue()
        policy = self.company.attendance_policy_id.copy()
        job = self.env["hr.job"].create({"name": "Clerk"})
        self.clear_queue()
        stored = ["2026-03-19"]
        history = ["2026-03-19", "2026-03-20", "2026-03-21"]
        for change, marked in (
            (lambda: self.person.write({"job_id": job.id}), history),
            (
                # Up to the day before the version that was there, and that one.
                lambda: self.person.create_version({"date_version": "2026-03-01"}),
                history[:2],
            ),
            (lambda: self.store.write({"tz": "Europe/Berlin"}), stored),
            (lambda: self.company.write({"attendance_policy_id": policy.id}), stored),
        ):
            change()
            self.env.flush_all()
            self.assertEqual(self.queued(), marked)
            self.clear_queue()
        self.person.work_phone = "1"
        self.store.phone = "2"
        self.env.flush_all()
        self.assertEqual(self.queued(), [])

    def test_a_corrected_code_marks_both_owners(self):
        other = self.new_employee("Bob")
        self.send("1001", "2026-03-10 08:30:00")
        self.clear_queue()
        self.person.terminal_code_ids.employee_id = other
        span = ["2026-03-09", "2026-03-10", "2026-03-11"]
        self.assertEqual((self.queued(), self.queued(other)), (span, span))

    def test_a_newer_mark_survives_the_release(self):
        queue = self.env["attendance.day.queue"]
        queue._mark([(self.person.id, DAY)])
        claimed = queue._claim()
        self.assertEqual([row[1:3] for row in claimed], [(self.person.id, DAY)])
        self.assertFalse(queue._claim())
        queue._mark([(self.person.id, DAY)])
        queue._release(claimed)
        again = queue._claim()
        self.assertEqual([row[0] for row in again], [row[0] for row in claimed])
        queue._release(again)
        self.assertFalse(queue.search_count([]))

    def test_a_day_that_waits_already_is_not_written_again(self):
        queue, pair = self.env["attendance.day.queue"], (self.person.id, DAY)
        queue._mark([pair])
        row = queue.search([])
        first = row.seq
        queue._mark([pair])
        self.assertEqual(row.seq, first)
        (claimed,) = queue._claim()
        queue._mark([pair])
        second = row.seq
        self.assertGreater(second, first)
        # One that failed is tried at once.
        queue._release([(*claimed[:3], second)], {row.id: "broken"})
        self.assertTrue(row.retry_at)
        queue._mark([pair])
        self.assertFalse(row.retry_at)
        self.assertGreater(row.seq, second)
        self.clear_queue()

    def test_the_cron_is_not_woken_with_every_mark(self):
        queue, name = self.env["attendance.day.queue"], self.env.cr.dbname
        for since, times in ((None, 1), (0, 0), (3600, 1)):
            self.clear_queue()
            woken = {} if since is None else {name: time.monotonic() - since}
            cron = self.env.ref("chain_attendance_day.ir_cron_compute")
            triggers = self.env["ir.cron.trigger"].sudo()
            mine = [("cron_id", "=", cron.id)]
            triggers.search(mine).unlink()
            with self.subTest(since), patch.dict(WOKEN, woken, clear=True):
                queue._mark([(self.person.id, DAY)])
                # Days that wait have woken it already.
                queue._mark([(self.person.id, DAY + timedelta(days=1))])
                self.assertEqual(triggers.search_count(mine), times)

    def test_the_cron_stays_for_what_does_not_wake_it(self):
        queue = self.env["attendance.day.queue"]
        model = "odoo.addons.chain_attendance_day.models.attendance_day_queue"
        self.clear_queue()
        self.assertEqual(queue._claim_or_wait(time.monotonic() + 60), [])
        with (
            patch.object(type(queue), "_new_transaction"),
            patch(
                f"{model}.time.sleep",
                side_effect=lambda _seconds: queue._mark([(self.person.id, DAY)]),
            ) as sleep,
        ):
            claimed = queue.with_context(cron_id=1)._claim_or_wait(
                time.monotonic() + 60
            )
        self.assertEqual([row[1:3] for row in claimed], [(self.person.id, DAY)])
        sleep.assert_called_once()

    def test_who_stops_before_the_end_is_woken_again(self):
        """Odoo itself calls again only when it looks next, a minute later."""
        queue = self.env["attendance.day.queue"].with_context(cron_id=1)
        cron = self.env.ref("chain_attendance_day.ir_cron_compute")
        triggers = self.env["ir.cron.trigger"].sudo()
        mine, model = [("cron_id", "=", cron.id)], type(queue)
        module = "odoo.addons.chain_attendance_day.models.attendance_day_queue"
        claims = [[(self.person.id, DAY)], []]
        for seconds, waiting, times in ((-1, 5, 1), (-1, 0, 0), (60, 0, 0)):
            triggers.search(mine).unlink()
            with (
                self.subTest(seconds=seconds, waiting=waiting),
                patch(f"{module}.CALL_SECONDS", seconds),
                patch(f"{module}.WAKE_SECONDS", -1),
                patch(f"{module}.LOOK_SECONDS", 0),
                patch.object(model, "_new_transaction"),
                # By the clock of the database, somebody's shift may just be over.
                patch.object(type(self.env["attendance.day"]), "_mark_closed_windows"),
                patch.object(model, "_claim", side_effect=list(claims)),
                patch.object(model, "_compute", return_value={}),
                patch.object(model, "_release"),
                patch.object(model, "_waiting", return_value=waiting),
                patch.object(type(cron), "_commit_progress", return_value=60),
            ):
                queue._cron_compute()
                self.assertEqual(triggers.search_count(mine), times)

    def test_who_still_waits_at_the_end_of_a_call_is_woken_again(self):
        queue = self.env["attendance.day.queue"].with_context(cron_id=1)
        cron = self.env.ref("chain_attendance_day.ir_cron_compute")
        triggers = self.env["ir.cron.trigger"].sudo()
        triggers.search([("cron_id", "=", cron.id)]).unlink()
        self.clear_queue()
        with patch.object(type(cron), "_commit_progress", return_value=60):
            self.assertEqual(queue._claim_or_wait(time.monotonic() - 1), [])
        self.assertEqual(triggers.search_count([("cron_id", "=", cron.id)]), 1)

    def test_a_claim_of_a_dead_worker_is_nobody_s(self):
        queue = self.env["attendance.day.queue"]
        queue._mark([(self.person.id, DAY)])
        claimed = queue._claim()
        self.cr.execute("UPDATE attendance_day_queue SET claimed_pid = 0")
        self.assertEqual(queue._claim(), claimed)

    @mute_logger("odoo.addons.chain_attendance_day.models.attendance_day_queue")
    def test_a_day_that_fails_does_not_stop_the_others(self):
        other = self.new_employee("Bob", "2001")
        self.clear_queue()
        queue, days = self.env["attendance.day.queue"], self.env["attendance.day"]
        queue._mark([(self.person.id, DAY), (other.id, DAY)])
        real = type(days)._prepare_engine_inputs

        def fail_for_one(model, pairs):
            if (other.id, DAY) in pairs:
                raise ValueError("broken")
            return real(model, pairs)

        claimed = queue._claim()
        with patch.object(type(days), "_prepare_engine_inputs", fail_for_one):
            failed = queue._compute(claimed)
        bad = next(row for row in claimed if row[1] == other.id)
        self.assertEqual({k: str(v) for k, v in failed.items()}, {bad[0]: "broken"})
        self.assertTrue(days.search_count([("employee_id", "=", self.person.id)]))
        queue._release(claimed, failed)
        row = queue.browse(bad[0])
        self.assertEqual((row.error, row.attempts), ("broken", 1))
        self.assertNotIn(bad[0], [found[0] for found in queue._claim()])
        queue._mark([(other.id, DAY)])
        self.assertIn(bad[0], [found[0] for found in queue._claim()])

    @mute_logger("odoo.addons.chain_attendance_day.models.attendance_day_queue")
    def test_the_collector_rests_during_a_batch_alone(self):
        """It is at work again after one that fails, too."""
        if not gc.isenabled():
            self.addCleanup(gc.disable)
        gc.enable()
        self.clear_queue()
        queue, seen = self.env["attendance.day.queue"], []
        queue._mark([(self.person.id, DAY)])

        def fail(_model, _pairs):
            seen.append(gc.isenabled())
            raise ValueError("broken")

        with patch.object(type(self.env["attendance.day"]), "_recompute", fail):
            self.assertTrue(queue._compute(queue._claim()))
        self.assertEqual(seen, [False])
        self.assertTrue(gc.isenabled())

    def test_what_lost_a_race_is_computed_again_at_once(self):
        """As a whole: it is no fault of a day, and no day pauses for it."""
        other = self.new_employee("Bob", "2001")
        self.clear_queue()
        queue, days = self.env["attendance.day.queue"], self.env["attendance.day"]
        queue._mark([(self.person.id, DAY), (other.id, DAY)])
        claimed = queue._claim()
        with patch.object(
            type(days), "_lock_periods", side_effect=SerializationFailure
        ) as lock:
            failed = queue._compute(claimed)
        self.assertEqual(lock.call_count, 1)
        queue._release(claimed, failed)
        self.assertEqual(queue._claim(), claimed)
        rows = queue.browse([row[0] for row in claimed])
        self.assertEqual(rows.mapped("attempts"), [0, 0])

    def test_opening_the_days_since_the_last_row(self):
        """The clock of the database decides; a gap of five days is filled."""
        self.roster(self.person, self.day_shift, "2020-01-01")
        self.clear_queue()
        self.cr.execute("SELECT (now() AT TIME ZONE 'Asia/Shanghai')::date")
        (today,) = self.cr.fetchone()
        last = today - timedelta(days=5)
        with freeze_time(f"{today} 08:00:00"):
            self.compute(str(last))
            self.new_employee("No code, no roster")
            self.env["attendance.day"]._open_days()
            missing = [str(last + timedelta(days=n)) for n in range(1, 6)]
            self.assertEqual(self.queued(), missing)
            self.compute(*missing)
            self.clear_queue()
            self.env["attendance.day"]._open_days()
            self.assertEqual(self.queued(), [])

    def test_a_corrected_contract_brings_days_back(self):
        self.roster(self.person, self.day_shift, "2026-03-10")
        self.person.version_id.date_version = "2026-01-01"
        self.clear_queue()
        self.person.version_id.contract_date_start = "2026-03-19"
        self.env.flush_all()
        self.assertIn("2026-03-10", self.queued())
        self.assertFalse(self.compute("2026-03-12"))
        self.clear_queue()
        self.person.version_id.contract_date_start = "2026-03-11"
        self.env.flush_all()
        self.assertIn("2026-03-12", self.queued())
        self.assertTrue(self.compute("2026-03-12"))

    def test_a_failing_day_keeps_its_pause(self):
        self.roster(self.person, self.day_shift, "2026-03-02")
        self.compute("2026-03-20")
        self.clear_queue()
        queue = self.env["attendance.day.queue"]
        queue._mark([(self.person.id, date(2026, 3, 20))])
        self.cr.execute(
            "UPDATE attendance_day SET window_closes_at = '2026-01-01';"
            "UPDATE attendance_day_queue SET attempts = 5, retry_at = '2999-01-01'"
        )
        self.env["attendance.day"]._mark_closed_windows()
        self.cr.execute(
            "SELECT attempts FROM attendance_day_queue WHERE employee_id = %s",
            [self.person.id],
        )
        self.assertEqual(self.cr.fetchall(), [(5,)])
