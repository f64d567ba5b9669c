from . import test_handler
from . import test_wire
