from . import test_attendance_report_daily
from . import test_xlsx
