"""What a terminal takes for an acknowledgement, and what it does otherwise."""

import pytest

from terminal_simulator.testing import CLOSE, Answer, option_block

AT = "2026-03-02 08:58:41"


def uploads_get(answer, times=1):
    """A script: the first uploads get this answer, later ones the good one."""
    left = [times]

    def script(seen, _index):
        if seen.method == "POST" and left[0]:
            left[0] -= 1
            return answer
        return None

    return script


def polls_get(answer, times=1):
    left = [times]

    def script(seen, _index):
        if seen.verb == "getrequest" and left[0]:
            left[0] -= 1
            return answer
        return None

    return script


BAD = {
    "too few": Answer(b"OK: 1"),
    "too many": Answer(b"OK: 3"),
    "bare": Answer(b"OK"),
    "number that goes on": Answer(b"OK: 22"),
    "not at the beginning": Answer(b"well, OK: 2"),
    "error text": Answer(b"error"),
    "nothing": Answer(b""),
    "html": Answer(b"<html>OK: 2</html>", content_type="text/html"),
    "500": Answer(b"OK: 2", status=500),
    "404": Answer(b"OK: 2", status=404),
    "redirect": Answer(b"OK: 2", status=303, extra=("Location: /web/login",)),
    "compressed": Answer(b"OK: 2", extra=("Content-Encoding: gzip",)),
    "closed": CLOSE,
    "no length": Answer(b"OK: 2", length=False),
    "cut in the body": Answer(b"OK: 2", cut_after=-1),
    "cut in the head": Answer(b"OK: 2", cut_after=20),
}


@pytest.mark.parametrize("answer", BAD.values(), ids=BAD.keys())
def test_bad_answers_bring_the_same_batch_again(server, make, answer):
    server.script = uploads_get(answer)
    device = make()
    device.punch("1001", at=AT)
    device.punch("1002", at=AT)
    device.settle()
    first, second = server.uploads()
    assert first.raw == second.raw
    assert device.statistics.retries == device.statistics.total_failures == 1
    assert device.statistics.acknowledged_lines == 2
    assert device.statistics.sent_lines == 4


@pytest.mark.parametrize("body", [b"OK", b"OK: 7", b"fine OK fine", b"OK:2\n"])
def test_lenient_units_take_ok_anywhere(server, make, body):
    server.script = uploads_get(Answer(body))
    device = make(strict_ok=False)
    device.punch("1001", at=AT)
    device.settle()
    assert len(server.uploads()) == 1


@pytest.mark.parametrize("body", [b"OK: 1", b"OK:1", b"OK: 1\n", b"OK: 1\r\nmore"])
def test_strict_units_take_the_exact_count(server, make, body):
    server.script = uploads_get(Answer(body))
    device = make()
    device.punch("1001", at=AT)
    device.settle()
    assert len(server.uploads()) == 1


def test_chunked_answers_count_where_no_length_is_needed(server, make):
    chunked = Answer(
        b"3\r\nOK:\r\n2;x=y\r\n 1\r\n0\r\n\r\n",
        length=False,
        extra=("Transfer-Encoding: chunked",),
    )
    server.script = uploads_get(chunked)
    device = make(needs_content_length=False)
    device.punch("1001", at=AT)
    device.settle()
    assert len(server.uploads()) == 1


def test_answers_without_length_count_where_none_is_needed(server, make):
    server.script = uploads_get(Answer(b"OK: 1", length=False))
    device = make(needs_content_length=False)
    device.punch("1001", at=AT)
    device.settle()
    assert len(server.uploads()) == 1


def test_three_quick_tries_then_silence_then_handshake(server, make):
    server.script = uploads_get(Answer(b"no", status=500), times=4)
    device = make()
    device.punch("1001", at=AT)
    device.settle()
    kinds = ["shake" if s.is_handshake else s.verb for s in server.seen]
    upload = "cdata"
    assert kinds == [
        *("shake", "getrequest", upload, upload, upload),
        *("shake", upload, upload, "getrequest"),
    ]
    assert [s for s in device.time.slept if s] == [1.0, 1.0, 30.0, 1.0]
    assert len({seen.raw for seen in server.uploads()}) == 1


def test_quick_tries_and_their_pause(server, make):
    server.script = uploads_get(Answer(b"no", status=500), times=5)
    device = make(quick_tries=5, quick_retry_seconds=0.25)
    device.punch("1001", at=AT)
    device.settle()
    assert [s for s in device.time.slept if s] == [0.25] * 4 + [30.0]


@pytest.mark.parametrize("own", [None, 7.0])
def test_error_delay(server, make, own):
    server.options["ErrorDelay"] = "45"
    server.script = uploads_get(CLOSE, times=3)
    device = make(error_delay_seconds=own)
    device.punch("1001", at=AT)
    device.settle()
    assert max(device.time.slept) == (own or 45.0)


@pytest.mark.parametrize("status", [401, 403, 503])
def test_refused_uploads_back_off_and_lose_nothing(server, make, status):
    server.script = uploads_get(Answer(b"not approved", status=status), times=2)
    device = make(refused_backoff_seconds=15.0)
    device.punch("1001", at=AT)
    device.settle()
    assert [s for s in device.time.slept if s] == [15.0, 15.0]
    assert device.statistics.refused == 2
    assert len([s for s in server.seen if s.is_handshake]) == 3
    assert len(server.punches) == 1


@pytest.mark.parametrize("status", [401, 403, 503])
def test_refused_handshake_is_repeated(server, make, status):
    server.script = lambda seen, index: (
        Answer(b"unknown terminal", status=status) if index < 3 else None
    )
    device = make()
    device.punch("1001", at=AT)
    device.settle()
    assert [seen.is_handshake for seen in server.seen[:4]] == [True] * 4
    assert [s for s in device.time.slept if s] == [15.0] * 3


def test_unknown_device_drops_the_session(server, make):
    server.script = uploads_get(Answer(b"UNKNOWN DEVICE"))
    device = make()
    device.punch("1001", at=AT)
    device.settle()
    kinds = [s.is_handshake for s in server.seen]
    assert kinds[:4] == [True, False, False, True]
    assert len(server.punches) == 1


def test_a_server_that_is_not_there(make, server):
    device = make()
    server.stop()
    device.punch("1001", at=AT)
    waits = []
    for _ in range(4):
        waits.append(device.step())
        device.time.sleep(waits[-1])
    assert waits == [1.0, 1.0, 30.0, 1.0]
    assert device.last_failure.reason == "unreachable"
    assert device.backlog == 1


def test_a_server_that_never_answers_is_left_after_the_timeout(server, make):
    import threading

    stuck = threading.Event()
    server.script = uploads_get(Answer(b"OK: 1", wait=stuck))
    device = make(timeout_seconds=0.15)
    device.punch("1001", at=AT)
    device.settle()
    stuck.set()
    assert device.statistics.failures == {"timeout": 1}
    assert len(server.uploads()) == 2


def test_unterminated_last_option_is_dropped(server, make):
    block = b"GET OPTION FROM: ZKDEMO000017\nErrorDelay=60\nDelay=3"
    server.script = lambda seen, _i: Answer(block) if seen.is_handshake else None
    strict, lenient = make(), make(drops_unterminated_line=False)
    strict.settle()
    lenient.settle()
    assert (strict.options.delay_seconds, lenient.options.delay_seconds) == (30, 3)
    assert strict.options.error_delay_seconds == 60


@pytest.mark.parametrize(
    "block",
    [b"OK", b"", b"<html></html>", b"ErrorDelay=30\n"],
)
def test_what_is_no_option_block_is_not_a_handshake(server, make, block):
    server.script = lambda _seen, index: Answer(block) if index < 2 else None
    device = make()
    device.settle()
    assert [seen.is_handshake for seen in server.seen] == [True, True, True, False]
    assert device.statistics.failures == {"handshake": 2}


def test_old_units_need_stamp_or_server_version(server, make):
    bare = option_block("X", Stamp=None, ServerVer=None)
    server.script = lambda _seen, index: bare if index == 0 else None
    device = make(push_version=None)
    device.settle()
    assert device.statistics.failures == {"handshake": 1}


def test_empty_poll_counts_as_offline(server, make):
    server.script = polls_get(Answer(b""))
    device = make()
    device.settle()
    assert device.statistics.failures == {"empty-poll": 1}


def test_empty_poll_is_fine_for_others(server, make):
    server.script = polls_get(Answer(b""))
    device = make(empty_poll_is_offline=False)
    device.settle()
    assert not device.statistics.failures


def test_a_poll_answered_by_html_is_a_failure(server, make):
    server.script = polls_get(Answer(b"<html>", content_type="text/html"))
    device = make()
    device.settle()
    assert device.statistics.failures == {"not-ok": 1}


def test_results_need_text_plain(server, make):
    server.commands.append(b"C:1:CHECK\n")

    def script(seen, _index):
        posts = len(server.requests("devicecmd"))
        if seen.verb == "devicecmd" and posts == 1:
            return Answer(b"OK", content_type="text/html")
        return None

    server.script = script
    device = make()
    device.settle()
    first, second = server.requests("devicecmd")
    assert first.body == second.body == b"ID=1&Return=0&CMD=CHECK\n"
    assert device.statistics.failures == {"not-plain": 1}


def test_others_take_results_answered_in_html(server, make):
    server.commands.append(b"C:1:LOG\n")
    server.script = lambda seen, _i: (
        Answer(b"OK", content_type="text/html") if seen.verb == "devicecmd" else None
    )
    make(needs_text_plain=False).settle()
    assert len(server.requests("devicecmd")) == 1
