{
    "name": "Chain Attendance: Day Results",
    "version": "19.0.1.1.0",
    "category": "Human Resources/Attendances",
    "summary": "Every person's day, computed from punches, shifts and rosters",
    "author": "Chain Attendance",
    "license": "LGPL-3",
    "depends": [
        "chain_attendance_engine",
        "chain_attendance_shift",
        "chain_attendance_terminal",
    ],
    "data": [
        "security/attendance_day_security.xml",
        "security/ir.model.access.csv",
        "data/ir_cron_data.xml",
        "views/attendance_day_views.xml",
        "views/attendance_day_segment_views.xml",
        "views/attendance_day_queue_views.xml",
        "views/chain_attendance_day_menus.xml",
    ],
    "assets": {
        "web.assets_backend": ["chain_attendance_day/static/src/**/*"],
    },
}
