# What the others inherit comes first.
from . import attendance_report_file_mixin

# isort: split
from . import attendance_report_daily
from . import attendance_report_export
from . import attendance_report_export_making
from . import attendance_report_mixin
from . import attendance_report_monthly
from . import attendance_report_schedule
from . import attendance_report_schedule_run
from . import hr_leave_type
