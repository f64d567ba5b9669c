from . import test_attendance_request
from . import test_engine_examples
from . import test_attendance_request_entry
from . import test_hr_leave_roster
from . import test_hr_leave_filing
from . import test_hr_leave_rules
