from odoo import fields, models

DIRECTIONS = [("down", "Down"), ("up", "Up"), ("nearest", "To the nearest")]
MISSING_ENDS = [
    ("not_present", "Not present"),
    ("minutes", "Late or early by minutes"),
    ("nominal", "Present to the nominal end"),
]


class AttendanceShift(models.Model):
    """Figures of a shift that stand in for those of the company's policy."""

    # One concept, one file.
    _inherit = "attendance.shift"  # pylint: disable=consider-merging-classes-inherited

    has_own_windows = fields.Boolean(
        string="Own Punch Window",
        help="Otherwise the window of the company's attendance policy holds.",
    )
    window_in_minutes = fields.Integer(
        string="Punch in From",
        default=120,
        help="A punch counts from this many minutes before the shift starts.",
    )
    window_out_minutes = fields.Integer(
        string="Punch out Until",
        default=240,
        help="A punch counts until this many minutes after the shift ends.",
    )
    has_own_limits = fields.Boolean(
        string="Own Late, Early and Absence",
        help="Otherwise the figures of the company's attendance policy hold.",
    )
    grace_late_minutes = fields.Integer(
        string="Late Arrival Allowed",
        help="Coming this many minutes late still counts as on time.",
    )
    is_late_limited = fields.Boolean(
        string="Long Late Arrival Is Absence", default=True
    )
    late_limit_minutes = fields.Integer(
        string="Late up to",
        default=30,
        help="A late arrival longer than this is absence, whole.",
    )
    grace_early_minutes = fields.Integer(
        string="Early Departure Allowed",
        help="Leaving this many minutes early still counts as on time.",
    )
    is_early_limited = fields.Boolean(
        string="Long Early Departure Is Absence", default=True
    )
    early_limit_minutes = fields.Integer(
        string="Early up to",
        default=30,
        help="An early departure longer than this is absence, whole.",
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
    has_own_punches = fields.Boolean(
        string="Own Use of Punches",
        help="Otherwise punches are used as the company's attendance policy says.",
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
    )
    duplicate_seconds = fields.Integer(
        string="Same Punch Within",
        default=60,
        help="Punches at most this many seconds apart count as one.",
    )
    missing_in = fields.Selection(
        MISSING_ENDS, string="Missing Clock-In", default="not_present"
    )
    missing_in_minutes = fields.Integer(string="Late by, Without Clock-In")
    missing_out = fields.Selection(
        MISSING_ENDS, string="Missing Clock-Out", default="not_present"
    )
    missing_out_minutes = fields.Integer(string="Early by, Without Clock-Out")
    deducts_punched_outing = fields.Boolean(
        string="Deduct Punched Outings",
        help="Minutes between punching out and in again during the shift are absence; "
        "otherwise they are only shown.",
    )
    has_own_rounding = fields.Boolean(
        string="Own Rounding",
        help="Otherwise punches count to the minute, or as the policy says.",
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
    has_own_overtime = fields.Boolean(
        string="Own Overtime Rules",
        help="Otherwise overtime counts as the company's attendance policy says.",
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
