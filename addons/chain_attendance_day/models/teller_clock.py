"""Instants and spans of a day as its store's clock shows them."""

from odoo.tools.misc import format_date

from odoo.addons.chain_attendance_engine.clock import local_minute


class TellerClock:
    """The clock of one day, for its reader.

    :param env: of the reader.
    :param day_input: what the engine was given.
    :param names: ``names(kind, key)`` gives the name of a shift or request; kinds are
        ``shift`` and ``request``.
    """

    def __init__(self, env, day_input, names):
        self.env = env
        self.day = day_input.today.date
        self.zone = day_input.today.zone
        self.policy = day_input.today.policy
        self.names = names

    def clock(self, minute):
        """A minute number on the store's clock, with the day where it is another."""
        at = local_minute(minute, self.zone)
        return self.dated(at.strftime("%H:%M"), at.date())

    def second(self, second):
        """The same of a second since the epoch."""
        at = local_minute(second // 60, self.zone)
        return self.dated(f"{at:%H:%M}:{second % 60:02d}", at.date())

    def dated(self, text, day):
        if day == self.day:
            return text
        days = (day - self.day).days
        if days == 1:
            return self.env._("%(time)s next day", time=text)
        if days == -1:
            return self.env._("%(time)s the day before", time=text)
        return f"{format_date(self.env, day)} {text}"

    def span(self, start, stop):
        return f"{self.clock(start)} – {self.clock(stop)}"

    def spans(self, spans):
        return self.joined(self.span(start, stop) for start, stop in spans)

    def joined(self, texts):
        return ", ".join(texts)

    def wall(self, start, stop):
        """Two wall-clock minutes of a shift."""
        return "–".join(
            f"{minute // 60 % 24:02d}:{minute % 60:02d}" for minute in (start, stop)
        )
