from . import attendance_request_batch
from . import attendance_request_batch_line
