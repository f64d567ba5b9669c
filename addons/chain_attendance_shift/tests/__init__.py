from . import test_attendance_roster
from . import test_attendance_roster_resolve
from . import test_attendance_roster_scope
from . import test_attendance_rotation
from . import test_attendance_shift
from . import test_attendance_store
from . import test_roster_plan
