from . import attendance_terminal
