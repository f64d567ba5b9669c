"""The switches of a simulated terminal: how this unit differs from the others.

``Quirks()`` is a present-day unit at its strictest: whatever one known client
insists on, it insists on. Each switch below is one item of the protocol notes'
checklist for simulators, or a habit those notes report. Counters called
``..._every`` mean "each n-th time", 0 meaning never, so that runs repeat.
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Quirks:
    """Frozen: use ``changed`` for a variant."""

    # --- the HTTP request -------------------------------------------------
    content_type: str | None = "text/plain"
    """Content-Type of uploads: ``text/plain``, ``application/push;charset=UTF-8``,
    ``application/x-www-form-urlencoded`` or None for no such header (older units)."""
    http_version: str = "1.1"
    """Version in the request line, ``1.1`` or ``1.0``."""
    send_host: bool = True
    """Send a Host header. Units speaking HTTP/1.0 may leave it out."""
    connection: str | None = "close"
    """Connection header: ``close``, ``starting`` (access-control firmware),
    ``keep-alive`` (the socket is really reused), or None for no header."""
    user_agent: str | None = "iClock Proxy/1.09"
    """User-Agent header, None for none."""
    path_suffix: str = ""
    """Appended to every path: ``.aspx`` on some builds, ``/`` behind some proxies."""
    lower_case_tables: bool = False
    """Write ``table=attlog`` instead of ``table=ATTLOG``."""
    chunked_upload: bool = False
    """Send bodies with ``Transfer-Encoding: chunked`` and no Content-Length."""
    expect_continue_over: int | None = None
    """Send ``Expect: 100-continue`` with bodies over this many bytes and wait up
    to one second for the go-ahead; None for never."""
    source_addresses: tuple[str, ...] = ()
    """Loopback addresses to connect from, in turn per request: one serial number
    seen from two places. Empty: the system chooses."""
    clones: int = 1
    """How many identical units use this serial number (used by the fleet)."""

    # --- lines and bodies ---------------------------------------------------
    line_end: str = "\n"
    """End of a record: LF, CRLF or a lone CR."""
    final_line_end: bool = True
    """Whether the last record of a body is ended too."""
    trailing_tab: bool = False
    """A TAB after the last field of each punch."""
    blank_lines: bool = False
    """An empty line after each record; not counted by the server."""
    attlog_fields: int = 10
    """Fields of a punch, 2 to 12; field 11 see below, field 12 is base64 JSON."""
    attlog_empty_fields: bool = False
    """Work code and reserved fields empty instead of ``0``."""
    attlog_field_11: str = "offset"
    """Field 11 is the zone ``offset`` in seconds (``+28800``) or the ``sequence``
    number of the record, by firmware."""
    attlog_job_fields: bool = False
    """Six job and three tip codes after field 7 (dialect B); 16 fields in all."""
    nul_in_line_every: int = 0
    """A NUL byte inside each n-th punch line, in the work code."""
    encoding: str = "utf-8"
    """Encoding of names in both directions: ``utf-8``, ``gbk``, ``gb18030``,
    ``cp1256``."""
    name_bytes: int = 23
    """Longest name the unit keeps, in bytes; cut on a character boundary."""
    language: int = 69
    """Language code of the handshake: 69 English, 83 simplified Chinese."""
    big_biodata_bytes: int = 0
    """Send one BIODATA line with a template of about this many bytes after the
    first handshake (1,048,576 for the checklist's 1 MB line)."""
    empty_operlog_burst: int = 0
    """This many OPERLOG posts without a body after each handshake."""
    oplog_power_on: bool = False
    """Write and upload the audit row "power on" at every start."""
    photos: bool = False
    """Take a photo with each live punch and upload it as ATTPHOTO."""
    photo_path: str = "cdata"
    """Where photos go: ``cdata``, or ``fdata`` on older firmware."""

    # --- PINs (user codes) ---------------------------------------------------
    pin_width: int = 9
    """Longest PIN the unit accepts from commands, in characters (5, 9, 14, 24)."""
    pin_zero_padded_to: int = 0
    """Send PINs padded with zeros on the left to this width; 0 for as stored."""
    pin_prefix: str = ""
    """Put in front of each PIN punched at the unit (``A`` makes it alphanumeric)."""
    unknown_pin_every: int = 0
    """After each n-th punch another one by a PIN nobody has been given."""

    # --- the clock ------------------------------------------------------------
    clock_offset_seconds: float = 0
    """How far the clock is ahead at start: 3600 one hour, 86400 a day."""
    clock_drift_ppm: float = 0
    """Seconds the clock gains per million."""
    clock_starts_at: str | None = None
    """Wall clock after power-on, ``2000-01-01 00:00:00`` for a flat battery."""
    clock_back_at: str | None = None
    """Wall time at which the clock goes back one hour, once (end of summer time)."""
    clock_follows_server: bool = True
    """Set the clock from the Date header of the server's answers plus TimeZone."""
    clock_summer_hour: bool = False
    """Add one hour when setting the clock (the unit's own summer-time flag)."""

    # --- what the unit accepts as an answer -----------------------------------
    strict_ok: bool = True
    """Demand ``OK: n`` with n the number of records sent; otherwise ``OK``
    anywhere in the body satisfies."""
    needs_text_plain: bool = True
    """Ignore the Date header and the answer to devicecmd without ``text/plain``."""
    needs_content_length: bool = True
    """Treat an answer without Content-Length as no answer."""
    drops_unterminated_line: bool = True
    """Ignore a last line of the option block that does not end in LF."""
    empty_poll_is_offline: bool = True
    """Treat an empty 200 to getrequest as a server that is offline."""
    refused_backoff_seconds: float = 15.0
    """Silence after 401, 403 or 503, before the next handshake."""
    quick_tries: int = 3
    """Tries before the unit goes offline until ErrorDelay has passed."""
    quick_retry_seconds: float = 1.0
    """Pause between the quick tries."""
    error_delay_seconds: float | None = None
    """Overrides the server's ErrorDelay (for tests and tools); None obeys it."""

    # --- protocol version, stamps, upload rhythm ------------------------------
    push_version: str | None = "2.4.1"
    """``pushver`` of the handshake; None for a 1.0/2.0.x unit, which sends none,
    knows only ``Stamp``/``OpStamp``/``PhotoStamp`` and takes the old commands."""
    device_type: str | None = "att"
    """``DeviceType`` of the handshake; not sent by units without ``pushver``."""
    communication_key: str | None = None
    """``pushcommkey`` of the handshake."""
    communication_key_on_all: bool = False
    """Send the key as ``ComKey`` with every request (dialect B)."""
    stamps: str = "9999"
    """``9999`` for the constant of new firmware, ``packed`` or ``iso`` for a real
    cursor made of the last record's time."""
    trusts_server_stamp: bool = False
    """With a real cursor: skip records the returned stamp covers although they
    were never acknowledged. Shows a server that stores a stamp too early."""
    replays_history: bool = False
    """Send the whole log again after every handshake, whatever the stamp says."""
    live_first: bool = False
    """Send punches made since the handshake between the batches of the backlog,
    each in a POST of its own."""
    repeat_acknowledged_every: int = 0
    """Send each n-th acknowledged batch a second time."""
    cut_body_every: int = 0
    """Break the connection in the middle of a line of each n-th new batch; the
    retry sends it whole."""
    batch_pause_seconds: float = 0
    """Pause between the batches of a backlog (8 to 9 s on one known unit)."""
    adaptive_batch: bool = False
    """Start at 200 records, 30 fewer after a failure (not below 30), 10 more
    after a success (not above 150 again); otherwise the fixed size."""
    body_limit_bytes: int = 65536
    """Size of the unit's buffer; a batch ends before it. One record always fits."""
    trans_flag_order: str = "A"
    """How a TransFlag of bits is read: order ``A`` or ``B`` of the documents."""
    adaptive_polling: bool = True
    """After work poll after 1, 1.2, 2, 3... s growing to Delay."""
    poll_seconds: float | None = None
    """Overrides the server's Delay (for tests and tools); None obeys it."""
    info_fields: int = 10
    """Positions of ``INFO`` on the first poll, 0 for none (5, 9, 10, 13 seen)."""
    reboot_every: int = 0
    """Power cut after each n-th request: the unit restarts with a handshake."""

    # --- commands and their results --------------------------------------------
    results_batched: bool = True
    """All results in one devicecmd POST; otherwise one POST each."""
    results_late_polls: int = 0
    """Hold results back for this many polls."""
    results_reversed: bool = False
    """Results in the opposite order of the commands."""
    results_missing_every: int = 0
    """Never send each n-th result although the command was executed."""
    results_with_serial: bool = False
    """``&SN=`` inside each result (dialect B)."""
    results_multi_line: bool = False
    """CHECK and INFO results as one ``key=value`` per line."""
    command_id_bytes: int = 20
    """Longest command id the unit keeps; longer ones come back cut."""
    forced_results: tuple[tuple[str, int], ...] = ()
    """``(beginning of a command, code)``: answer with the code, do nothing."""
    max_users: int = 10000
    """Capacity; a new user beyond it gets -1001."""
    biodata_versions: tuple[tuple[str, str], ...] = (("1", "10"), ("9", "39"))
    """Major algorithm version per bio type; another one gets -30, an absent type
    -1004."""
    door_tables: bool = False
    """Whether door tables (time zones, groups, holidays) exist; otherwise -1004."""
    omitted_keys_cleared: bool = False
    """Whether a key left out of a user row loses its value."""

    def changed(self, **switches) -> Quirks:
        """A copy with some switches set differently."""
        return replace(self, **switches)

    @property
    def is_old(self) -> bool:
        """A unit of the 1.0/2.0.x generation."""
        return self.push_version is None


BLACK_AND_WHITE = Quirks(
    content_type=None,
    push_version=None,
    device_type=None,
    attlog_fields=5,
    encoding="gbk",
    language=83,
    name_bytes=8,
    pin_width=9,
    stamps="packed",
    info_fields=5,
    photo_path="fdata",
    strict_ok=False,
    needs_text_plain=False,
)
"""The iClock generation of about 2010: real stamps, short lines, GBK names."""
