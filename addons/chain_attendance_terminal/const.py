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
# A unit is asked to call every 15 s; silence for this long means offline.
SILENT_MINUTES = 2
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
# Rows that one statement adds; a terminal's whole memory is more than that.
INSERT_ROWS = 5000
