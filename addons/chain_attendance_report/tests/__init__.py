from . import test_attendance_overview
from . import test_attendance_report_daily
from . import test_overview
from . import test_xlsx
