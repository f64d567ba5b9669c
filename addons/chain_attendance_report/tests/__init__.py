from . import test_attendance_month_sheet
from . import test_attendance_paper
from . import test_attendance_report_daily
from . import test_month_symbols
from . import test_xlsx
