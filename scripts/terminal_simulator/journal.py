"""An append-only file of JSON lines that survives being killed at any byte."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

try:
    import fcntl
except ImportError:  # pragma: no cover - not on this platform
    fcntl = None


NAME = "journal.jsonl"


class FolderInUse(RuntimeError):
    """Another running simulator holds the same folder."""


def read_entries(folder: str | os.PathLike) -> list[dict]:
    """The whole entries of a folder's journal, without touching it.

    Raises FileNotFoundError where there is none.
    """
    data = (Path(folder) / NAME).read_bytes()
    lines = data[: data.rfind(b"\n") + 1].splitlines()
    return [json.loads(line) for line in lines]


class Journal:
    """Entries are dictionaries; each ``append`` is one write to the file.

    Opening drops a last line that was cut by a kill. One process at a time:
    a second one gets FolderInUse.
    """

    def __init__(self, folder: str | os.PathLike) -> None:
        self.path = Path(folder) / NAME
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._file = open(self.path, "a+b", buffering=0)  # noqa: SIM115
        self._lock()
        self._drop_cut_line()

    def entries(self) -> Iterator[dict]:
        """All entries from the beginning, oldest first."""
        self._file.seek(0)
        for line in self._file.read().splitlines():
            yield json.loads(line)

    def append(self, entries: Iterable[dict]) -> None:
        """Write entries; they are with the operating system on return."""
        data = b"".join(
            json.dumps(entry, separators=(",", ":")).encode() + b"\n"
            for entry in entries
        )
        while data:
            data = data[self._file.write(data) :]

    def close(self) -> None:
        self._file.close()

    def _lock(self) -> None:
        if fcntl is None:  # pragma: no cover - not on this platform
            return
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._file.close()
            raise FolderInUse(
                f"Another terminal simulator is using the folder {self.path.parent}."
            ) from None

    def _drop_cut_line(self) -> None:
        self._file.seek(0)
        data = self._file.read()
        self._file.truncate(data.rfind(b"\n") + 1)
