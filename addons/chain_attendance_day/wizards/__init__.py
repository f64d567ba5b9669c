from . import attendance_recompute
from . import attendance_what_if
from . import attendance_what_if_timetable
