from . import attendance_report_rows_mixin
from . import attendance_day_paper
from . import attendance_month_sheet
from . import attendance_month_sheet_file
from . import attendance_month_sheet_words
from . import attendance_paper_mixin
from . import attendance_report_daily
from . import attendance_report_mixin

from . import attendance_day_segment
from . import attendance_report_daily
from . import attendance_report_detail
from . import attendance_report_layout
from . import attendance_report_monthly
from . import attendance_report_record
from . import attendance_report_daily_paper
from . import attendance_report_monthly_paper
from . import hr_leave_type
