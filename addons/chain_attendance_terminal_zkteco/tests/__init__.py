from . import test_entrance
from . import test_guard
from . import test_handler
from . import test_wire
from . import test_handler_uploads
from . import test_wire_rows
from . import test_connections
