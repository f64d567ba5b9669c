"""Getting Odoo 19.0 Community, from whichever source this machine reaches.

The sources are tried in a fixed order and the choice is said in one line:

1. an Odoo 19 that is there already (``ODOO_HOME``, or importable by the Python
   in use);
2. Debian's own package ``odoo-19``, unpacked beside the project;
3. Odoo's nightly source archive of 19.0;
4. a shallow clone of Odoo's ``19.0`` branch.
"""

import importlib.util
import os
import shutil
import tarfile
import urllib.request
from pathlib import Path

from . import debian
from .console import say
from .errors import Failure
from .places import made_whole
from .shell import run

NIGHTLY = "https://nightly.odoo.com/19.0/nightly/src/odoo_19.0.latest.tar.gz"
REPOSITORY = "https://github.com/odoo/odoo.git"

# Debian strips the JavaScript and fonts that Odoo bundles; the package links to
# these instead, and every page is an error 500 without them.
UNSTABLE_ASSETS = (
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
    "fonts-roboto-unhinted",
    "fonts-montserrat",
    "fonts-glyphicons-halflings",
    "fonts-ocr-b",
)
# Newer ones moved or dropped the files that Odoo's style sheets name.
BOOKWORM_ASSETS = ("fonts-font-awesome", "fonts-inconsolata")
# Left out of the package and named in a bundle; a tour fails on any console error.
ABSENT_SCRIPT = "mail/static/lib/selfie_segmentation/selfie_segmentation.js"


class OdooSource:
    """A usable Odoo tree.

    ``path`` is the folder to put on Python's path, ``starter`` the server's
    start script, ``origin`` where it came from, in words.
    """

    def __init__(self, path, starter, origin):
        self.path = Path(path)
        self.starter = Path(starter)
        self.origin = origin


def find(cache):
    """The Odoo to use, fetched into ``cache`` when it is not there yet."""
    reasons = []
    for source in (_existing, _from_debian, _from_nightly, _from_clone):
        try:
            found = source(Path(cache))
        except Failure as failure:
            reasons.append(f"{source.__doc__.strip()} {failure}")
            continue
        if found:
            _check_version(found)
            return found
    for reason in reasons:
        say(f"    {reason}")
    raise Failure(
        "Odoo 19.0 could not be had from any source; connect this machine to its "
        "package archive, or set ODOO_HOME to an Odoo 19.0 source tree."
    )


def _check_version(source):
    text = (source.path / "odoo" / "release.py").read_text()
    if "(19, 0" not in text:
        raise Failure(
            f"The Odoo in {source.path} is not 19.0; unset ODOO_HOME or point it at "
            "an Odoo 19.0 source tree."
        )


def _existing(cache):
    """Odoo on this machine:"""
    home = os.environ.get("ODOO_HOME")
    if home:
        folder = Path(home).expanduser().absolute()
        starter = folder / "odoo-bin"
        if not (folder / "odoo" / "release.py").exists() or not starter.exists():
            raise Failure(f"ODOO_HOME is {folder}, which has no odoo-bin and odoo/.")
        return OdooSource(folder, starter, "ODOO_HOME")
    spec = importlib.util.find_spec("odoo")
    starter = shutil.which("odoo") or shutil.which("odoo-bin")
    if not spec or not starter:
        return None
    package = Path(next(iter(spec.submodule_search_locations)))
    if "(19, 0" not in (package / "release.py").read_text():
        return None
    return OdooSource(package.parent, starter, "already on this machine")


def _from_debian(cache):
    """Debian's package odoo-19:"""
    prefix = cache / "odoo-debian"
    linked = prefix / "path"
    if not prefix.exists():
        system, _ = debian.release() if debian.is_debian_like() else ("", "")
        if system != "debian":
            raise Failure("this system has no Debian unstable archive.")
        with made_whole(prefix) as partial:
            _unpack_debian(cache, partial)
    return OdooSource(linked, prefix / "usr/bin/odoo", "Debian's package odoo-19")


def _unpack_debian(cache, prefix):
    packages = cache / "debian"
    unstable = debian.Archive("unstable", packages)
    unstable.unpack(("odoo-19", *UNSTABLE_ASSETS), prefix)
    debian.Archive("bookworm", packages).unpack(BOOKWORM_ASSETS, prefix)
    site = prefix / "usr/lib/python3/dist-packages"
    script = site / "odoo/addons" / ABSENT_SCRIPT
    script.parent.mkdir(parents=True, exist_ok=True)
    if not script.exists():
        script.write_text("")
    broken = [
        path for path in prefix.rglob("*") if path.is_symlink() and not path.exists()
    ]
    if broken:
        raise Failure(
            f"the unpacked tree lacks {len(broken)} files, first {broken[0]}."
        )
    # The package's folder also holds addons/, setup/ and doc/, which must not
    # become importable beside the project's own.
    path = prefix / "path"
    path.mkdir()
    for name in ("odoo", "odoo-19.0.egg-info"):
        found = next(site.glob("odoo-19*.egg-info")) if "egg" in name else site / name
        (path / name).symlink_to(os.path.relpath(found, path))


def _from_nightly(cache):
    """Odoo's nightly archive:"""
    folder = cache / "odoo-nightly"
    if not folder.exists():
        with made_whole(folder) as partial:
            archive = partial / "odoo.tar.gz"
            try:
                with urllib.request.urlopen(NIGHTLY, timeout=60) as answer:
                    with archive.open("wb") as target:
                        shutil.copyfileobj(answer, target)
            except OSError as error:
                raise Failure(f"not reachable ({error}).") from error
            with tarfile.open(archive) as packed:
                # The archive is Odoo's own; "data" refuses links and paths that
                # leave the folder, where this Python knows the filter.
                if hasattr(tarfile, "data_filter"):
                    packed.extractall(partial, filter="data")
                else:
                    packed.extractall(partial)
            archive.unlink()
            (tree,) = partial.iterdir()
            tree.rename(partial / "tree")
    tree = folder / "tree"
    starter = tree / "odoo-bin"
    if not starter.exists():
        starter = tree / "setup" / "odoo"
    return OdooSource(tree, starter, "Odoo's nightly archive")


def _from_clone(cache):
    """Odoo's repository:"""
    folder = cache / "odoo-clone"
    if not folder.exists():
        with made_whole(folder) as partial:
            run(
                [
                    "git",
                    "clone",
                    "-q",
                    "--depth=1",
                    "-b",
                    "19.0",
                    REPOSITORY,
                    partial / "tree",
                ],
                "Cloning Odoo's 19.0 branch",
                env={**os.environ, "GIT_TERMINAL_PROMPT": "0"},
            )
    tree = folder / "tree"
    return OdooSource(tree, tree / "odoo-bin", "a clone of Odoo's 19.0 branch")
