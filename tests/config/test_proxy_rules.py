"""What the shipped proxy configuration does to requests, through a real nginx."""

import gzip
import http.client
import time

import pytest

BATCH = b"1001\t2026-03-02 08:29:57\t0\t1\t0\t0\n1002\t2026-03-02 08:30:02\t0\t15\n"
FORM = "application/x-www-form-urlencoded"
PUNCHES = "/iclock/cdata?SN=CDQ9192960002&table=ATTLOG&Stamp=9999"


def read_answer(connection):
    response = http.client.HTTPResponse(connection)
    response.begin()
    return response, response.read()


@pytest.mark.parametrize("content_type", [FORM, "multipart/form-data; boundary=x"])
@pytest.mark.parametrize(
    "path", [PUNCHES, "/iclock/cdata.aspx?SN=1", "/ICLOCK/cdata?SN=1", "//iclock/cdata"]
)
def test_body_of_a_terminal_is_never_a_form(ask, odoo, path, content_type):
    response, _ = ask("POST", path, BATCH, Content_Type=content_type)
    assert response.status == 200
    assert odoo.only.body == BATCH
    assert odoo.only.path == path
    assert odoo.only.headers["Content-Type"] == "application/octet-stream"


def test_body_without_a_type_gets_the_same_type(connect, odoo):
    connection = connect()
    connection.sendall(
        b"POST /iclock/cdata?SN=1 HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"
    )
    response, _ = read_answer(connection)
    assert response.status == 200
    assert odoo.only.body == b"abc"
    assert odoo.only.headers["Content-Type"] == "application/octet-stream"


def test_form_of_a_browser_stays_a_form(ask, odoo):
    ask("POST", "/web/login", b"login=a&password=b", Content_Type=FORM)
    assert odoo.only.headers["Content-Type"] == FORM
    assert odoo.only.body == b"login=a&password=b"


def test_a_path_that_only_begins_like_a_terminals_is_a_page(ask, odoo):
    ask("POST", "/iclockwork", b"a=b", Content_Type=FORM)
    assert odoo.only.headers["Content-Type"] == FORM


def test_chunked_body_gets_a_length(ask, odoo):
    ask("POST", PUNCHES, iter([BATCH[:20], BATCH[20:]]))
    assert odoo.only.headers["Transfer-Encoding"] is None
    assert odoo.only.headers["Content-Length"] == str(len(BATCH))
    assert odoo.only.body == BATCH


def test_http_1_0_without_host(connect, odoo):
    connection = connect()
    connection.sendall(b"GET /iclock/getrequest?SN=1 HTTP/1.0\r\n\r\n")
    response, body = read_answer(connection)
    assert (response.status, body) == (200, b"OK")
    assert odoo.only.headers["Host"] == "chain-attendance"
    assert odoo.only.headers["X-Forwarded-Host"] == "chain-attendance"


def test_a_large_upload_arrives_whole(ask, odoo):
    biodata = b"BIODATA Pin=1001\tTmp=" + b"A" * 5_000_000 + b"\n"
    response, _ = ask("POST", "/iclock/cdata?SN=1&table=BIODATA", biodata)
    assert response.status == 200
    assert odoo.only.body == biodata


def test_an_upload_that_cannot_be_a_batch_is_refused_in_plain_words(connect, odoo):
    connection = connect()
    connection.sendall(
        b"POST /iclock/cdata?SN=1 HTTP/1.1\r\nHost: x\r\n"
        b"Content-Length: 80000000\r\n\r\n"
    )
    response, body = read_answer(connection)
    assert (response.status, body) == (413, b"ERROR: too large\n")
    assert response.headers["Content-Type"] == "text/plain"
    assert odoo.connections == 0


def test_slow_client_occupies_odoo_only_when_it_is_complete(connect, odoo):
    connection = connect()
    head = f"POST {PUNCHES} HTTP/1.1\r\nHost: x\r\nContent-Length: {len(BATCH)}\r\n\r\n"
    for piece in (head[:30].encode(), head[30:].encode(), BATCH[:10], BATCH[10:-1]):
        connection.sendall(piece)
        time.sleep(0.15)
        assert odoo.connections == 0
    connection.sendall(BATCH[-1:])
    response, body = read_answer(connection)
    assert (response.status, body) == (200, b"OK")
    assert odoo.connections == 1
    assert odoo.only.body == BATCH


def test_incomplete_upload_never_reaches_odoo(connect, odoo):
    connection = connect()
    connection.sendall(
        b"POST /iclock/cdata?SN=1 HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\nabc"
    )
    connection.close()
    time.sleep(0.2)
    assert odoo.connections == 0


def test_odoo_is_never_asked_to_keep_a_connection(ask, odoo):
    ask("GET", "/web", Connection="keep-alive")
    assert odoo.only.headers["Connection"] == "close"
    assert odoo.only.version == "HTTP/1.0"


def test_terminal_learns_the_time_from_odoo(ask, odoo):
    response, _ = ask("GET", "/iclock/getrequest?SN=1")
    assert response.headers.get_all("Date") == ["Mon, 06 Jan 2020 08:30:00 GMT"]
    assert response.headers["Content-Length"] == "2"
    assert response.headers["Transfer-Encoding"] is None


def test_answer_of_unknown_length_is_not_cut_into_chunks(ask, odoo):
    odoo.answer.has_length = False
    response, body = ask("GET", "/iclock/getrequest?SN=1")
    assert response.headers["Transfer-Encoding"] is None
    assert body == b"OK"


def test_only_browsers_get_compressed_answers(ask, odoo):
    text = b"C:1:DATA UPDATE USERINFO PIN=1001\n" * 100
    odoo.answer.body = text
    response, body = ask("GET", "/iclock/getrequest?SN=1", Accept_Encoding="gzip")
    assert response.headers["Content-Encoding"] is None
    assert body == text
    response, body = ask("GET", "/web", Accept_Encoding="gzip")
    assert response.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(body) == text


@pytest.mark.parametrize("path", ["/iclock", "/iclock/", "/Iclock/ping"])
def test_no_redirect_on_the_way(ask, odoo, path):
    response, _ = ask("GET", path)
    assert response.status == 200
    assert odoo.only.path == path


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"])
def test_terminals_only_get_and_post(ask, odoo, method):
    response, _ = ask(method, PUNCHES)
    assert response.status == 405
    assert response.headers["Content-Type"] == "text/plain"
    assert odoo.connections == 0


def test_odoo_away_means_try_again_for_a_terminal(ask, odoo):
    odoo.is_down = True
    response, body = ask("POST", PUNCHES, BATCH)
    assert (response.status, body) == (503, b"ERROR: try again\n")
    assert response.headers["Content-Type"] == "text/plain"
    assert odoo.connections == 1
    response, _ = ask("GET", "/web")
    assert response.status == 502


@pytest.mark.parametrize("status", [403, 404, 500, 503])
def test_answer_of_odoo_to_a_terminal_is_left_alone(ask, odoo, status):
    odoo.answer.status, odoo.answer.body = status, b"as Odoo said it"
    response, body = ask("POST", PUNCHES, BATCH)
    assert (response.status, body) == (status, b"as Odoo said it")


def test_busy_terminal_is_slowed_down_without_an_error(ask, odoo):
    started = time.monotonic()
    statuses = {ask("GET", "/iclock/ping?SN=BUSY")[0].status for _ in range(30)}
    assert statuses == {200}
    assert time.monotonic() - started > 0.5  # 50 in a second, so 30 take 0.58 s


def test_flood_of_one_terminal_harms_no_other(ask, connect, odoo):
    flood = [connect() for _ in range(150)]
    for connection in flood:
        connection.sendall(b"GET /iclock/ping?SN=FLOOD HTTP/1.0\r\n\r\n")
    started = time.monotonic()
    response, _ = ask("GET", "/iclock/ping?SN=CALM")
    assert response.status == 200
    assert time.monotonic() - started < 1.5  # the flood lasts two seconds
    answers = [(read.status, body) for read, body in map(read_answer, flood)]
    served = answers.count((200, b"OK"))
    refused = answers.count((503, b"ERROR: try again\n"))
    assert served + refused == 150
    assert served >= 100
    assert refused >= 10


def test_odoo_learns_who_asked_and_how(ask, odoo):
    ask(
        "GET",
        "/web",
        Host="hr.example.com:8443",
        X_Forwarded_For="10.9.8.7",
        X_Forwarded_Host="evil.example.com",
        X_Forwarded_Proto="https",
        Forwarded="for=10.9.8.7",
        X_Real_IP="10.9.8.7",
        X_Odoo_Database="other",
    )
    headers = odoo.only.headers
    assert headers.get_all("X-Forwarded-For") == ["127.0.0.1"]
    assert headers.get_all("X-Real-IP") == ["127.0.0.1"]
    assert headers.get_all("X-Forwarded-Host") == ["hr.example.com:8443"]
    assert headers.get_all("X-Forwarded-Proto") == ["http"]
    assert headers.get_all("Host") == ["hr.example.com:8443"]
    assert headers["Forwarded"] is None
    assert headers["X-Odoo-Database"] is None


@pytest.mark.parametrize("path", [PUNCHES, "/web/static/a.js?ask=who", "/websocket"])
def test_every_way_tells_odoo_the_client(ask, odoo, websocket, path):
    ask("GET", path, Host="hr.example.com", X_Forwarded_For="10.9.8.7")
    (request,) = odoo.requests + websocket.requests
    assert request.headers["X-Forwarded-For"] == "127.0.0.1"
    assert request.headers["X-Forwarded-Host"] == "hr.example.com"
    assert request.headers["X-Forwarded-Proto"] == "http"


def test_websocket_goes_to_its_own_process(connect, odoo, websocket):
    connection = connect()
    connection.sendall(
        b"GET /websocket?version=19 HTTP/1.1\r\nHost: x\r\n"
        b"Upgrade: websocket\r\nConnection: Upgrade\r\n\r\n"
    )
    answer = connection.makefile("rb")
    assert answer.readline() == b"HTTP/1.1 101 Switching Protocols\r\n"
    while answer.readline() != b"\r\n":
        pass
    connection.sendall(b"hello")
    assert answer.read() == b"echo hello"
    assert websocket.only.path == "/websocket?version=19"
    assert websocket.only.headers["Connection"] == "upgrade"
    assert websocket.only.version == "HTTP/1.1"
    assert odoo.connections == 0


def test_only_the_websocket_changes_protocol(ask, odoo, websocket):
    ask("GET", "/web", Upgrade="websocket", Connection="Upgrade")
    assert odoo.only.headers["Upgrade"] is None
    assert odoo.only.headers["Connection"] == "close"
    assert websocket.connections == 0


@pytest.mark.parametrize(
    "path",
    [
        "/web/database",
        "/web/database/manager",
        "/web/database/selector?a=b",
        "//web/database/manager",
        "/web/./database/create",
        "/web/%64atabase/backup",
        "/web/x/../database/drop",
        "/xmlrpc/db",
        "/xmlrpc/2/db",
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_database_pages_are_not_there(ask, odoo, method, path):
    response, _ = ask(method, path)
    assert response.status == 404
    assert odoo.connections == 0


@pytest.mark.parametrize("path", ["/web/databases", "/xmlrpc/2/common", "/odoo"])
def test_other_pages_are(ask, odoo, path):
    response, _ = ask("GET", path)
    assert response.status == 200
    assert odoo.only.path == path


def test_browser_may_send_a_large_file_and_a_long_search(ask, odoo):
    upload = b"x" * 40_000_000
    assert ask("POST", "/web/binary/upload", upload)[0].status == 200
    assert len(odoo.only.body) == len(upload)
    odoo.forget()
    search = "/odoo?domain=" + "x" * 20_000
    assert ask("GET", search)[0].status == 200
    assert odoo.only.path == search


def test_long_headers_of_odoo_are_passed_on(ask, odoo):
    odoo.answer.headers["Link"] = "x" * 20_000
    response, _ = ask("GET", "/web")
    assert (response.status, response.headers["Link"]) == (200, "x" * 20_000)


def test_redirect_of_odoo_is_passed_on_as_it_is(ask, odoo):
    odoo.answer.status = 303
    odoo.answer.headers["Location"] = "/web/login?redirect=%2Fodoo"
    response, _ = ask("GET", "/odoo")
    assert response.status == 303
    assert response.headers["Location"] == "/web/login?redirect=%2Fodoo"


def test_version_of_nginx_is_not_told(ask, odoo):
    response, _ = ask("GET", "/web/database")
    assert response.headers["Server"] == "nginx"


def test_static_file_is_asked_for_once(ask, odoo):
    path = "/chain_attendance/static/once.js"
    odoo.answer.headers["Cache-Control"] = "public, max-age=604800"
    for _ in range(3):
        response, body = ask("GET", path)
        assert (response.status, body) == (200, b"OK")
        assert response.headers["Cache-Control"] == "public, max-age=604800"
    assert odoo.only.path == path


def test_static_file_is_kept_for_the_proxys_time_and_not_odoos(ask, odoo):
    odoo.answer.headers["Cache-Control"] = "no-cache"
    for _ in range(2):
        ask("GET", "/chain_attendance/static/short.js")
    assert len(odoo.requests) == 1


def test_forced_reload_brings_the_new_static_file(ask, odoo):
    path = "/chain_attendance/static/changed.js"
    ask("GET", path)
    odoo.answer.body = b"new"
    assert ask("GET", path)[1] == b"OK"
    assert ask("GET", path, Pragma="no-cache")[1] == b"new"


def test_static_file_is_never_kept_with_a_session(ask, odoo):
    odoo.answer.headers["Set-Cookie"] = "session_id=secret"
    for _ in range(2):
        ask("GET", "/chain_attendance/static/session.js")
    assert len(odoo.requests) == 2


def test_pages_are_never_kept(ask, odoo):
    odoo.answer.headers["Cache-Control"] = "public, max-age=604800"
    for path in ("/web", PUNCHES):
        odoo.requests.clear()
        for _ in range(2):
            ask("GET", path)
        assert len(odoo.requests) == 2


def test_log_has_work_and_faults_but_no_idle_polls(ask, odoo, running):
    log = running.folder / "access.log"
    before = log.read_text()
    ask("GET", "/iclock/getrequest?SN=IDLE")
    ask("POST", "/iclock/cdata?SN=WORK", BATCH)
    odoo.answer.status = 503
    ask("GET", "/iclock/getrequest?SN=FAULT")
    ask("GET", "/web?page")
    expected = {"SN=WORK", "SN=FAULT", "/web?page"}
    deadline = time.monotonic() + 5  # a line is written after its answer is sent
    while any(word not in log.read_text()[len(before) :] for word in expected):
        assert time.monotonic() < deadline, log.read_text()[len(before) :]
        time.sleep(0.02)
    assert "SN=IDLE" not in log.read_text()[len(before) :]


def test_health_is_answered_without_odoo(ask, odoo):
    odoo.is_down = True
    response, body = ask("GET", "/proxy/health")
    assert (response.status, body) == (200, b"ok\n")
    assert odoo.connections == 0
