{
    "name": "Chain Attendance: Engine",
    "summary": "Computes a person's attendance day from values, in plain Python",
    "version": "19.0.1.0.0",
    "category": "Human Resources/Attendances",
    "author": "Chain Attendance",
    "license": "LGPL-3",
}
