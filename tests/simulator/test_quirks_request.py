"""What each switch for the HTTP request puts on the wire, byte by byte."""

import pytest

LINE = b"1001\t2026-03-02 08:58:41\t0\t15\t0\t0\t0\t0\t0\t0\n"


def head(server, *lines):
    text = "\r\n".join(lines).format(port=server.port)
    return text.encode() + b"\r\n\r\n"


def test_plain_upload(server, sent):
    assert sent().raw == (
        head(
            server,
            "POST /iclock/cdata?SN=ZKDEMO000017&table=ATTLOG&Stamp=9999 HTTP/1.1",
            "Host: 127.0.0.1:{port}",
            "User-Agent: iClock Proxy/1.09",
            "Connection: close",
            "Accept: */*",
            "Content-Type: text/plain",
            f"Content-Length: {len(LINE)}",
        )
        + LINE
    )


def test_handshake_and_first_poll(server, make):
    make(user_agent=None, connection=None).settle()
    handshake, poll = server.seen
    assert handshake.raw == head(
        server,
        "GET /iclock/cdata?SN=ZKDEMO000017&options=all&language=69&pushver=2.4.1"
        "&DeviceType=att&PushOptionsFlag=1 HTTP/1.1",
        "Host: 127.0.0.1:{port}",
        "Accept: */*",
    )
    assert poll.url_text == (
        "/iclock/getrequest?SN=ZKDEMO000017"
        "&INFO=Ver 8.0.4.3-20201208,0,0,0,127.0.0.1,10,7,12,0,11100"
    )


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "application/push;charset=UTF-8",
        "application/x-www-form-urlencoded",
    ],
)
def test_content_type(sent, content_type):
    assert sent(content_type=content_type).headers["content-type"] == content_type


def test_no_content_type(sent):
    upload = sent(content_type=None)
    assert b"content-type" not in upload.head.lower()
    assert upload.body == LINE


def test_http_1_0_without_host(server, sent):
    upload = sent(http_version="1.0", send_host=False, connection=None)
    assert upload.raw == (
        b"POST /iclock/cdata?SN=ZKDEMO000017&table=ATTLOG&Stamp=9999 HTTP/1.0\r\n"
        b"User-Agent: iClock Proxy/1.09\r\nAccept: */*\r\n"
        b"Content-Type: text/plain\r\nContent-Length: %d\r\n\r\n" % len(LINE) + LINE
    )
    assert all("HTTP/1.0" in seen.request_line for seen in server.seen)


@pytest.mark.parametrize("connection", ["close", "starting"])
def test_connection_per_request(server, sent, connection):
    assert sent(connection=connection).headers["connection"] == connection
    numbers = [seen.connection for seen in server.seen]
    assert len(set(numbers)) == len(numbers) == 3


def test_no_connection_header(sent):
    assert b"connection:" not in sent(connection=None).head.lower()


def test_keep_alive_uses_one_connection(server, sent):
    sent(connection="keep-alive")
    assert {seen.connection for seen in server.seen} == {1}


def test_keep_alive_opens_again_when_the_server_closed(server, make):
    from terminal_simulator.testing import Answer

    device = make(connection="keep-alive")
    server.script = lambda seen, index: (
        Answer(b"OK", length=False) if index == 1 else None
    )
    device.run_until(lambda d: len(server.seen) == 2)
    server.script = None
    device.settle()
    assert [seen.connection for seen in server.seen][:3] == [1, 1, 2]


def test_user_agent(sent):
    assert sent(user_agent="iClock Proxy/1.08").headers["user-agent"].endswith("1.08")


@pytest.mark.parametrize(
    ("suffix", "path"), [(".aspx", "/iclock/cdata.aspx"), ("/", "/iclock/cdata/")]
)
def test_path_suffix(server, sent, suffix, path):
    assert sent(path_suffix=suffix).path == path
    assert all(seen.path.endswith(suffix) for seen in server.seen)


def test_path_prefix_of_the_address(server, make):
    from terminal_simulator import Device, FakeTime

    with_prefix = Device("ZKDEMO000018", server.url + "/s3cret/", time=FakeTime())
    with_prefix.settle()
    assert server.seen[0].path == "/s3cret/iclock/cdata"


def test_lower_case_tables(sent):
    assert "table=attlog&" in sent(lower_case_tables=True).request_line


def test_chunked_upload(sent):
    upload = sent(chunked_upload=True)
    assert b"Transfer-Encoding: chunked\r\n" in upload.head + b"\r\n"
    assert b"content-length" not in upload.head.lower()
    assert upload.raw.endswith(b"\r\n\r\n%x\r\n%s\r\n0\r\n\r\n" % (len(LINE), LINE))


def test_expect_continue(server, sent):
    upload = sent(expect_continue_over=10)
    assert upload.headers["expect"] == "100-continue"
    assert upload.body == LINE


def test_expect_continue_only_for_larger_bodies(sent):
    assert "expect" not in sent(expect_continue_over=len(LINE)).headers


def test_one_serial_from_two_addresses(server, sent):
    sent(source_addresses=("127.0.0.2", "127.0.0.3"))
    came_from = [seen.address for seen in server.seen]
    assert came_from == ["127.0.0.2", "127.0.0.3", "127.0.0.2"]


def test_language_version_and_type(server, make):
    device = make(language=83, push_version="2.2.14", device_type="acc")
    device.settle()
    assert server.seen[0].parameters == {
        "SN": "ZKDEMO000017",
        "options": "all",
        "language": "83",
        "pushver": "2.2.14",
        "DeviceType": "acc",
        "PushOptionsFlag": "1",
    }


def test_old_unit_sends_no_version(server, make):
    device = make(push_version=None, info_fields=5)
    device.operate(4)
    device.punch("1", at="2026-03-02 08:00:00")
    device.photograph("1", "2026-03-02 08:00:00")
    device.settle()
    assert server.seen[0].parameters == {"SN": "ZKDEMO000017", "options": "all"}
    assert server.seen[1].parameters["INFO"].split(",") == [
        "Ver 6.60 Jun 16 2014",
        *("0", "0", "1", "127.0.0.1"),
    ]
    stamps = [list(seen.parameters)[-1] for seen in server.seen[2:]]
    assert stamps == ["Stamp", "OpStamp", "PhotoStamp"]


def test_communication_key_in_the_handshake(server, sent):
    upload = sent(communication_key="88888888")
    assert server.seen[0].parameters["pushcommkey"] == "88888888"
    assert "ComKey" not in upload.parameters


def test_communication_key_on_all(server, sent):
    sent(communication_key="88888888", communication_key_on_all=True)
    assert all(seen.parameters["ComKey"] == "88888888" for seen in server.seen)
    assert "pushcommkey" not in server.seen[0].parameters


@pytest.mark.parametrize("fields", [0, 5, 9, 13])
def test_info_fields(server, make, fields):
    make(info_fields=fields).settle()
    info = server.requests("getrequest")[0].parameters.get("INFO", "")
    assert len(info.split(",")) == (fields or 1)
