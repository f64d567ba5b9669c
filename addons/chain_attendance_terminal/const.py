"""Limits and names shared by the models of this addon."""

# What lies on a terminal, or happened to it, belongs to where the terminal hangs.
TERMINAL_COLUMNS = {
    "store": ("terminal_id.store_id",),
    "department": ("terminal_id.store_id.department_id",),
}

# Punches dated before this day come from a unit whose clock battery died.
FIRST_PLAUSIBLE_DAY = "2001-01-01"
# A punch further ahead of the server's clock is not believed.
FUTURE_MINUTES = 10
# Writing the last contact of every poll would cost more than the poll.
CONTACT_SECONDS = 30
# How many unknown serial numbers are remembered until a person looks at them.
PENDING_LIMIT = 500
REJECT_TEXT_LIMIT = 65536
# Raw punches are kept at hand for so many months at least and at most.
ARCHIVE_MONTHS = (3, 600)
# Punches moved to the archive in one transaction, and the lock that moving takes.
ARCHIVE_BATCH = 10000
ARCHIVE_LOCK = 4370190
# Bytes that a name on a terminal may have.
NAME_BYTES = (8, 64)
# The most that a model's limits may be set to.
TERMINAL_LIMITS = {
    "max_users": 1000000,
    "max_punches": 10000000,
    "max_fingerprints": 1000000,
    "max_faces": 1000000,
}
# How many terminals are looked at when those with problems are searched.
SEARCHED_TERMINALS = 10000
