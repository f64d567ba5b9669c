from . import attendance_period_close
from . import attendance_period_close_line
from . import attendance_period_maker
from . import attendance_period_objection
from . import attendance_period_reopen
