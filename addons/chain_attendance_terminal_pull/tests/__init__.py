from . import test_records
from . import test_guard
from . import test_adapter
from . import test_pull
from . import test_pull_commands
from . import test_pull_settings
