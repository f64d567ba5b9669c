# What the others inherit comes first.
from . import attendance_report_file_mixin
from . import attendance_report_rows_mixin
from . import attendance_report_mixin
from . import attendance_paper_mixin

# isort: split
from . import attendance_day_paper
from . import attendance_day_segment
from . import attendance_month_sheet
from . import attendance_month_sheet_file
from . import attendance_month_sheet_words
from . import attendance_overview
from . import attendance_overview_gather
from . import attendance_report_daily
from . import attendance_report_daily_paper
from . import attendance_report_detail
from . import attendance_report_detail_paper
from . import attendance_report_export
from . import attendance_report_export_making
from . import attendance_report_layout
from . import attendance_report_monthly
from . import attendance_report_monthly_paper
from . import attendance_report_record
from . import attendance_report_schedule
from . import attendance_report_schedule_run
from . import hr_leave_type
from . import ir_ui_menu
