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
# A full inbox gives up one that has not called for so long, or at once one of an
# address with more rows than this.
PENDING_REST_MINUTES = 10
GREEDY_ROWS = 20
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
# A silence is told if it lasts from one look to another, so far apart.
SILENCE_CHECK_MINUTES = 10
# The most hours of silence that a company may bear before it is told.
SILENT_HOURS = 720
# So many terminals are told of in one pass.
TOLD_AT_ONCE = 50
# Lines of a file from a USB stick that are looked at, or stored, at once.
USB_CHUNK_LINES = 2000
# More lines than these are imported behind the scenes.
USB_LINES_AT_ONCE = 4000
# A terminal's whole memory has some MB; and how many files go with one upload.
USB_FILE_BYTES = 16 * 1024 * 1024
USB_FILES = 20
# Lines of a file that a preview shows of each kind.
USB_PREVIEW_LINES = 100
# Characters of a reason that a person gives.
REASON_LENGTH = 200
# Punches that were set aside and are decided about at a time.
REVIEW_LIMIT = 5000
# A punch photo as it is kept: dots of its longer side, bytes; deleted in one go.
PHOTO_SIDE = 1280
PHOTO_BYTES = 512 * 1024
PHOTO_BATCH = 200
# Photos of punches are kept for so many months at least and at most.
PHOTO_MONTHS = (1, 60)
# Templates of people who have not punched for so many months are deleted.
TEMPLATE_MONTHS = (1, 120)
# People whose templates are looked at in one transaction.
FORGET_BATCH = 50
# A picture by which a terminal recognizes a face: longer side in dots, bytes.
COMPARISON_SIDE = 960
COMPARISON_BYTES = 200 * 1024
# Rows that one statement adds; a terminal's whole memory is more than that.
INSERT_ROWS = 5000
