from . import attendance_exception_ignore
