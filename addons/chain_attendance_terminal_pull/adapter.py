"""One terminal, called over the binary protocol by pyzk. Plain Python.

Everything that knows pyzk is here. Two of its names mislead: an attendance's
``status`` is how somebody was verified, its ``punch`` which key was pressed; records
are read by :mod:`.records` instead.
"""

import contextlib
from collections import namedtuple

from . import records
from .faults import UnitFault
from .line import Line

# Of a fingerprint at the unit itself; most give up sooner.
GOODBYE_SECONDS = 3
TEXT_LENGTH = 64
INTEGER = 2**31 - 1
LONG_NAME_BYTES, SHORT_NAME_BYTES = 23, 8

Information = namedtuple(
    "Information",
    "firmware model_name unit_users unit_fingerprints unit_faces unit_punches"
    " capacity_users capacity_punches fingerprint_version face_version",
)


def _library():
    """pyzk; only here, so that everything else works without it.

    :raise UnitFault: it is not installed on this server.
    """
    try:
        from zk import ZK, const
        from zk.exception import ZKErrorResponse
    except ImportError as error:
        raise UnitFault("library") from error
    return ZK, const, ZKErrorResponse


class Unit:
    """A terminal at a numeric address, as a context manager: connected inside.

    Every method raises :class:`UnitFault`. After a fault of the line nothing more
    can be asked: ``is_lost``.

    :param key: the communication key, 0 to 999999.
    :param timeout: seconds of silence after which it is given up.
    :param seconds: for the whole conversation.
    :param code_page: of names; ``auto``: as those on it are written.
    :param name_bytes: that a name may have at most.
    """

    def __init__(
        self, address, port, *, key=0, is_udp=False, timeout=10, seconds=60,
        code_page="auto", name_bytes=LONG_NAME_BYTES,
    ):  # fmt: skip
        zk, self._const, self._refusal = _library()
        self._code_page, self._name_bytes = code_page, name_bytes
        self._line = Line(
            address, port, is_udp=is_udp, timeout=timeout, seconds=seconds
        )
        self._zk = zk(
            address, port=port, timeout=timeout, password=key, force_udp=is_udp,
            ommit_ping=True,
        )  # fmt: skip
        # pyzk's own sockets: one it never uses, and one to see whether the port is
        # open, which takes a unit's only connection.
        self._zk._ZK__sock.close()
        self._zk._ZK__create_socket = self._use_line
        self._zk.helper.test_tcp = lambda: 0

    @property
    def is_lost(self):
        return bool(self._line.fault)

    def _use_line(self):
        self._line.open()
        self._zk._ZK__sock = self._line

    def __enter__(self):
        try:
            self._ask(self._zk.connect)
        except UnitFault:
            self._line.close()
            raise
        return self

    def __exit__(self, *_error):
        try:
            if self._zk.is_connect and not self.is_lost:
                self._line.more_time(GOODBYE_SECONDS)
                # What was asked for is done, whatever it says to a goodbye.
                with contextlib.suppress(UnitFault):
                    self._ask(self._zk.disconnect)
        finally:
            self._line.close()

    def _ask(self, function, *arguments, **options):
        try:
            return function(*arguments, **options)
        except UnitFault:
            raise
        # Nonsense from a unit makes pyzk raise anything at all.
        except Exception as error:  # pylint: disable=broad-exception-caught
            if self._line.fault:
                raise UnitFault(self._line.fault) from error
            if str(error) == "Unauthenticated":
                raise UnitFault("key") from error
            if isinstance(error, self._refusal):
                raise UnitFault("refusal") from error
            raise UnitFault("garbage") from error

    def _tell(self, function):
        """What the unit says of itself, or nothing: old ones do not know it all."""
        try:
            answer = self._ask(function)
        except UnitFault:
            if self.is_lost:
                raise
            return None
        text = "".join(c for c in str(answer or "") if c.isprintable())
        return text.strip()[:TEXT_LENGTH] or None

    def serial_number(self):
        """As the unit says, or ``None`` if it does not."""
        return self._tell(self._zk.get_serialnumber)

    def information(self):
        zk = self._zk
        self._ask(zk.read_sizes)
        counts = (
            zk.users, zk.fingers, zk.faces, zk.records, zk.users_cap, zk.rec_cap,
        )  # fmt: skip
        return Information(
            self._tell(zk.get_firmware_version),
            self._tell(zk.get_device_name),
            *(count if 0 <= count <= INTEGER else 0 for count in counts),
            self._tell(zk.get_fp_version),
            self._tell(zk.get_face_version),
        )

    def count_punches(self):
        """How many punches the unit says are on it."""
        self._ask(self._zk.read_sizes)
        return max(self._zk.records, 0)

    def clock(self):
        """Its wall-clock time; ``None`` if it shows no date that there is."""
        try:
            return self._ask(self._zk.get_time)
        except UnitFault:
            if self.is_lost:
                raise
            return None

    def set_clock(self, wall_time):
        self._ask(self._zk.set_time, wall_time)

    def _table(self, command, function=0):
        data, _size = self._ask(self._zk.read_with_buffer, command, function)
        return data

    def people(self):
        return self._people()[0]

    def _people(self):
        """``(people, encoding, record size)``; of nobody the size is a guess."""
        self._ask(self._zk.read_sizes)
        guess = 28 if self._zk.force_udp else 72
        if self._zk.users <= 0:
            return [], records.encoding_of([], self._code_page), guess
        data = self._table(self._const.CMD_USERTEMP_RRQ, self._const.FCT_USER)
        found = records.read_people(data, self._zk.users, self._code_page)
        people, encoding, size = found
        return people, encoding, size or guess

    def punches(self):
        """``(punches, rejects)``: the whole log, which is left as it is."""
        before = self.count_punches()
        if not before:
            return [], []
        data = self._table(self._const.CMD_ATTLOG_RRQ)
        # Nobody is kept from punching meanwhile.
        return records.read_punches(data, before, self.count_punches(), self.people)

    def put_person(self, code, name, privilege=0, card=""):
        """Add a person, or change the one with this code.

        The password and the group that somebody has on the unit stay.
        """
        people, encoding, size = self._people()
        is_short = size == 28
        if is_short and not (code.isascii() and code.isdigit() and len(code) <= 9):
            raise UnitFault("short_code", code=code[: records.CODE_LENGTH])
        there = next((person for person in people if person.code == code), None)
        limit = SHORT_NAME_BYTES if is_short else LONG_NAME_BYTES
        self._zk.user_packet_size = size
        self._zk.encoding = encoding
        self._ask(
            self._zk.set_user,
            uid=there.row if there else records.row_for(code, people, is_short),
            name=records.fit_name(name, encoding, min(self._name_bytes, limit)),
            privilege=privilege,
            password=there.password if there else "",
            group_id=there.group if there else "",
            user_id=code,
            card=records.read_card(card),
        )

    def delete_person(self, code):
        """Take somebody off; ``False`` if nobody has this code there."""
        there = [person for person in self.people() if person.code == code]
        for person in there:
            self._ask(self._zk.delete_user, uid=person.row)
        return bool(there)

    def enrol(self, code, finger):
        """Ask for a finger, 0 to 9, three times; ``False`` if it did not come to it."""
        if code not in {person.code for person in self.people()}:
            raise UnitFault("nobody", code=code[: records.CODE_LENGTH])
        try:
            return bool(self._ask(self._zk.enroll_user, temp_id=finger, user_id=code))
        except UnitFault as fault:
            if fault.reason not in ("silent", "late"):
                raise
            self._line.more_time(GOODBYE_SECONDS)
            self._ask(self._zk.cancel_capture)
            return False

    def restart(self):
        self._ask(self._zk.restart)

    def clear_punches(self, expected):
        """Delete its log if it holds ``expected`` punches, and nothing newer.

        Nobody can punch while this is looked at.

        :return: how many are gone.
        """
        self._ask(self._zk.disable_device)
        try:
            if self.count_punches() != expected:
                raise UnitFault("newer")
            self._ask(self._zk.clear_attendance)
        finally:
            if not self.is_lost:
                self._ask(self._zk.enable_device)
        return expected
