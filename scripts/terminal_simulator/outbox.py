"""What goes up next: batches of a terminal's unacknowledged records."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from .clock import TerminalClock
from .lines import body_of, encode, punch_line, template_line, user_line
from .log import ATTLOG, LocalLog, Row
from .options import Options, uploads
from .punch import packed_time, parse_wall, wall_text
from .quirks import Quirks

LARGEST_ADAPTIVE, LATER_LARGEST, SMALLEST_ADAPTIVE = 200, 150, 30
ROWS_TOGETHER = {"FP": 3, "FACE": 3, "BIODATA": 3, "USERPIC": 1, "BIOPHOTO": 1}
"""Most rows of a kind in one POST; kinds not named: as many as a batch holds."""


@dataclass(frozen=True)
class Batch:
    """One upload: what is sent, and the records it settles when acknowledged.

    ``lines`` is what ``OK: n`` must say, None for tables answered by ``OK``.
    """

    table: str
    stamp: str
    body: bytes
    lines: int | None
    punches: tuple[int, ...] = ()
    rows: tuple[int, ...] = ()

    @property
    def settles(self) -> bool:
        """Whether records of the log wait for this batch's acknowledgement."""
        return bool(self.punches or self.rows)

    @property
    def cut_at(self) -> int:
        """A place in the middle of a line, past the first half of the body."""
        half = len(self.body) // 2
        start = self.body.rfind(b"\n", 0, half) + 1
        end = self.body.find(b"\n", half)
        return max(1, (start + (end if end > 0 else len(self.body))) // 2)


class Outbox:
    """Chooses and renders batches. ``batch_lines`` is the most records in one."""

    def __init__(
        self,
        serial: str,
        log: LocalLog,
        clock: TerminalClock,
        quirks: Quirks,
        batch_lines: int,
    ) -> None:
        if batch_lines < 1:
            raise ValueError("a batch has at least one line")
        self._serial, self._log, self._clock = serial, log, clock
        self._quirks = quirks
        self._most = LARGEST_ADAPTIVE if quirks.adaptive_batch else batch_lines

    # --- what the returned stamps mean ----------------------------------------

    def obey_stamps(self, options: Options) -> None:
        """Reopen what the server's stamps ask for, after a handshake."""
        stamp = options.stamp(ATTLOG, self._quirks.is_old)
        if self._quirks.replays_history:
            self._log.reopen_punches()
        elif stamp is not None and self._quirks.stamps == "9999":
            if stamp.strip() == "0":
                self._log.reopen_punches()
        elif stamp is not None:
            self._move_cursor(_cursor_value(stamp))
        if (options.stamp("OPERLOG", self._quirks.is_old) or "").strip() == "0":
            self._queue_everybody()

    def _move_cursor(self, cursor: int) -> None:
        later, covered = [], []
        for number, punch in self._log.numbered():
            behind = _cursor_value(punch.wall) > cursor
            (later if behind else covered).append(number)
        self._log.reopen_punches(later)
        if self._quirks.trusts_server_stamp:
            self._log.acknowledge_punches(covered)

    def _queue_everybody(self) -> None:
        queued = {row.text for row in self._log.rows.values()}
        for kind, text in everybody_rows(self._log, self._quirks):
            if text not in queued:
                self._log.add_row("OPERLOG", kind, text)

    # --- batches --------------------------------------------------------------

    def next_batch(self, options: Options, live_after: int) -> Batch | None:
        """The next upload under the server's TransFlag, None if there is nothing.

        ``live_after`` is the number of the last punch before the handshake.
        """
        wanted = options.upload_kinds(self._quirks.trans_flag_order)
        if uploads(ATTLOG, wanted):
            numbers = self._next_numbers(live_after)
            if numbers:
                return self._punch_batch(numbers)
        return self._row_batch(wanted)

    def has_next(self, options: Options) -> bool:
        """Whether ``next_batch`` would give one; cheap."""
        wanted = options.upload_kinds(self._quirks.trans_flag_order)
        if self._log.open_punches and uploads(ATTLOG, wanted):
            return True
        return any(uploads(row.kind, wanted) for row in self._log.rows.values())

    def _next_numbers(self, live_after: int) -> list[int]:
        if self._quirks.live_first:
            live = next(self._log.open_numbers(live_after), None)
            if live is not None:
                return [live]
        chosen = []
        for number in self._log.open_numbers():
            chosen.append(number)
            if len(chosen) == self._most:
                break
        return chosen

    def _punch_batch(self, numbers: Sequence[int]) -> Batch:
        lines: list[bytes] = []
        size = 0
        for number in numbers:
            line = self._line(number)
            size += len(line) + 4
            if lines and size > self._quirks.body_limit_bytes:
                break
            lines.append(line)
        taken = tuple(numbers[: len(lines)])
        stamp = self._stamp(self._log.punch_at(taken[-1]).wall)
        body = body_of(lines, self._quirks)
        return Batch(ATTLOG, stamp, body, len(lines), punches=taken)

    def _line(self, number: int) -> bytes:
        punch = self._log.punch_at(number)
        return punch_line(punch, number, self._clock.zone_minutes, self._quirks)

    def _row_batch(self, wanted: frozenset[str] | None) -> Batch | None:
        chosen: list[Row] = []
        size = 0
        for row in self._log.rows.values():
            if not uploads(row.kind, wanted):
                continue
            size += len(row.text) + 2
            if chosen and not self._fits(row, chosen, size):
                break
            chosen.append(row)
        if not chosen:
            return None
        if chosen[0].table == "ATTPHOTO":
            return self._photo_batch(chosen[0])
        body = body_of([encode(r.text, self._quirks) for r in chosen], self._quirks)
        stamp = self._stamp(wall_text(self._clock.wall()))
        rows = tuple(row.number for row in chosen)
        return Batch(chosen[0].table, stamp, body, len(chosen), rows=rows)

    def _fits(self, row: Row, chosen: list[Row], size: int) -> bool:
        if row.table != chosen[0].table or row.table == "ATTPHOTO":
            return False
        same = sum(1 for other in chosen if other.kind == row.kind)
        return (
            len(chosen) < self._most
            and size <= self._quirks.body_limit_bytes
            and same < ROWS_TOGETHER.get(row.kind, self._most)
        )

    def _photo_batch(self, row: Row) -> Batch:
        name, command, content = row.text.split("\t")
        picture = base64.b64decode(content)
        head = (
            f"PIN={name}\nSN={self._serial}\nsize={len(picture)}\nCMD={command}"
        ).encode()
        stamp = self._stamp(wall_text(self._clock.wall()))
        return Batch(
            "ATTPHOTO", stamp, head + b"\0" + picture, None, rows=(row.number,)
        )

    def empty_batch(self) -> Batch:
        """An OPERLOG post without a body."""
        return Batch("OPERLOG", self._stamp(wall_text(self._clock.wall())), b"", 0)

    # --- answers to queries ---------------------------------------------------

    def punches_again(self, numbers: Sequence[int]) -> list[Batch]:
        """Batches with the given punches, sent whatever was acknowledged."""
        batches = []
        left = list(numbers)
        while left:
            batch = self._punch_batch(left[: self._most])
            batches.append(batch)
            left = left[len(batch.punches) :]
        return batches

    def rows_again(self, table: str, texts: Iterable[str]) -> list[Batch]:
        """Batches of rows asked for by a command; they are not kept in the log."""
        texts = list(texts)
        many = 3 if table == "BIODATA" else self._most
        stamp = self._stamp(wall_text(self._clock.wall()))
        batches = []
        for start in range(0, len(texts), many):
            part = [encode(t, self._quirks) for t in texts[start : start + many]]
            batches.append(Batch(table, stamp, body_of(part, self._quirks), len(part)))
        return batches

    # --- outcome --------------------------------------------------------------

    def settle(self, batch: Batch) -> None:
        """Note in the log that the server has taken a batch over."""
        if batch.punches:
            kept = [n for n in batch.punches if n <= self._log.last_number]
            self._log.acknowledge_punches(kept)
        if batch.rows:
            self._log.acknowledge_rows(batch.rows)
        if self._quirks.adaptive_batch:
            self._most = min(max(self._most, LATER_LARGEST), self._most + 10)

    def shrinks(self, batch: Batch) -> bool:
        """After a failure: whether this unit now makes a smaller batch instead."""
        if not self._quirks.adaptive_batch or not batch.settles:
            return False
        self._most = max(SMALLEST_ADAPTIVE, self._most - 30)
        return True

    def address_of(self, batch: Batch) -> tuple[str, tuple[tuple[str, str], ...]]:
        """Verb and parameters (after the serial number) of a batch's POST."""
        quirks = self._quirks
        old_names = {"OPERLOG": "OpStamp", "ATTPHOTO": "PhotoStamp"}
        stamp = old_names.get(batch.table, "Stamp") if quirks.is_old else "Stamp"
        table = batch.table.lower() if quirks.lower_case_tables else batch.table
        verb = quirks.photo_path if batch.table == "ATTPHOTO" else "cdata"
        return verb, (("table", table), (stamp, batch.stamp))

    def _stamp(self, wall: str) -> str:
        if self._quirks.stamps == "packed":
            return str(_cursor_value(wall))
        if self._quirks.stamps == "iso":
            return wall.replace(" ", "T")
        return "9999"


def _cursor_value(text: str) -> int:
    """A stamp or wall time as a packed time; unreadable ones are year 2000."""
    text = text.strip()
    if text.isdecimal():
        return int(text)
    try:
        parse_wall(text)
    except ValueError:
        return 0
    return packed_time(text.replace("T", " ", 1))


def everybody_rows(log: LocalLog, quirks: Quirks) -> list[tuple[str, str]]:
    """Every user and fingerprint as ``(kind, line)`` for OPERLOG."""
    rows = [("USER", user_line(fields, quirks)) for fields in log.users.values()]
    for table, kind in (("FINGERTMP", "FP"), ("FACE", "FACE")):
        for key in log.templates_of(table):
            rows.append((kind, template_line(table, log.templates[key])))
    return rows


def repeated(batch: Batch) -> Batch:
    """The same bytes once more, settling nothing."""
    return replace(batch, punches=(), rows=())
