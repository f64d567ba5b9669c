"""nginx in front of Odoo, with the configuration that production uses."""

import errno
import grp
import os
import pwd
import re
import shutil
import socket
import stat
import subprocess
import time
from pathlib import Path
from string import Template

from . import debian
from .errors import Failure
from .places import CHECKOUT

TEMPLATE = CHECKOUT / "config" / "nginx" / "chain_attendance.conf.template"
START_SECONDS = 10
STOP_SECONDS = 5
TERMINAL_RATE = 300  # requests per second; simulated terminals share one address
ACCOUNT = "nobody"

# What the official image brings in its own nginx.conf. Everything nginx writes lies
# in the run folder, so that any user can start it.
MAIN = """\
${user}daemon off;
worker_processes 2;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log warn;

events {
    worker_connections 1024;
}

http {
    default_type application/octet-stream;
    access_log ${folder}/access.log;
    client_body_temp_path ${folder}/temp/body;
    proxy_temp_path ${folder}/temp/proxy;
    fastcgi_temp_path ${folder}/temp/fastcgi;
    uwsgi_temp_path ${folder}/temp/uwsgi;
    scgi_temp_path ${folder}/temp/scgi;
    include conf.d/*.conf;
}
"""


class Nginx:
    """The nginx program: where it is and what it needs to start."""

    def __init__(self, program, libraries, origin):
        self.program = program
        self.libraries = libraries
        self.origin = origin

    def environ(self):
        if not self.libraries:
            return dict(os.environ)
        libraries = os.pathsep.join(map(str, self.libraries))
        return {**os.environ, "LD_LIBRARY_PATH": libraries}


def find(cache):
    """nginx of this machine, or Debian's package unpacked into ``cache``."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/sbin")
    if program:
        return Nginx(Path(program), [], "nginx of this machine")
    if not debian.is_debian_like():
        raise Failure("nginx is not to be had here; install the package nginx.")
    prefix = debian.private_prefix(cache, "nginx-debian", ["nginx-light"])
    libraries = [path for path in prefix.glob("usr/lib/*-linux-gnu") if path.is_dir()]
    program = prefix / "usr/sbin/nginx"
    return Nginx(program, libraries, "Debian's package, unpacked in the cache")


class _Variables(Template):
    """``${NAME}`` and nothing else: ``$name`` is a variable of nginx itself."""

    pattern = r"""
        \$\{(?P<braced>[A-Za-z_]+)\}
        | (?P<named>(?!)) | (?P<escaped>(?!)) | (?P<invalid>(?!))
    """


def render(text, values):
    """``text`` with every ``${NAME}`` replaced.

    :raises Failure: the text asks for a name that is not among ``values``.
    """
    try:
        return _Variables(text).substitute(values)
    except KeyError as error:
        raise Failure(
            f"The proxy's configuration names {error}, which has no value."
        ) from error


class Proxy:
    """One nginx with its files in ``folder``, in front of one Odoo.

    :param nginx: what :func:`find` returned.
    :param folder: made when missing; as root every folder above it must let other
        accounts pass, since nginx's workers give up root's rights.
    :param odoo_port: Odoo's ``http_port`` on this machine.
    :param gevent_port: Odoo's ``gevent_port`` on this machine.
    :param address: where to listen; the default is seen by this machine only.
    """

    def __init__(
        self,
        nginx,
        folder,
        listen_port,
        odoo_port,
        gevent_port,
        *,
        address="127.0.0.1",
        terminal_rate=TERMINAL_RATE,
    ):
        self.nginx = nginx
        self.folder = Path(folder).absolute()
        self.address = address
        self.listen_port = listen_port
        self.odoo_port = odoo_port
        self.gevent_port = gevent_port
        self.terminal_rate = terminal_rate
        self.process = None

    def values(self):
        """The variables of the shipped template."""
        return {
            "PROXY_LISTEN": f"{self.address}:{self.listen_port}",
            "PROXY_ODOO_HTTP": f"127.0.0.1:{self.odoo_port}",
            "PROXY_ODOO_WEBSOCKET": f"127.0.0.1:{self.gevent_port}",
            "PROXY_CACHE_FOLDER": f"{self.folder}/temp/static",
            "PROXY_ACCESS_LOG": f"{self.folder}/access.log",
            "PROXY_TERMINAL_RATE": str(self.terminal_rate),
            "PROXY_HTTPS_REDIRECT": "off",
        }

    def command(self, *more):
        """nginx on the rendered files; ``more`` are options such as ``-t``."""
        program = str(self.nginx.program)
        return [program, "-p", f"{self.folder}/", "-c", "nginx.conf", *more]

    def write(self):
        """Render the shipped template and the main file around it."""
        self._check_folder_name()
        (self.folder / "conf.d").mkdir(parents=True, exist_ok=True)
        (self.folder / "temp").mkdir(exist_ok=True)
        self._check_access()
        main = {"folder": self.folder, "user": _user_line()}
        (self.folder / "nginx.conf").write_text(render(MAIN, main))
        site = render(TEMPLATE.read_text(), self.values())
        (self.folder / "conf.d" / "chain_attendance.conf").write_text(site)

    def start(self):
        """Start nginx and return once it accepts connections.

        :raises Failure: the port is taken, the configuration is refused, or nothing
            listens after :data:`START_SECONDS`.
        """
        if self.process:
            raise Failure("This proxy runs already; stop it first.")
        self._check_port()
        self.write()
        with (self.folder / "start.log").open("w") as log:
            self.process = subprocess.Popen(
                self.command(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self.nginx.environ(),
                # A Ctrl-C at the terminal is for the caller, who stops in order.
                start_new_session=True,
            )
        try:
            self._wait_until_it_answers()
        except BaseException:
            self.stop()
            raise

    def stop(self):
        """End the nginx that this object started, and its workers."""
        if not self.process:
            return
        # The first signal lets nginx end its workers itself, open websockets too.
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._kill_all()
        self.process = None

    def _kill_all(self):
        # The session holds this nginx and its workers and nothing else.
        os.killpg(self.process.pid, 9)
        self.process.wait()

    def _check_folder_name(self):
        if re.search(r"[\s;{}$'\"#\\]", str(self.folder)):
            raise Failure(
                f"nginx cannot use the folder {self.folder}; choose one whose name "
                "has no spaces, quotes or signs such as ; { } $ #."
            )

    def _check_access(self):
        """As root the workers run under :data:`ACCOUNT`, which must get in here."""
        if os.geteuid() != 0:
            return
        for path in (self.folder, *self.folder.parents):
            if not path.stat().st_mode & stat.S_IXOTH:
                raise Failure(
                    f"nginx's workers (account {ACCOUNT}) cannot enter {path}; "
                    "set CHAIN_ATTENDANCE_CACHE to a folder that is open to all."
                )

    def _check_port(self):
        with socket.socket() as probe:
            # Connections of a proxy that ended a moment ago are no hindrance.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.address, self.listen_port))
            except OSError as error:
                raise Failure(self._port_sentence(error)) from error

    def _port_sentence(self, error):
        if error.errno == errno.EADDRINUSE:
            return (
                f"Port {self.listen_port} is in use by another program; end it or "
                "choose another port with --port."
            )
        if error.errno == errno.EACCES:
            return (
                f"Port {self.listen_port} is reserved for root; choose one above 1023 "
                "with --port."
            )
        where = f"Port {self.listen_port} on {self.address}"
        return f"{where} cannot be used ({error.strerror})."

    def _wait_until_it_answers(self):
        deadline = time.monotonic() + START_SECONDS
        while self.process.poll() is None:
            try:
                socket.create_connection((self.address, self.listen_port), 1).close()
                return
            except OSError:
                if time.monotonic() > deadline:
                    break
                time.sleep(0.05)
        raise Failure(f"nginx did not start; it said:\n{self._last_words()}")

    def _last_words(self):
        said = ""
        for name in ("start.log", "error.log"):
            path = self.folder / name
            said += path.read_text(errors="replace") if path.exists() else ""
        return "\n".join(said.strip().splitlines()[-8:]) or "nothing"


def _user_line():
    if os.geteuid() != 0:
        return ""
    account = pwd.getpwnam(ACCOUNT)
    return f"user {account.pw_name} {grp.getgrgid(account.pw_gid).gr_name};\n"
