"""The virtual environment with Odoo's Python packages, pinned and hashed."""

import hashlib
import os
import shutil
import sys
import venv
from pathlib import Path

from .errors import Failure
from .places import CHECKOUT
from .shell import run, succeeds

REQUIREMENTS = CHECKOUT / "scripts" / "requirements"
OLDEST, NEWEST = (3, 10), (3, 13)  # odoo/release.py: MIN_PY_VERSION, MAX_PY_VERSION


def check_python(version=sys.version_info):
    """Refuse a Python that Odoo 19.0 does not run on."""
    if not OLDEST <= tuple(version[:2]) <= NEWEST:
        raise Failure(
            f"Python {version[0]}.{version[1]} is in use and Odoo 19.0 runs on 3.10 to "
            "3.13; set PYTHON to one of these, e.g. PYTHON=python3.12."
        )


class PythonEnvironment:
    """A virtual environment whose name tells its content.

    :param lock: ``run`` or ``test``, a file of ``scripts/requirements``.
    """

    def __init__(self, cache, lock, source):
        self.lock = REQUIREMENTS / f"{lock}.txt"
        content = (
            self.lock.read_bytes() + sys.version.encode() + str(source.path).encode()
        )
        digest = hashlib.sha256(content).hexdigest()[:12]
        self.folder = Path(cache) / f"python-{lock}-{digest}"
        self.source = source

    @property
    def python(self):
        return self.folder / "bin" / "python"

    @property
    def is_there(self):
        return (self.folder / "complete").exists()

    def make(self):
        """Create the environment unless it is there."""
        if self.is_there:
            return
        shutil.rmtree(self.folder, ignore_errors=True)
        # An environment cannot be renamed (its scripts name its path), so a
        # last file marks it as complete instead.
        try:
            venv.create(self.folder, with_pip=True)
        except Exception as error:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise Failure(
                "A Python virtual environment cannot be made here; install the "
                "package python3-venv."
            ) from error
        run(
            [
                self.python, "-m", "pip", "install", "--quiet", "--no-input",
                "--disable-pip-version-check", "--no-warn-script-location",
                "--require-hashes", "--only-binary=:all:",
                "--no-binary=ofxparse,docopt,pyzk", "-r", self.lock,
            ],
            "Installing Odoo's Python packages",
            hint="Is the Python package registry of this machine reachable?",
        )  # fmt: skip
        site = next((self.folder / "lib").glob("python3*/site-packages"))
        (site / "odoo-source.pth").write_text(f"{self.source.path}\n")
        (self.folder / "complete").write_text("")

    def check(self):
        """Whether Odoo can be imported; a moved cache or checkout is told."""
        if not succeeds([self.python, "-c", "import odoo, psycopg2, lxml, gevent"]):
            shutil.rmtree(self.folder, ignore_errors=True)
            raise Failure(
                "The Python environment was damaged and is removed; start again."
            )

    def environ(self, **more):
        """Variables for a process of this environment."""
        path = f"{self.folder / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
        cleaned = {
            key: value for key, value in os.environ.items() if key != "PYTHONPATH"
        }
        return {**cleaned, "PATH": path, "PYTHONUNBUFFERED": "1", **more}


def forget_old_environments(cache, kept):
    """Remove environments of earlier locks; they are 400 MB each."""
    for folder in Path(cache).glob("python-*"):
        if folder.is_dir() and folder not in kept:
            shutil.rmtree(folder, ignore_errors=True)
