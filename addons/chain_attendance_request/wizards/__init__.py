from . import attendance_request_refuse
