from . import attendance_terminal_clearing_confirm
from . import attendance_terminal_clearing_request
from . import attendance_terminal_order
from . import attendance_terminal_claim
from . import attendance_terminal_replace
