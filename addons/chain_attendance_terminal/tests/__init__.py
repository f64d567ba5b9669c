from . import test_attendance_punch
from . import test_attendance_terminal
from . import test_punch_archive
from . import test_punch_places
from . import test_terminal_scope
from . import test_terminal_trust
from . import test_attendance_store_deletion
from . import test_attendance_terminal_event
