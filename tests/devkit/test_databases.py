"""Databases of single runs: names of their own, and none left by killed runs."""

import os
import socket
import subprocess
import sys

import psycopg2
import pytest

from devkit import databases as module
from devkit.databases import Databases

HERE = module._this_machine()


class Server(Databases):
    """Names of databases in memory in place of a server."""

    def __init__(self, data_dir, names, in_use=()):
        self.data_dir = data_dir
        self.there = set(names)
        self.in_use = set(in_use)

    def names(self):
        return set(self.there)

    def _run(self, statement, *names):
        if statement.startswith("CREATE"):
            self.there.add(names[0])
        elif statement.startswith("DROP"):
            if "FORCE" not in statement and names[0] in self.in_use:
                raise psycopg2.errors.ObjectInUse
            self.there.discard(names[0])

    def _core_template(self):
        return "ca_core"

    def _family_template(self, modules):
        return "ca_family_" + "_".join(modules)


@pytest.fixture
def dead_pid():
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("CHAIN_ATTENDANCE_CACHE", str(tmp_path / "cache"))


def test_what_killed_runs_left_is_dropped_with_its_files(tmp_path, dead_pid):
    left = f"ca_test_addons_{HERE}_{dead_pid}"
    (tmp_path / "filestore" / left).mkdir(parents=True)
    server = Server(tmp_path, {left})
    server.drop_leftovers()
    assert server.there == set()
    assert not (tmp_path / "filestore" / left).exists()


def test_what_others_may_need_stays(tmp_path, dead_pid):
    in_use = f"ca_test_site_{HERE}_{dead_pid}"
    kept = {
        f"ca_test_addons_{HERE}_{os.getpid()}",  # its run goes on
        f"ca_test_addons_{HERE}_1",  # somebody else's process
        f"ca_test_addons_ffffff_{dead_pid}",  # another machine's
        f"ca_test_addons_{dead_pid}",
        f"ca_core_{HERE}_{dead_pid}",
        f"my_ca_test_addons_{HERE}_{dead_pid}",
        "postgres",
        in_use,
    }
    server = Server(tmp_path, kept, in_use={in_use})
    server.drop_leftovers()
    assert server.there == kept


def test_each_run_has_a_database_of_its_own(tmp_path, dead_pid):
    left = f"ca_test_core_{HERE}_{dead_pid}"
    server = Server(tmp_path, {left, "ca_family_a"})
    name = server.clone_for_run("core", ("a",))
    assert name == f"ca_test_core_{HERE}_{os.getpid()}"
    assert server.there == {name, "ca_family_a"}
    script = (
        "import os, sys; from devkit import databases as d;"
        "d.Databases.drop_leftovers = lambda self: None;"
        "d.Databases._core_template = lambda self: 'ca_core';"
        "d.Databases.clone = lambda self, template, name: name;"
        "print(d.Databases.clone_for_run(object.__new__(d.Databases), 'core'))"
    )
    other = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    ).stdout.strip()
    assert module.OF_A_RUN.fullmatch(other)
    assert other != name


def test_names_tell_machines_apart(monkeypatch):
    monkeypatch.setattr(socket, "gethostname", lambda: "another")
    assert module._this_machine() != HERE
    assert module.OF_A_RUN.fullmatch(f"ca_test_x_{module._this_machine()}_1")
