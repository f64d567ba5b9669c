"""What a telephone carries between two pages: a signed cookie, and nothing else.

Plain Python: signing is handed in, so is the time.
"""

import re
import secrets
from dataclasses import dataclass

# ``new``: may post the words of a link; ``asked``: had the right words and is asked who
# it is; ``in``: sees the pages.
STAGES = ("new", "asked", "in")
SHAPE = re.compile(r"(new|asked|in)\.(\d{1,9})\.([0-9a-f]{32})\.(\d{1,12})")


@dataclass(frozen=True)
class Visit:
    """Who visits, and until when.

    :ivar link_id: of the link; 0 as long as no words were given.
    :ivar key: the secret of this visit, to which its forms are bound.
    :ivar expires: seconds since 1970.
    """

    stage: str
    link_id: int
    key: str
    expires: int

    @classmethod
    def begin(cls, stage, link_id, now, minutes):
        """A new visit with a key of its own."""
        return cls(stage, link_id, secrets.token_hex(16), int(now) + minutes * 60)

    @property
    def text(self):
        return f"{self.stage}.{self.link_id}.{self.key}.{self.expires}"

    def prolonged(self, now, minutes):
        """The same visit, ending later: forms that are open stay good."""
        return Visit(self.stage, self.link_id, self.key, int(now) + minutes * 60)


def pack(text, sign):
    """What the cookie holds."""
    return f"{text}.{sign(text)}"


def unpack(cookie, sign, equal):
    """The text of a cookie that was signed here, else ``None``.

    :param equal: compares two texts in constant time.
    """
    text, _dot, signature = (cookie or "").rpartition(".")
    return text if text and equal(sign(text), signature) else None


def read_visit(cookie, sign, equal, now):
    """The :class:`Visit` of a cookie that is good and has not run out."""
    match = SHAPE.fullmatch(unpack(cookie, sign, equal) or "")
    if not match:
        return None
    stage, link_id, key, expires = match.groups()
    visit = Visit(stage, int(link_id), key, int(expires))
    return visit if now < visit.expires else None
