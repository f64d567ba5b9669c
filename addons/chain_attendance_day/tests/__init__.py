from . import test_attendance_day
from . import test_attendance_day_queue
from . import test_day_table
from . import test_employment
from . import test_holiday
from . import test_scope
from . import test_store_loan
from . import test_deletion
