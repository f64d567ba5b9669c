from . import attendance_policy
from . import attendance_store
from . import attendance_terminal_code
from . import hr_version
from . import hr_employee
from . import hr_employee_public
from . import res_company
