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
        "views/attendance_overview_views.xml",
        "views/attendance_report_record_views.xml",
        "views/attendance_report_detail_views.xml",
        "views/attendance_report_daily_views.xml",
        "views/attendance_report_monthly_views.xml",
        "views/attendance_report_punch_views.xml",
        "views/attendance_report_request_views.xml",
        "views/attendance_report_terminal_views.xml",
        "views/chain_attendance_report_menus.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "chain_attendance_report/static/src/**/*",
            ("remove", "chain_attendance_report/static/src/charts/**/*"),
        ],
        # Odoo loads its own charts when one is looked at.
        "web.assets_backend_lazy": ["chain_attendance_report/static/src/charts/**/*"],
    },
}
