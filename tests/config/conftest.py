"""nginx with the shipped configuration, and two servers that stand in for Odoo."""

import http.client
import http.server
import shutil
import socket
import tempfile
import threading
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from devkit import places, proxy

BACKEND_DATE = "Mon, 06 Jan 2020 08:30:00 GMT"


@dataclass
class Request:
    """One request as it reached a backend."""

    method: str
    path: str
    headers: http.client.HTTPMessage
    body: bytes
    version: str


@dataclass
class Answer:
    """What a backend answers from now on."""

    status: int = 200
    body: bytes = b"OK"
    headers: dict = field(default_factory=lambda: {"Content-Type": "text/plain"})
    has_length: bool = True


class Handler(http.server.BaseHTTPRequestHandler):
    def setup(self):
        super().setup()
        self.server.backend.connections += 1

    def answer(self):
        backend = self.server.backend
        if backend.is_down:
            self.close_connection = True
            return
        length = int(self.headers.get("Content-Length") or 0)
        backend.requests.append(
            Request(
                self.command,
                self.requestline.split()[1],  # self.path would have lost slashes
                self.headers,
                self.rfile.read(length),
                self.request_version,
            )
        )
        if self.headers.get("Upgrade") == "websocket":
            self.echo()
        else:
            self.send(backend.answer)

    do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = do_HEAD = answer

    def send(self, answer):
        self.send_response_only(answer.status)
        self.send_header("Date", BACKEND_DATE)
        if answer.has_length:
            self.send_header("Content-Length", str(len(answer.body)))
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body)
        self.close_connection = True

    def echo(self):
        """Switch protocols and send one message back."""
        self.wfile.write(
            b"HTTP/1.1 101 Switching Protocols\r\n"
            b"Upgrade: websocket\r\nConnection: Upgrade\r\n\r\n"
        )
        self.wfile.write(b"echo " + self.connection.recv(100))
        self.close_connection = True

    def log_message(self, *_args):
        pass


class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 300  # a flood must fail at nginx and not here


class Backend:
    """A server on a free port that remembers what reached it."""

    def __init__(self):
        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.backend = self
        self.port = self.server.server_port
        self.forget()
        self._thread = threading.Thread(target=self.server.serve_forever, args=(0.05,))
        self._thread.start()

    def forget(self):
        self.requests = []
        self.connections = 0
        self.answer = Answer()
        self.is_down = False

    @property
    def only(self):
        """The one request that came."""
        assert len(self.requests) == 1, [request.path for request in self.requests]
        return self.requests[0]

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        self._thread.join()


def unused_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def nginx():
    return proxy.find(places.cache_folder())


@pytest.fixture(scope="session")
def make_folder():
    """Makes folders that nginx's workers may enter, unlike pytest's own."""
    made = []

    def make():
        made.append(Path(tempfile.mkdtemp(prefix="chain-attendance-test-")))
        made[-1].chmod(0o755)
        return made[-1]

    yield make
    for folder in made:
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def backends():
    pair = Backend(), Backend()
    yield pair
    for backend in pair:
        backend.close()


@pytest.fixture
def odoo(backends):
    """The stand-in for Odoo's workers."""
    backends[0].forget()
    return backends[0]


@pytest.fixture
def websocket(backends):
    """The stand-in for Odoo's websocket process."""
    backends[1].forget()
    return backends[1]


@pytest.fixture
def make_proxy(nginx, make_folder, backends):
    """Makes proxies that are not started yet, and stops them."""
    made = []

    def make(kind=proxy.Proxy, **options):
        ports = (backends[0].port, backends[1].port)
        made.append(kind(nginx, make_folder(), unused_port(), *ports, **options))
        return made[-1]

    yield make
    for each in made:
        each.stop()


@pytest.fixture(scope="session")
def running(nginx, make_folder, backends):
    """One proxy for all tests that only send requests."""
    ports = (backends[0].port, backends[1].port)
    server = proxy.Proxy(nginx, make_folder(), unused_port(), *ports)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def connect(running):
    """A plain connection to the running proxy, for requests written by hand."""
    opened = []

    def open_one():
        opened.append(socket.create_connection(("127.0.0.1", running.listen_port), 10))
        return opened[-1]

    yield open_one
    for connection in opened:
        connection.close()


@pytest.fixture
def ask(running):
    """Sends one request through the running proxy: ``(response, body)``."""

    def send(method, path, body=None, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", running.listen_port, 10)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, named)
        response = connection.getresponse()
        content = response.read()
        connection.close()
        return response, content

    return send
