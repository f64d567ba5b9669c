from . import attendance_overview
from . import attendance_overview_gather
from . import attendance_report_daily
from . import attendance_report_mixin
from . import attendance_report_monthly
from . import hr_leave_type
from . import ir_ui_menu
