from . import attendance_report_daily
from . import attendance_report_mixin
from . import attendance_report_monthly
from . import hr_leave_type
