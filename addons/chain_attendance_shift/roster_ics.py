"""A roster as an iCalendar file (RFC 5545). Plain Python."""

from datetime import datetime, time, timedelta

LINE_OCTETS = 75


def calendar_file(days, employee, stamp):
    """The text of a calendar with the working times of some days.

    Times are wall-clock ones without a zone: they are those of where the person is.

    :param days: ``(date, [(start, end), ...], summary, location)``, in minutes after
        midnight of the date; without any the event takes the whole day.
    :param employee: the employee's id; with the date it makes an event the same one
        when the file is imported again.
    :param stamp: now, in UTC.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Chain Attendance//Roster//"]
    for day, spans, summary, location in days:
        for number, span in enumerate(spans or [None]):
            lines += [
                "BEGIN:VEVENT",
                f"UID:roster-{employee}-{day:%Y%m%d}-{number}@chain-attendance",
                f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}",
                *_when(day, span),
                f"SUMMARY:{_escaped(summary)}",
                f"LOCATION:{_escaped(location)}",
                "END:VEVENT",
            ]
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _when(day, span):
    if span is None:
        return [f"DTSTART;VALUE=DATE:{day:%Y%m%d}"]
    midnight = datetime.combine(day, time())
    start, end = (midnight + timedelta(minutes=minutes) for minutes in span)
    return [f"DTSTART:{start:%Y%m%dT%H%M%S}", f"DTEND:{end:%Y%m%dT%H%M%S}"]


def _escaped(text):
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def _folded(line):
    """Lines are at most 75 octets long; what follows starts with a space."""
    pieces, piece = [], ""
    for sign in line:
        if len((piece + sign).encode()) > LINE_OCTETS - 1:
            pieces.append(piece)
            piece = ""
        piece += sign
    return "\r\n ".join([*pieces, piece])
