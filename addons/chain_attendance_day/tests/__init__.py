from . import test_attendance_day
from . import test_attendance_day_queue
from . import test_default_shift
