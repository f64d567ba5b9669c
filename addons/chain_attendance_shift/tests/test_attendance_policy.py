from dataclasses import fields as dataclass_fields
from dataclasses import replace

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged

from odoo.addons.chain_attendance_engine import (
    Direction,
    DueMeasure,
    MissingEnd,
    OvertimeMode,
    Policy,
    PunchMode,
    Rounding,
)

from ..models.shift_definition import LIMITS, RULES
from .common import ShiftCommon


@tagged("post_install", "-at_install")
class TestAttendancePolicy(ShiftCommon):
    """A company's policy says all that the engine's does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy = cls.company.attendance_policy_id

    def engine(self, **values):
        self.policy.write(values)
        return self.policy._as_engine_policy()

    def test_a_new_policy_judges_like_the_engine(self):
        self.assertEqual(self.engine(), Policy(key=self.policy.id))
        self.assertEqual(self.env["attendance.policy"]._as_engine_policy(), Policy())

    def test_every_figure_reaches_the_engine(self):
        usual = Policy(key=self.policy.id)
        rows = (
            ({"window_in_minutes": 60}, {"early_in_minutes": 60}),
            ({"window_out_minutes": 90}, {"late_out_minutes": 90}),
            ({"duplicate_seconds": 5}, {"duplicate_seconds": 5}),
            ({"punch_mode": "pairs"}, {"punch_mode": PunchMode.PAIRS}),
            ({"grace_late_minutes": 7}, {"grace_late_minutes": 7}),
            ({"grace_early_minutes": 8}, {"grace_early_minutes": 8}),
            ({"late_limit_minutes": 9}, {"late_limit_minutes": 9}),
            ({"is_early_limited": False}, {"early_limit_minutes": None}),
            ({"counts_only_excess": True}, {"counts_only_excess": True}),
            ({"missing_in": "nominal"}, {"missing_in": MissingEnd.NOMINAL}),
            ({"missing_out": "minutes"}, {"missing_out": MissingEnd.MINUTES}),
            ({"missing_in_minutes": 11}, {"missing_in_minutes": 11}),
            ({"missing_out_minutes": 12}, {"missing_out_minutes": 12}),
            ({"round_in_minutes": 15}, {"round_in": Rounding(15, Direction.UP)}),
            (
                {"round_out_minutes": 10, "round_out_direction": "nearest"},
                {"round_out": Rounding(10, Direction.NEAREST)},
            ),
            (
                {"round_overtime_minutes": 5},
                {"round_overtime": Rounding(5, Direction.DOWN)},
            ),
            ({"deducts_punched_outing": True}, {"deducts_punched_outing": True}),
            ({"least_worked_percent": 100}, {"least_worked_percent": 100}),
            ({"due_measure": "nominal"}, {"due_measure": DueMeasure.NOMINAL}),
            ({"holiday_stays_due": True}, {"holiday_stays_due": True}),
            ({"unscheduled_uses_calendar": True}, {"unscheduled_uses_calendar": True}),
            ({"overtime_mode": "trust"}, {"overtime_mode": OvertimeMode.TRUST}),
            ({"overtime_delay_minutes": 13}, {"overtime_delay_minutes": 13}),
            ({"overtime_before_start": True}, {"overtime_before_start": True}),
            ({"overtime_rest_minutes": 14}, {"overtime_rest_minutes": 14}),
            ({"overtime_rest_after_minutes": 16}, {"overtime_rest_after_minutes": 16}),
            ({"overtime_least_minutes": 0}, {"overtime_least_minutes": 0}),
            ({"overtime_unit_minutes": 1}, {"overtime_unit_minutes": 1}),
            ({"flags_unapproved_workday": True}, {"flags_unapproved_workday": True}),
        )
        for values, figures in rows:
            with self.subTest(values), self.env.cr.savepoint() as savepoint:
                self.assertEqual(self.engine(**values), replace(usual, **figures))
                savepoint.rollback()
                self.env.invalidate_all()
        told = {name for _values, figures in rows for name in figures}
        self.assertEqual(
            {field.name for field in dataclass_fields(Policy)} - told,
            {"key"},
        )

    def test_limits_of_figures_from_both_sides(self):
        figures = [name for name in RULES if name in LIMITS]
        self.assertEqual(set(self.policy._limits()), set(figures))
        for name in figures:
            lowest, highest = LIMITS[name]
            label = self.policy._label(name)
            for value, is_fine in (
                (lowest - 1, False),
                (lowest, True),
                (highest, True),
                (highest + 1, False),
            ):
                with self.subTest(name=name, value=value):
                    if is_fine:
                        self.policy[name] = value
                        continue
                    with (
                        self.assertRaisesRegex(
                            ValidationError,
                            f"“{label}” is {value} .*between {lowest} and {highest}",
                        ),
                        self.cr.savepoint(),
                    ):
                        self.policy[name] = value

    def test_nothing_chosen_is_refused(self):
        chosen = [
            name for name in RULES if self.policy._fields[name].type == "selection"
        ]
        self.assertEqual(len(chosen), 7)
        for name in chosen:
            with (
                self.subTest(name),
                self.assertRaisesRegex(
                    ValidationError, f"Choose “{self.policy._label(name)}”"
                ),
                self.cr.savepoint(),
            ):
                self.policy[name] = False

    def test_the_form_hides_a_limit_that_is_none(self):
        with Form(self.policy) as form:
            form.overtime_mode = "automatic"
            form.late_limit_minutes = 45
            form.is_early_limited = False
            with self.assertRaises(AssertionError):
                form.early_limit_minutes = 45
        engine = self.policy._as_engine_policy()
        self.assertEqual(engine.overtime_mode, OvertimeMode.AUTOMATIC)
        self.assertEqual((engine.late_limit_minutes, engine.early_limit_minutes),
                         (45, None))  # fmt: skip

    def test_who_may_change_the_rules(self):
        for number, (granted, is_allowed) in enumerate((("edit", 1), ("view", 0))):
            user = self.new_user(f"rules{number}")
            self.new_role({"settings": granted}, scope="all", user_ids=user)
            policy = self.policy.with_user(user)
            self.assertEqual(policy.overtime_mode, "form_presence")
            if not is_allowed:
                with self.assertRaises(AccessError):
                    policy.overtime_mode = "trust"
                continue
            policy.overtime_mode = "automatic"
            self.policy.overtime_mode = "form_presence"
