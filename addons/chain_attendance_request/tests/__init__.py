from . import test_attendance_request
from . import test_engine_examples
from . import test_attendance_request_entry
