{
    "name": "Chain Attendance: Demo Chain",
    "version": "19.0.1.0.0",
    "category": "Human Resources/Attendances",
    "summary": "Four stores, twenty people and a month of punches, for trials",
    "author": "Chain Attendance",
    "license": "LGPL-3",
    "depends": ["chain_attendance"],
    "data": [
        "data/demo_chain_data.xml",
        "data/demo_store_managers_data.xml",
        "data/demo_organisation_data.xml",
        "data/demo_coverage_data.xml",
    ],
    "post_init_hook": "post_init_hook",
}
