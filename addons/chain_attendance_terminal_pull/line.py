"""The socket that pyzk speaks through. Plain Python.

pyzk trusts its peer: it expects every packet in one piece, reads on for ever when a
connection was cut, and has no limit for a whole conversation. Here each ``recv`` ends
with a packet, and time and bytes have an end.
"""

import socket
import struct
import time

from .const import MOST_BYTES

TOP = struct.Struct("<HHI")
MAGIC = (0x5050, 0x7D82)
SHORTEST_PACKET = 8


class LineFault(OSError):
    """The line is of no more use; ``Line.fault`` says why."""


class Line:
    """One conversation with the unit at a numeric address.

    :param timeout: seconds of silence.
    :param seconds: for everything together.
    """

    def __init__(self, address, port, *, is_udp, timeout, seconds):
        self.fault = None
        self.is_udp = is_udp
        self._target = (address, port)
        self._timeout = self._silence = timeout
        self._end = time.monotonic() + seconds
        self._left = MOST_BYTES
        self._packet = b""
        self._socket = None

    def open(self):
        kind = socket.SOCK_DGRAM if self.is_udp else socket.SOCK_STREAM
        self._socket = socket.socket(socket.AF_INET, kind)
        # A UDP socket that is connected hears nobody else.
        self._do(self._socket.connect, self._target)

    def close(self):
        if self._socket:
            self._socket.close()
            self._socket = None

    def more_time(self, seconds):
        """For saying good-bye after the time was up."""
        self._end = max(self._end, time.monotonic() + seconds)
        self.fault = None

    def settimeout(self, seconds):
        """pyzk waits longer for a finger than for a packet."""
        self._silence = max(seconds or self._timeout, self._timeout)

    def send(self, data):
        self._do(self._socket.sendall, data)
        return len(data)

    def sendto(self, data, _address):
        return self.send(data)

    def recv(self, size):
        if self.is_udp:
            return self._count(self._do(self._socket.recv, 65535))[:size]
        if not self._packet:
            self._packet = self._read_packet()
        part, self._packet = self._packet[:size], self._packet[size:]
        return part

    def _read_packet(self):
        top = self._read(TOP.size)
        *magic, length = TOP.unpack(top)
        if tuple(magic) != MAGIC or not SHORTEST_PACKET <= length <= MOST_BYTES:
            raise self._give_up("garbage")
        return top + self._read(length)

    def _read(self, size):
        parts = []
        while size:
            part = self._count(self._do(self._socket.recv, min(size, 65536)))
            if not part:
                raise self._give_up("cut")
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def _count(self, data):
        self._left -= len(data)
        if self._left < 0:
            raise self._give_up("garbage")
        return data

    def _do(self, function, argument):
        left = self._end - time.monotonic()
        if left <= 0:
            raise self._give_up("late")
        self._socket.settimeout(min(self._silence, left))
        try:
            return function(argument)
        except TimeoutError as error:
            raise self._give_up("late" if left < self._silence else "silent") from error
        except ConnectionRefusedError as error:
            raise self._give_up("refused") from error
        except (ConnectionError, BrokenPipeError) as error:
            raise self._give_up("cut") from error
        except OSError as error:
            raise self._give_up("unreachable") from error

    def _give_up(self, fault):
        self.fault = self.fault or fault
        return LineFault(fault)
