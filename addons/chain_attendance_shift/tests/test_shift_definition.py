from dataclasses import fields as dataclass_fields

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged

from odoo.addons.chain_attendance_engine import (
    Break,
    BreakKind,
    CoreTime,
    Policy,
    Shift,
    Timetable,
)

from ..models.shift_definition import (
    LIMITS,
    ONLY_POLICY,
    OWN_RULES,
    POLICY_NAMES,
    RULES,
)
from .common import ShiftCommon

# What the engine's policy has and neither a policy nor a shift says.
NOBODYS = {"key"}
# What the engine has as one value and the shift as two fields.
SPLIT = {
    "is_late_limited",
    "is_early_limited",
    *(
        f"round_{what}_{part}"
        for what in ("in", "out", "overtime")
        for part in ("minutes", "direction")
    ),
}


@tagged("post_install", "-at_install")
class TestShiftDefinition(ShiftCommon):
    """What a shift can say, what is refused, and what the engine gets of it."""

    def shift_with(self, *spans, breaks=(), core=(), **values):
        return self.new_shift(
            "S",
            *spans,
            break_ids=[
                (0, 0, {"start_minutes": start, "end_minutes": end, **(more or {})})
                for start, end, more in breaks
            ],
            core_ids=[
                (0, 0, {"start_minutes": start, "end_minutes": end})
                for start, end in core
            ],
            **values,
        )

    def engine(self, shift):
        return shift._as_engine_shift()

    def test_every_field_of_the_engine_has_a_place(self):
        rows = {
            Shift: {"key", "name", "plan", "timetables", "core"},
            Timetable: {"start", "end", "breaks"},
            Break: {"start", "end"},
            CoreTime: {"start", "end"},
        }
        for kind, model in (
            (Shift, "attendance.shift"),
            (Timetable, "attendance.timetable"),
            (Break, "attendance.shift.break"),
            (CoreTime, "attendance.shift.core"),
        ):
            names = {field.name for field in dataclass_fields(kind)} - rows[kind]
            self.assertLessEqual(names, set(self.env[model]._fields), model)
        own = set(RULES) - SPLIT
        policy = {field.name for field in dataclass_fields(Policy)} - NOBODYS
        self.assertEqual(
            {POLICY_NAMES.get(name, name) for name in own},
            policy - {"round_in", "round_out", "round_overtime", *ONLY_POLICY},
        )

    def test_the_engine_gets_everything(self):
        shift = self.shift_with(
            (540, 840),
            (1320, 120),
            breaks=[
                (720, 780, {"kind": "beyond", "beyond_minutes": 360}),
                (30, 60, {"is_paid": True}),
                (1410, 1425, {"kind": "punched"}),
            ],
            elastic_minutes=30,
            works_on_holidays=True,
        )
        shift.timetable_ids[0].is_in_required = False
        shift.timetable_ids[1].is_out_required = False
        engine = self.engine(shift)
        self.assertEqual(engine.elastic_minutes, 30)
        self.assertTrue(engine.works_on_holidays)
        first, second = engine.plan
        self.assertEqual(first[:2], (540, 840))
        self.assertEqual(first.breaks, ((720, 780, BreakKind.BEYOND, 360),))
        self.assertEqual(second[:2], (1320, 1560))
        self.assertEqual(second.breaks, ((1410, 1425, BreakKind.PUNCHED, 0),))
        self.assertEqual((first.in_required, first.out_required), (False, True))
        self.assertEqual((second.in_required, second.out_required), (True, False))
        self.assertEqual(shift.due_minutes, 240 + 225)

    def test_flexible_hours(self):
        shift = self.shift_with(
            core=[(600, 900)], is_flexible=True, flexible_minutes=450
        )
        engine = self.engine(shift)
        self.assertEqual(engine.flexible_minutes, 450)
        self.assertEqual(len(engine.core), 1)
        self.assertEqual(shift.due_minutes, 450)
        self.assertEqual(shift.time_summary, "Flexible, 07:30 a day")
        self.assertEqual(shift._spans(), [])

    def test_own_figures_stand_in_for_the_policy_s(self):
        shift = self.new_shift("S", (510, 1050))
        key = shift.id, shift.create_date.date()

        def figures():
            return dict(shift._engine_rules(shift.ids, [key[1]])[key].figures)

        self.assertEqual(figures(), {})
        self.assertEqual(Policy(**figures()), Policy())
        shift.write(dict.fromkeys(OWN_RULES, True))
        self.assertEqual(Policy(**figures()), Policy())
        shift.write(
            {
                "window_in_minutes": 60,
                "is_late_limited": False,
                "early_limit_minutes": 7,
                "overtime_mode": "automatic",
                "round_in_minutes": 15,
                "missing_out": "minutes",
                "missing_out_minutes": 45,
            }
        )
        policy = Policy(**figures())
        self.assertEqual(policy.early_in_minutes, 60)
        self.assertIsNone(policy.late_limit_minutes)
        self.assertEqual(policy.early_limit_minutes, 7)
        self.assertEqual(policy.overtime_mode.value, "automatic")
        self.assertEqual(policy.round_in.unit_minutes, 15)
        self.assertEqual(policy.round_in.direction.value, "up")
        self.assertEqual(policy.missing_out_minutes, 45)

    def test_limits_of_figures_from_both_sides(self):
        fixed = self.new_shift("Fixed", (510, 1050), has_own_limits=True)
        flexible = self.shift_with(is_flexible=True, flexible_minutes=480)
        for name, (lowest, highest) in LIMITS.items():
            shift = flexible if name == "flexible_minutes" else fixed
            label = shift._label(name)
            for value, is_fine in (
                (lowest - 1, False),
                (lowest, True),
                (highest, True),
                (highest + 1, False),
            ):
                with self.subTest(name=name, value=value):
                    if is_fine:
                        shift[name] = value
                        continue
                    with (
                        self.assertRaisesRegex(ValidationError, f"“{label}”.*{value}"),
                        self.cr.savepoint(),
                    ):
                        shift[name] = value

    def test_breaks_from_both_sides(self):
        for spans, breaks, sentence in (
            ([(540, 1080)], [(540, 600)], None),
            ([(540, 1080)], [(539, 600)], "08:59 - 10:00.*in none of its timetables"),
            ([(540, 1080)], [(1020, 1080)], None),
            ([(540, 1080)], [(1020, 1081)], "17:00 - 18:01.*in none"),
            ([(540, 1080)], [(720, 780), (780, 790)], None),
            ([(540, 1080)], [(720, 780), (779, 790)], "breaks.*overlap"),
            ([(540, 600)], [(541, 600)], None),
            ([(540, 600)], [(540, 600)], "leave nothing"),
            ([(600, 840), (1020, 1260)], [(830, 1030)], "13:50 - 17:10.*in none"),
            ([(1320, 360)], [(1430, 10)], None),
            ([(1320, 360)], [(300, 360)], None),
            ([(1320, 360)], [(300, 361)], "in none"),
            ([(960, 1440)], [(1380, 1440)], None),
            ([(540, 1080)], [(720, 720)], "cannot start and end at the same time"),
        ):
            with self.subTest(spans=spans, breaks=breaks):
                rows = [(start, end, None) for start, end in breaks]
                if sentence is None:
                    self.assertTrue(self.shift_with(*spans, breaks=rows))
                    continue
                with self.assertRaisesRegex(ValidationError, sentence):
                    self.shift_with(*spans, breaks=rows)

    def test_shapes_from_both_sides(self):
        for values, sentence in (
            ({"spans": [(480, 720), (720, 900)]}, None),
            ({"spans": [(480, 720), (719, 900)]}, "timetables.*overlap"),
            ({"spans": [(480, 1200), (1200, 480)]}, None),
            ({"spans": [(480, 1200), (1200, 481)]}, "longer than 24 hours"),
            ({"spans": [(510, 1050)], "core": [(600, 900)]}, "no flexible hours"),
            ({"is_flexible": True, "core": [(600, 601)]}, None),
            ({"is_flexible": True, "core": [(600, 600)]}, "same time"),
            ({"is_flexible": True, "core": [(600, 599)]}, "“Ends” of “Core Time”"),
            ({"is_flexible": True, "core": [(600, 1439)]}, None),
            ({"is_flexible": True, "core": [(600, 1440)]}, "“Ends” of “Core Time”"),
            ({"is_flexible": True, "spans": [(510, 1050)]}, "no timetables"),
            ({"is_flexible": True, "elastic_minutes": 1}, "“Start Moves by up to”"),
        ):
            with self.subTest(values):
                values = dict(values)
                spans = values.pop("spans", ())
                if sentence is None:
                    self.assertTrue(self.shift_with(*spans, **values))
                    continue
                with self.assertRaisesRegex(ValidationError, sentence):
                    self.shift_with(*spans, **values)

    def test_windows_do_not_swallow_the_next_day(self):
        for span, limit in (
            ((510, 1050), 900),
            ((1320, 360), 960),
            ((480, 1440), 480),
            # A shift of 22 hours: so much may overlap.
            ((480, 360), 240),
        ):
            for name in OWN_RULES["has_own_windows"]:
                values = {"has_own_windows": True, name: limit}
                with self.subTest(span=span, name=name):
                    self.assertTrue(self.new_shift("S", span, **values))
                    values[name] += 1
                    with self.assertRaisesRegex(
                        ValidationError, f"{limit + 1} minutes.*swallow.*{limit}"
                    ):
                        self.new_shift("S", span, **values)
                    values["has_own_windows"] = False
                    self.assertTrue(self.new_shift("S", span, **values))

    def test_the_whole_is_checked_once_all_rows_are_changed(self):
        shift = self.new_shift("Two", (480, 720), (780, 900))
        one, two = shift.timetable_ids
        shift.write(
            {
                "timetable_ids": [
                    (1, one.id, {"end_minutes": 840}),
                    (1, two.id, {"start_minutes": 860}),
                ]
            }
        )
        self.assertEqual(shift._spans(), [(480, 840), (860, 900)])

    def test_the_form_turns_flexible_and_back(self):
        shift = self.shift_with((510, 1050), breaks=[(720, 780, None)])
        with Form(shift) as form:
            form.is_flexible = True
            form.flexible_time = 7.5
            with form.core_ids.new() as line:
                line.start_time = 10
                line.end_time = 15
        self.assertEqual((shift.due_minutes, len(shift.core_ids)), (450, 1))
        self.assertFalse(shift.timetable_ids or shift.break_ids)
        with Form(shift) as form:
            form.is_flexible = False
            with form.timetable_ids.new() as line:
                line.start_time = 22
                line.end_time = 6
        self.assertEqual(shift._spans(), [(1320, 1800)])
        self.assertFalse(shift.core_ids)

    def test_rows_have_the_access_of_the_shift(self):
        shift = self.shift_with((510, 1050), breaks=[(720, 780, None)])
        for number, (granted, is_allowed) in enumerate(
            (("edit", True), ("view", False), ("delete", False))
        ):
            user = self.new_user(f"rows{number}")
            self.new_role({"shifts": granted}, scope="all", user_ids=user)
            pause = shift.break_ids.with_user(user)
            self.assertEqual(pause.kind, "fixed")
            if is_allowed:
                pause.end_minutes = 790
                self.assertEqual(shift.due_minutes, 470)
                with self.assertRaises(AccessError):
                    shift.version_ids.with_user(user).create({"shift_id": shift.id})
                continue
            with self.assertRaises(AccessError):
                pause.end_minutes = 795
            with self.assertRaises(AccessError):
                pause.create({"shift_id": shift.id})
            with self.assertRaises(AccessError):
                pause.unlink()
