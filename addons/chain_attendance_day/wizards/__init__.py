from . import attendance_recompute
