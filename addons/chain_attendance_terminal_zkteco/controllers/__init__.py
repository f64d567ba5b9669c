from . import chain_attendance_terminal_zkteco
