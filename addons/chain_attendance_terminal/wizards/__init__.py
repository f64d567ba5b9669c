from . import attendance_code_claim
from . import attendance_code_dismiss
from . import attendance_punch_decide
