"""The same requests at both entrances: ahead of Odoo, and Odoo's own controller."""

import socket

import pytest

from terminal_simulator import Device, Quirks, Target

LINE = b"1015\t2026-03-03 08:00:00\t0\t1\n"
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
MULTIPART = b"Content-Type: multipart/form-data; boundary=x\r\n"
TEXT = b"Content-Type: text/plain\r\n"
STORED, REFUSED = (b"200", 1), (b"503", 0)


def post(serial, *, head=TEXT, path=b"/iclock/cdata", version=b"1.1", host=True):
    return (
        b"POST %s?SN=%s&table=ATTLOG&Stamp=9999 HTTP/%s\r\n%sConnection: close\r\n%s"
        b"Content-Length: %d\r\n\r\n%s"
        % (
            path,
            serial.encode(),
            version,
            b"Host: x\r\n" if host else b"",
            head,
            len(LINE),
            LINE,
        )
    )


def ask(port, request):
    """The status and the body of an answer; empty when the line just closed."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        answer = b""
        while chunk := connection.recv(65536):
            answer += chunk
    head, _blank, body = answer.partition(b"\r\n\r\n")
    return head[9:12], head.lower(), body


# What is sent, and how it ends: at the fast entrance, at the ordinary one.
TABLE = {
    "text": ({}, STORED, STORED),
    "no type": ({"head": b""}, STORED, STORED),
    "push": ({"head": b"Content-Type: application/push\r\n"}, STORED, STORED),
    "aspx": ({"path": b"/iclock/cdata.aspx"}, STORED, STORED),
    "slash": ({"path": b"/iclock/cdata/"}, STORED, STORED),
    "case": ({"path": b"/ICLOCK/CDATA"}, STORED, None),
    "form": ({"head": FORM}, STORED, REFUSED),
    "multipart": ({"head": MULTIPART}, STORED, REFUSED),
    "1.0": ({"version": b"1.0"}, STORED, STORED),
    "no host": ({"version": b"1.0", "host": False}, STORED, None),
}


@pytest.mark.parametrize("name", TABLE)
@pytest.mark.parametrize("entrance", ["fast", "ordinary"])
def test_an_upload_is_stored_or_refused_but_never_lost(
    site, ordinary, new_terminal, rows_of, entrance, name
):
    words, *ends = TABLE[name]
    end = ends[entrance == "ordinary"]
    if end is None:
        pytest.skip("what Odoo itself answers to this is Odoo's matter")
    port = (site.server if entrance == "fast" else ordinary).port
    device = new_terminal()
    code, head, body = ask(port, post(device.serial, **words))
    assert (code, len(rows_of(device))) == end
    if code == b"200":
        assert body == b"OK: 1\n"
    assert b"content-type: text/plain" in head
    assert b"set-cookie" not in head


@pytest.mark.parametrize("entrance", ["fast", "ordinary"])
def test_an_idle_poll_and_a_handshake(site, ordinary, new_terminal, entrance):
    port = (site.server if entrance == "fast" else ordinary).port
    serial = new_terminal().serial.encode()
    for _again in range(2):
        poll = b"GET /iclock/getrequest?SN=%s HTTP/1.1\r\nHost: x\r\n\r\n" % serial
        code, head, body = ask(port, poll)
        assert (code, body) == (b"200", b"OK")
        assert b"date:" in head
        assert b"content-length: 2" in head
    shake = b"GET /iclock/cdata?SN=%s&options=all HTTP/1.1\r\nHost: x\r\n\r\n" % serial
    code, _head, body = ask(port, shake)
    assert body.startswith(b"GET OPTION FROM: " + serial)
    assert body.endswith(b"\n")


def test_a_body_that_is_cut_or_endless_is_not_acknowledged(site, new_terminal, rows_of):
    device = new_terminal()
    whole = post(device.serial)
    code, _head, body = ask(site.server.port, whole[:-9])
    assert (code, body) == (b"400", b"BAD LENGTH\n")
    length = b"Content-Length: %d" % len(LINE)
    for instead, wanted in (
        (b"Content-Length: -5", b"400"),
        (b"Content-Length: 1e3", b"400"),
        (b"Content-Length: 99999999999", b"413"),
    ):
        code, _head, body = ask(site.server.port, whole.replace(length, instead))
        assert code == wanted
        assert b"OK" not in body
    assert rows_of(device) == []


def chunked(serial):
    half = len(LINE) // 2
    chunks = b"".join(
        b"%x\r\n%s\r\n" % (len(part), part) for part in (LINE[:half], LINE[half:], b"")
    )
    head = post(serial).partition(b"\r\n\r\n")[0]
    length = b"Content-Length: %d" % len(LINE)
    return head.replace(length, b"Transfer-Encoding: chunked") + b"\r\n\r\n" + chunks


@pytest.mark.parametrize("entrance", ["fast", "ordinary"])
def test_a_body_in_chunks_is_stored_whole_or_not_at_all(
    site, ordinary, new_terminal, rows_of, entrance
):
    port = (site.server if entrance == "fast" else ordinary).port
    device = new_terminal()
    whole = chunked(device.serial)
    # Cut in a chunk, between two, and before the last, empty one.
    for missing in (10, len(LINE) // 2 + 12, 5):
        code, _head, body = ask(port, whole[:-missing])
        assert code != b"200", (missing, body)
    assert rows_of(device) == []
    code, _head, body = ask(port, whole)
    assert (code, body) == (b"200", b"OK: 1\n")
    assert len(rows_of(device)) == 1


@pytest.mark.parametrize("entrance", ["fast", "ordinary"])
@pytest.mark.parametrize("on_all", [False, True], ids=["handshake", "every request"])
def test_a_unit_with_a_key_delivers(
    site, ordinary, rpc, new_terminal, rows_of, entrance, on_all
):
    """Whether it sends its key in the handshake alone or in every request."""
    quirks = Quirks(communication_key="88888888", communication_key_on_all=on_all)
    device = new_terminal(direct=True, quirks=quirks)
    (found,) = rpc.search_read(
        "attendance.terminal", [("serial_number", "=", device.serial)], ["id"]
    )
    values = {"communication_key": "88888888"}
    rpc("attendance.terminal", "write", [found["id"]], values)
    if entrance == "ordinary":
        target = Target.from_url(ordinary.url)
        device = Device(device.serial, target, quirks=device.quirks, log=device.log)
    device.punch("1015", at="2026-03-03 12:00:00")
    device.settle(seconds=30)
    assert device.backlog == 0
    assert len(rows_of(device)) == 1


def test_other_methods_are_refused_in_plain_words(site, new_terminal):
    serial = new_terminal().serial.encode()
    for method in (b"PUT", b"DELETE", b"OPTIONS", b"PATCH"):
        request = b"%s /iclock/cdata?SN=%s HTTP/1.1\r\nHost: x\r\n\r\n"
        code, head, _body = ask(site.server.port, request % (method, serial))
        assert code == b"405"
        assert b"text/plain" in head


def test_a_terminal_is_held_to_its_secret_its_key_and_its_address(
    site, rpc, new_terminal
):
    device = new_terminal()
    serial = device.serial.encode()
    (found,) = rpc.search_read(
        "attendance.terminal", [("serial_number", "=", device.serial)], ["id"]
    )

    def poll(path=b"/iclock/getrequest", more=b""):
        request = b"GET %s?SN=%s%s HTTP/1.1\r\nHost: x\r\n\r\n" % (path, serial, more)
        return ask(site.server.port, request)[0]

    def hold(**values):
        rpc("attendance.terminal", "write", [found["id"]], values)

    assert poll() == b"200"
    hold(path_secret="s3cret-of-shop-7")
    assert poll() == b"403"
    assert poll(b"/s3cret-of-shop-8/iclock/getrequest") == b"403"
    assert poll(b"/s3cret-of-shop-7/iclock/getrequest") == b"200"
    hold(path_secret=False, communication_key="88888888")
    assert poll() == b"403"
    assert poll(more=b"&ComKey=88888887") == b"403"
    assert poll(more=b"&ComKey=88888888") == b"200"
    hold(
        communication_key=False,
        is_bound_to_address=True,
        allowed_addresses="198.51.100.0/24",
    )
    assert poll() == b"403"
    (seen,) = rpc.search_read(
        "attendance.terminal", [("id", "=", found["id"])], ["refused_reason"]
    )
    assert seen["refused_reason"] == "address"
    hold(allowed_addresses="198.51.100.0/24, 127.0.0.0/8")
    assert poll() == b"200"
