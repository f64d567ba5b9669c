{
    "name": "Chain Attendance: Terminals Called by the Server",
    "version": "19.0.1.0.0",
    "category": "Human Resources/Attendances",
    "summary": "ZKTeco terminals that cannot push are called on port 4370",
    "author": "Chain Attendance",
    "license": "LGPL-3",
    "depends": ["chain_attendance_terminal_zkteco"],
    "external_dependencies": {"python": ["pyzk"]},
    "data": [
        "data/ir_cron_data.xml",
        "views/attendance_terminal_views.xml",
        "views/res_config_settings_views.xml",
    ],
}
