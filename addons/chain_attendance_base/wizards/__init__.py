from . import attendance_login_wizard
from . import attendance_login_wizard_line
from . import attendance_role_preview
from . import attendance_role_preview_area
from . import attendance_role_preview_model
