from . import chain_attendance_shift
