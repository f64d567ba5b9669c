"""What the engine raises when its input makes no sense.

Every error says what is wrong and where: ``field`` names the attribute, ``value``
is what was found there. Nothing here is ever raised for a person's behaviour; odd
punches are exceptions of the *result*, not of the program.
"""


class EngineError(ValueError):
    """Base of all errors of this package.

    :param where: the class or function that refused, with the attribute
    :param value: the value found
    :param why: the requirement that is not met, for the log and the developer
    """

    def __init__(self, where, value, why):
        super().__init__(f"{where}: {why} (found {value!r})")
        self.where = where
        self.value = value
        self.why = why

    def __reduce__(self):
        return type(self), (self.where, self.value, self.why)


class NaiveInstantError(EngineError):
    """An instant came without a zone."""


class TimetableError(EngineError):
    """A timetable or break has no length, or lies outside of its frame."""


class OverlapError(TimetableError):
    """Two timetables of a shift, or two breaks, share minutes."""


class ShiftTooLongError(TimetableError):
    """From its first start to its last end a shift takes more than 24 hours."""


class ShiftError(EngineError):
    """Parts of a shift contradict each other."""


class PolicyError(EngineError):
    """A limit, unit or interval of a policy is out of bounds."""


class RequestError(EngineError):
    """A request has no span, a span that runs backwards, or lacks its dates."""


class RosterError(EngineError):
    """Roster days, entries or rotations contradict each other."""


class PeriodError(EngineError):
    """A period cannot be closed, or an adjustment has no place to go."""
