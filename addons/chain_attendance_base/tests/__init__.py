from . import test_attendance_policy
from . import test_attendance_role
from . import test_attendance_store
from . import test_attendance_terminal_code
from . import test_hr_employee
from . import test_hr_employee_code
from . import test_hr_employee_scope
from . import test_hr_employee_import
