"""Limits and names shared by the models of this addon."""

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
