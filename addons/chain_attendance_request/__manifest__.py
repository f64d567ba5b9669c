{
    "name": "Chain Attendance: Requests",
    "version": "19.0.1.0.0",
    "category": "Human Resources/Attendances",
    "summary": "Overtime, outing, business trip and punch correction, and leave",
    "author": "Chain Attendance",
    "license": "LGPL-3",
    "depends": ["chain_attendance_day", "hr_holidays"],
    "data": [
        "security/attendance_request_security.xml",
        "security/attendance_request_limit_security.xml",
        "security/ir.model.access.csv",
        "data/ir_cron_data.xml",
        "views/attendance_request_views.xml",
        "views/attendance_request_entry_views.xml",
        "views/attendance_request_limit_views.xml",
        "views/attendance_request_offer_views.xml",
        "wizards/attendance_request_batch_views.xml",
        "views/chain_attendance_request_menus.xml",
    ],
    "assets": {
        "web.assets_backend": ["chain_attendance_request/static/src/**/*"],
    },
}
