from . import attendance_terminal_clearing_confirm
from . import attendance_terminal_clearing_request
from . import attendance_terminal_order
