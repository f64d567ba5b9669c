"""Pictures that come from outside, made anew. Plain Python."""

import io
import warnings

from PIL import Image, ImageOps

# A terminal's camera has less than two million dots, a telephone's fifty.
MOST_DOTS = 64_000_000


def clean_jpeg(raw, longest_side=1280, most_bytes=512 * 1024):
    """A JPEG of the same picture with nothing else in it, or ``None`` if it is none.

    Whatever was hidden beside the picture, its place and camera among it, is gone.

    :param raw: bytes of a JPEG, PNG or WebP picture, never to be trusted.
    :param longest_side: in dots; a larger picture is made smaller.
    :param most_bytes: quality, then size are lowered until the result fits.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(raw), formats=("JPEG", "PNG", "WEBP"))
            if picture.width * picture.height > MOST_DOTS:
                return None
            picture = ImageOps.exif_transpose(picture).convert("RGB")
    except Exception:
        # Pillow's readers raise whatever their formats can go wrong with.
        return None
    for side in (longest_side, longest_side // 2, longest_side // 4):
        picture.thumbnail((side, side))
        for quality in (85, 60, 30):
            found = io.BytesIO()
            picture.save(found, "JPEG", quality=quality)
            if found.tell() <= most_bytes:
                return found.getvalue()
    return None
