from odoo import fields, models

DIRECTIONS = [("down", "Down"), ("up", "Up"), ("nearest", "To the nearest")]
MISSING_ENDS = [
    ("not_present", "Not present"),
    ("minutes", "Late or early by minutes"),
    ("nominal", "Present to the nominal end"),
]


class AttendanceRulesMixin(models.AbstractModel):
    """All rules that shifts and policies have in common."""

    _inherit = "attendance.rules.mixin"

    is_late_limited = fields.Boolean(
        string="Long Late Arrival Is Absence",
        default=True,
        help="Otherwise it counts as late, however long it is.",
    )
    is_early_limited = fields.Boolean(
        string="Long Early Departure Is Absence",
        default=True,
        help="Otherwise it counts as early, however long it is.",
    )
    counts_only_excess = fields.Boolean(
        string="Count Only What Exceeds the Allowance",
        help="Coming 8 minutes late with 5 allowed counts as 3 minutes, not as 8.",
    )
    least_worked_percent = fields.Integer(
        string="Absent below Percent",
        help="Who worked less than this share of the day is absent the whole day; "
        "0: not used.",
    )
    punch_mode = fields.Selection(
        [
            ("first_last", "First and last punch of the day"),
            ("per_timetable", "First and last punch of each timetable"),
            ("pairs", "In and out in turn"),
            ("state_key", "By the key pressed at the terminal"),
        ],
        string="Clock-In and Clock-Out",
        default="first_last",
        help="Which punches begin and end presence.",
    )
    missing_in = fields.Selection(
        MISSING_ENDS,
        string="Missing Clock-In",
        default="not_present",
        help="How a day is judged that has a clock-out and no clock-in.",
    )
    missing_in_minutes = fields.Integer(string="Late by, Without Clock-In")
    missing_out = fields.Selection(
        MISSING_ENDS,
        string="Missing Clock-Out",
        default="not_present",
        help="How a day is judged that has a clock-in and no clock-out.",
    )
    missing_out_minutes = fields.Integer(string="Early by, Without Clock-Out")
    deducts_punched_outing = fields.Boolean(
        string="Deduct Punched Outings",
        help="Minutes between punching out and in again during the shift are absence; "
        "otherwise they are only shown.",
    )
    round_in_minutes = fields.Integer(
        string="Round Clock-In to", help="Minutes; 0: not rounded."
    )
    round_in_direction = fields.Selection(
        DIRECTIONS, string="Clock-In Rounds", default="up"
    )
    round_out_minutes = fields.Integer(
        string="Round Clock-Out to", help="Minutes; 0: not rounded."
    )
    round_out_direction = fields.Selection(
        DIRECTIONS, string="Clock-Out Rounds", default="down"
    )
    round_overtime_minutes = fields.Integer(
        string="Round Overtime to", help="Minutes; 0: not rounded."
    )
    round_overtime_direction = fields.Selection(
        DIRECTIONS, string="Overtime Rounds", default="down"
    )
    overtime_mode = fields.Selection(
        [
            ("form", "By the overtime form only"),
            ("form_presence", "By form, as far as present"),
            ("automatic", "Automatically, by presence"),
            ("lesser", "The lesser of form and presence"),
            ("trust", "As claimed by the form"),
        ],
        string="Overtime Counts",
        default="form_presence",
        help="Presence without a form is overtime only where it counts automatically; "
        "on a day without a shift that is all presence.",
    )
    overtime_delay_minutes = fields.Integer(
        string="Overtime Starts After",
        help="Minutes after the end of the shift.",
    )
    overtime_before_start = fields.Boolean(
        string="Overtime before the Shift",
        help="Presence before the start of the shift is overtime too.",
    )
    overtime_rest_minutes = fields.Integer(
        string="Rest Deducted from Overtime",
        help="Minutes taken off a day's overtime.",
    )
    overtime_rest_after_minutes = fields.Integer(
        string="Rest Deducted Beyond",
        help="Only from overtime longer than this many minutes.",
    )
    overtime_least_minutes = fields.Integer(
        string="Least Overtime",
        default=30,
        help="Less than this many minutes a day is no overtime.",
    )
    overtime_unit_minutes = fields.Integer(
        string="Overtime Unit",
        default=30,
        help="A day's overtime is rounded down to a multiple of this.",
    )
    flags_unapproved_workday = fields.Boolean(
        string="Report Work without a Form",
        help="Staying on a workday without an overtime form is shown as an exception.",
    )
