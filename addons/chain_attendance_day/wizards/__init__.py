from . import attendance_recompute
from . import attendance_what_if
from . import attendance_what_if_timetable
from . import attendance_period_close
from . import attendance_period_close_line
from . import attendance_period_maker
from . import attendance_period_objection
from . import attendance_period_reopen
