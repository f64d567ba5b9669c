"""Figures of the computation."""

# A batch of days that is gathered, computed and written in one transaction; small
# enough that a call of the cron ends within its time, large enough that the
# queries of a batch do not matter.
BATCH_DAYS = 2000
# A call of the cron stops after this long and is called again.
CALL_SECONDS = 5
# A worker that claimed days and died gives them back after this long.
CLAIM_MINUTES = 10
# A day that cannot be computed is tried again after 1, 2, 4 ... minutes, at most:
RETRY_LIMIT_MINUTES = 360
# A punch at the edge of a shift may belong to the day before or after.
NEIGHBOUR_DAYS = 1
# After an outage, days without a row are opened this far back.
CATCH_UP_DAYS = 92
# Another direction policy of a terminal counts from the first of the month so many
# months ago; there is no closed period yet that could say it.
DIRECTION_MONTHS = 1
# A terminal is called too quiet for what should have been punched within so many days.
AWAITED_DAYS = 62
# A process wakes the cron at most once in this time; the cron stays for longer, and
# looks again in pauses of that many seconds.
WAKE_SECONDS = 2
LOOK_SECONDS = 0.5
# While days are computed, screens are told so at most once in this time.
TELL_SECONDS = 2
# Somebody has at most so many days computed again at once: a month of 10,000 people.
MOST_DAYS = 400_000
