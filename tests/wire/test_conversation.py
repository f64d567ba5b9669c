"""What a unit and the server say to each other, over real HTTP."""

import socket
from dataclasses import asdict

import pytest

from terminal_simulator import Quirks

DAY = "2026-03-02"


def raw_exchange(port, request, *, hang_up=False):
    """Send bytes as they are and return everything that comes back."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(request)
        if hang_up:
            connection.shutdown(socket.SHUT_WR)
        answer = b""
        while chunk := connection.recv(65536):
            answer += chunk
    return answer


def status(answer):
    """The status code of an answer; Odoo itself speaks HTTP/1.0, the proxy 1.1."""
    return int(answer.split(b" ", 2)[1])


def attlog(serial, body, *, head=b"Content-Type: text/plain\r\n", path=b"cdata"):
    return (
        b"POST /iclock/%s?SN=%s&table=ATTLOG&Stamp=9999 HTTP/1.1\r\nHost: x\r\n"
        b"Connection: close\r\n%sContent-Length: %d\r\n\r\n%s"
        % (path, serial.encode(), head, len(body), body)
    )


def test_handshake_tells_the_zone_and_asks_for_punches(new_terminal):
    device = new_terminal()
    device.settle(seconds=20)
    assert device.is_online
    block = device.options
    assert block.values["TimeZone"] == "8"
    assert block.values["TransFlag"].split("\t")[0] == "TransData AttLog"
    assert block.values["Realtime"] == "1"


def test_punches_arrive_once_and_are_acknowledged(new_terminal, rows_of):
    device = new_terminal()
    for minute in range(40):
        device.punch("1015", at=f"{DAY} 08:{minute:02d}:07")
    device.settle(seconds=30)
    assert device.backlog == 0
    assert len(rows_of(device)) == 40
    device.log.reopen_punches()
    device.settle(seconds=30)
    assert len(rows_of(device)) == 40
    assert device.statistics.acknowledged_lines == 80


def test_an_unknown_serial_waits_in_the_inbox(new_terminal, rpc, site):
    device = new_terminal(registered=False)
    device.punch("1015", at=f"{DAY} 09:00:00")
    device.step()
    assert not device.is_online
    assert device.last_failure.status == 403
    found = rpc.search_read(
        "attendance.terminal.pending",
        [("serial_number", "=", device.serial)],
        ["first_address", "visit_count"],
    )
    assert found[0]["first_address"] == "127.0.0.1"
    rpc.create(
        "attendance.terminal",
        code="6999",
        name="Claimed",
        serial_number=device.serial,
        vendor="zkteco",
        store_id=rpc.ref("chain_attendance_demo.store_hq"),
    )
    device.reboot()
    device.settle(seconds=60)
    assert device.backlog == 0


def test_an_archived_terminal_is_blocked(new_terminal, rpc):
    device = new_terminal()
    device.settle(seconds=20)
    (found,) = rpc.search_read(
        "attendance.terminal", [("serial_number", "=", device.serial)], ["id"]
    )
    rpc("attendance.terminal", "write", [found["id"]], {"active": False})
    device.reboot()
    device.step()
    assert device.last_failure.status == 403


def test_a_bad_line_is_kept_beside_the_good_ones(new_terminal, rows_of, rpc, site):
    device = new_terminal()
    body = (
        f"1015\t{DAY} 08:00:00\t0\t1\t0\n"
        "rubbish\n"
        f"\t{DAY} 08:00:01\t0\n"
        "1015\t2026-13-45 08:00:00\t0\n"
        f"1015\t{DAY} 08:00:02\t0\t1\t\x00\n\n"
        f"{'9' * 25}\t{DAY} 08:00:03\n"
        f"1015\t{DAY} 08:00:04"
    ).encode()
    answer = raw_exchange(site.server.port, attlog(device.serial, body))
    assert status(answer) == 200
    assert answer.endswith(b"OK: 7\n")
    times = [wall for _code, wall, *_rest in rows_of(device)]
    assert times == [f"{DAY} 08:00:00", f"{DAY} 08:00:02", f"{DAY} 08:00:04"]
    rejects = rpc.search_read(
        "attendance.punch.reject",
        [("terminal_id.serial_number", "=", device.serial)],
        ["reason", "times_seen"],
    )
    reasons = sorted(reject["reason"] for reject in rejects)
    assert reasons == ["code", "code", "fields", "time"]
    raw_exchange(site.server.port, attlog(device.serial, body))
    rejects = rpc.search_read(
        "attendance.punch.reject",
        [("terminal_id.serial_number", "=", device.serial)],
        ["times_seen"],
    )
    assert [reject["times_seen"] for reject in rejects] == [2, 2, 2, 2]


@pytest.mark.parametrize(
    "table", ["OPERLOG", "BIODATA", "ATTPHOTO", "options", "ERRORLOG", "NoSuch", ""]
)
def test_other_tables_never_block_a_unit(new_terminal, site, table):
    device = new_terminal()
    body = b"OPLOG 4\t1\t2026-03-02 09:10:02\t0\t0\t0\t0\n"
    request = attlog(device.serial, body).replace(
        b"table=ATTLOG", b"table=%s" % table.encode()
    )
    answer = raw_exchange(site.server.port, request)
    assert status(answer) == 200
    assert b"\r\n\r\nOK" in answer


def test_answers_are_plain_text_with_a_length_and_no_cookie(new_terminal, site):
    device = new_terminal()
    for url in ("getrequest", "cdata?options=all", "ping"):
        glue = "&" if "?" in url else "?"
        answer = raw_exchange(
            site.server.port,
            f"GET /iclock/{url}{glue}SN={device.serial} HTTP/1.1\r\nHost: x\r\n"
            "Connection: close\r\n\r\n".encode(),
        )
        head = answer.partition(b"\r\n\r\n")[0].lower()
        assert status(answer) == 200
        assert b"content-type: text/plain" in head
        assert b"content-length:" in head
        assert b"date:" in head
        assert b"set-cookie" not in head


def test_what_odoo_parsed_away_is_refused_not_acknowledged(
    new_terminal, rows_of, site, ordinary
):
    """The ordinary entrance sees no body of a form type: 503, and the unit keeps it."""
    device = new_terminal()
    body = f"1015\t{DAY} 08:00:00\t0\t1\n".encode()
    head = b"Content-Type: application/x-www-form-urlencoded\r\n"
    answer = raw_exchange(ordinary.port, attlog(device.serial, body, head=head))
    assert status(answer) == 503
    assert rows_of(device) == []
    through = raw_exchange(
        site.proxy.listen_port, attlog(device.serial, body, head=head)
    )
    assert status(through) == 200
    assert len(rows_of(device)) == 1


def test_a_cut_body_stores_nothing(new_terminal, rows_of, site):
    device = new_terminal()
    body = f"1015\t{DAY} 08:00:00\t0\t1\n1015\t{DAY} 08:".encode()
    whole = attlog(device.serial, body + b"00:59\t0\t1\n")
    answer = raw_exchange(site.proxy.listen_port, whole[:-12], hang_up=True)
    assert b"OK" not in answer
    assert rows_of(device) == []


@pytest.mark.parametrize(
    "quirks",
    [
        Quirks(content_type=None),
        Quirks(content_type="application/push;charset=UTF-8"),
        Quirks(content_type="application/x-www-form-urlencoded"),
        Quirks(http_version="1.0", send_host=False),
        Quirks(path_suffix=".aspx"),
        Quirks(path_suffix="/"),
        Quirks(lower_case_tables=True),
        Quirks(line_end="\r\n"),
        Quirks(line_end="\r"),
        Quirks(final_line_end=False),
        Quirks(trailing_tab=True),
        Quirks(blank_lines=True),
        Quirks(attlog_fields=4),
        Quirks(attlog_fields=12, attlog_field_11="sequence"),
        Quirks(attlog_empty_fields=True),
        Quirks(nul_in_line_every=2),
        Quirks(pin_zero_padded_to=9),
        Quirks(pin_prefix="A"),
        Quirks(connection="keep-alive"),
        Quirks(expect_continue_over=100),
    ],
    ids=lambda quirks: ",".join(
        f"{name}={value!r}"
        for name, value in asdict(quirks).items()
        if value != getattr(Quirks(), name)
    ),
)
def test_every_dialect_gets_through(new_terminal, rows_of, quirks):
    device = new_terminal(quirks=quirks)
    for second in range(10):
        device.punch("1015", at=f"{DAY} 12:00:{second:02d}")
    device.settle(seconds=60)
    assert device.backlog == 0
    assert len(rows_of(device)) == 10


def test_another_unit_learns_nothing_by_guessing(site, new_terminal):
    new_terminal()
    for serial in ("", "x", "../../web", "WIRE000001' OR '1'='1", "A" * 33):
        answer = raw_exchange(
            site.proxy.listen_port,
            b"GET /iclock/cdata?SN=%s&options=all HTTP/1.1\r\nHost: x\r\n"
            b"Connection: close\r\n\r\n"
            % serial.replace(" ", "%20").replace("'", "%27").encode(),
        )
        assert status(answer) == 403, serial
