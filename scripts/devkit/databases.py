"""Databases: templates that are made once and cloned, with their files."""

import hashlib
import os
import re
import shutil
import socket
import subprocess
from contextlib import closing

import psycopg2
from psycopg2 import sql

from .errors import Failure
from .log import complaints
from .places import ADDONS, CHECKOUT, exclusive

# Both are named: a database made with Chinese alone has no English.
LANGUAGES = ("en_US", "zh_CN")
# The modules of Odoo that ours stand on: installed once, then cloned.
CORE_MODULES = ("hr", "base_import", "bus", "hr_holidays")
BUNDLE_ASSETS = """
env["ir.qweb"]._pregenerate_assets_bundles()
env.cr.commit()
"""
# A database of one run: what for, on which machine, by which process.
OF_A_RUN = re.compile(r"ca_test_[a-z]+_([0-9a-f]{6})_(\d+)")


class Databases:
    """The databases of one PostgreSQL server and their file stores.

    :param machine: a :class:`devkit.machine.Machine` whose server runs.
    :param data_dir: Odoo's data folder.
    """

    def __init__(self, machine, data_dir):
        self.machine = machine
        self.data_dir = data_dir
        self.logs = data_dir / "logs"
        self.logs.mkdir(parents=True, exist_ok=True)

    def connect(self, name):
        """A connection to database ``name``; each statement is its own transaction."""
        address = self.machine.address
        connection = psycopg2.connect(
            host=address.host,
            port=address.port,
            user=address.user,
            password=address.password or None,
            dbname=name,
        )
        connection.autocommit = True
        return closing(connection)

    def query(self, name, statement, parameters=None):
        """All rows of a statement in database ``name``."""
        with self.connect(name) as connection, connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            return cursor.fetchall()

    def _run(self, statement, *names):
        with self.connect("postgres") as connection, connection.cursor() as cursor:
            cursor.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    def names(self):
        rows = self.query("postgres", "SELECT datname FROM pg_database")
        return {name for (name,) in rows}

    def drop(self, name):
        self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
        shutil.rmtree(self.data_dir / "filestore" / name, ignore_errors=True)

    def clone(self, template, name):
        """A copy of ``template``: tables by the server, files beside them."""
        self.drop(name)
        self._run("CREATE DATABASE {} TEMPLATE {}", name, template)
        files = self.data_dir / "filestore"
        if (files / template).is_dir():
            shutil.copytree(files / template, files / name)
        return name

    def clone_for_run(self, purpose, modules=()):
        """A clone of the template with ``modules``, for this process alone.

        Whoever makes it drops it; what a killed run left is dropped here.

        :param purpose: a word in small letters, part of the name.
        :param modules: of ours; without any it is Odoo as it comes.
        """
        self.drop_leftovers()
        name = f"ca_test_{purpose}_{_this_machine()}_{os.getpid()}"
        # Held until it is copied: another run may make the template anew.
        with exclusive("databases"):
            template = (
                self._family_template(modules) if modules else self._core_template()
            )
            return self.clone(template, name)

    def drop_leftovers(self):
        """Drop the databases of runs of this machine that ended without doing so.

        A server may serve several machines, and a process of one says nothing about
        those of another. What somebody is connected to stays.
        """
        for name in sorted(self.names()):
            found = OF_A_RUN.fullmatch(name)
            if not found or found[1] != _this_machine() or _is_alive(int(found[2])):
                continue
            try:
                self._run("DROP DATABASE IF EXISTS {}", name)
            except psycopg2.errors.ObjectInUse:
                continue
            shutil.rmtree(self.data_dir / "filestore" / name, ignore_errors=True)

    def rename(self, old, new):
        self._run("ALTER DATABASE {} RENAME TO {}", old, new)
        files = self.data_dir / "filestore"
        if (files / old).is_dir():
            shutil.rmtree(files / new, ignore_errors=True)
            (files / old).rename(files / new)

    def install(self, name, modules, *, languages=LANGUAGES, strict=True):
        """Create or extend database ``name`` with ``modules``.

        :param strict: a warning or error in Odoo's log is a failure.
        """
        self._odoo(
            f"Installing {', '.join(modules)}",
            [
                "-d", name, "-i", ",".join(modules), "--stop-after-init",
                "--load-language", ",".join(languages),
            ],
            name,
            strict,
        )  # fmt: skip

    def update(self, name):
        """Bring the installed addons of ours up to what is in the checkout now."""
        ours = sorted(path.parent.name for path in ADDONS.glob("*/__manifest__.py"))
        rows = self.query(
            name,
            "SELECT name FROM ir_module_module WHERE state = 'installed'"
            " AND name = ANY(%s)",
            [ours],
        )
        installed = ",".join(sorted(row[0] for row in rows))
        self._odoo(
            "Updating the addons",
            ["-d", name, "-u", installed, "--stop-after-init"],
            name,
            False,
        )

    def shell(self, name, script, **variables):
        """Run a script in Odoo's shell on database ``name``."""
        self._odoo(
            "Preparing the database",
            ["shell", "-d", name],
            name,
            False,
            script,
            **variables,
        )

    def _odoo(self, doing, words, name, strict, script=None, **variables):
        log = self.logs / f"setup-{name}.log"
        log.unlink(missing_ok=True)
        done = subprocess.run(
            [
                str(self.machine.python.python), str(self.machine.source.starter),
                *words, *self.options(), "--logfile", str(log), "--workers=0",
                "--max-cron-threads=0", "--log-level=info", "--no-http",
            ],
            env=self.machine.environ(**variables),
            input=script or "",
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )  # fmt: skip
        found = complaints(log)
        if done.returncode or (strict and found):
            tail = "\n".join(found[:20]) or done.stdout[-3000:]
            raise Failure(f"{doing} went wrong:\n{tail}")

    def options(self):
        """Odoo's options that say where the database, the files and addons are."""
        address = self.machine.address
        password = ["--db_password", address.password] if address.password else []
        return [
            "--db_host", address.host, "--db_port", str(address.port),
            "--db_user", address.user, *password,
            "--data-dir", str(self.data_dir),
            "--addons-path", str(ADDONS),
        ]  # fmt: skip

    def core_template(self):
        """A database with the modules of Odoo that ours stand on."""
        with exclusive("databases"):
            return self._core_template()

    def _core_template(self):
        digest = _digest(
            (self.machine.source.path / "odoo" / "release.py").read_bytes(),
            ",".join((*CORE_MODULES, *LANGUAGES)).encode(),
        )
        return self._template(
            "core", digest, lambda name: self.install(name, CORE_MODULES)
        )

    def family_template(self, modules):
        """A database with our addons, made anew whenever a file of them changes."""
        with exclusive("databases"):
            return self._family_template(modules)

    def _family_template(self, modules):
        core = self._core_template()
        digest = _digest(core.encode(), ",".join(modules).encode(), *_addon_files())

        def fill(name):
            self.clone(core, name)
            self.install(name, modules)
            # Else the first page of every run waits until its scripts are bundled.
            self.shell(name, BUNDLE_ASSETS)

        # Each set of modules has a template of its own, so that parts of one run
        # do not throw away each other's.
        owner = _digest(str(CHECKOUT).encode(), *(name.encode() for name in modules))
        return self._template(f"family_{owner[:6]}", digest, fill)

    def _template(self, kind, digest, fill):
        prefix = f"ca_{kind}_"
        name = prefix + digest
        known = self.names()
        if name not in known:
            making = f"{name}_making"
            self.drop(making)
            fill(making)
            for old in known:
                if old.startswith(prefix) and "_making" not in old:
                    self.drop(old)
            self.rename(making, name)
        return name


def _this_machine():
    return hashlib.sha256(socket.gethostname().encode()).hexdigest()[:6]


def _is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _digest(*parts):
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:12]


def addons_digest():
    """What tells two states of the addons apart."""
    return _digest(*_addon_files())


def _addon_files():
    for path in sorted(ADDONS.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield str(path.relative_to(ADDONS)).encode()
            yield path.read_bytes()
