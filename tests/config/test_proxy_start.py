"""Starting and stopping the proxy, and what it refuses."""

import contextlib
import os
import pwd
import socket
import ssl
import subprocess
import time
import urllib.request
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from devkit import places, proxy
from devkit.errors import Failure

TLS_TEMPLATE = places.CHECKOUT / "config" / "nginx" / "tls.conf.template"


def get(address):
    with urllib.request.urlopen(address, timeout=10) as answer:
        return answer.read()


def accepts(port):
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


def processes_of(group):
    """The numbers of the processes of a process group, except ended ones."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            state, _parent, process_group = (
                path.read_text().rpartition(")")[2].split()[:3]
            )
            if int(process_group) == group and state != "Z":
                found.append(int(path.parent.name))
    return found


def test_configuration_is_accepted_by_nginx(make_proxy, nginx):
    server = make_proxy()
    server.write()
    check = subprocess.run(
        server.command("-t"), env=nginx.environ(), capture_output=True, text=True
    )
    assert check.returncode == 0, check.stderr
    assert "[warn]" not in check.stderr


def test_everything_is_written_into_the_run_folder(make_proxy):
    server = make_proxy()
    server.start()
    with contextlib.suppress(OSError):
        get(f"http://127.0.0.1:{server.listen_port}/web")
    opened = {
        os.readlink(f"/proc/{server.process.pid}/fd/{number}")
        for number in os.listdir(f"/proc/{server.process.pid}/fd")
    }
    files = {name for name in opened if name.startswith("/") and name != "/dev/null"}
    assert files
    assert all(name.startswith(f"{server.folder}/") for name in files), files
    pid = (server.folder / "nginx.pid").read_text().strip()
    assert pid == str(server.process.pid)


def test_started_when_start_returns_and_gone_when_stop_does(make_proxy):
    server = make_proxy()
    server.start()
    group = server.process.pid
    assert get(f"http://127.0.0.1:{server.listen_port}/proxy/health") == b"ok\n"
    assert len(processes_of(group)) >= 3  # the master and two workers
    server.stop()
    assert server.process is None
    assert not accepts(server.listen_port)
    assert processes_of(group) == []
    server.stop()  # nothing left to do


def test_can_start_again(make_proxy):
    server = make_proxy()
    for _ in range(2):
        server.start()
        assert get(f"http://127.0.0.1:{server.listen_port}/proxy/health") == b"ok\n"
        server.stop()


def test_second_start_of_a_running_proxy_is_refused(make_proxy):
    server = make_proxy()
    server.start()
    running = server.process
    with pytest.raises(Failure, match="runs already"):
        server.start()
    assert server.process is running
    assert accepts(server.listen_port)


def test_open_websocket_does_not_delay_the_stop(make_proxy, websocket):
    server = make_proxy()
    server.start()
    with socket.create_connection(("127.0.0.1", server.listen_port), 5) as browser:
        browser.sendall(
            b"GET /websocket HTTP/1.1\r\nHost: x\r\n"
            b"Upgrade: websocket\r\nConnection: Upgrade\r\n\r\n"
        )
        assert browser.recv(100).startswith(b"HTTP/1.1 101")
        started = time.monotonic()
        server.stop()
        assert time.monotonic() - started < proxy.STOP_SECONDS


def test_nginx_that_does_not_listen_to_reason_is_killed(make_proxy, monkeypatch):
    server = make_proxy()
    server.start()
    group = server.process.pid
    monkeypatch.setattr(proxy, "STOP_SECONDS", 0.2)
    monkeypatch.setattr(server.process, "terminate", lambda: None)
    server.stop()
    deadline = time.monotonic() + 5
    while processes_of(group):  # killed, but perhaps not yet gone
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_terminals_of_one_address_share_its_rate(make_proxy, odoo):
    server = make_proxy(terminal_rate=10)
    server.start()
    started = time.monotonic()
    for number in range(8):
        address = f"http://127.0.0.1:{server.listen_port}/iclock/ping?SN={number}"
        assert get(address) == b"OK"
    assert time.monotonic() - started > 0.6  # seven times a tenth of a second


class ForgetfulProxy(proxy.Proxy):
    """Takes a static file for old after a second instead of ten minutes."""

    def write(self):
        super().write()
        site = self.folder / "conf.d" / "chain_attendance.conf"
        text = site.read_text()
        assert "proxy_cache_valid 200 10m;" in text
        site.write_text(text.replace("200 10m;", "200 1s;"))


def test_old_static_file_serves_while_odoo_is_away(make_proxy, odoo):
    server = make_proxy(ForgetfulProxy)
    server.start()
    address = f"http://127.0.0.1:{server.listen_port}/chain_attendance/static/a.js"
    assert get(address) == b"OK"
    time.sleep(2.1)
    odoo.is_down = True
    assert get(address) == b"OK"
    assert odoo.connections == 2  # it was asked and did not answer


def test_busy_port_is_told_in_one_sentence(make_proxy):
    server = make_proxy()
    with socket.socket() as other:
        other.bind(("127.0.0.1", server.listen_port))
        other.listen()
        with pytest.raises(Failure) as told:
            server.start()
        assert accepts(server.listen_port)  # the other program was left alone
    assert str(told.value) == (
        f"Port {server.listen_port} is in use by another program; end it or choose "
        "another port with --port."
    )
    assert server.process is None


def test_refused_configuration_is_told_with_nginxs_words(make_proxy, monkeypatch):
    server = make_proxy(terminal_rate="many")
    with pytest.raises(Failure, match='invalid rate "rate=manyr/s"'):
        server.start()
    assert server.process is None


def test_folder_that_nginx_cannot_name_is_refused(make_proxy):
    server = make_proxy()
    server.folder = server.folder / "with space"
    with pytest.raises(Failure, match="has no spaces"):
        server.start()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's workers change the account")
def test_folder_that_workers_cannot_enter_is_refused(make_proxy):
    server = make_proxy()
    server.folder.chmod(0o700)
    with pytest.raises(Failure, match=f"cannot enter {server.folder}"):
        server.start()


@contextlib.contextmanager
def as_ordinary_user(folder):
    """Give up root's rights for a while; nothing to give up for anybody else."""
    if os.geteuid() != 0:
        yield
        return
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    os.setegid(nobody.pw_gid)
    os.seteuid(nobody.pw_uid)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)


def test_ordinary_user_can_start_it(make_proxy, odoo):
    server = make_proxy()
    with as_ordinary_user(server.folder):
        if not os.access(proxy.TEMPLATE, os.R_OK, effective_ids=True):
            pytest.skip("this checkout is closed to other accounts")
        server.start()
        assert "user " not in (server.folder / "nginx.conf").read_text()
    upload = b"x" * 1_000_000  # needs the folder for request bodies
    get(
        urllib.request.Request(
            f"http://127.0.0.1:{server.listen_port}/iclock/cdata?SN=1", upload
        )
    )
    assert odoo.only.body == upload


def test_render_replaces_only_names_in_braces():
    text = "${NAME} $NAME $name ~^a(?:/|$) $$ $1"
    rendered = proxy.render(text, {"NAME": "x"})
    assert rendered == "x $NAME $name ~^a(?:/|$) $$ $1"


def test_render_refuses_a_name_without_value():
    with pytest.raises(Failure, match="'NAME'"):
        proxy.render("listen ${NAME};", {})


@pytest.fixture(scope="module")
def certificate(make_folder):
    """A certificate for 127.0.0.1 that signs itself: ``(certificate, key)`` files."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(timezone.utc)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), False)
        .sign(key, hashes.SHA256())
    )
    folder = make_folder()
    (folder / "fullchain.pem").write_bytes(
        signed.public_bytes(serialization.Encoding.PEM)
    )
    (folder / "privkey.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return folder / "fullchain.pem", folder / "privkey.pem"


class ProxyWithTls(proxy.Proxy):
    """As the profile tls runs it, with browsers sent from the plain port to HTTPS."""

    tls_port = 0
    certificate = ()

    def values(self):
        return {
            **super().values(),
            "PROXY_HTTPS_REDIRECT": "on",
            "PROXY_TLS_LISTEN": f"127.0.0.1:{self.tls_port}",
            "PROXY_TLS_CERTIFICATE": str(self.certificate[0]),
            "PROXY_TLS_KEY": str(self.certificate[1]),
        }

    def write(self):
        super().write()
        target = self.folder / "conf.d" / "tls"
        target.mkdir()
        rendered = proxy.render(TLS_TEMPLATE.read_text(), self.values())
        (target / "tls.conf").write_text(rendered)


@pytest.fixture
def with_tls(make_proxy, certificate):
    server = make_proxy(ProxyWithTls)
    server.certificate = certificate
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        server.tls_port = probe.getsockname()[1]
    server.start()
    return server


@pytest.fixture
def ask_with_tls(with_tls, certificate):
    trust = ssl.create_default_context(cafile=str(certificate[0]))

    def send(path, body=None):
        address = f"https://localhost:{with_tls.tls_port}{path}"
        return urllib.request.urlopen(address, body, timeout=10, context=trust)

    return send


def test_terminal_over_tls(ask_with_tls, odoo):
    # urllib calls every body a form, as some terminals do.
    assert ask_with_tls("/iclock/cdata?SN=1", b"1001\t2026").read() == b"OK"
    assert odoo.only.body == b"1001\t2026"
    assert odoo.only.headers["Content-Type"] == "application/octet-stream"
    assert odoo.only.headers["X-Forwarded-Proto"] == "https"


def test_browser_over_tls(ask_with_tls, odoo):
    odoo.answer.headers["Set-Cookie"] = "session_id=secret; HttpOnly; Path=/"
    headers = ask_with_tls("/web").headers
    assert headers["Set-Cookie"] == (
        "session_id=secret; HttpOnly; Path=/; Secure; SameSite=Lax"
    )
    assert headers["Strict-Transport-Security"] == "max-age=31536000"


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args):
        return None


@pytest.mark.parametrize("path", ["/", "/odoo?a=b", "/websocket", "/a/static/b.js"])
def test_plain_browser_is_sent_to_https(with_tls, odoo, path):
    opener = urllib.request.build_opener(NoRedirect)
    address = f"http://localhost:{with_tls.listen_port}{path}"
    with pytest.raises(urllib.error.HTTPError) as answer:
        opener.open(address, timeout=10)
    assert answer.value.code == 301
    assert answer.value.headers["Location"] == f"https://localhost{path}"
    assert odoo.connections == 0


@pytest.mark.parametrize("path", ["/iclock/cdata?SN=1", "/ICLOCK/ping", "/iclock"])
def test_plain_terminal_is_not(with_tls, odoo, path):
    assert get(f"http://localhost:{with_tls.listen_port}{path}") == b"OK"
    assert odoo.only.path == path
    assert odoo.only.headers["X-Forwarded-Proto"] == "http"
