from . import chain_attendance_link
from . import personal_page
