"""Days to export, for tests."""

from contextlib import ExitStack
from unittest.mock import patch

from odoo.addons.chain_attendance_day.tests.common import DayCommon

from ..models.attendance_report_export import SMALL_PARAMETER
from ..report_file import rows


class ExportCommon(DayCommon):
    """Ann of store T001 and Far of T2, with two days and one; ``boss``, ``keeper``."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person.employee_number = "A1"
        cls.second = cls.new_store("T2")
        cls.far = cls.new_employee(
            "=Far", "2001", employee_number="A2", store_id=cls.second.id
        )
        for person in (cls.person, cls.far):
            cls.roster(person, cls.day_shift, "2026-03-02")
        cls.boss = cls.new_user("boss", "chain_attendance_base.group_manager")
        cls.keeper = cls.new_user("keeper", "chain_attendance_base.group_timekeeper")
        cls.store.timekeeper_ids = cls.keeper
        for user in (cls.boss, cls.keeper):
            user.tz = "Asia/Shanghai"
        pairs = [(cls.person, "2026-03-05"), (cls.person, "2026-03-06")]
        cls.days = cls.env["attendance.day"]
        for person, day in (*pairs, (cls.far, "2026-03-06")):
            cls.compute(cls, day, employee=person)

    def asked(self, *columns, **more):
        return {
            "model": "attendance.report.daily",
            "domain": [("employee_id", "in", (self.person + self.far).ids)],
            "order": "employee_number, work_date",
            "title": "Daily",
            "columns": [
                {"name": name, "label": ""}
                for name in columns or ("employee_number", "work_date", "due_minutes")
            ],
            **more,
        }

    def in_parts(self, rows_a_part=2):
        """Parts of so few rows, and no commits: for use in ``with``."""
        stack = ExitStack()
        stack.enter_context(patch.object(rows, "CHUNK_CELLS", 1))
        stack.enter_context(patch.object(rows, "WHOLE_CELLS", 1))
        stack.enter_context(patch.object(rows, "LEAST_ROWS", rows_a_part))
        stack.enter_context(
            patch.object(type(self.env["attendance.report.export"]), "_new_transaction")
        )
        stack.enter_context(
            patch.object(type(self.env["ir.cron"]), "_commit_progress", return_value=60)
        )
        return stack

    def export(self, user, asked, rows_a_part=2):
        """A file made in the background for this login."""
        exports = self.env["attendance.report.export"].with_user(user)
        self.env["ir.config_parameter"].set_param(SMALL_PARAMETER, "-1")
        number = exports.ask(asked)["export_id"]
        with self.in_parts(rows_a_part):
            self.env["attendance.report.export"]._cron_write_exports()
        return exports.browse(number)
