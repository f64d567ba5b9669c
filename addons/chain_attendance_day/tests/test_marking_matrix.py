from datetime import date, timedelta

from odoo.tests import freeze_time, tagged

from .marking_common import STORED, MarkingCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-20 08:00:00")
class TestMarkingMatrix(MarkingCommon):
    """Punches, codes, rosters, shifts and policies: which days each marks."""

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
