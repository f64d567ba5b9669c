from . import attendance_shift
from . import attendance_timetable
from . import attendance_roster
from . import attendance_store
