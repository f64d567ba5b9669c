from . import attendance_report_rows_mixin
from . import attendance_report_mixin

from . import attendance_day_segment
from . import attendance_report_daily
from . import attendance_report_detail
from . import attendance_report_layout
from . import attendance_report_monthly
from . import attendance_report_record
from . import hr_leave_type
from . import attendance_overview
from . import attendance_overview_gather
from . import attendance_report_punch
from . import attendance_report_request
from . import attendance_report_terminal
from . import ir_ui_menu
