"""The closed lists of the engine. Every member's value is what a model stores."""

from enum import Enum


class DayKind(Enum):
    """What the store's calendar says about a date."""

    WORKDAY = "workday"
    REST_DAY = "rest_day"
    PUBLIC_HOLIDAY = "public_holiday"
    MOVED_REST_DAY = "moved_rest_day"
    MAKEUP_WORKDAY = "makeup_workday"


class PunchState(Enum):
    """The terminal's state key; what is neither in nor out is undefined.

    ``ALTERNATE`` is that of a terminal whose keys nobody presses: in and out in turn,
    within the work date.
    """

    IN = "in"
    OUT = "out"
    UNDEFINED = "undefined"
    ALTERNATE = "alternate"


class PunchSource(Enum):
    """Where a punch came from."""

    TERMINAL = "terminal"
    IMPORT = "import"
    MANUAL = "manual"
    CORRECTION = "correction"


class PunchMode(Enum):
    """How punches become in and out (rule 5)."""

    FIRST_LAST = "first_last"
    PER_TIMETABLE = "per_timetable"
    PAIRS = "pairs"
    STATE_KEY = "state_key"


class BreakKind(Enum):
    """How a break is taken (rule 9)."""

    FIXED = "fixed"
    BEYOND = "beyond"
    PUNCHED = "punched"


class MissingEnd(Enum):
    """What a missing in or out punch means (rule 7)."""

    NOT_PRESENT = "not_present"
    MINUTES = "minutes"
    NOMINAL = "nominal"


class Direction(Enum):
    """Which way an instant is rounded; the middle goes up."""

    DOWN = "down"
    UP = "up"
    NEAREST = "nearest"


class DueMeasure(Enum):
    """What due counts when the clocks change inside a shift."""

    ELAPSED = "elapsed"
    NOMINAL = "nominal"


class OvertimeMode(Enum):
    """What overtime is recognised (rule 11)."""

    FORM = "form"
    FORM_PRESENCE = "form_presence"
    AUTOMATIC = "automatic"
    LESSER = "lesser"
    TRUST = "trust"


class OvertimeKind(Enum):
    """Which of the three overtime columns a work date belongs to."""

    WORKDAY = "workday"
    REST_DAY = "rest_day"
    HOLIDAY = "holiday"


class RequestKind(Enum):
    """The five kinds of request."""

    LEAVE = "leave"
    OVERTIME = "overtime"
    OUTING = "outing"
    TRIP = "trip"
    CORRECTION = "correction"


class RequestState(Enum):
    """The life of a request."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    REFUSED = "refused"
    CANCELLED = "cancelled"


class RosterSource(Enum):
    """Which roster decided the date, strongest first (rule 14)."""

    OVERRIDE = "override"
    DATED = "dated"
    STANDING = "standing"
    DEFAULT = "default"
    CALENDAR = "calendar"
    NONE = "none"


class DayState(Enum):
    """How far a day result is final (rule 13)."""

    FINAL = "final"
    IN_PROGRESS = "in_progress"
    AHEAD = "ahead"
    NOT_EMPLOYED = "not_employed"


class DayName(Enum):
    """The name of a day (rule 13), of those that have a row."""

    HOLIDAY = "holiday"
    REST = "rest"
    UNSCHEDULED = "unscheduled"
    WORK = "work"


class RowKind(Enum):
    """What one printed row of a day is (the manual's figure 44)."""

    SHIFT = "shift"
    LEAVE = "leave"
    OVERTIME = "overtime"
    REST = "rest"
    UNSCHEDULED = "unscheduled"
    HOLIDAY = "holiday"
    UNDECIDED = "undecided"


class Mark(Enum):
    """Why a raw punch was used or not."""

    IN = "in"
    OUT = "out"
    IN_AND_OUT = "in_and_out"
    INNER_OUT = "inner_out"
    INNER_IN = "inner_in"
    INNER = "inner"
    DUPLICATE = "duplicate"
    NOT_NEEDED = "not_needed"
    KEY_CONFLICT = "key_conflict"
    UNMATCHED = "unmatched"
    OTHER_DATE = "other_date"
    NO_SEGMENT = "no_segment"
    ON_LEAVE = "on_leave"
    IN_PROGRESS = "in_progress"
    UNDECIDED = "undecided"


class ExceptionKind(Enum):
    """What a person should look at."""

    MISSING_IN = "missing_in"
    MISSING_OUT = "missing_out"
    KEY_CONFLICT = "key_conflict"
    SHIFT_UNDECIDED = "shift_undecided"
    PRESENT_ON_LEAVE = "present_on_leave"
    UNAPPROVED_WORK = "unapproved_work"
    UNSCHEDULED_WORK = "unscheduled_work"
    OVERTIME_KIND_DIFFERS = "overtime_kind_differs"
    LEAVE_AMOUNT_DIFFERS = "leave_amount_differs"
    CORE_TIME = "core_time"
