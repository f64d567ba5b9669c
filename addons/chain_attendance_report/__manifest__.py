{
    "name": "Chain Attendance: Reports",
    "version": "19.0.1.1.0",
    "category": "Human Resources/Attendances",
    "summary": "Daily and monthly reports on screen, in Excel and as PDF",
    "author": "Chain Attendance",
    "license": "LGPL-3",
    "depends": ["chain_attendance_request"],
    "external_dependencies": {"python": ["xlsxwriter"]},
    "data": [
        "security/attendance_report_security.xml",
        "security/ir.model.access.csv",
        "data/ir_cron_data.xml",
        "views/attendance_report_export_views.xml",
        "views/attendance_report_schedule_views.xml",
        "views/attendance_report_daily_views.xml",
        "views/attendance_report_monthly_views.xml",
        "views/chain_attendance_report_menus.xml",
    ],
    "assets": {
        "web.assets_backend": ["chain_attendance_report/static/src/**/*"],
    },
}
