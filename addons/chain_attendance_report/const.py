"""Numbers that reports are bound by."""

# How many leave types of one company have a column of their own in the reports.
LEAVE_COLUMNS = 20
# Figures of a day, as they stand in every report, in the manual's order.
DUE = "due_minutes"
JUDGED = (
    "worked_minutes",
    "late_minutes",
    "early_minutes",
    "absent_minutes",
    "overtime_workday_minutes",
    "overtime_rest_day_minutes",
    "overtime_holiday_minutes",
    "leave_minutes",
    "punched_outing_minutes",
    "outing_minutes",
    "trip_minutes",
    "claimed_workday_minutes",
    "claimed_rest_day_minutes",
    "claimed_holiday_minutes",
)
COUNTED = (
    "leave_days",
    "leave_hour_minutes",
    "trip_days",
    "missing_in_count",
    "missing_out_count",
)
FIGURES = (DUE, *JUDGED, *COUNTED)
# Colours of the month sheet's cells, in files and on paper; the screen has them too.
TONES = {
    "absent": "#F8D0D3",
    "undecided": "#F8D0D3",
    "late": "#FDEAB8",
    "early": "#FBDCB0",
    "leave": "#E2D9F3",
    "trip": "#CFE6EA",
    "outing": "#D6ECEA",
    "holiday": "#FDE4E1",
    "rest": "#ECEFF1",
    "open": "#F5F6F7",
}
