from . import test_attendance_roster
from . import test_attendance_shift
