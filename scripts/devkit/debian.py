"""Debian packages unpacked beside the project, without root and without installing.

``apt-get`` is used with folders of its own, so neither the machine's package
lists nor its installed packages are touched. The archive's address and key are
read from the machine's own apt sources.
"""

import re
import shutil
from pathlib import Path

from .errors import Failure
from .places import made_whole
from .shell import run

SOURCES = Path("/etc/apt")
DPKG_STATUS = Path("/var/lib/dpkg/status")
NETWORK_HINT = "Is the package archive of this machine reachable?"


def is_debian_like():
    """Whether packages can be had here at all."""
    return bool(shutil.which("apt-get") and shutil.which("dpkg"))


def release():
    """``(id, codename)`` of the system, e.g. ``("debian", "bookworm")``."""
    facts = dict(
        line.split("=", 1)
        for line in Path("/etc/os-release").read_text().splitlines()
        if "=" in line
    )
    return facts.get("ID", "").strip('"'), facts.get("VERSION_CODENAME", "").strip('"')


def _deb822_archives(text):
    for stanza in re.split(r"\n\s*\n", text):
        fields = dict(
            re.findall(r"^([A-Za-z-]+):[ \t]*(.*)$", stanza, re.MULTILINE | re.ASCII)
        )
        if "deb" in fields.get("Types", "").split() and fields.get("URIs"):
            yield fields["URIs"].split()[0], fields.get("Signed-By", "").strip()


def _one_line_archives(text):
    pattern = r"^\s*deb\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+\S+"
    for options, uri in re.findall(pattern, text, re.MULTILINE):
        key = re.search(r"signed-by=(\S+)", options)
        yield uri, key.group(1) if key else ""


def machine_archive():
    """``(uri, signed_by)`` of the first archive the machine itself uses."""
    files = sorted((SOURCES / "sources.list.d").glob("*.sources"))
    for path in files:
        yield from _deb822_archives(path.read_text())
    for path in [
        SOURCES / "sources.list",
        *sorted((SOURCES / "sources.list.d").glob("*.list")),
    ]:
        if path.exists():
            yield from _one_line_archives(path.read_text())


class Archive:
    """One suite of the machine's archive, with package lists of its own.

    :param suite: ``bookworm``, ``unstable``, ...
    :param folder: where lists and downloaded packages are kept.
    """

    def __init__(self, suite, folder, components="main"):
        self.suite = suite
        self.folder = Path(folder) / suite
        self.downloads = self.folder / "packages"
        self.components = components
        self._updated = False

    def _options(self):
        lists, cache = self.folder / "lists", self.folder / "cache"
        (lists / "partial").mkdir(parents=True, exist_ok=True)
        (cache / "archives" / "partial").mkdir(parents=True, exist_ok=True)
        settings = {
            "Dir::State": self.folder,
            "Dir::State::Lists": lists,
            "Dir::State::status": DPKG_STATUS,
            "Dir::Cache": cache,
            "Dir::Etc::sourcelist": self.folder / "sources.list",
            "Dir::Etc::sourceparts": "/dev/null",
            "Dir::Etc::preferencesparts": "/dev/null",
            "Debug::NoLocking": "true",
            "APT::Sandbox::User": "",
            "APT::Install-Recommends": "false",
            "Acquire::Languages": "none",
            "Acquire::Retries": "3",
        }
        return [
            part for key, value in settings.items() for part in ("-o", f"{key}={value}")
        ]

    def _apt(self, *words, doing, **options):
        command = ["apt-get", "-q", *self._options(), *words]
        return run(command, doing, hint=NETWORK_HINT, **options)

    def update(self):
        """Fetch the suite's package lists, once per run."""
        if self._updated:
            return
        archives = list(machine_archive())
        if not archives:
            raise Failure("No package archive is named in /etc/apt; name one there.")
        uri, key = archives[0]
        self.folder.mkdir(parents=True, exist_ok=True)
        signed = f"[signed-by={key}] " if key else ""
        (self.folder / "sources.list").write_text(
            f"deb {signed}{uri} {self.suite} {self.components}\n"
        )
        self._apt("update", doing=f"Reading the package list of {self.suite}")
        self._updated = True

    def _missing_here(self, packages):
        """``packages`` and all they need that the machine does not have."""
        plan = self._apt(
            "install",
            "--simulate",
            *packages,
            doing=f"Working out what {packages[0]} needs",
        )
        return re.findall(r"^Inst (\S+)", plan, re.MULTILINE)

    def download(self, packages, with_needs=False):
        """Download packages (kept for the next time) and return their files."""
        self.update()
        names = self._missing_here(packages) if with_needs else list(packages)
        self.downloads.mkdir(parents=True, exist_ok=True)
        wanted = [name for name in names if not self._kept(name)]
        if wanted:
            self._apt(
                "download",
                *wanted,
                doing=f"Downloading {', '.join(packages[:3])}",
                cwd=self.downloads,
            )
        return [self._kept(name) for name in names]

    def _kept(self, name):
        found = sorted(
            self.downloads.glob(f"{name.split(':')[0]}_*.deb"),
            key=lambda path: path.stat().st_mtime,
        )
        return found[-1] if found else None

    def unpack(self, packages, prefix, with_needs=False):
        """Download ``packages`` and unpack them into the folder ``prefix``."""
        for path in self.download(packages, with_needs):
            run(["dpkg", "-x", path, prefix], f"Unpacking {path.name}")


def private_prefix(cache, name, packages):
    """Packages of the machine's own suite with all their needs, in one folder.

    :return: the folder; made once, then found again.
    """
    prefix = Path(cache) / name
    if not prefix.exists():
        _, codename = release()
        with made_whole(prefix) as partial:
            archive = Archive(codename, Path(cache) / "debian")
            archive.unpack(packages, partial, with_needs=True)
    return prefix
