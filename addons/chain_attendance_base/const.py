"""Words that several models of this addon share."""

# What may be done in a menu area, in the order of the function matrix.
OPERATIONS = ("view", "create", "edit", "delete", "export", "reopen")

AREAS = [
    ("organisation", "Organisation"),
    ("employees", "Employees"),
    ("terminals", "Terminals"),
    ("shifts", "Shifts"),
    ("rosters", "Rosters"),
    ("requests", "Requests"),
    ("reports", "Reports"),
    ("periods", "Periods"),
    ("settings", "Settings"),
]

# The manual's six kinds (figure 2), and one of ours for shops.
SCOPES = [
    ("all", "Everybody"),
    ("employees", "Listed Employees"),
    ("jobs", "By Job Position"),
    ("departments", "By Department"),
    ("self", "Only Oneself"),
    ("own_department", "Own Department"),
    ("own_stores", "Own Stores"),
]

ROLE_NAME_LENGTH = 100

# The manual's limits: figures 9 and 8, and the same for what it does not limit.
DEPARTMENT_NAME_LENGTH = 128
DEPARTMENT_CODE_LENGTH = 6
STORE_NAME_LENGTH = 128
HOLIDAY_NAME_LENGTH = 64
LOAN_DAYS = 366
