"""One run of the product: database, Odoo, proxy, terminals, and its end."""

import fcntl
import json
import os
import secrets
import subprocess
import time

from .console import say, step
from .databases import Databases, addons_digest
from .errors import Failure
from .places import CHECKOUT
from .proxy import Proxy
from .run_command import PEOPLE, ports_with_runs, started_at
from .server import OdooServer

DEMO_MODULES = ("chain_attendance", "chain_attendance_demo")
EMPTY_MODULES = ("chain_attendance",)
SECONDS_BETWEEN_PUNCHES = 20

# Run inside Odoo's shell once after the database was made, and when the language
# changes; the passwords come in the environment.
SET_LOGINS = """
import json, os
wanted = json.loads(os.environ["CHAIN_ATTENDANCE_LOGINS"])
users = env["res.users"].with_context(active_test=False)
for login, password in wanted["passwords"].items():
    users.search([("login", "=", login)]).write({"password": password})
env["res.lang"]._activate_lang(wanted["lang"])
users.search([("share", "=", False)]).write({"lang": wanted["lang"]})
env.company.partner_id.write({"lang": wanted["lang"]})
env["res.users"].browse(2).write({"tz": "Asia/Shanghai"})
env["ir.config_parameter"].set_param("web.base.url", wanted["url"])
env.cr.commit()
"""


class Running:
    """Everything that runs on one port.

    ``state.json`` beside it holds the processes, so that ``--stop`` finds them, and
    what a second start has to know (logins, language, the addons' state).
    """

    def __init__(self, machine, options, state_path):
        self.machine = machine
        self.options = options
        self.state_path = state_path
        self.name = "chain_attendance_empty" if options.no_demo else "chain_attendance"
        self.databases = Databases(machine, machine.cache / "run" / "data")
        self.server = None
        self.proxy = None
        self.terminals = None
        self.state = _read(state_path)
        self.state_path.parent.mkdir(parents=True, exist_ok=True)

    @property
    def url(self):
        return f"http://127.0.0.1:{self.options.port}"

    def _write_state(self, **changes):
        self.state.update(changes)
        _write(self.state_path, self.state)

    def start(self):
        self._claim_database()
        self._write_state(pid=_process(os.getpid()), children=[])
        self._make_database()
        with step(f"Odoo with {self.options.workers} workers, and the proxy"):
            self.server = OdooServer(
                self.databases, self.name, workers=self.options.workers, cron_threads=2
            ).start()
            self.proxy = Proxy(
                self.machine.nginx,
                self.state_path.parent / "nginx",
                self.options.port,
                self.server.port,
                self.server.gevent_port,
            )
            self.proxy.start()
        if not self.options.no_demo:
            self._start_terminals()
        children = [self.server.process, self.proxy.process, self.terminals]
        self._write_state(children=[_process(p.pid) for p in children if p])
        self._welcome()

    def _claim_database(self):
        """One run at a time works on a database, on whatever port."""
        self.claim = (self.state_path.parents[1] / f"{self.name}.lock").open("a")
        try:
            fcntl.flock(self.claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            others = [
                f"--port {p}" for p in ports_with_runs() if p != self.options.port
            ]
            raise Failure(
                f"The database {self.name} is in use by another ./scripts/run of this "
                f"user; end that one first: ./scripts/run --stop {' or '.join(others)}"
            ) from error

    @property
    def _record_path(self):
        """Logins and state of the database, whichever port it is shown on."""
        return self.state_path.parents[1] / f"{self.name}.json"

    def _make_database(self):
        known = self.databases.names()
        digest = addons_digest()
        record = self.record = _read(self._record_path)
        if self.options.reset and self.name in known:
            with step("Throwing the old database away"):
                self.databases.drop(self.name)
                known.discard(self.name)
        modules = EMPTY_MODULES if self.options.no_demo else DEMO_MODULES
        if self.name not in known:
            record.clear()
            with step("Database with Odoo's own modules (once)"):
                core = self.databases.core_template()
            with step(f"Database with {' and '.join(modules)}"):
                making = f"{self.name}_making"
                self.databases.clone(core, making)
                self.databases.install(making, modules)
                self.databases.rename(making, self.name)
        elif record.get("addons") != digest:
            with step("Updating the database to the changed addons"):
                self.databases.update(self.name)
        record["addons"] = digest
        _write(self._record_path, record)
        self._set_logins(record)
        _write(self._record_path, record)

    def _set_logins(self, record):
        lang = self.options.lang or record.get("lang") or "zh_CN"
        passwords = record.get("passwords")
        if passwords and (record.get("lang"), record.get("url")) == (lang, self.url):
            return
        logins = [login for _role, login, _sees in PEOPLE]
        if self.options.no_demo:
            logins = ["admin"]
        passwords = passwords or {login: secrets.token_hex(4) for login in logins}
        with step(f"Logins, in {lang}"):
            wanted = {"passwords": passwords, "lang": lang, "url": self.url}
            self.databases.shell(
                self.name, SET_LOGINS, CHAIN_ATTENDANCE_LOGINS=json.dumps(wanted)
            )
        record.update(passwords=passwords, lang=lang, url=self.url)

    def _start_terminals(self):
        crews = self._crews()
        with step(f"{len(crews)} simulated terminals"):
            codes = self.state_path.parent / "codes.txt"
            codes.write_text(
                "".join(
                    f"{serial} {code}\n" for serial in crews for code in crews[serial]
                )
            )
            serials = [word for serial in crews for word in ("--serial", serial)]
            log = self.databases.logs / f"terminals-{self.options.port}.log"
            with log.open("w") as output:
                self.terminals = subprocess.Popen(
                    [
                        str(self.machine.python.python), "-m", "terminal_simulator",
                        "live", "--url", self.url, *serials, "--codes", str(codes),
                        "--every", str(SECONDS_BETWEEN_PUNCHES),
                        "--zone-minutes", "480",
                    ],
                    env=self.machine.environ(PYTHONPATH=str(CHECKOUT / "scripts")),
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=output,
                    start_new_session=True,
                )  # fmt: skip

    def _crews(self):
        """``{serial number: [terminal user code, ...]}`` of the demo chain."""
        rows = self.databases.query(
            self.name,
            """
            SELECT t.serial_number, array_agg(c.code ORDER BY c.code)
            FROM attendance_terminal t
            JOIN hr_version v ON v.store_id = t.store_id
            JOIN attendance_terminal_code c ON c.employee_id = v.employee_id
            WHERE t.serial_number LIKE 'DEMO%' GROUP BY 1 ORDER BY 1
            """,
        )
        return dict(rows)

    def _welcome(self):
        passwords = self.record["passwords"]
        say()
        say(f"Chain Attendance runs at  {self.url}")
        say()
        for role, login, sees in PEOPLE:
            if login in passwords:
                say(f"  {role:<14} {login:<11} {passwords[login]:<9} {sees}")
        say()
        if not self.options.no_demo:
            say("Look first at  考勤/Attendance > 统计报表/Reports > 考勤日报/Daily:")
            say(
                "a month of days, and today's filling up as the terminals send punches;"
            )
            say("then at Reports > Raw Punches and at Terminals, where all are online.")
        say("Ctrl-C ends all that was started here; so does ./scripts/run --stop.")

    def wait(self):
        """Until somebody ends it, or a part of it dies."""
        while True:
            time.sleep(1)
            if self.server.process.poll() is not None:
                raise Failure(f"Odoo ended; its log is {self.server.log}.")
            if self.proxy.process.poll() is not None:
                raise Failure("The proxy ended; start again with ./scripts/run.")

    def stop(self):
        """End what was started here, in the opposite order."""
        if self.terminals and self.terminals.poll() is None:
            self.terminals.terminate()
            try:
                self.terminals.wait(10)
            except subprocess.TimeoutExpired:
                self.terminals.kill()
        if self.proxy:
            self.proxy.stop()
        if self.server:
            self.server.stop()
        self._write_state(pid=None, children=[])


def _read(path):
    try:
        return json.loads(path.read_text())
    except (OSError, ValueError):
        return {}


def _write(path, values):
    """Replace the file whole; it holds passwords, so only its owner reads it."""
    temporary = path.with_suffix(".new")
    temporary.unlink(missing_ok=True)
    temporary.touch(mode=0o600)
    temporary.write_text(json.dumps(values, indent=1))
    temporary.replace(path)


def _process(pid):
    return {"pid": pid, "started": started_at(pid)}
