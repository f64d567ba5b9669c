"""What our figures are compared with, measured in the same run."""

import os
import shutil
import subprocess
import time
import venv
from multiprocessing import get_context

from load import BATCH, STAFF

PACKAGE = "django-fingerprint-attendance==0.1.0"
# Pinned like the package, so that two runs compare the same things.
BESIDE = ("Django==5.2.19", "gunicorn==27.0.1", "psycopg2-binary==2.9.13")


# --- PostgreSQL itself ---------------------------------------------------------------


def bare_insert(bench, seconds):
    """``execute_values`` of 128 rows a transaction from two processes.

    :return: rows per second, and processor seconds for each row.
    """
    context = get_context("spawn")
    terminals = bench.query(
        "SELECT t.id, t.company_id, t.store_id, (SELECT min(id) FROM hr_employee)"
        " FROM attendance_terminal t WHERE serial_number LIKE 'BENCH%%'"
        " ORDER BY id LIMIT 2"
    )
    results = context.Queue()
    processes = [
        context.Process(
            target=_insert_bare,
            args=(bench.address, bench.name, terminal, seconds, results),
        )
        for terminal in terminals
    ]
    for process in processes:
        process.start()
    found = [results.get() for _process in processes]
    for process in processes:
        process.join()
    rows, seconds, cpu = (sum(values) for values in zip(*found, strict=True))
    return rows / (seconds / len(found)), cpu / rows


def _insert_bare(address, name, terminal, seconds, results):
    import psycopg2
    from psycopg2.extras import execute_values

    connection = psycopg2.connect(
        host=address.host,
        port=address.port,
        user=address.user,
        password=address.password or None,
        dbname=name,
    )
    terminal_id, company_id, store_id, employee_id = terminal
    number, began, cpu = 0, time.perf_counter(), time.process_time()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (backend,) = cursor.fetchone()
        while time.perf_counter() - began < seconds:
            rows = []
            for step in range(number, number + BATCH):
                code = str(100000 + step % STAFF)
                at = f"{2000 + step // 30000000:04d}-{step:09d}"
                rows.append(
                    (
                        terminal_id, company_id, store_id, code, code, at,
                        "2026-01-01 08:00:00", 0, 15, "0", f"{code}\t{at}\t0\t15\t0",
                        "push", "2026-01-01 08:00:00", employee_id, store_id,
                    )
                )  # fmt: skip
            execute_values(
                cursor,
                """
                INSERT INTO attendance_punch (
                    terminal_id, company_id, store_id, user_code, code_key, wall_time,
                    punched_at, state_key, verify_mode, work_code, raw_line, source,
                    received_at, employee_id, home_store_id)
                VALUES %s
                """,
                rows,
                page_size=BATCH,
            )
            connection.commit()
            number += BATCH
    seconds = time.perf_counter() - began
    cpu = time.process_time() - cpu + _processor_seconds(backend)
    results.put((number, seconds, cpu))
    connection.close()


def _processor_seconds(pid):
    with open(f"/proc/{pid}/stat") as handle:
        words = handle.read().rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


# --- Odoo itself ---------------------------------------------------------------------


CREATE_PAIRS = """
import time
from datetime import datetime, timedelta
people = env["hr.employee"].create([{"name": str(n)} for n in range(20)])
began, count = time.perf_counter(), 0
start = datetime(2020, 1, 1, 8)
for day in range(2000):
    at = start + timedelta(days=day)
    for person in people:
        env["hr.attendance"].create({
            "employee_id": person.id, "check_in": at,
            "check_out": at + timedelta(hours=9)})
        env.cr.commit()
        count += 1
    if time.perf_counter() - began > SECONDS:
        break
print("PAIRS", count / (time.perf_counter() - began))
"""


def core_pairs_rate(bench, seconds):
    """Pairs per second of core's ``hr.attendance``, each committed, one process."""
    name = f"{bench.name}_core"
    bench.databases.clone(bench.databases.core_template(), name)
    try:
        bench.databases.install(name, ["hr_attendance"], strict=False)
        script = CREATE_PAIRS.replace("SECONDS", str(seconds))
        return float(bench.shell(script, name).partition("PAIRS ")[2].split()[0])
    finally:
        bench.databases.drop(name)


# --- the package ---------------------------------------------------------------------

SETTINGS = """
SECRET_KEY = "bench"
DEBUG = False
ALLOWED_HOSTS = ["*"]
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
ROOT_URLCONF = "bench_urls"
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes",
                  "rest_framework", "fingerprint_attendance"]
MIDDLEWARE = []
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {{"default": {{
    "ENGINE": "django.db.backends.postgresql", "NAME": "{name}", "USER": "{user}",
    "PASSWORD": "{password}", "HOST": "{host}", "PORT": {port}, "CONN_MAX_AGE": None}}}}
FINGERPRINT_ATTENDANCE = {{
    "ADMS_REQUIRE_DEVICE_APPROVAL": False, "ADMS_RATE_LIMIT": "100000000/m",
    "TEMPLATE_ENCRYPTION_ENABLED": False}}
LOGGING_CONFIG = None
"""
URLS = """
from django.urls import include, path
urlpatterns = [path("", include("fingerprint_attendance.urls"))]
"""
WSGI = """
import os
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench_settings")
from django.core.wsgi import get_wsgi_application
application = get_wsgi_application()
"""


class Package:
    """The package behind gunicorn with two workers, in an environment of its own.

    Nobody is enrolled in it, so that it computes no days while it is measured: that is
    the least it can do. Its connections to the database are kept.
    """

    def __init__(self, bench):
        self.bench = bench
        self.folder = bench.cache / "bench-package"
        self.name = f"{bench.name}_package"
        self.process = None

    def make(self):
        """Its environment, project and database.

        :raises RuntimeError: with the reason why it cannot be had here.
        """
        python = self.folder / "venv" / "bin" / "python"
        if not (self.folder / "complete").exists():
            shutil.rmtree(self.folder, ignore_errors=True)
            venv.create(self.folder / "venv", with_pip=True)
            done = subprocess.run(
                [str(python), "-m", "pip", "install", "--quiet", "--no-input",
                 "--disable-pip-version-check", PACKAGE, *BESIDE],
                capture_output=True, text=True, check=False,
            )  # fmt: skip
            if done.returncode:
                reason = done.stderr.strip().splitlines() or ["pip failed"]
                raise RuntimeError(f"{PACKAGE} cannot be installed: {reason[-1]}")
            (self.folder / "complete").write_text("")
        address = self.bench.address
        settings = SETTINGS.format(
            name=self.name,
            user=address.user,
            password=address.password,
            host=address.host,
            port=address.port,
        )
        for name, text in (
            ("bench_settings", settings),
            ("bench_urls", URLS),
            ("bench_wsgi", WSGI),
        ):
            (self.folder / f"{name}.py").write_text(text)
        self.bench.databases.drop(self.name)
        self.bench.databases._run("CREATE DATABASE {}", self.name)
        self._run(python, "-m", "django", "migrate", "--verbosity=0")

    def _environ(self):
        return {
            **os.environ,
            "PYTHONPATH": str(self.folder),
            "DJANGO_SETTINGS_MODULE": "bench_settings",
        }

    def _run(self, *words):
        done = subprocess.run(
            list(map(str, words)),
            cwd=self.folder,
            env=self._environ(),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"the package does not start: {done.stderr[-500:]}")

    def __enter__(self):
        from devkit.postgres import free_port

        self.port = free_port()
        self.process = subprocess.Popen(
            [
                str(self.folder / "venv" / "bin" / "gunicorn"), "bench_wsgi",
                "--workers=2", "--worker-class=sync", f"--bind=127.0.0.1:{self.port}",
                "--log-level=error",
            ],
            cwd=self.folder,
            env=self._environ(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        time.sleep(4)
        return self

    def __exit__(self, *_error):
        self.process.terminate()
        self.process.wait(20)

    def drop(self):
        self.bench.databases.drop(self.name)
