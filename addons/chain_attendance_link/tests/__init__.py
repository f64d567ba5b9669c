from . import test_attendance_personal_link
from . import test_personal_link_rights
from . import test_personal_page
from . import test_personal_page_security
from . import test_visit
from . import test_personal_page_period
