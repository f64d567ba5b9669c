{
    "name": "Chain Attendance",
    "version": "19.0.1.0.0",
    "category": "Human Resources/Attendances",
    "summary": "Terminals, shifts and day results for chains of stores",
    "author": "Chain Attendance",
    "license": "LGPL-3",
    "depends": [
        "chain_attendance_link",
        "chain_attendance_report",
        "chain_attendance_request",
        "chain_attendance_terminal_zkteco",
    ],
    "application": True,
}
