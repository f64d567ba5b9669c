"""Where things lie: the checkout, the user's cache, and what an account may see."""

import fcntl
import os
import shutil
from contextlib import contextmanager
from pathlib import Path

from .errors import Failure

CHECKOUT = Path(__file__).resolve().parents[2]
ADDONS = CHECKOUT / "addons"
MINIMUM_FREE_BYTES = 3 * 1024**3


def cache_folder():
    """The user's cache: ``CHAIN_ATTENDANCE_CACHE`` or the XDG cache folder.

    As root it lies under ``/var/tmp``: database programs refuse to run as root
    and the account they run under cannot look into root's home.
    """
    named = os.environ.get("CHAIN_ATTENDANCE_CACHE")
    if named:
        return Path(named).expanduser().absolute()
    if os.geteuid() == 0:
        return Path("/var/tmp/chain-attendance-root")
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base).expanduser().absolute() / "chain-attendance"


def prepare_cache():
    """Make the cache folder and check that it can take what is coming."""
    folder = cache_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o755)
        probe = folder / ".writable"
        probe.write_text("")
        probe.unlink()
    except OSError as error:
        raise Failure(
            f"The cache folder {folder} cannot be written ({error.strerror}); "
            "set CHAIN_ATTENDANCE_CACHE to a folder that can."
        ) from error
    check_free_space(folder)
    return folder


def check_free_space(folder, wanted=MINIMUM_FREE_BYTES):
    """Refuse to start what a full disk would break in the middle."""
    free = shutil.disk_usage(folder).free
    if free < wanted:
        raise Failure(
            f"The disk of {folder} has {free / 1024**3:.1f} GiB free and "
            f"{wanted / 1024**3:.1f} GiB are needed; make room or set "
            "CHAIN_ATTENDANCE_CACHE to another disk."
        )


@contextmanager
def exclusive(name):
    """Let one process at a time make what ``name`` stands for; others wait."""
    path = cache_folder() / f"{name}.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


@contextmanager
def made_whole(folder):
    """Yield an empty folder to fill; it gets its real name when all went well."""
    folder = Path(folder)
    partial = folder.with_name(folder.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    yield partial
    shutil.rmtree(folder, ignore_errors=True)
    partial.rename(folder)
