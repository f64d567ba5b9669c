"""A terminal on the binary protocol, port of its own, over TCP or UDP.

Written from the protocol (section 14), not from pyzk: headers, checksums, the session,
the scrambled key, tables in chunks, records of every size, and how units misbehave.
"""

import contextlib
import socket
import struct
import threading
import time
from datetime import datetime

CONNECT, EXIT, ENABLE, DISABLE, RESTART, AUTH = 1000, 1001, 1002, 1003, 1004, 1102
REFRESH, VERSION, REG_EVENT = 1013, 1100, 500
USERS_READ, USER_WRITE, OPTION, LOG_READ, LOG_CLEAR, USER_DELETE = 9, 8, 11, 13, 15, 18
SIZES, VERIFY, ENROL, CANCEL = 50, 60, 61, 62
GET_TIME, SET_TIME = 201, 202
PREPARE, DATA, FREE, TABLE, CHUNK = 1500, 1501, 1502, 1503, 1504
OK, REFUSED, UNAUTHORIZED = 2000, 2001, 2005
MAGIC = b"\x50\x50\x82\x7d"
SESSION = 0x4D2B
# Larger tables are fetched chunk by chunk.
DIRECT_BYTES = 512


def pack_time(at):
    days = ((at.year - 2000) * 12 + at.month - 1) * 31 + at.day - 1
    return days * 86400 + at.hour * 3600 + at.minute * 60 + at.second


def unpack_time(packed):
    days, seconds = divmod(packed, 86400)
    months, day = divmod(days, 31)
    return datetime(
        2000 + months // 12, months % 12 + 1, day + 1,
        seconds // 3600, seconds // 60 % 60, seconds % 60,
    )  # fmt: skip


def scramble(key, session, ticks):
    """What a caller must answer who knows the key."""
    mixed = (int(f"{key:032b}"[::-1], 2) + session) & 0xFFFFFFFF
    a, b, c, d = (
        x ^ y for x, y in zip(mixed.to_bytes(4, "little"), b"ZKSO", strict=True)
    )
    return bytes([c ^ ticks, d ^ ticks, ticks, b ^ ticks]), a


def fold(packet):
    """The sum of a packet's words, by which a right checksum makes nothing."""
    padded = packet + b"\0" * (len(packet) % 2)
    return sum(struct.unpack(f"<{len(padded) // 2}H", padded)) % 0xFFFF


def packet(command, session, reply, data=b""):
    bare = struct.pack("<4H", command, 0, session, reply) + data
    checksum = 0xFFFF - fold(bare)
    return struct.pack("<4H", command, checksum, session, reply) + data


class FakeUnit:
    """A unit that serves one caller after the other until the ``with`` ends.

    :param key: its communication key; 0: none is asked for.
    :param misbehave: ``{command: "hang" | "cut" | "garbage" | "refuse" | "drip"}``;
        what it does where that command comes. Tables and chunks are commands too.
    """

    def __init__(
        self, *, is_udp=False, key=0, serial="PULLSN0001", user_size=72,
        punch_size=40, misbehave=None,
    ):  # fmt: skip
        self.is_udp, self.key, self.serial = is_udp, key, serial
        self.user_size, self.punch_size = user_size, punch_size
        self.misbehave = misbehave or {}
        self.clock = datetime(2026, 3, 10, 8, 0, 0)
        # row: (code, name as bytes, privilege, password, group, card)
        self.people = {}
        # (row, code, verify, time or packed, state)
        self.punches = []
        # Punches that are made while the log is being fetched.
        self.late_punches = []
        self.heard = []
        self.faults = []
        self.enrolled = []
        self.finger_comes = True
        self.is_cleared = False
        self.extra_count = 0

    def __enter__(self):
        kind = socket.SOCK_DGRAM if self.is_udp else socket.SOCK_STREAM
        self._socket = socket.socket(socket.AF_INET, kind)
        self._socket.bind(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self._socket.settimeout(0.05)
        if not self.is_udp:
            self._socket.listen(5)
        self._is_ending = threading.Event()
        target = self._serve_udp if self.is_udp else self._serve_tcp
        self._thread = threading.Thread(target=target, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_error):
        self._is_ending.set()
        self._thread.join(10)
        self._socket.close()

    def add_person(self, row, code, name, privilege=0, password="", group="", card=0):
        raw = name if isinstance(name, bytes) else name.encode()
        self.people[row] = (code, raw, privilege, password, group, card)

    def add_punch(self, row, code, at, verify=15, state=0):
        self.punches.append((row, code, verify, at, state))

    # --- lines -----------------------------------------------------------------

    def _serve_tcp(self):
        while not self._is_ending.is_set():
            with contextlib.suppress(OSError):
                connection, _address = self._socket.accept()
                with connection:
                    connection.settimeout(0.05)
                    _Conversation(self, connection.sendall, True).serve(connection)

    def _serve_udp(self):
        conversation = None
        while not self._is_ending.is_set():
            with contextlib.suppress(OSError):
                data, address = self._socket.recvfrom(65535)
                if struct.unpack_from("<H", data) == (CONNECT,):
                    conversation = _Conversation(
                        self,
                        lambda raw, to=address: self._socket.sendto(raw, to),
                        False,
                    )
                if conversation:
                    conversation.hear(data)


class _Cut(Exception):
    pass


class _Conversation:
    def __init__(self, unit, send, is_framed):
        self.unit, self._send, self._is_framed = unit, send, is_framed
        self.is_known = not unit.key
        self.table = b""
        self.is_slow = False

    def serve(self, connection):
        pending = b""
        while not self.unit._is_ending.is_set():
            try:
                more = connection.recv(65536)
            except TimeoutError:
                continue
            if not more:
                return
            pending += more
            while len(pending) >= 8:
                length = struct.unpack_from("<I", pending, 4)[0]
                if pending[:4] != MAGIC:
                    self.unit.faults.append("no top")
                    return
                if len(pending) < 8 + length:
                    break
                whole, pending = pending[8 : 8 + length], pending[8 + length :]
                try:
                    self.hear(whole)
                except _Cut:
                    return

    def say(self, command, data=b"", reply=None):
        raw = packet(command, SESSION, self.reply if reply is None else reply, data)
        self.deliver(
            MAGIC + struct.pack("<I", len(raw)) + raw if self._is_framed else raw
        )

    def deliver(self, raw):
        if not self._is_framed:
            self._send(raw)
            return
        # A line delivers in pieces of its own choosing.
        step = 7 if self.is_slow else 1000
        for at in range(0, len(raw), step):
            self._send(raw[at : at + step])
            if self.is_slow:
                time.sleep(0.15)

    def hear(self, raw):
        command, _checksum, session, self.reply = struct.unpack_from("<4H", raw)
        data = raw[8:]
        if fold(raw):
            self.unit.faults.append(f"checksum of {command}")
        if command != CONNECT and session != SESSION:
            self.unit.faults.append(f"session of {command}")
        self.unit.heard.append(command)
        if command == OK:
            return
        if not self.misbehaves(command):
            self.answer(command, data)

    def misbehaves(self, command):
        how = self.unit.misbehave.get(command)
        if how == "cut":
            raise _Cut
        if how == "garbage":
            self.deliver(b"HTTP/1.0 400 Bad Request\r\n\r\n")
        elif how == "refuse":
            self.say(REFUSED)
        elif how == "drip":
            self.is_slow = True
            return False
        return bool(how)

    def answer(self, command, data):
        if command == CONNECT:
            self.say(OK if self.is_known else UNAUTHORIZED)
        elif command == AUTH:
            expected, first = scramble(self.unit.key, SESSION, data[2])
            # The third byte carries the ticks and so one of the key's is missing.
            self.is_known = data == expected and first is not None
            self.say(OK if self.is_known else UNAUTHORIZED)
        elif not self.is_known:
            self.say(UNAUTHORIZED)
        else:
            handler = self.HANDLERS.get(command, _Conversation._ok)
            handler(self, data)

    def _ok(self, _data):
        self.say(OK)

    # --- what it is --------------------------------------------------------------

    def _option(self, data):
        name = data.rstrip(b"\0").decode()
        known = {
            "~SerialNumber": self.unit.serial,
            "~DeviceName": "Fake F18",
            "~ZKFPVersion": "10",
        }
        if known.get(name):
            self.say(OK, f"{name}={known[name]}\0".encode())
        else:
            self.say(REFUSED)

    def _version(self, _data):
        self.say(OK, b"Ver 6.60 Apr 28 2017\0")

    def _sizes(self, _data):
        unit = self.unit
        fields = [0] * 20
        fields[4], fields[6] = len(unit.people), 3
        fields[8] = len(unit.punches) + unit.extra_count
        fields[14:17] = 3000, 1000, 100000
        self.say(OK, struct.pack("<20i", *fields) + struct.pack("<3i", 2, 0, 400))

    def _get_time(self, _data):
        self.say(OK, struct.pack("<I", pack_time(self.unit.clock)))

    def _set_time(self, data):
        self.unit.clock = unpack_time(struct.unpack("<I", data)[0])
        self.say(OK)

    # --- tables ------------------------------------------------------------------

    def _table(self, data):
        _one, command, _function, _more = struct.unpack("<bhii", data)
        if self.misbehaves(command):
            return
        rows = self._people() if command == USERS_READ else self._log()
        self.table = struct.pack("<I", len(rows)) + rows
        if len(self.table) <= DIRECT_BYTES:
            self.say(DATA, self.table)
        else:
            self.say(OK, struct.pack("<bIIb", 0, len(self.table), 0, 0))

    def _people(self):
        rows = []
        for row, person in sorted(self.unit.people.items()):
            code, name, privilege, password, group, card = person
            if self.unit.user_size == 28:
                rows.append(
                    struct.pack(
                        "<HB5s8sIxBhI", row, privilege, password.encode(), name, card,
                        int(group or 0), 0, int(code),
                    )
                )  # fmt: skip
            else:
                rows.append(
                    struct.pack(
                        "<HB8s24sIx7sx24s", row, privilege, password.encode(), name,
                        card, group.encode(), code.encode(),
                    )
                )  # fmt: skip
        return b"".join(rows)

    def _log(self):
        self.unit.punches += self.unit.late_punches
        self.unit.late_punches = []
        return b"".join(self._punch(*punch) for punch in self.unit.punches)

    def _punch(self, row, code, verify, at, state):
        packed = at if isinstance(at, int) else pack_time(at)
        if self.unit.punch_size == 8:
            return struct.pack("<HBIB", row, verify, packed, state)
        if self.unit.punch_size == 16:
            return struct.pack(
                "<IIBB2sI", int(code), packed, verify, state, b"", row % 2
            )
        raw = code if isinstance(code, bytes) else code.encode()
        return struct.pack("<H24sBIB8s", row, raw, verify, packed, state, b"")

    def _chunk(self, data):
        start, size = struct.unpack("<ii", data)
        part = self.table[start : start + size]
        self.say(PREPARE, struct.pack("<II", len(part), 0)[:4])
        step = 1024 if not self._is_framed else 40000
        for at in range(0, len(part), step):
            self.say(DATA, part[at : at + step])
        self.say(OK)

    # --- orders ------------------------------------------------------------------

    def _user_write(self, data):
        if self.unit.user_size == 28:
            found = struct.unpack("<HB5s8sIxBHI", data)
            row, privilege, password, name, card, group, _zone, code = found
            code, group = str(code), str(group)
        else:
            found = struct.unpack("<HB8s24s4sx7sx24s", data)
            row, privilege, password, name, card, group, code = found
            card = struct.unpack("<I", card)[0]
            group = group.rstrip(b"\0").decode()
            code = code.rstrip(b"\0").decode()
        self.unit.people[row] = (
            code, name.split(b"\0")[0], privilege, password.rstrip(b"\0").decode(),
            group, card,
        )  # fmt: skip
        self.say(OK)

    def _user_delete(self, data):
        row = struct.unpack("<h", data)[0]
        self.say(OK if self.unit.people.pop(row, None) else REFUSED)

    def _log_clear(self, _data):
        self.unit.punches, self.unit.is_cleared = [], True
        self.say(OK)

    def _enrol(self, data):
        code, finger = data[:24].rstrip(b"\0").decode(), data[24]
        self.say(OK)
        if not self.unit.finger_comes:
            return
        for _attempt in range(3):
            self.say(REG_EVENT, struct.pack("<H6x", 1), reply=0)
            self.say(REG_EVENT, struct.pack("<H6x", 0x64), reply=0)
        self.unit.enrolled.append((code, finger))
        self.say(REG_EVENT, struct.pack("<HHHH", 0, 700, finger, 0), reply=0)

    HANDLERS = {
        OPTION: _option,
        VERSION: _version,
        SIZES: _sizes,
        GET_TIME: _get_time,
        SET_TIME: _set_time,
        TABLE: _table,
        CHUNK: _chunk,
        USER_WRITE: _user_write,
        USER_DELETE: _user_delete,
        LOG_CLEAR: _log_clear,
        ENROL: _enrol,
    }
