from . import attendance_personal_link_maker
