"""Looking at a PDF file: its words, its fonts and its pages as pictures."""

import re
import unicodedata
from html import unescape

from PIL import Image, ImageChops

POINTS_PER_INCH, RESOLUTION = 72, 144
CORNERS = " ".join(rf'{name}="([\d.]+)"' for name in ("xMin", "yMin", "xMax", "yMax"))
WORD = re.compile(rf"<word {CORNERS}>(.*?)</word>")

# Unicode ties most radicals to a character, and these to none; so with dashes.
SAME = str.maketrans(
    "⺠⻄⻅⻆⻉⻋⻓⻔⻙⻚⻛⻜⻝⻢⻥⻦⻨⻩⻬⻰‒",
    "民西见角贝车长门韦页风飞食马鱼鸟麦黄齐龙–",
)


def _plain(text):
    """Text without spaces, each character by its usual number.

    A font has one glyph for some Chinese characters and the radicals they are made of;
    which of both a reader is told is the font's choice.
    """
    return "".join(unicodedata.normalize("NFKC", text).translate(SAME).split())


class PdfPages:
    """A PDF file of which pictures are made beside it."""

    def __init__(self, poppler, path):
        self.poppler, self.path = poppler, path

    def says(self, words):
        """Whether these words are in the file, however they are spaced."""
        return _plain(words) in _plain(self.poppler("pdftotext", self.path, "-"))

    def lines(self):
        """The words of each line of text, the lines as they stand on the pages."""
        text = self.poppler("pdftotext", "-layout", self.path, "-")
        lines = ([_plain(word) for word in line.split()] for line in text.splitlines())
        return [words for words in lines if words]

    @property
    def pages(self):
        found = re.search(r"^Pages:\s+(\d+)", self.poppler("pdfinfo", self.path), re.M)
        return int(found[1])

    @property
    def size(self):
        """Width and height of a page in points."""
        found = re.search(
            r"^Page size:\s+([\d.]+) x ([\d.]+)",
            self.poppler("pdfinfo", self.path),
            re.M,
        )
        return float(found[1]), float(found[2])

    def fonts(self):
        """``{name: whether the file holds it}``."""
        _head, _line, *rows = self.poppler("pdffonts", self.path).splitlines()
        return {row.split()[0]: row.split()[-5] == "yes" for row in rows}

    def picture(self, target, page=1):
        """The page as a picture, written to ``target`` (without its suffix)."""
        numbers = ("-f", page, "-l", page, "-singlefile")
        self.poppler("pdftoppm", "-png", "-r", RESOLUTION, *numbers, self.path, target)
        return Image.open(f"{target}.png").convert("L")

    def check_picture(self, target, *words, page=1):
        """The page is no blank one, has its fonts with it and shows these words."""
        picture = self.picture(target, page)
        low, high = picture.getextrema()
        assert high - low > 100, "the page is blank"
        fonts = self.fonts()
        assert fonts and all(fonts.values()), fonts
        assert any("CJK" in name for name in fonts), fonts
        for word in words:
            self.check_glyphs(word, picture)

    def glyphs(self, word, picture):
        """The pictures of a word's characters on the first page, each on its own."""
        boxes = self.poppler("pdftotext", "-bbox", "-l", 1, self.path, "-")
        for *corners, text in WORD.findall(boxes):
            if _plain(unescape(text)) == word:
                left, top, right, bottom = (
                    float(number) * RESOLUTION / POINTS_PER_INCH for number in corners
                )
                step = (right - left) / len(word)
                return [
                    picture.crop(
                        tuple(
                            map(
                                round,
                                (left + n * step, top, left + (n + 1) * step, bottom),
                            )
                        )
                    ).resize((24, 24))
                    for n in range(len(word))
                ]
        raise AssertionError(f"{word} is not on the page")

    def check_glyphs(self, word, picture):
        """No character is blank, and no two look alike, as missing ones would."""
        glyphs = self.glyphs(word, picture)
        for glyph in glyphs:
            low, high = glyph.getextrema()
            assert high - low > 100, f"{word}: a character is not there"
        for number, glyph in enumerate(glyphs):
            for other in glyphs[:number]:
                differ = ImageChops.difference(glyph, other).getextrema()[1]
                assert differ > 100, f"{word}: two characters look alike"
