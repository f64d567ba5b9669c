from . import chain_attendance_day
