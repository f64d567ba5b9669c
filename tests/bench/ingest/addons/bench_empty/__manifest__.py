{
    "name": "Bench: an Empty Controller",
    "version": "19.0.1.0.0",
    "summary": "A baseline for the bench of the terminals' routes",
    "author": "Chain Attendance",
    "license": "LGPL-3",
    "depends": ["base"],
}
