from . import attendance_detail_paper
from . import attendance_month_sheet_paper
from . import attendance_person_month_paper
