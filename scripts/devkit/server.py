"""Odoo as a server process, started and stopped as in production."""

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

from .errors import Failure
from .places import CHECKOUT
from .postgres import free_port

CONFIG = CHECKOUT / "config" / "odoo.conf"
START_SECONDS = 120
STOP_SECONDS = 20


class OdooServer:
    """One Odoo with the shipped production configuration.

    Only what depends on the machine is said on the command line: paths, ports and
    the database.

    :param databases: a :class:`devkit.databases.Databases`.
    :param workers: 0 for one process with threads (then there is no gevent port).
    :param more: further options of Odoo's command line.
    """

    def __init__(
        self, databases, name, *, workers=2, cron_threads=1, port=None, more=()
    ):
        self.databases = databases
        self.name = name
        self.workers = workers
        self.cron_threads = cron_threads
        self.more = more
        self.port = port or free_port()
        self.gevent_port = free_port()
        self.log = databases.logs / f"server-{name}-{self.port}.log"
        self.process = None

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def _command(self):
        machine = self.databases.machine
        return [
            str(machine.python.python), str(machine.source.starter),
            "-c", str(CONFIG), "-d", self.name, *self.databases.options(),
            "--http-interface=127.0.0.1", f"--http-port={self.port}",
            f"--gevent-port={self.gevent_port}", f"--workers={self.workers}",
            f"--max-cron-threads={self.cron_threads}", "--logfile", str(self.log),
            *self.more,
        ]  # fmt: skip

    def start(self):
        """Start the server and wait until it answers."""
        self.process = subprocess.Popen(
            self._command(),
            env=self.databases.machine.environ(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                tail = self.log.read_text(errors="replace")[-2000:]
                self.stop()
                raise Failure(f"Odoo did not start; its log ends with:\n{tail}")
            time.sleep(0.2)
        return self

    def _answers(self):
        try:
            with urllib.request.urlopen(f"{self.url}/web/health", timeout=2) as answer:
                return answer.status == 200
        except (OSError, urllib.error.URLError):
            return False

    def kill(self):
        """End every process of the server at once, as a power cut would."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self):
        """End the server in good order; what does not end is killed."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()

    def __enter__(self):
        return self.start()

    def __exit__(self, *_exc):
        self.stop()


def port_is_free(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True
