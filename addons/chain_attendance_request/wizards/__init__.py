from . import attendance_closed_form_mixin
from . import attendance_request_refuse
from . import attendance_leave_filing
from . import hr_leave_generate_multi_wizard
from . import attendance_request_batch
from . import attendance_request_batch_line
from . import attendance_closed_confirmation
