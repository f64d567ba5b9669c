from . import chain_attendance_report
from . import month_sheet
