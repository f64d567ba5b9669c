from . import attendance_punch
from . import attendance_terminal
from . import attendance_terminal_call
from . import res_company
from . import res_config_settings
