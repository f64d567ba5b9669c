"""The two server configurations, held against Odoo's own list of options."""

import configparser
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from odoo.tools.config import DEFAULT_SERVER_WIDE_MODULES, configmanager

from devkit import places

CONFIG = places.CHECKOUT / "config"
PRODUCTION = CONFIG / "odoo.conf"
DEVELOPMENT = CONFIG / "odoo-dev.conf"
FEWEST_WORDS = 4


@dataclass
class Entry:
    """One option of a file and the comment right above it."""

    name: str
    value: str
    comment: str


def entries(text):
    """The options of a configuration, in order."""
    comment = []
    for line in text.splitlines():
        if line.startswith("#"):
            comment.append(line.strip("# -"))
        elif "=" in line:
            name, value = (part.strip() for part in line.split("=", 1))
            yield Entry(name, value, " ".join(comment))
            comment = []
        else:
            comment = []


def unknown_options(text):
    known = {
        name
        for name, option in configmanager().options_index.items()
        if option.file_loadable
    }
    return [entry.name for entry in entries(text) if entry.name not in known]


def unexplained_options(text):
    return [
        entry.name
        for entry in entries(text)
        if len(re.findall(r"\w+", entry.comment)) < FEWEST_WORDS
    ]


def loaded(path):
    """What Odoo makes of a file, and what it has to say about it."""
    manager = configmanager()
    configmanager._log_entries.clear()
    configmanager._warn_entries.clear()
    manager._parse_config(["-c", str(path)])
    manager._warn_deprecated_options()
    said = [message % values for _, message, values, _ in configmanager._log_entries]
    said += [message for message, _, _ in configmanager._warn_entries]
    return manager, said


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch):
    """Variables such as PGUSER would be loaded over the files."""
    for option in configmanager().options_index.values():
        monkeypatch.delenv(option.env_name or "-", raising=False)
    monkeypatch.chdir(places.CHECKOUT)


@pytest.fixture
def production():
    return loaded(PRODUCTION)[0]


@pytest.fixture
def development():
    return loaded(DEVELOPMENT)[0]


def test_the_checks_find_what_they_look_for():
    text = (
        "[options]\n\n# How many requests at once.\nworkers = 4\n"
        "wrokers = 4\n\n# --- Log ---\n\nlog_level = info\n"
    )
    assert [entry.name for entry in entries(text)] == [
        "workers",
        "wrokers",
        "log_level",
    ]
    assert unknown_options(text) == ["wrokers"]
    assert unexplained_options(text) == ["wrokers", "log_level"]


@pytest.mark.parametrize("path", [PRODUCTION, DEVELOPMENT], ids=lambda path: path.name)
class TestEachFile:
    def test_options_are_odoos(self, path):
        assert unknown_options(path.read_text()) == []

    def test_every_option_is_explained(self, path):
        assert unexplained_options(path.read_text()) == []

    def test_no_option_is_missed_by_these_checks(self, path):
        parser = configparser.RawConfigParser()  # also refuses an option given twice
        parser.read(path)
        assert parser.sections() == ["options"]
        assert parser.options("options") == [e.name for e in entries(path.read_text())]

    def test_odoo_takes_every_value(self, path):
        manager, said = loaded(path)
        unseen = f"no such directory '{manager.parse('data_dir', '/mnt/extra-addons')}'"
        assert [line for line in said if unseen not in line] == []

    def test_server_wide_modules_exist(self, path):
        manager, _ = loaded(path)
        own = (manager.addons_base_dir, manager.addons_community_dir)
        folders = [places.ADDONS, *map(Path, own)]
        wanted = manager["server_wide_modules"]
        assert set(DEFAULT_SERVER_WIDE_MODULES) < set(wanted)
        for name in wanted:
            found = [f for f in folders if (f / name / "__manifest__.py").exists()]
            assert found, name

    def test_one_database_and_no_way_to_others(self, path):
        manager, _ = loaded(path)
        assert len(manager["db_name"]) == 1
        assert manager["dbfilter"] == ""
        assert manager["list_db"] is False

    @pytest.mark.parametrize("guess", ["admin", "", "odoo", "chain_attendance"])
    def test_no_master_password_works(self, path, guess):
        manager, _ = loaded(path)
        assert manager.verify_admin_password(guess) is False

    def test_holds_no_address_or_password(self, path):
        names = {entry.name for entry in entries(path.read_text())}
        secret = {"db_host", "db_port", "db_user", "db_password", "smtp_password"}
        assert names & secret == set()

    def test_no_demonstration_data(self, path):
        manager, _ = loaded(path)
        assert manager["with_demo"] is False

    def test_interface_is_named(self, path):
        """Odoo 19 logs a warning otherwise."""
        assert "http_interface" in {entry.name for entry in entries(path.read_text())}


def test_production_runs_several_processes_behind_a_proxy(production):
    assert production["workers"] >= 2
    assert production["max_cron_threads"] >= 2
    assert production["proxy_mode"] is True
    assert production["gevent_port"] != production["http_port"]
    assert production["dev_mode"] == []


def test_round_of_scheduled_work_fits_into_the_limits(production):
    """A due job is called ten times and each call may take five seconds.

    One round holds all due jobs: two busy ones must fit into its processor time.
    """
    assert production["limit_time_cpu"] >= 2 * 10 * 5
    assert production["limit_time_real_cron"] > production["limit_time_cpu"]
    assert production["limit_time_real"] > production["limit_time_cpu"]


def test_memory_is_given_back_before_it_is_refused(production):
    soft, hard = production["limit_memory_soft"], production["limit_memory_hard"]
    assert 1024**3 <= soft < hard


def test_proxy_waits_longer_than_odoo_works(production):
    template = (CONFIG / "nginx" / "chain_attendance.conf.template").read_text()
    waits = [
        int(seconds) for seconds in re.findall(r"proxy_read_timeout (\d+)s", template)
    ]
    assert max(waits) > production["limit_time_real"]


def test_poll_of_a_terminal_writes_no_line(production):
    assert "werkzeug:WARNING" in production["log_handler"]


def test_development_is_one_process_seen_by_this_machine_only(development):
    assert development["workers"] == 0
    assert development["proxy_mode"] is False
    assert development["http_interface"] == "127.0.0.1"
    assert "xml" in development["dev_mode"]


def test_development_has_its_own_database(production, development):
    assert production["db_name"] != development["db_name"]


def test_development_finds_this_checkouts_addons(development):
    assert development["addons_path"] == [str(places.ADDONS)]


@pytest.mark.parametrize("name", ["server_wide_modules", "unaccent"])
def test_said_to_be_as_in_production(production, development, name):
    assert development[name] == production[name]
