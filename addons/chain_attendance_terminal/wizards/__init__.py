from . import attendance_usb_export
from . import attendance_usb_upload
from . import attendance_usb_upload_file
from . import attendance_usb_upload_row
