"""Bodies and queries that no unit should send, to every endpoint of a real server.

Good punches with a second of their own stand between the hostile lines. Whatever a
body holds, an approved unit is answered 200 with ``OK`` (else it would send the same
for ever), every line is counted, and every good punch is stored.
"""

import multiprocessing
import random
import re
import socket
from collections import Counter, namedtuple
from datetime import datetime, timedelta
from urllib.parse import quote_from_bytes, urlsplit

LINE_ENDS = re.compile(rb"\r\n|\n|\r")
FIRST = datetime(2026, 3, 5)
UNKNOWN = "FUZZUNKNOWN1"
TIMEOUT = 30
HOSTILE = (
    b"'; DROP TABLE attendance_punch; --",
    b"1' OR '1'='1",
    b"%(serial)s %s {0} ${jndi:ldap://x}",
    b"<script>alert(1)</script>",
    b'"><img src=x onerror=alert(1)>',
    b"=cmd|' /C calc'!A0",
    b"@SUM(1+1)*cmd|' /C calc'!A0",
    b"$(reboot) `reboot` ; reboot && reboot",
    b"../../../../etc/passwd",
    b"\x00\x01\x02\x1b[2J",
    b"\xff\xfe\xfd\xc3\x28",
    "王芳".encode("gbk"),
    "Ünïcode 𝔘 \u202e \ufeff".encode(),
    b"9" * 400,
    b"-1",
    b"1e309",
    b"NaN",
    b"A" * 5000,
    b"",
)
ROWS = (
    b"OPLOG 4\t1\t2026-03-02 09:10:02\t0\t0\t0\t0",
    b"OPLOG 999999999999\t1\t2026-03-02 09:10:02\t0",
    b"USER PIN=1002\tName=A\tPri=0\tPasswd=1234\tCard=[0A1B2C3D]\tGrp=1",
    b"USER PIN=\tName=\tPri=\tPasswd=",
    b"FP PIN=1002\tFID=1\tSize=8\tValid=1\tTMP=QUJDRA==",
    b"FACE PIN=1002\tFID=1\tSize=8\tValid=1\tTMP=QUJDRA==",
    b"FVEIN Pin=1002\tFID=1\tIndex=0\tSize=8\tValid=1\tTmp=QUJDRA==",
    b"USERPIC PIN=1002\tFileName=1002.jpg\tSize=4\tContent=QUJDRA==",
    b"BIOPHOTO PIN=1002\tFileName=1002.jpg\tType=9\tSize=4\tContent=QUJDRA==",
    b"BIODATA Pin=1\tNo=0\tIndex=0\tValid=1\tDuress=0\tType=9\tMajorVer=39\tTmp=QUJD",
    b"ERRORLOG ErrCode=1\tErrMsg=x\tDataOrigin=dev\tCmdId=1\tAdditional=",
    b"IDCARD PIN=1\tSNNum=1\tIDNum=1\tName=x",
    b"1001\t2026-02-30 08:00:00\t0\t1\t0",
    b"1001\t2026-03-02 08:00:00\t99999\t-1\t\xff",
    b"1001\t0001-01-01 00:00:00",
    b"1001\t9999-12-31 23:59:59\t0\t1",
    b"1001\t2026-03-02T08:00:00\t0\t1",
    b"ID=1&Return=0&CMD=DATA",
    b"ID=99999999999999999999&Return=-1&CMD=INFO",
    b"ID=x&SN=y&Return=z&CMD=CHECK",
    b"~DeviceName=x,MAC=0,FWVersion=Ver 6.60,UserCount=99999999999,IP=1,=,,",
    b"time=2026-03-02 08:00:00\tpin=1\tcardno=0\teventaddr=1\tevent=0",
    b"PIN=20260302085841-1001.jpg\nSN=x\nsize=4\nCMD=uploadphoto\x00\xff\xd8\xff\xe0",
    b"PIN=x\nsize=99999999\nCMD=realupload\x00",
)
TABLES = (
    "ATTLOG", "attlog", "OPERLOG", "BIODATA", "ATTPHOTO", "IDCARD", "ERRORLOG",
    "options", "USERINFO", "FINGERTMP", "FACE", "FVEIN", "USERPIC", "BIOPHOTO",
    "rtlog", "rtstate", "tabledata", "NoSuch", "", "_note_users", "__class__",
)  # fmt: skip
COUNTED = {"attlog", "operlog", "biodata"}
POSTS = ("cdata", "cdata.aspx", "devicecmd", "fdata", "registry", "push", "querydata",
         "exchange", "event", "edata", "test", "rtdata", "reply", "__init__",
         "..%2f..%2fetc")  # fmt: skip
GETS = ("cdata", "getrequest", "getrequest.aspx", "ping", "push", "rtdata", "registry",
        "test", "exchange", "file")  # fmt: skip
TYPES = (b"", b"text/plain", b"application/push;charset=UTF-8",
         b"application/x-www-form-urlencoded", b"multipart/form-data; boundary=x",
         b"application/json", b"\xff\xfe")  # fmt: skip

# ``good`` are the punches in it, ``lines`` what the answer must count, if it must.
Case = namedtuple("Case", "request serial verb good lines")


class Maker:
    """Makes requests from a seed; each worker has seconds of its own."""

    def __init__(self, serial, seed, worker=0):
        self.serial = serial
        self.chance = random.Random(f"{seed}:{worker}")
        self.code = str(2001 + worker)
        self.made = 0

    def case(self):
        chance = self.chance
        serial = UNKNOWN if chance.random() < 0.03 else self.serial
        if chance.random() < 0.2:
            return self._get(serial)
        verb = chance.choice(POSTS) if chance.random() < 0.5 else "cdata"
        table = chance.choice(TABLES) if chance.random() < 0.5 else "ATTLOG"
        is_attlog = verb.startswith("cdata") and table.lower() == "attlog"
        body, good = self._body(is_attlog and serial == self.serial)
        query = f"SN={serial}&table={table}&Stamp=9999" + self._junk_query()
        counted = verb.startswith("cdata") and table.lower() in COUNTED
        return Case(
            self._post(verb, query, body),
            serial,
            verb,
            good,
            len([line for line in LINE_ENDS.split(body) if line.strip()])
            if counted
            else None,
        )

    def _get(self, serial):
        verb = self.chance.choice(GETS)
        query = f"SN={serial}" + self.chance.choice(
            ("", "&options=all&pushver=2.4.1", "&INFO=" + self._text(), "&type=time",
             "&table=RemoteAtt&PIN=" + self._text(), "&url=" + self._text())
        ) + self._junk_query()  # fmt: skip
        head = f"GET /iclock/{verb}?{query} HTTP/1.1\r\nHost: x\r\n\r\n"
        return Case(head.encode(), serial, verb, (), None)

    def _text(self):
        return quote_from_bytes(self._bytes())

    def _junk_query(self):
        names = ("db", "pushver", "Stamp", "OpStamp", "INFO", "ComKey", "table", "SN",
                 "DeviceType", "language", "%00", "model_id", "session_id")  # fmt: skip
        picked = self.chance.choices(names, k=self.chance.randrange(3))
        return "".join(f"&{name}={self._text()}" for name in picked)

    def _post(self, verb, query, body):
        kind = self.chance.choice(TYPES)
        head = f"POST /iclock/{verb}?{query} HTTP/1.1\r\nHost: x\r\n".encode()
        if kind:
            head += b"Content-Type: " + kind + b"\r\n"
        return head + b"Content-Length: %d\r\n\r\n%s" % (len(body), body)

    def _body(self, with_good):
        lines, good = [], []
        for _number in range(self.chance.randrange(8)):
            if with_good and self.chance.random() < 0.5:
                punch = self._good()
                good.append(punch)
                lines.append("\t".join((*punch, "0", "1", "0")).encode())
            else:
                lines.append(self._line())
        end = self.chance.choice((b"\n", b"\n", b"\r\n", b"\r"))
        return end.join(lines) + self.chance.choice((b"", end)), tuple(good)

    def _good(self):
        self.made += 1
        at = FIRST + timedelta(seconds=self.made)
        return self.code, at.isoformat(" ")

    def _line(self):
        """A row that a unit may send, broken in a few places, or rubbish."""
        line = bytearray(self.chance.choice(ROWS))
        for _number in range(self.chance.randrange(4)):
            at = self.chance.randrange(len(line) + 1)
            cut = at + self.chance.randrange(6)
            line[at:cut] = self._bytes()
        return bytes(line)

    def _bytes(self):
        chance = self.chance
        if chance.random() < 0.6:
            return chance.choice(HOSTILE)
        return bytes(chance.randrange(256) for _ in range(chance.randrange(12)))


def ask(address, request):
    """``(status, body)`` of the answer to one request over a connection of its own."""
    with socket.create_connection(address, timeout=TIMEOUT) as connection:
        connection.sendall(request)
        answer = b""
        while chunk := connection.recv(65536):
            answer += chunk
    head, _blank, body = answer.partition(b"\r\n\r\n")
    words = head.split(b" ", 2)
    return (int(words[1]) if len(words) > 1 and words[1].isdigit() else 0), body


def fault_of(case, status, body):
    """What is wrong with an answer, in words; ``None`` if nothing is."""
    if case.serial == UNKNOWN:
        return None if status == 403 else f"an unknown serial was answered {status}"
    if case.verb == "file":
        return None if status == 404 else f"a file was answered {status}"
    if status != 200:
        return f"answered {status}"
    if case.request.startswith(b"GET"):
        return None if body else "answered by nothing"
    if b"OK" not in body and b"RegistryCode" not in body and b"=" not in body:
        return f"answered without OK: {body[:60]!r}"
    if case.lines is not None and body != b"OK: %d\n" % case.lines:
        return f"{case.lines} lines were answered {body[:60]!r}"
    return None


def work(arguments):
    """Send so many cases; ``(faults, good punches, answers by status)``."""
    host, port, serial, count, seed, worker = arguments
    maker, faults, good, seen = Maker(serial, seed, worker), [], [], Counter()
    for _number in range(count):
        case = maker.case()
        try:
            status, body = ask((host, port), case.request)
        except OSError as error:
            status, body = 0, str(error).encode()
        seen[status] += 1
        good += case.good
        if fault := fault_of(case, status, body):
            faults.append(f"{fault}; asked {case.request[:400]!r}")
    return faults[:20], good, seen


def run(url, serial, *, bodies, seed=1, processes=4):
    """Send ``bodies`` requests from several processes; as :func:`work`."""
    parts = urlsplit(url)
    jobs = [
        (parts.hostname, parts.port, serial, bodies // processes, seed, worker)
        for worker in range(processes)
    ]
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        results = pool.map(work, jobs)
    faults = [fault for found, _good, _seen in results for fault in found]
    good = [punch for _faults, punches, _seen in results for punch in punches]
    return faults, good, sum((seen for _f, _g, seen in results), Counter())
