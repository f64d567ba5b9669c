{
    "name": "Chain Attendance: Day Results",
    "version": "19.0.1.0.0",
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
        "security/attendance_what_if_security.xml",
        "security/ir.model.access.csv",
        "data/ir_cron_data.xml",
        "views/attendance_day_views.xml",
        "views/attendance_day_queue_views.xml",
        "report/attendance_day_explanation_report.xml",
        "wizards/attendance_recompute_views.xml",
        "wizards/attendance_what_if_views.xml",
        "views/attendance_recomputation_views.xml",
        "views/chain_attendance_day_menus.xml",
    ],
    "assets": {
        "web.assets_backend": ["chain_attendance_day/static/src/**/*"],
    },
}
