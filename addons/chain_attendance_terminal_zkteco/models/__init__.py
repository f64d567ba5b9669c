from . import attendance_terminal
from . import attendance_terminal_command
from . import attendance_terminal_usb
