"""What the Python package ``holidays`` knows of a year, in the words of a calendar."""

from collections import Counter, namedtuple
from datetime import date, timedelta

import holidays

FIRST_YEAR, LAST_YEAR = 2000, 2100
DAY = timedelta(days=1)
# A day in lieu of a statutory one on a weekend is a rest day there: overtime is paid as
# on a rest day. Elsewhere the substitute itself is the public holiday.
LIEU_IS_REST = {"CN"}

# ``name`` is empty where a day only goes with the holiday ``feast``: it was moved to
# make a break longer, or is worked for it.
SourceDay = namedtuple("SourceDay", "date name kind feast")


def countries():
    """``{country code: [region code, ...]}``."""
    return holidays.list_supported_countries(include_aliases=False)


def regions(country):
    """``{region code: [other names, ...]}`` of a country."""
    kind = getattr(holidays, country)
    aliases = kind.get_subdivision_aliases()
    return {code: aliases.get(code, []) for code in kind.subdivisions}


def region_code(country, text):
    """The code of a region typed by code or name; ``None`` if there is none."""
    wanted = text.strip().casefold()
    for code, names in regions(country).items():
        if wanted in {code.casefold(), *(name.casefold() for name in names)}:
            return code
    return None


def knows_moved_days(country, year):
    """False where moved days exist but were not announced yet when it was released."""
    known = getattr(holidays, country)()
    moves = getattr(known, "has_substituted_holidays", False)
    return not moves or bool(_swaps(known, year))


def days_of(country, region, year, lang):
    """The days of a year as :class:`SourceDay`, by date; none of a year it leaves out.

    :param region: its code, or ``None``.
    :param lang: a language of Odoo; names are in it where the package has it.
    """
    kind = getattr(holidays, country)
    if not kind.start_year <= year <= kind.end_year:
        return []
    options = {"subdiv": region, "years": year, "language": _language(country, lang)}
    known = holidays.country_holidays(country, **options)
    nominal = holidays.country_holidays(country, observed=False, **options)
    swaps = _swaps(known, year)
    free = sorted(day for day in known if day.year == year)
    feasts = _feasts({day: None if day in swaps else known[day] for day in free}, known)
    found = []
    for day in free:
        if day in swaps:
            found.append(SourceDay(day, "", "moved_rest_day", feasts[day]))
        elif day not in nominal and country in LIEU_IS_REST:
            found.append(SourceDay(day, known[day], "moved_rest_day", ""))
        else:
            found.append(SourceDay(day, known[day], "public_holiday", ""))
    for day in known.weekend_workdays - known.keys():
        if day.year == year:
            rest = next((rest for rest, worked in swaps.items() if worked == day), None)
            feast = feasts.get(rest) or _nearest(feasts, day)
            found.append(SourceDay(day, "", "make_up_workday", feast))
    return sorted(found)


def _language(country, lang):
    """The language of the package that is nearest to one of Odoo."""
    spoken = holidays.list_localized_countries().get(country, [])
    wanted = (lang, lang.partition("_")[0], "en_US", "en_GB", "en")
    return next((each for each in wanted if each in spoken), None)


def _swaps(known, year):
    """``{rest day: the workday that makes up for it}`` of a year."""
    listed = getattr(known, "special_public_holidays", {}).get(year, ())
    if listed and not isinstance(listed[0], tuple):
        listed = (listed,)
    return {
        date(year, entry[0], entry[1]): date((*entry, year)[4], entry[2], entry[3])
        for entry in listed
        if len(entry) > 3
    }


def _feasts(names, known):
    """``{free date: name of the holiday it belongs to}``.

    A break is a run of free dates with nothing but weekends in between; it is named by
    the holiday that has most of its dates.

    :param names: by free date, in order; ``None`` of one that was moved.
    """
    feasts, run = {}, []
    for day in [*names, None]:
        if run and (day is None or not _is_run(run[-1], day, known.weekend)):
            counted = Counter(names[each] for each in run if names[each])
            most = max(counted, key=counted.get, default="")
            feasts |= {each: names[each] or most for each in run}
            run = []
        run.append(day)
    return feasts


def _is_run(earlier, later, weekend):
    between = (earlier + DAY * n for n in range(1, (later - earlier).days))
    return all(day.weekday() in weekend for day in between)


def _nearest(feasts, day):
    nearest = min(feasts, key=lambda free: abs(free - day), default=None)
    return feasts.get(nearest, "")
