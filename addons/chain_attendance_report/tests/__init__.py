from . import test_attendance_report_daily
from . import test_attendance_report_export
from . import test_attendance_report_schedule
from . import test_report_file
