from datetime import date, timedelta

from .common import DayCommon

FIRST, TODAY = date(2026, 3, 2), date(2026, 3, 20)
# Of everybody there is a row for each of these dates.
STORED = "03-02..03-20"
# A date ahead has no row, but somewhere it is tomorrow already.
HISTORY = "03-02..03-21"


class MarkingCommon(DayCommon):
    """Each input of a day: which days it marks, and that it marks no others.

    Ann works by day in the store, Bob is there without a roster, and Cid works by
    night in another store. Eve belongs to another company. Where a window is cut
    against the days beside it, those are marked as well.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_places()
        cls.ann = cls.person
        cls.ann.department_id = cls.old
        cls.bob = cls.new_employee("Bob", "2001", department_id=cls.old.id)
        cls.cid = cls.new_employee("Cid", "3001", store_id=cls.second.id)
        there = cls.env["res.company"].create({"name": "Elsewhere"})
        cls.env = cls.env(
            context={
                **cls.env.context,
                "allowed_company_ids": [cls.company.id, there.id],
            }
        )
        cls.eve = cls.env["hr.employee"].create(
            {"name": "Eve", "company_id": there.id, "terminal_user_code": "1001"}
        )
        cls.people = cls.ann | cls.bob | cls.cid | cls.eve
        cls.people.version_id.date_version = "2026-01-01"
        cls.rosters = {
            cls.ann: cls.roster(cls.ann, cls.day_shift, "2026-03-02"),
            cls.cid: cls.roster(cls.cid, cls.night_shift, "2026-03-02"),
        }
        cls.send("1001", "2026-03-05 08:30:00", "2026-03-05 17:30:00")
        cls.send("7001", "2026-03-10 08:31:00", "2026-03-12 08:31:00")
        cls.send("1001", "1999-01-01 00:10:00")
        cls.calendar = cls.env["attendance.holiday.calendar"].create(
            {"name": "Of the company", "company_id": cls.company.id}
        )
        cls.company.attendance_holiday_calendar_id = cls.calendar
        cls.own_calendar = cls.env["attendance.holiday.calendar"].create(
            {"name": "Of a store", "company_id": cls.company.id}
        )
        cls.holiday = cls.add_holiday(cls.calendar, "2026-03-17")
        dates = [FIRST + timedelta(days=n) for n in range((TODAY - FIRST).days + 1)]
        cls.env["attendance.day"]._recompute(
            [(person.id, day) for person in cls.people for day in dates]
        )
        cls.env.flush_all()
        cls.clear_queue()

    @classmethod
    def add_holiday(cls, calendar, day, kind="public_holiday"):
        return cls.env["attendance.holiday"].create(
            {"name": "A day", "calendar_id": calendar.id, "date": day, "day_kind": kind}
        )

    def lend(self, person, first, last):
        return self.env["attendance.store.loan"].create(
            {
                "employee_id": person.id,
                "store_id": self.second.id,
                "date_from": first,
                "date_to": last,
            }
        )

    def marked(self):
        """``{name: "03-09..03-11 03-15"}`` of everything that waits."""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT e.name, work_date FROM attendance_day_queue q"
            " JOIN hr_employee e ON e.id = q.employee_id ORDER BY 1, 2"
        )
        found = {}
        for name, day in self.env.cr.fetchall():
            found.setdefault(name, []).append(day)
        return {name: _spans(days) for name, days in found.items()}

    def check(self, rows):
        """Each row on the same data: ``(what, change, {name: spans})``.

        A change that gives a function back is made first, and what it marks is
        forgotten.
        """
        for what, change, expected in rows:
            with self.subTest(what), self.env.cr.savepoint() as savepoint:
                then = change()
                if callable(then):
                    self.env.flush_all()
                    self.clear_queue()
                    then()
                found = self.marked()
                savepoint.rollback()
                self.env.invalidate_all()
                self.assertEqual(found, expected)


def _spans(days):
    """Dates in a row as ``03-09..03-11``; those of another year in full."""
    found = []
    for day in days:
        if found and day - found[-1][-1] == timedelta(days=1):
            found[-1].append(day)
        else:
            found.append([day])
    return " ".join("..".join(_text(one) for one in _ends(span)) for span in found)


def _ends(span):
    return span[:1] if len(span) == 1 else (span[0], span[-1])


def _text(day):
    return str(day)[5:] if day.year == TODAY.year else str(day)
