"""What speaks against a plan by its shifts alone. Plain Python."""

from datetime import timedelta

DAY_MINUTES = 24 * 60
REST_MINUTES = 11 * 60
RUN_DAYS = 6
DAY = timedelta(days=1)


def tiring_days(worked):
    """Days of one person that follow too closely or come one after another too long.

    :param worked: ``{date: [(start, end), ...]}`` of the working days, in minutes
        after midnight of the date, in order.
    :return: ``{date: ["short_rest", "long_run"]}``, each where it holds.
    """
    found, run, before = {}, 0, None
    for day in sorted(worked):
        run = run + 1 if day - DAY in worked else 1
        spans = worked[day]
        start = day.toordinal() * DAY_MINUTES + spans[0][0]
        codes = []
        if before is not None and start - before < REST_MINUTES:
            codes.append("short_rest")
        if run > RUN_DAYS:
            codes.append("long_run")
        if codes:
            found[day] = codes
        before = day.toordinal() * DAY_MINUTES + spans[-1][1]
    return found
