from . import test_attendance_overview
from . import test_attendance_report_daily
from . import test_attendance_report_layout
from . import test_manual_month
from . import test_month_bounds
from . import test_overview
from . import test_piece_ends
from . import test_xlsx
