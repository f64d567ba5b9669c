from . import attendance_terminal
from . import attendance_terminal_code
from . import attendance_terminal_pending
from . import attendance_punch
from . import attendance_punch_reject
from . import attendance_store
from . import hr_version
