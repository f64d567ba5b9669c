from . import attendance_request
from . import attendance_request_check
from . import attendance_request_time
from . import attendance_request_entry
from . import attendance_day
from . import hr_leave
