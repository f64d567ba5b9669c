from . import test_records
from . import test_guard
from . import test_adapter
