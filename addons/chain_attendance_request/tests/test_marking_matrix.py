from odoo.tests import freeze_time, tagged

from .common import LeaveCommon

MONDAY, TUESDAY, THURSDAY = "2026-07-06", "2026-07-07", "2026-07-09"
AROUND_MONDAY = "05 06 07"


@tagged("post_install", "-at_install")
@freeze_time("2026-07-20 04:00:00")
class TestRequestMarkingMatrix(LeaveCommon):
    """Each thing that is filed: which days it marks, and that it marks no others.

    In July 2026; of Bob, who files nothing, no day is ever marked.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bob = cls.new_employee("Bob", "2001")
        cls.roster(cls.bob, cls.day_shift, "2026-06-01")
        cls.by_approval = cls.leave_type(
            "hour", name="Approved", leave_validation_type="hr"
        )
        cls.env.flush_all()
        cls.clear_queue()

    def marked(self):
        """``"05 06 07"`` of July, of the one who files; no other day waits."""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT employee_id, to_char(work_date, 'DD') FROM attendance_day_queue"
            " ORDER BY work_date"
        )
        rows = self.env.cr.fetchall()
        others = [row for row in rows if row[0] != self.person.id]
        self.assertFalse(others)
        return " ".join(day for _employee, day in rows)

    def check(self, rows):
        """``(what, change, days)``; a change that gives a function back is made first,
        and what it marks is forgotten."""
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

    def filed(self, then, *args, **values):
        """Something filed, and what is done with it later."""
        request = self.file(*args, **values)
        return lambda: then(request)

    def taken(self, then, *args, **values):
        leave = self.take(*args, **values)
        return lambda: then(leave)

    def test_kinds(self):
        night = ("18:00", "02:00")
        self.check(
            [
                (kind, lambda kind=kind: self.file(kind, MONDAY), AROUND_MONDAY)
                for kind in ("overtime", "outing", "trip", "correction")
            ]
            + [
                (
                    "overtime past midnight: the date that it ends on, and beside it",
                    lambda: self.file("overtime", MONDAY, *night),
                    "05 06 07 08",
                ),
                (
                    "overtime that is counted in another date",
                    lambda: self.file("overtime", MONDAY, work_date=THURSDAY),
                    "05 06 07 08 09 10",
                ),
                (
                    "a trip of some days",
                    lambda: self.file(
                        "trip", MONDAY, is_by_days=True, date_to=THURSDAY
                    ),
                    "05 06 07 08 09 10",
                ),
                (
                    "a trip ahead of today",
                    lambda: self.file("trip", "2026-08-06", is_by_days=True),
                    "",
                ),
            ]
        )

    def test_lives(self):
        for kind in ("overtime", "outing", "trip", "correction"):
            self.check(
                [
                    (
                        f"{kind} withdrawn",
                        lambda kind=kind: self.filed(
                            lambda r: r.action_cancel(), kind, MONDAY
                        ),
                        AROUND_MONDAY,
                    ),
                    (
                        f"{kind} moved: the old date and the new one",
                        lambda kind=kind: self.filed(
                            lambda r: r.write(
                                {"date_from": "2026-07-15", "date_to": "2026-07-15"}
                            ),
                            kind,
                            MONDAY,
                        ),
                        f"{AROUND_MONDAY} 14 15 16",
                    ),
                    (
                        f"{kind} at another time",
                        lambda kind=kind: self.filed(
                            lambda r: r.write({"start_minutes": 17 * 60}), kind, MONDAY
                        ),
                        AROUND_MONDAY,
                    ),
                    (
                        f"{kind} with another reason",
                        lambda kind=kind: self.filed(
                            lambda r: r.write({"reason": "Stock"}), kind, MONDAY
                        ),
                        "",
                    ),
                    (
                        f"{kind} approved",
                        lambda kind=kind: self.waiting(kind, "action_approve"),
                        AROUND_MONDAY,
                    ),
                    (
                        f"{kind} refused",
                        lambda kind=kind: self.waiting(kind, "_refuse_as", "no"),
                        AROUND_MONDAY,
                    ),
                    (
                        f"{kind} deleted as a draft",
                        lambda kind=kind: self.filed(
                            lambda r: r.unlink(), kind, MONDAY, state="draft"
                        ),
                        AROUND_MONDAY,
                    ),
                ]
            )

    def waiting(self, kind, action, *values):
        """A request that waits for somebody, and what that person does."""
        request = self.file(kind, MONDAY, needs_approval=True)
        if action == "_refuse_as":
            return lambda: request.write({"state": "refused", "refusal": values[0]})
        return lambda: request.write({"state": "approved"})

    def away_at_night(self):
        self.on_nights(MONDAY)
        return lambda: self.take(self.by_hour, TUESDAY, start=2, stop=6)

    def test_leave(self):
        hours = {"start": 13, "stop": 17}
        self.check(
            [
                ("a day", lambda: self.take(self.by_day, MONDAY), AROUND_MONDAY),
                (
                    "some days",
                    lambda: self.take(self.by_day, MONDAY, THURSDAY),
                    "05 06 07 08 09 10",
                ),
                ("half a day", lambda: self.take(self.by_half, MONDAY), AROUND_MONDAY),
                (
                    "hours",
                    lambda: self.take(self.by_hour, MONDAY, **hours),
                    AROUND_MONDAY,
                ),
                (
                    "hours of a night, filed for the date after it",
                    self.away_at_night,
                    "06 07 08",
                ),
                (
                    "refused",
                    lambda: self.taken(
                        lambda leave: leave.action_refuse(), self.by_day, MONDAY
                    ),
                    AROUND_MONDAY,
                ),
                (
                    "approved",
                    lambda: self.taken(
                        lambda leave: leave.action_approve(),
                        self.by_approval,
                        MONDAY,
                        **hours,
                    ),
                    AROUND_MONDAY,
                ),
                (
                    "moved while it waits: the old date and the new one",
                    lambda: self.taken(
                        lambda leave: leave.write(
                            {
                                "request_date_from": "2026-07-15",
                                "request_date_to": "2026-07-15",
                            }
                        ),
                        self.by_approval,
                        MONDAY,
                        **hours,
                    ),
                    f"{AROUND_MONDAY} 14 15 16",
                ),
                (
                    "with another description",
                    lambda: self.taken(
                        lambda leave: leave.write({"private_name": "Doctor"}),
                        self.by_approval,
                        MONDAY,
                        **hours,
                    ),
                    "",
                ),
                (
                    "of a type that counts as worked from now on",
                    lambda: self.taken(
                        lambda leave: leave.holiday_status_id.write(
                            {"time_type": "other"}
                        ),
                        self.by_day,
                        MONDAY,
                    ),
                    AROUND_MONDAY,
                ),
                (
                    "of a type that counts days of rest from now on",
                    lambda: self.taken(
                        lambda leave: leave.holiday_status_id.write(
                            {"counts_calendar_days": True}
                        ),
                        self.by_day,
                        MONDAY,
                    ),
                    AROUND_MONDAY,
                ),
                (
                    "of a type with another name",
                    lambda: self.taken(
                        lambda leave: leave.holiday_status_id.write({"name": "New"}),
                        self.by_day,
                        MONDAY,
                    ),
                    "",
                ),
            ]
        )
