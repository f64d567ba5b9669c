"""The number formats of a workbook, by number."""

# Excel refuses files with more than some 200 number formats. What comes after that is
# shown in plain hours: the number is right, the look is not the screen's.
MAX_FORMATS = 180
PLAIN_HOURS = '0.00"h"'


class Looks:
    """Number formats in the order in which they were needed first.

    :ivar formats: the formats; the first has the number 1, 0 is Excel's own. They are
        all that a job has to remember from one part to the next.
    """

    def __init__(self, formats=()):
        self.formats = list(formats) or [PLAIN_HOURS]
        self._numbers = {text: n for n, text in enumerate(self.formats, 1)}

    def number(self, text):
        """The number of a format; of plain hours where there are too many."""
        number = self._numbers.get(text)
        if number is None:
            if len(self.formats) >= MAX_FORMATS:
                return self._numbers[PLAIN_HOURS]
            self.formats.append(text)
            number = self._numbers[text] = len(self.formats)
        return number
