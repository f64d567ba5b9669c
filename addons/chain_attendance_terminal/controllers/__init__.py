from . import attendance_usb_file
