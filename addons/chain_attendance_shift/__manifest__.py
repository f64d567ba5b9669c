{
    "name": "Chain Attendance: Shifts and Rosters",
    "version": "19.0.1.0.0",
    "category": "Human Resources/Attendances",
    "summary": "Shifts with their timetables, and who works which from when",
    "author": "Chain Attendance",
    "license": "LGPL-3",
    "depends": ["chain_attendance_base", "chain_attendance_engine"],
    "data": [
        "security/attendance_roster_security.xml",
        "security/attendance_shift_security.xml",
        "security/ir.model.access.csv",
        "data/archive_action_data.xml",
        "views/attendance_shift_views.xml",
        "views/attendance_roster_views.xml",
        "views/attendance_store_views.xml",
        "views/chain_attendance_shift_menus.xml",
    ],
    "assets": {
        "web.assets_backend": ["chain_attendance_shift/static/src/**/*"],
    },
}
