from datetime import date, timedelta

from odoo.tests import freeze_time, tagged

from .common import DayCommon

FIRST, TODAY = date(2026, 3, 2), date(2026, 3, 20)
# Of everybody there is a row for each of these dates.
STORED = "03-02..03-20"
# A date ahead has no row, but somewhere it is tomorrow already.
HISTORY = "03-02..03-21"


@tagged("post_install", "-at_install")
@freeze_time("2026-03-20 08:00:00")
class TestMarkingMatrix(DayCommon):
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

    def decide(self, punch, decision):
        return self.env["attendance.punch.review"]._decide(punch, decision)

    def set_aside(self):
        return self.punches(quarantine="past")

    def withdrawn(self):
        review = self.decide(self.set_aside(), "kept")
        return review.action_withdraw

    def give_code(self, **values):
        return self.env["attendance.terminal.code"].create(
            {"employee_id": self.bob.id, "code": "7001", **values}
        )

    def test_punches(self):
        around = {"Ann": "03-09..03-11"}
        self.check(
            [
                (
                    "a punch and the days beside it",
                    lambda: self.send("1001", "2026-03-10 08:30:00"),
                    around,
                ),
                (
                    "one after midnight, of the date on the clock",
                    lambda: self.send("1001", "2026-03-10 00:10:00"),
                    around,
                ),
                (
                    "one that comes weeks late",
                    lambda: self.send("3001", "2026-02-10 22:10:00"),
                    {"Cid": "02-09..02-11"},
                ),
                (
                    "the same once more",
                    lambda: self.send("1001", "2026-03-05 08:30:00"),
                    {},
                ),
                (
                    "of a code that nobody holds",
                    lambda: self.send("9999", "2026-03-10 08:30:00"),
                    {},
                ),
                (
                    "set aside: the clock ran ahead",
                    lambda: self.send("1001", "2026-03-22 08:30:00"),
                    {},
                ),
                (
                    "kept as it is by a person",
                    lambda: self.decide(self.set_aside(), "kept"),
                    {"Ann": "1998-12-31..1999-01-02"},
                ),
                (
                    "and waiting again",
                    self.withdrawn,
                    {"Ann": "1998-12-31..1999-01-02"},
                ),
                (
                    "that never counts",
                    lambda: self.decide(self.set_aside(), "dismissed"),
                    {},
                ),
            ]
        )

    def test_codes(self):
        self.check(
            [
                (
                    "claimed for some dates",
                    lambda: self.give_code(date_to="2026-03-11"),
                    {"Bob": "03-09..03-11"},
                ),
                (
                    "claimed since ever",
                    self.give_code,
                    {"Bob": "03-09..03-13"},
                ),
                (
                    "moved to another person from a date on",
                    lambda: self.move_code("2026-03-12"),
                    {"Bob": "03-11..03-13", "Cid": "03-11..03-13"},
                ),
                (
                    "taken away",
                    lambda: self.give_code().unlink,
                    {"Bob": "03-09..03-13"},
                ),
                (
                    "that nobody has used",
                    lambda: self.give_code(code="7002"),
                    {},
                ),
            ]
        )

    def move_code(self, day):
        code = self.give_code()

        def move():
            code.date_to = date.fromisoformat(day) - timedelta(days=1)
            self.give_code(employee_id=self.cid.id, date_from=day)

        return move

    def test_rosters(self):
        ann, roster = self.ann, self.rosters[self.ann]
        self.check(
            [
                (
                    "standing, from its start to where it is tomorrow",
                    lambda: self.roster(self.bob, self.day_shift, "2026-03-18"),
                    {"Bob": "03-17..03-21"},
                ),
                (
                    "standing, ahead of today",
                    lambda: self.roster(self.bob, self.day_shift, "2026-04-01"),
                    {},
                ),
                (
                    "other days of the week",
                    lambda: roster.write({"works_saturday": True}),
                    {"Ann": "03-01..03-21"},
                ),
                ("deleted", roster.unlink, {"Ann": "03-01..03-21"}),
                (
                    "dated",
                    lambda: self.rotation(
                        {ann: 0}, "2026-03-09", "2026-03-11", [self.night_shift]
                    ),
                    {"Ann": "03-08..03-12"},
                ),
                (
                    "generated again for a part of the people",
                    self.generate_again,
                    {"Ann": "03-08..03-12", "Bob": "03-08..03-12"},
                ),
                ("undone", self.undo, {"Ann": "03-08..03-12"}),
                (
                    "changed by hand",
                    lambda: self.override(ann, "2026-03-10", self.night_shift),
                    {"Ann": "03-09..03-11"},
                ),
                (
                    "changed by hand for today",
                    lambda: self.override(ann, "2026-03-20"),
                    {"Ann": "03-19..03-21"},
                ),
                ("the change taken back", self.reset, {"Ann": "03-09..03-11"}),
            ]
        )

    def generate_again(self):
        dates = "2026-03-09", "2026-03-11"
        self.rotation({self.ann: 0}, *dates, [self.night_shift])
        return lambda: self.rotation({self.ann: 0, self.bob: 1}, *dates, [None])

    def undo(self):
        rotation = self.rotation({self.ann: 0}, "2026-03-09", "2026-03-11", [None])
        return rotation.action_undo

    def reset(self):
        override = self.override(self.ann, "2026-03-10", self.night_shift)
        return override.unlink

    def test_default_shifts(self):
        self.check(
            [
                # Ann's roster begins on 03-02: the default counts the day before.
                (
                    "of the store",
                    lambda: self.store.write({"default_shift_id": self.day_shift.id}),
                    {"Bob": STORED, "Ann": "03-02"},
                ),
                (
                    "of another store",
                    lambda: self.second.write({"default_shift_id": self.day_shift.id}),
                    {"Cid": "03-02"},
                ),
                (
                    "of the department",
                    lambda: self.old.write({"default_shift_id": self.day_shift.id}),
                    {"Bob": STORED, "Ann": "03-02"},
                ),
                (
                    "of a department in which nobody is",
                    lambda: self.new.write({"default_shift_id": self.day_shift.id}),
                    {},
                ),
            ]
        )

    def test_shifts_and_policies(self):
        table = self.day_shift.timetable_ids
        policy = self.company.attendance_policy_id
        self.check(
            [
                (
                    "from a date on, and the day before",
                    lambda: self.day_shift.write(
                        {
                            "change_from": "2026-03-16",
                            "timetable_ids": [(1, table.id, {"end_minutes": 1000})],
                        }
                    ),
                    {"Ann": "03-15..03-20"},
                ),
                (
                    "from today on",
                    lambda: table.write({"end_minutes": 1000}),
                    {"Ann": "03-19..03-20"},
                ),
                ("its name and color", self.paint, {}),
                (
                    "the policy in use",
                    lambda: policy.write({"late_limit_minutes": 60}),
                    dict.fromkeys(("Ann", "Bob", "Cid"), STORED),
                ),
                (
                    "what is overtime, also on days without a shift",
                    lambda: policy.write({"overtime_mode": "automatic"}),
                    dict.fromkeys(("Ann", "Bob", "Cid"), STORED),
                ),
                ("the name of a policy", lambda: policy.write({"name": "New"}), {}),
                (
                    "a policy that nobody is judged by",
                    lambda: policy.copy().write({"late_limit_minutes": 60}),
                    {},
                ),
                (
                    "another policy",
                    lambda: self.company.write(
                        {"attendance_policy_id": policy.copy().id}
                    ),
                    dict.fromkeys(("Ann", "Bob", "Cid"), STORED),
                ),
            ]
        )

    def paint(self):
        self.day_shift.write({"name": "D", "color": 3})

    def test_holidays(self):
        everybody = dict.fromkeys(("Ann", "Bob", "Cid"), "03-09..03-11")
        self.check(
            [
                (
                    "of the company",
                    lambda: self.add_holiday(self.calendar, "2026-03-10"),
                    everybody,
                ),
                (
                    "of a calendar that nobody lives by",
                    lambda: self.add_holiday(self.own_calendar, "2026-03-10"),
                    {},
                ),
                (
                    "of one store",
                    self.own_holidays,
                    {"Cid": "03-09..03-11"},
                ),
                (
                    "of the company, where a store has its own",
                    self.common_holidays,
                    dict.fromkeys(("Ann", "Bob"), "03-09..03-11"),
                ),
                (
                    "another calendar: the dates that differ",
                    lambda: self.second.write(
                        {"holiday_calendar_id": self.own_calendar.id}
                    ),
                    {"Cid": "03-16..03-18"},
                ),
                (
                    "moved: the old date and the new one",
                    lambda: self.holiday.write({"date": "2026-03-10"}),
                    dict.fromkeys(("Ann", "Bob", "Cid"), "03-09..03-11 03-16..03-18"),
                ),
                (
                    "another kind",
                    lambda: self.holiday.write({"day_kind": "make_up_workday"}),
                    dict.fromkeys(("Ann", "Bob", "Cid"), "03-16..03-18"),
                ),
                (
                    "deleted",
                    self.holiday.unlink,
                    dict.fromkeys(("Ann", "Bob", "Cid"), "03-16..03-18"),
                ),
                ("another name", lambda: self.holiday.write({"name": "New"}), {}),
            ]
        )

    def own_holidays(self):
        self.second.holiday_calendar_id = self.own_calendar
        return lambda: self.add_holiday(self.own_calendar, "2026-03-10")

    def common_holidays(self):
        self.second.holiday_calendar_id = self.own_calendar
        return lambda: self.add_holiday(self.calendar, "2026-03-10")

    def test_employment(self):
        self.check(
            [
                (
                    "hired: the dates before, and the day that borders on them",
                    lambda: self.ann.write({"hire_date": "2026-03-10"}),
                    {"Ann": "03-02..03-10"},
                ),
                (
                    "hired later than thought",
                    lambda: self.rehire("2026-03-10", "2026-03-12"),
                    {"Ann": "03-09..03-12"},
                ),
                (
                    "left: the dates after",
                    lambda: self.ann.write({"leave_date": "2026-03-17"}),
                    {"Ann": "03-17..03-21"},
                ),
                (
                    "a first contract",
                    lambda: self.ann.version_id.write(
                        {"contract_date_start": "2026-03-10"}
                    ),
                    {"Ann": "03-02..03-10"},
                ),
                ("a telephone", lambda: self.ann.write({"work_phone": "1"}), {}),
            ]
        )

    def rehire(self, first, second):
        self.ann.hire_date = first
        return lambda: self.ann.write({"hire_date": second})

    def test_transfers_and_loans(self):
        self.check(
            [
                (
                    "to a store from a date on",
                    lambda: self.transfer(store_id=self.second.id),
                    {"Ann": "03-15..03-21"},
                ),
                (
                    "to a department",
                    lambda: self.transfer(department_id=self.new.id),
                    {"Ann": "03-15..03-21"},
                ),
                (
                    "to a job",
                    lambda: self.transfer(job_id=self.driver.id),
                    {"Ann": "03-15..03-21"},
                ),
                ("taken back", self.stay, {"Ann": "03-15..03-21"}),
                (
                    "two days later than thought",
                    self.postpone,
                    {"Ann": "03-15..03-18"},
                ),
                (
                    "lent",
                    lambda: self.lend(self.ann, "2026-03-10", "2026-03-11"),
                    {"Ann": "03-09..03-12"},
                ),
                (
                    "lent for longer",
                    lambda: self.lend_longer("2026-03-10", "2026-03-11", "2026-03-12"),
                    {"Ann": "03-09..03-13"},
                ),
            ]
        )

    def transfer(self, **values):
        return self.ann.create_version({"date_version": "2026-03-16", **values})

    def stay(self):
        return self.transfer(store_id=self.second.id).unlink

    def postpone(self):
        version = self.transfer(store_id=self.second.id)
        return lambda: version.write({"date_version": "2026-03-18"})

    def lend_longer(self, first, last, later):
        loan = self.lend(self.ann, first, last)
        return lambda: loan.write({"date_to": later})

    def test_zones_and_terminals(self):
        self.check(
            [
                (
                    "of a store",
                    lambda: self.second.write({"tz": "Europe/Berlin"}),
                    {"Cid": STORED},
                ),
                (
                    "of a store where somebody was lent to for a day",
                    self.lent_and_moved,
                    {"Ann": "03-09..03-11", "Cid": STORED},
                ),
                (
                    "of a company, for who has no store",
                    lambda: self.eve.company_id.partner_id.write(
                        {"tz": "Europe/Berlin"}
                    ),
                    {"Eve": STORED},
                ),
                (
                    "of a company whose people all have stores",
                    lambda: self.company.partner_id.write({"tz": "Europe/Berlin"}),
                    {},
                ),
                ("the telephone of a store", self.telephone, {}),
                (
                    "what a terminal's keys mean, of its punches",
                    lambda: self.terminal.write({"direction_policy": "in"}),
                    {"Ann": "03-04..03-06"},
                ),
                ("a terminal's name", lambda: self.terminal.write({"name": "D"}), {}),
            ]
        )

    def telephone(self):
        self.store.phone = "1"

    def lent_and_moved(self):
        self.lend(self.ann, "2026-03-10", "2026-03-10")
        self.compute("2026-03-10")
        return lambda: self.second.write({"tz": "Europe/Berlin"})


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
