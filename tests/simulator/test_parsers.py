"""Parsers of what the server sends: never surprised, whatever arrives."""

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from terminal_simulator.commands import read_commands
from terminal_simulator.options import HandshakeRefused, Options, read_options, uploads
from terminal_simulator.punch import packed_time
from terminal_simulator.quirks import Quirks
from terminal_simulator.response import Response as R
from terminal_simulator.response import ResponseReader, WireError, acknowledges


def reader(data, sizes=()):
    """A reader fed in pieces of the given sizes, then the rest."""
    left = [data]
    steps = iter(sizes)

    def receive(_size):
        size = next(steps, len(left[0]))
        piece, left[0] = left[0][:size], left[0][size:]
        return piece

    return ResponseReader(receive)


@settings(deadline=None)
@given(st.binary(max_size=300), st.lists(st.integers(1, 7), max_size=80))
def test_an_answer_is_the_same_in_any_pieces(body, sizes):
    data = b"HTTP/1.1 200 OK\r\nA: b\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    response = reader(data, sizes).read()
    assert (response.status, response.body) == (200, body)
    assert response.headers == {"a": "b", "content-length": str(len(body))}


@settings(deadline=None)
@given(st.lists(st.binary(min_size=1, max_size=50), max_size=5), st.integers(1, 9))
def test_chunked_answers(chunks, size):
    data = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    data += b"".join(b"%X\r\n%s\r\n" % (len(c), c) for c in chunks) + b"0\r\n\r\n"
    assert reader(data, [size] * 200).read().body == b"".join(chunks)


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_garbage_is_a_wire_error_or_an_answer(data):
    try:
        reader(data).read()
    except WireError:
        pass


@settings(deadline=None)
@given(st.integers(0, 60))
def test_a_cut_answer_is_never_whole(size):
    data = b"HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n" + b"x" * 20
    with pytest.raises(WireError):
        reader(data[: min(size, len(data) - 1)]).read()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "closed"),
        (b"HTTP/1.1 200 OK\r\n", "cut"),
        (b"SSH-2.0\r\n\r\n", "malformed"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n", "malformed"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", "malformed"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n", "malformed"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n", "malformed"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab", "cut"),
        (b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 20000, "malformed"),
    ],
)
def test_reasons(data, reason):
    with pytest.raises(WireError) as caught:
        reader(data, [65536] * 9).read()
    assert caught.value.reason == reason


def test_interim_answers_are_passed_over():
    data = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.0 204 No Content\r\n\r\n"
    assert reader(data).read().status == 204


@settings(deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_the_count_must_be_exact(sent, said):
    answer = R(200, {}, b"OK: %d" % said)
    assert acknowledges(answer, sent, strict=True) is (sent == said)
    assert acknowledges(answer, sent, strict=False)


@settings(deadline=None)
@given(st.integers(100, 599), st.binary(max_size=20))
def test_no_error_status_acknowledges(status, body):
    if not 200 <= status < 300:
        assert not acknowledges(R(status, {}, b"OK: 1" + body), 1, strict=False)


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_option_blocks_never_surprise(data):
    for quirks in (Quirks(), Quirks(push_version=None)):
        try:
            options = read_options(b"GET OPTION FROM: X\n" + data, quirks)
        except HandshakeRefused:
            continue
        assert options.delay_seconds >= 0 and options.interval_seconds >= 0
        assert isinstance(options.fixed_times(), list)
        options.upload_kinds("A")


@settings(deadline=None)
@given(st.text(max_size=300))
def test_commands_never_surprise(text):
    for command in read_commands(text, Quirks()):
        assert command.id and len(command.id) <= 20 and "\n" not in command.text


@pytest.mark.parametrize("blank", ["", " "])
def test_the_blank_after_the_colon(blank):
    block = f"GET OPTION FROM:{blank}ZK1\r\nDelay=7\r\nTransTimes=09:00;25:00;x\r\n"
    options = read_options(block.encode(), Quirks())
    assert (options.serial, options.delay_seconds) == ("ZK1", 7)
    assert options.fixed_times() == ["09:00"]


def test_unknown_kinds_of_rows_always_go_up():
    assert uploads("ERRORLOG", frozenset())
    assert not uploads("ATTLOG", frozenset())
    assert uploads("ATTLOG", None)
    assert Options().upload_kinds("A") is None


@settings(deadline=None)
@given(
    st.lists(
        st.datetimes(min_value=datetime(2000, 1, 1)),
        min_size=2,
        max_size=5,
    )
)
def test_packed_time_orders_moments(moments):
    walls = [moment.replace(microsecond=0).isoformat(" ") for moment in moments]
    assert sorted(walls) == sorted(walls, key=packed_time)
