"""wkhtmltopdf, by which Odoo makes PDF files, and poppler, by which tests read them.

Both are extras: a machine whose archive has no wkhtmltopdf runs everything else, and
prints from the browser's page instead.
"""

import os
import shutil
from pathlib import Path

from . import browser, debian
from .errors import Failure
from .shell import succeeds

MAKER = "wkhtmltopdf"
READERS = ("pdftotext", "pdftoppm", "pdffonts", "pdfinfo")
PACKAGES = ("wkhtmltopdf", "poppler-utils", "fontconfig-config", browser.CHINESE_FONT)
# Debian left the package out of its later releases, and so did Ubuntu.
CODENAMES = ("bookworm", "bullseye")
NO_PDF = "none here; reports are pages to print from the browser"
# Without a display; the page is drawn into memory.
STARTER = """#!/bin/sh
export LD_LIBRARY_PATH="{libraries}"
export FONTCONFIG_FILE="{prefix}/fonts.conf"
export QT_QPA_PLATFORM=offscreen
export QT_PLUGIN_PATH="{plugins}"
exec "{program}" "$@"
"""


def find(cache):
    """A folder to put first on PATH, holding ``wkhtmltopdf``, and where it came from.

    :return: ``(None, why)`` where there is none to be had.
    """
    if shutil.which(MAKER) and _works(shutil.which(MAKER)):
        return None, f"{MAKER} of this machine"
    folder = Path(cache) / "pdf-bin"
    if _works(folder / MAKER):
        return folder, (folder / "origin").read_text()
    system, codename = debian.release() if debian.is_debian_like() else ("", "")
    if system != "debian" or codename not in CODENAMES:
        return None, NO_PDF
    try:
        prefix = debian.private_prefix(Path(cache), "pdf-debian", PACKAGES)
    except Failure:
        return None, NO_PDF
    _write_starters(folder, prefix)
    if not _works(folder / MAKER):
        return None, NO_PDF
    return folder, (folder / "origin").read_text()


def _works(path):
    return Path(path).exists() and succeeds([path, "--version"])


def _write_starters(folder, prefix):
    """Programs of the prefix, as a PATH can hold them."""
    (prefix / "fontcache").mkdir(exist_ok=True)
    (prefix / "fonts.conf").write_text(browser.FONTCONFIG.format(prefix=prefix))
    folders = browser.library_folders(prefix)
    libraries = os.pathsep.join(str(path) for path in folders)
    plugins = next((path / "qt5" / "plugins" for path in folders), "")
    folder.mkdir(parents=True, exist_ok=True)
    for name in (MAKER, *READERS):
        script = STARTER.format(
            libraries=libraries,
            prefix=prefix,
            plugins=plugins,
            program=prefix / "usr/bin" / name,
        )
        (folder / name).write_text(script)
        (folder / name).chmod(0o755)
    (folder / "origin").write_text("Debian's package, unpacked in the cache")
