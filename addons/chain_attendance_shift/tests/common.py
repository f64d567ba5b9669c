from datetime import date

from odoo.addons.chain_attendance_base.tests.common import AttendanceCommon

from ..models.attendance_rotation import Plan


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

    @classmethod
    def rotation(cls, people, first, last, cycle, user=None, **values):
        """``rotation({ann: 0, bob: 2}, "2013-10-01", "2013-10-31", [day, None])``.

        :param people: offsets by person.
        """
        offsets = {person.id: offset for person, offset in people.items()}
        first, last = date.fromisoformat(first), date.fromisoformat(last)
        slots = [shift.id if shift else 0 for shift in cycle]
        rotations = cls.env["attendance.rotation"]
        if user:
            rotations = rotations.with_user(user)
        plan = Plan(first, last, slots, offsets)
        return rotations._generate(plan, cls.company, **values)

    @classmethod
    def override(cls, employee, day, shift=None):
        """One changed day; without a shift it is rest."""
        cell = {(employee.id, date.fromisoformat(day)): shift.id if shift else 0}
        return cls.env["attendance.roster.override"]._set(cell)


class ShiftCommon(ShiftBuilders, AttendanceCommon):
    """A test class with shifts and rosters and nothing of terminals."""
