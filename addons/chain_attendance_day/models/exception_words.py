"""What an exception says, in the reader's language."""

from odoo.addons.chain_attendance_engine import format_minutes, minute_at


def in_words(env, word, figures, zone):
    """One line about a cause.

    :param word: what says the figures of such a cause once, or nothing.
    :param figures: what was found, a dictionary each.
    :param zone: the wall clock of the day.
    """
    texts = [word(env, one, zone) for one in figures] if word else []
    return "; ".join(filter(None, texts)) or False


def _clock(minute, zone):
    return f"{minute_at(minute).astimezone(zone):%H:%M}"


def _due(env, figures, zone):
    return env._("Due at %s", _clock(figures["at"], zone))


def _punches(env, figures, zone):
    count = len(figures["keys"])
    if count == 1:
        return env._("1 punch")
    return env._("%s punches", count)


def _events(env, figures, zone):
    if "events" not in figures:
        return format_minutes(figures["minutes"])
    count = figures["events"]
    punches = env._("1 punch") if count == 1 else env._("%s punches", count)
    if figures.get("minutes"):
        return f"{punches}, {format_minutes(figures['minutes'])}"
    return punches


def _undecided(env, figures, zone):
    count = len(figures["fits"])
    if not count:
        return env._("No shift holds all punches")
    # sudo: what a shift is called is no secret
    shifts = env["attendance.shift"].sudo().browse(figures["fits"]).exists()
    return env._("%s fit", ", ".join(shifts.mapped("name")))


def _missed(env, figures, zone):
    return format_minutes(figures["minutes"])


def _kinds(env, figures, zone):
    names = {
        "workday": env._("Workday Overtime"),
        "rest_day": env._("Rest-Day Overtime"),
        "holiday": env._("Holiday Overtime"),
    }
    return env._(
        "The form says %(claimed)s, the day is %(kind)s",
        claimed=names[figures["claimed"]],
        kind=names[figures["kind"]],
    )


def _amounts(env, figures, zone):
    def amount(value):
        if figures["unit"] == "days":
            return env._("%s d", f"{value:g}")
        return format_minutes(value)

    return env._(
        "Typed %(typed)s, taken %(taken)s",
        typed=amount(figures["typed"]),
        taken=amount(figures["taken"]),
    )


def _rest(env, figures, zone):
    return env._(
        "%(rest)s between %(last)s and %(first)s, at least %(least)s",
        rest=format_minutes(figures["minutes"]),
        last=_clock(figures["out"], zone),
        first=_clock(figures["in"], zone),
        least=format_minutes(figures["least"]),
    )


def _stores(env, figures, zone):
    # sudo: names of stores are no secret
    stores = env["attendance.store"].sudo().browse(figures["stores"]).exists()
    return ", ".join(stores.mapped("name"))


WORDS = {
    "missing_in": _due,
    "missing_out": _due,
    "key_conflict": _punches,
    "present_on_leave": _punches,
    "unapproved_work": _events,
    "unscheduled_work": _events,
    "shift_undecided": _undecided,
    "core_time": _missed,
    "overtime_kind_differs": _kinds,
    "leave_amount_differs": _amounts,
    "short_rest": _rest,
    "cross_store": _stores,
}
