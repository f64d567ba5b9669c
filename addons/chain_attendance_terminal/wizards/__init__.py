from . import attendance_terminal_claim
from . import attendance_terminal_replace
