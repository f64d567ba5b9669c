from . import chain_attendance_report
