from odoo.addons.chain_attendance_base.tests.common import AttendanceCommon


class ShiftBuilders:
    """Builders for shifts and rosters, mixed into a common test class."""

    @classmethod
    def new_shift(cls, name, *spans, **values):
        """``new_shift("D9", (510, 1050))``: spans in minutes after midnight."""
        return cls.env["attendance.shift"].create(
            {
                "name": name,
                "company_id": cls.company.id,
                "timetable_ids": [
                    (0, 0, {"sequence": n, "start_minutes": a, "end_minutes": b})
                    for n, (a, b) in enumerate(spans)
                ],
                **values,
            }
        )

    @classmethod
    def roster(cls, employee, shift, date_from, **values):
        return cls.env["attendance.roster"].create(
            {
                "employee_id": employee.id,
                "shift_id": shift.id,
                "date_from": date_from,
                **values,
            }
        )


class ShiftCommon(ShiftBuilders, AttendanceCommon):
    """A test class with shifts and rosters and nothing of terminals."""
