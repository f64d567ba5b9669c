from . import attendance_terminal_bind
from . import attendance_terminal_copy
from . import attendance_terminal_person_send
from . import attendance_terminal_send
from . import attendance_terminal_send_line
from . import attendance_terminal_send_person
