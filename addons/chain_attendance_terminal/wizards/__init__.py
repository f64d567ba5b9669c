from . import attendance_terminal_send
from . import attendance_terminal_send_line
from . import attendance_terminal_send_person
