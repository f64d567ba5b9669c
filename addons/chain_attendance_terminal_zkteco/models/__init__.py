from . import attendance_terminal
from . import attendance_terminal_command
