"""A mapping of a scenario file, read key by key; what is left over is refused."""

from difflib import get_close_matches
from typing import NamedTuple

from .errors import ScenarioError

_MISSING = object()


class Place(NamedTuple):
    """Where something stands, for error sentences."""

    file: str
    scenario: str = ""
    path: str = ""

    def inside(self, name) -> "Place":
        """A place one level down."""
        return self._replace(path=f"{self.path}, {name}" if self.path else str(name))

    def refuse(self, problem: str):
        """Raise the sentence that names this place."""
        parts = [self.file]
        if self.scenario:
            parts.append(f"scenario {self.scenario}")
        if self.path:
            parts.append(self.path)
        raise ScenarioError(f"{', '.join(parts)}: {problem}")


class Section:
    """A mapping with the keys it may have."""

    def __init__(self, data, place: Place, known):
        if not isinstance(data, dict):
            place.refuse(f"keys with values are wanted here, not {data!r}.")
        self.data, self.place = data, place
        for key in data:
            if key not in known:
                place.refuse(_unknown(key, known))

    def __contains__(self, key):
        return key in self.data

    def get(self, key, default=None):
        """The value of a key."""
        return self.data.get(key, default)

    def need(self, key):
        """The value of a key that must be there."""
        value = self.data.get(key, _MISSING)
        if value is _MISSING:
            self.place.refuse(f'the key "{key}" is missing.')
        return value

    def whole(self, key, default=None):
        """A whole number."""
        value = self.data.get(key, default)
        if value is not default and type(value) is not int:
            self.place.refuse(f'"{key}" is a whole number, not {value!r}.')
        return value

    def flag(self, key, default=False):
        """Yes or no."""
        value = self.data.get(key, default)
        if not isinstance(value, bool):
            self.place.refuse(f'"{key}" is yes or no, not {value!r}.')
        return value

    def listed(self, key):
        """A list; one value alone is a list of it."""
        value = self.data.get(key)
        if value is None:
            return []
        return value if isinstance(value, list) else [value]


def member(kinds, text, place: Place):
    """A member of a closed list by its word."""
    try:
        return kinds(text)
    except ValueError:
        words = ", ".join(kind.value for kind in kinds)
        place.refuse(f'"{text}" is none of: {words}.')


def _unknown(key, known) -> str:
    near = get_close_matches(str(key), known, 1)
    if near:
        return f'the key "{key}" is not known; is "{near[0]}" meant?'
    return f'the key "{key}" is not known; the keys here are: {", ".join(known)}.'
