{
    "name": "Chain Attendance: ZKTeco Terminals",
    "version": "19.0.1.0.0",
    "category": "Human Resources/Attendances",
    "summary": "Terminals of the ZKTeco family push their punches over HTTP",
    "author": "Chain Attendance",
    "license": "LGPL-3",
    "depends": ["chain_attendance_terminal"],
    "post_load": "install_entrance",
}
