from . import attendance_day_queue
from . import attendance_day
from . import attendance_day_inputs
from . import attendance_punch
from . import attendance_roster
from . import attendance_shift
from . import attendance_policy
from . import attendance_terminal_code
