from . import attendance_terminal
from . import attendance_terminal_command
from . import attendance_terminal_usb
from . import attendance_terminal_biometric
from . import attendance_terminal_command_biometric
