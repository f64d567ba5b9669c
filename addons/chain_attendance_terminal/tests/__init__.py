from . import test_attendance_punch
from . import test_attendance_terminal
