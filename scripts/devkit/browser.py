"""Chromium for browser tests and screenshots, with fonts that show Chinese."""

import os
import shutil
from pathlib import Path

from . import debian
from .errors import Failure
from .shell import run, succeeds

NAMES = ("google-chrome", "google-chrome-stable", "chromium", "chromium-browser")
CHINESE_FONT = "fonts-noto-cjk"
FONTCONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{prefix}/usr/share/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>{prefix}/fontcache</cachedir>
  <include ignore_missing="yes">/etc/fonts/conf.d</include>
</fontconfig>
"""
STARTER = """#!/bin/sh
export LD_LIBRARY_PATH="{libraries}"
export FONTCONFIG_FILE="{prefix}/fonts.conf"
exec "{program}" "$@"
"""


def find(cache, environment):
    """A folder to put first on PATH, holding ``chromium``, and where it came from."""
    folder = Path(cache) / "browser-bin"
    starter = folder / "chromium"
    for make in (_from_debian, _of_this_machine, _from_playwright):
        if starter.exists() and succeeds([starter, "--version"]):
            return folder, (folder / "origin").read_text()
        script, origin = make(Path(cache), environment)
        if script:
            folder.mkdir(parents=True, exist_ok=True)
            starter.write_text(script)
            starter.chmod(0o755)
            (folder / "origin").write_text(origin)
    if starter.exists() and succeeds([starter, "--version"]):
        return folder, (folder / "origin").read_text()
    raise Failure("No Chromium is to be had; install the package chromium.")


def _from_debian(cache, _environment):
    system, _ = debian.release() if debian.is_debian_like() else ("", "")
    if system != "debian":
        return "", ""
    prefix = debian.private_prefix(
        cache, "browser-debian", ["chromium", "fontconfig-config", CHINESE_FONT]
    )
    (prefix / "fontcache").mkdir(exist_ok=True)
    (prefix / "fonts.conf").write_text(FONTCONFIG.format(prefix=prefix))
    program = prefix / "usr/lib/chromium/chromium"
    if not program.exists():
        return _of_this_machine(cache, _environment)
    script = STARTER.format(
        libraries=os.pathsep.join(str(path) for path in library_folders(prefix)),
        prefix=prefix,
        program=program,
    )
    return script, "Debian's package, unpacked in the cache"


def library_folders(prefix):
    """The prefix's library folders, and those below that hold libraries too."""
    roots = [prefix / "usr/lib", prefix / "lib"]
    found = [path for root in roots for path in root.glob("*-linux-gnu*")]
    below = {path.parent for folder in found for path in folder.glob("*/lib*.so*")}
    return [*found, *sorted(below)]


def _of_this_machine(_cache, _environment):
    for name in NAMES:
        path = shutil.which(name)
        if path:
            return f'#!/bin/sh\nexec "{path}" "$@"\n', f"{name} of this machine"
    return "", ""


def _from_playwright(cache, environment):
    folder = cache / "browser-playwright"
    run(
        [environment.python, "-m", "playwright", "install", "chromium"],
        "Getting a browser",
        hint="Install the package chromium.",
        env=environment.environ(PLAYWRIGHT_BROWSERS_PATH=str(folder)),
    )
    path = next(folder.glob("chromium-*/chrome-linux*/chrome"), None)
    return (
        (f'#!/bin/sh\nexec "{path}" "$@"\n', "Playwright's download")
        if path
        else ("", "")
    )
