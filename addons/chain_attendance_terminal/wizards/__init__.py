from . import attendance_code_claim
from . import attendance_code_dismiss
