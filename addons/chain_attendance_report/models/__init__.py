from . import attendance_report_daily
