from . import test_attendance_request
from . import test_engine_examples
from . import test_attendance_request_entry
from . import test_attendance_request_approval
from . import test_attendance_request_rule
from . import test_approval_access
from . import test_hr_leave_approval
