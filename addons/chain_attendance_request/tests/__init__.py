from . import test_attendance_request
from . import test_attendance_request_batch
from . import test_attendance_request_entry
from . import test_attendance_request_lieu
from . import test_attendance_request_limit
from . import test_attendance_request_offer
from . import test_attendance_request_recognised
from . import test_engine_examples
