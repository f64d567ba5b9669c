{
    "name": "Chain Attendance: Terminals",
    "version": "19.0.1.0.0",
    "category": "Human Resources/Attendances",
    "summary": "Attendance terminals and the raw punches they send",
    "author": "Chain Attendance",
    "license": "LGPL-3",
    "depends": ["chain_attendance_base"],
    "data": [
        "security/attendance_terminal_security.xml",
        "security/ir.model.access.csv",
        "data/archive_action_data.xml",
        "views/attendance_terminal_views.xml",
        "views/attendance_terminal_pending_views.xml",
        "views/attendance_punch_views.xml",
        "views/attendance_punch_reject_views.xml",
        "views/chain_attendance_terminal_menus.xml",
    ],
}
