import json
from unittest.mock import patch

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import mute_logger

from ..report_file import rows
from .export_common import ExportCommon
from .report_files import read_sheets


@tagged("post_install", "-at_install")
@freeze_time("2026-03-20 08:00:00")
class TestAttendanceReportExport(ExportCommon):
    def sheets(self, export, **more):
        return read_sheets(export.sudo().file_id.raw, **more)

    def test_small_files_are_not_made_in_the_background(self):
        exports = self.env["attendance.report.export"].with_user(self.boss)
        self.assertEqual(exports.ask(self.asked()), {"is_small": True})
        self.assertFalse(exports.search([]))

    def test_a_large_file_is_made_part_by_part(self):
        export = self.export(self.boss, self.asked(facets=["Name: all"]))
        self.assertEqual(export.state, "done")
        self.assertEqual((export.total_count, export.done_count), (3, 3))
        self.assertEqual(export.progress, 100)
        (table,) = self.sheets(export).values()
        self.assertEqual(
            table.top,
            [
                "Daily",
                "Made by boss on 2026-03-20 16:00 (Asia/Shanghai)",
                "Filters: Name: all",
            ],
        )
        self.assertEqual([row[0] for row in table.values()], ["A1", "A1", "A2"])
        self.assertEqual([row[2] for row in table.values()], [9, 9, 9])
        self.assertEqual(table.sums[2].value, 27)
        # Nothing is left of what it was made of.
        kept = self.env["ir.attachment"].search(
            [("res_model", "=", export._name), ("res_id", "=", export.id)]
        )
        self.assertEqual(kept, export.sudo().file_id)
        self.assertEqual(kept.name, "Daily 2026-03-20.xlsx")

    def test_parts_of_one_row_and_of_all_make_the_same_file(self):
        found = [
            self.sheets(self.export(self.boss, self.asked(), size))["Daily"].values()
            for size in (1, 2, 3, 500)
        ]
        self.assertEqual(len(found[0]), 3)
        self.assertTrue(all(one == found[0] for one in found))

    def test_few_rows_are_read_in_one_query(self):
        exports = self.env["attendance.report.export"].with_user(self.boss)
        with self.in_parts(1), patch.object(rows, "WHOLE_CELLS", 1000):
            export = exports._enqueue(exports_asked(self.asked()), 3).sudo()
            export._go_on()
            self.assertEqual((export.state, export.done_count), ("running", 3))
            export._go_on()
        self.assertEqual(export.state, "done")
        self.assertEqual(len(self.sheets(export)["Daily"].rows), 3)

    def test_csv(self):
        export = self.export(self.boss, self.asked("employee_name", format="csv"))
        text = export.sudo().file_id.raw.decode("utf-8-sig")
        self.assertEqual(text, "Name\r\nAnn\r\nAnn\r\n'=Far\r\n")

    def test_a_sheet_for_each_store(self):
        asked = self.asked("employee_number", "due_minutes", sheets="store_id")
        sheets = self.sheets(self.export(self.boss, asked))
        names = [self.store.display_name, self.second.display_name]
        cleaned = [name.replace("[", "").replace("]", " ").strip() for name in names]
        self.assertEqual(sheets["Summary"].head, ["Store", "Rows", "Due"])
        self.assertEqual(
            sheets["Summary"].values(), [[names[0], 2, 18], [names[1], 1, 9]]
        )
        self.assertEqual(len(sheets), 3, cleaned)

    def test_rows_are_numbered_through_all_parts_and_on_each_sheet_anew(self):
        columns = ("id", "employee_number", "due_minutes")
        for rows_a_part in (1, 2, 500):
            export = self.export(self.boss, self.asked(*columns), rows_a_part)
            (table,) = self.sheets(export).values()
            self.assertEqual(table.head, ["No.", "Employee Number", "Due"])
            self.assertEqual(table.values(), [[1, "A1", 9], [2, "A1", 9], [3, "A2", 9]])
            self.assertEqual([c.value for c in table.sums], ["Total", None, 27])
            asked = self.asked(*columns, format="csv")
            text = self.export(self.boss, asked, rows_a_part).sudo().file_id.raw
            self.assertEqual(
                text.decode("utf-8-sig").splitlines(),
                ["No.,Employee Number,Due", "1,A1,9", "2,A1,9", "3,A2,9"],
            )
            asked = self.asked(*columns, sheets="store_id")
            sheets = self.sheets(self.export(self.boss, asked, rows_a_part))
            summary, *stores = sheets.values()
            self.assertEqual(summary.head, ["Store", "Rows", "Due"])
            self.assertEqual(
                [[row[0] for row in table.values()] for table in stores], [[1, 2], [1]]
            )

    def test_files_nobody_chose_columns_for_have_the_number_of_the_list(self):
        for report in ("daily", "monthly", "detail", "record", "punch", "request"):
            model = self.env[f"attendance.report.{report}"].with_user(self.boss)
            columns = model._report_file_default_columns()
            self.assertEqual(tuple(columns[0]), ("id", "No."), report)

    def test_a_sheet_for_each_month(self):
        asked = self.asked("employee_number", sheets="work_date:month")
        sheets = self.sheets(self.export(self.boss, asked))
        self.assertEqual(list(sheets), ["Summary", "2026-03"])

    def test_it_holds_the_scope_of_who_asked_sums_included(self):
        export = self.export(self.keeper, self.asked())
        (table,) = self.sheets(export).values()
        self.assertEqual([row[0] for row in table.values()], ["A1", "A1"])
        self.assertEqual(table.sums[2].value, 18)

    def test_rights_that_are_taken_away_meanwhile_count(self):
        clerk = self.new_user("clerk")
        role = self.new_role({"reports": "view export"}, scope="all", user_ids=clerk)
        exports = self.env["attendance.report.export"].with_user(clerk)
        with self.in_parts():
            export = exports._enqueue(exports_asked(self.asked()), 3)
            export.sudo()._go_on()
            self.assertEqual(export.sudo().state, "running")
            role.user_ids = [Command.unlink(clerk.id)]
            export.sudo()._go_on()
        self.assertEqual(export.sudo().state, "failed")
        self.assertIn("“Reports”", export.sudo().error)

    def test_rows_that_leave_the_scope_meanwhile_are_left_out(self):
        clerk = self.new_user("clerk")
        role = self.new_role({"reports": "view export"}, scope="all", user_ids=clerk)
        exports = self.env["attendance.report.export"].with_user(clerk)
        with self.in_parts(1):
            export = exports._enqueue(exports_asked(self.asked()), 3).sudo()
            export._go_on()
            role.write({"scope": "employees", "employee_ids": [(4, self.far.id)]})
            while export.state == "running":
                export._go_on()
        self.assertEqual(export.state, "done")
        (table,) = self.sheets(export).values()
        self.assertEqual([row[0] for row in table.values()], ["A2"])

    def test_cancelled_halfway(self):
        exports = self.env["attendance.report.export"].with_user(self.boss)
        with self.in_parts(1):
            export = exports._enqueue(exports_asked(self.asked()), 3)
            export.sudo()._go_on()
            export.sudo()._go_on()
            self.assertEqual(export.done_count, 1)
            self.assertAlmostEqual(export.progress, 100 / 3)
            export.action_cancel()
            self.env["attendance.report.export"]._cron_write_exports()
        self.assertEqual(export.state, "cancelled")
        self.assertFalse(export.sudo()._attachments())
        with self.assertRaisesRegex(UserError, "no file"):
            export.action_download()

    def test_cancelled_while_a_part_was_written(self):
        exports = self.env["attendance.report.export"].with_user(self.boss)
        with self.in_parts(1):
            export = exports._enqueue(exports_asked(self.asked()), 3)
            keep = type(exports)._keep

            def cancel(self, *args):
                kept = keep(self, *args)
                export.action_cancel()
                export.flush_recordset()
                return kept

            with patch.object(type(exports), "_keep", cancel):
                export.sudo()._go_on()
        self.assertEqual(export.state, "cancelled")
        self.assertFalse(export.sudo()._attachments())

    @mute_logger(
        "odoo.addons.chain_attendance_report.models.attendance_report_export_making"
    )
    def test_what_goes_wrong_is_told_and_stops_no_other(self):
        exports = self.env["attendance.report.export"].with_user(self.boss)
        ids = rows.RowReader.ids

        def broken(reader):
            if reader.columns[0].name == "due_minutes":
                raise ValueError("broken")
            return ids(reader)

        with self.in_parts(), patch.object(rows.RowReader, "ids", broken):
            bad = exports._enqueue(exports_asked(self.asked("due_minutes")), 3)
            good = exports._enqueue(exports_asked(self.asked()), 3)
            self.env["attendance.report.export"]._cron_write_exports()
        self.assertEqual((bad.state, good.state), ("failed", "done"))
        self.assertIn("server's log", bad.error)

    def test_nobody_else_sees_it(self):
        export = self.export(self.boss, self.asked())
        other = self.new_user("other", "chain_attendance_base.group_manager")
        theirs = export.with_user(other)
        self.assertFalse(theirs.search([]))
        for act in (
            lambda: theirs.read(["name"]),
            theirs.action_cancel,
            theirs.action_download,
            theirs.unlink,
            lambda: export.sudo().file_id.with_user(other).read(["raw"]),
        ):
            with self.assertRaises(AccessError):
                act()
        self.assertTrue(export.sudo().file_id.with_user(self.boss).raw)

    def test_nobody_makes_or_changes_one_by_hand(self):
        export = self.export(self.boss, self.asked()).with_user(self.boss)
        with self.assertRaises(AccessError):
            export.write({"state": "waiting"})
        with self.assertRaises(AccessError):
            export.create({"name": "x", "format": "csv", "asked": "{}"})
        with self.assertRaises(AccessError):
            export.read(["asked"])

    def test_what_may_not_be_taken_away_is_refused_when_asked(self):
        viewer = self.new_user("viewer")
        self.new_role({"reports": "view"}, scope="all", user_ids=viewer)
        exports = self.env["attendance.report.export"]
        with self.assertRaisesRegex(AccessError, "“Reports”"):
            exports.with_user(viewer).ask(self.asked())
        foreign = self.env["res.company"].create({"name": "Foreign"})
        with self.assertRaises(AccessError):
            exports.with_user(self.boss).ask(self.asked(companies=foreign.ids))
        for wrong in (
            {"model": "res.users"},
            {"model": "attendance.report.mixin"},
            {"columns": [{"name": "password", "label": ""}]},
            {"sheets": "due_minutes"},
            {"sheets": "nothing"},
        ):
            with self.subTest(wrong), self.assertRaisesRegex(UserError, "made a file"):
                exports.with_user(self.boss).ask(self.asked(**wrong))

    def test_old_ones_are_cleared_away(self):
        export = self.export(self.boss, self.asked())
        file = export.sudo().file_id
        with freeze_time("2026-03-26 08:00:00"):
            self.env["attendance.report.export"]._gc_exports()
        self.assertTrue(export.exists())
        self.env.cr.execute(
            "UPDATE attendance_report_export SET create_date = '2026-03-12'"
        )
        export.invalidate_recordset()
        self.env["attendance.report.export"]._gc_exports()
        self.assertFalse(export.exists())
        self.assertFalse(file.exists())

    def test_every_report_can_be_a_file_with_all_its_columns(self):
        mixin = self.env["attendance.report.file.mixin"]
        models = dict(mixin._report_file_models())
        self.assertLessEqual(
            {"attendance.report.daily", "attendance.report.monthly"}, set(models)
        )
        for name in models:
            with self.subTest(name):
                model = self.env[name].with_user(self.boss)
                columns = model._report_file_default_columns()
                self.assertGreater(len(columns), 3)
                asked = self.asked(
                    model=name, columns=columns, order="", domain=[], title=""
                )
                exports = self.env["attendance.report.export"].with_user(self.boss)
                for kind in ("xlsx", "csv"):
                    file, _name = exports._make_at_once({**asked, "format": kind})
                    self.assertTrue(file.read(10))

    def test_the_month_of_a_person_in_parts(self):
        asked = self.asked(
            "employee_number",
            "due_minutes",
            "day_count",
            model="attendance.report.monthly",
            order="employee_number",
            span=["2026-03-06", "2026-03-06"],
        )
        export = self.export(self.boss, asked, 1)
        (table,) = self.sheets(export).values()
        self.assertEqual(table.values(), [["A1", 9, 1], ["A2", 9, 1]])
        self.assertEqual(table.top[-1], "From 2026-03-06 to 2026-03-06")
        self.assertEqual([cell.value for cell in table.sums], ["Total", 18, 2])


@tagged("post_install", "-at_install")
@freeze_time("2026-03-20 08:00:00")
class TestReportDownload(ExportCommon, HttpCase):
    def fetch(self, extension, asked):
        self.boss.password = "a long password"
        self.authenticate("boss", "a long password")
        return self.url_open(
            f"/chain_attendance/report.{extension}",
            data={
                "data": json.dumps(asked),
                "csrf_token": http.Request.csrf_token(self),
            },
        )

    def test_both_kinds(self):
        answer = self.fetch("xlsx", self.asked())
        self.assertIn("spreadsheetml", answer.headers["Content-Type"])
        self.assertIn("Daily", answer.headers["Content-Disposition"])
        self.assertEqual(len(read_sheets(answer.content)["Daily"].rows), 3)
        answer = self.fetch("csv", self.asked("employee_number", format="csv"))
        self.assertIn("text/csv", answer.headers["Content-Type"])
        self.assertEqual(answer.content[:3], b"\xef\xbb\xbf")

    @mute_logger("odoo.http")
    def test_too_much_to_wait_for(self):
        model = "odoo.addons.chain_attendance_report.models.attendance_report_export"
        with patch(f"{model}.LARGE_CELLS", 2):
            answer = self.fetch("xlsx", self.asked())
        self.assertEqual(answer.status_code, 400)
        self.assertIn("in the background", answer.text)


def exports_asked(asked):
    from ..report_file.asked import read

    return read(asked)
