"""docker-compose.yml as data.

It is not started here. It is held against the files it mounts, against odoo.conf,
and against what the images document: paths, variables, ports.
"""

import ast
import configparser
import re
from pathlib import Path

import pytest
import yaml

from odoo.tools.config import configmanager

from devkit import places

ROOT = places.CHECKOUT
COMPOSE = ROOT / "docker-compose.yml"
TEMPLATE = ROOT / "config" / "nginx" / "chain_attendance.conf.template"
TLS_TEMPLATE = ROOT / "config" / "nginx" / "tls.conf.template"
DOCKERFILE = ROOT / "config" / "docker" / "Dockerfile"
LOCK = ROOT / "scripts" / "requirements" / "run.txt"
VARIABLE = re.compile(r"\$\{(\w+)(?::([-?])([^}]*))?\}")

# Read by /entrypoint.sh of odoo:19.0.
ODOO_VARIABLES = {"HOST", "PORT", "USER", "PASSWORD"}
# Named in that image's Dockerfile.
ODOO_CONFIG, ODOO_ADDONS, ODOO_DATA = (
    "/etc/odoo/odoo.conf",
    "/mnt/extra-addons",
    "/var/lib/odoo",
)
# Odoo's own needs that its Debian package, and so the image, brings along.
PACKAGES_OF_ODOO = {
    "babel", "cryptography", "dateutil", "lxml", "num2words", "openpyxl", "passlib",
    "PIL", "psycopg2", "pytz", "reportlab", "requests", "werkzeug", "xlrd",
    "xlsxwriter",
}  # fmt: skip


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load(COMPOSE.read_text())


@pytest.fixture(scope="module")
def services(compose):
    return compose["services"]


@pytest.fixture(scope="module")
def odoo_conf():
    parser = configparser.RawConfigParser()
    parser.read(ROOT / "config" / "odoo.conf")
    return dict(parser["options"])


def with_defaults(text):
    """``text`` with every variable at its default; ``?`` where one must be given."""
    return VARIABLE.sub(lambda m: m[3] if m[2] == "-" else "?", str(text))


def mounts(service):
    """``(source, target, mode)`` of a service's volumes."""
    for volume in service.get("volumes", ()):
        source, target, *mode = with_defaults(volume).split(":")
        yield source, target, mode[0] if mode else "rw"


def targets(service):
    return {target: source for source, target, _ in mounts(service)}


def published(service):
    """``(address, port here, port there)`` of a service's ports."""
    return [tuple(with_defaults(port).split(":")) for port in service.get("ports", ())]


def runs_on(service):
    return service.get("restart") != "no"


def test_services(services):
    assert set(services) == {"db", "install", "odoo", "proxy", "tls"}
    assert [name for name in services if services[name].get("profiles")] == ["tls"]
    assert services["tls"]["profiles"] == ["tls"]


def test_images_are_pinned(services):
    assert re.fullmatch(r"postgres:1[3-7]", services["db"]["image"])
    assert re.fullmatch(r"nginx:1\.\d+", services["proxy"]["image"])
    assert services["tls"]["image"] == services["proxy"]["image"]
    for name in ("odoo", "install"):
        assert services[name]["image"].endswith(":19.0")
        assert (ROOT / services[name]["build"] / "Dockerfile") == DOCKERFILE


def test_own_image_is_the_official_one_and_runs_as_its_user():
    lines = DOCKERFILE.read_text().splitlines()
    assert [line for line in lines if line.startswith("FROM")] == ["FROM odoo:19.0"]
    assert [line for line in lines if line.startswith("USER")][-1] == "USER odoo"


def packages_of_dockerfile():
    return dict(re.findall(r"\b([\w-]+)==([\w.]+)", DOCKERFILE.read_text()))


def test_added_packages_have_the_version_of_every_other_installation():
    lock = LOCK.read_text()
    added = packages_of_dockerfile()
    assert added
    for name, version in added.items():
        locked = re.findall(rf"^{name}==(\S+)(.*)$", lock, re.MULTILINE)
        # The image's Python is 3.12: of a choice by version, the newest holds.
        newest = [entry for entry, marker in locked if "< '3" not in marker]
        assert newest == [version], (name, locked)


def test_image_has_what_the_addons_import():
    there = PACKAGES_OF_ODOO | set(packages_of_dockerfile())
    manifests = sorted(places.ADDONS.glob("*/__manifest__.py"))
    assert manifests
    for path in manifests:
        needs = ast.literal_eval(path.read_text()).get("external_dependencies", {})
        assert set(needs.get("python", ())) <= there, path.parent.name


def test_every_variable_is_documented_and_every_documented_one_used():
    head, _, body = COMPOSE.read_text().partition("\nname:")
    documented = set(re.findall(r"^#   ([A-Z_]+) ", head, re.MULTILINE))
    assert documented == {match[1] for match in VARIABLE.finditer(body)}


def test_documented_defaults_are_the_real_ones():
    head, _, body = COMPOSE.read_text().partition("\nname:")
    defaults = {m[1]: m[3] for m in VARIABLE.finditer(body) if m[2] == "-"}
    assert defaults
    for name, value in defaults.items():
        words = re.search(rf"^#   {name} (.*?)(?=^#   [A-Z]|\Z)", head, re.M | re.S)[1]
        assert value in words, name


def test_no_password_has_a_default(services):
    needed = [services["db"]["environment"]["POSTGRES_PASSWORD"]]
    needed += [
        services[name]["environment"]["PASSWORD"] for name in ("odoo", "install")
    ]
    assert {VARIABLE.fullmatch(value)[2] for value in needed} == {"?"}
    assert {VARIABLE.fullmatch(value)[1] for value in needed} == {"DB_PASSWORD"}


def test_mounted_files_are_there_and_read_only(services):
    local = [
        (source, mode)
        for service in services.values()
        for source, _, mode in mounts(service)
        if source.startswith(".")
    ]
    assert len(local) >= 5
    for source, mode in local:
        assert (ROOT / source).exists(), source
        assert mode == "ro", source


def test_named_volumes_are_declared_and_used(compose):
    used = {
        source
        for service in compose["services"].values()
        for source, _, _ in mounts(service)
        if not source.startswith((".", "/"))
    }
    assert used == set(compose["volumes"])


@pytest.mark.parametrize("name", ["odoo", "install"])
class TestOdoo:
    def test_finds_the_database(self, services, name):
        environment, db = services[name]["environment"], services["db"]["environment"]
        assert set(environment) == ODOO_VARIABLES
        assert environment["HOST"] in services
        assert environment["PORT"] == "5432"
        assert environment["USER"] == db["POSTGRES_USER"]
        assert environment["PASSWORD"] == db["POSTGRES_PASSWORD"]

    def test_paths_are_those_of_image_and_configuration(
        self, services, name, odoo_conf
    ):
        there = targets(services[name])
        assert there[ODOO_CONFIG] == "./config/odoo.conf"
        assert there[ODOO_ADDONS] == "./addons"
        assert there[ODOO_DATA] == "odoo-data"
        assert odoo_conf["addons_path"] == ODOO_ADDONS
        assert odoo_conf["data_dir"] == ODOO_DATA


def test_installation_ends_and_serves_nobody(services):
    words = services["install"]["command"].split()
    assert words[0] == "odoo"
    assert {"--stop-after-init", "--no-http"} <= set(words)
    assert words[words.index("--init") + 1] == "chain_attendance"
    assert not runs_on(services["install"])


def test_database_keeps_its_data_where_the_image_looks(services):
    """Up to 17 in this folder; from 18 on the image keeps it elsewhere."""
    assert targets(services["db"])["/var/lib/postgresql/data"] == "db-data"


def test_database_takes_the_connections_of_all_processes(services, odoo_conf):
    allowed = int(re.search(r"max_connections=(\d+)", services["db"]["command"])[1])
    processes = int(odoo_conf["workers"]) + int(odoo_conf["max_cron_threads"])
    most = processes * int(odoo_conf["db_maxconn"]) + int(
        odoo_conf["db_maxconn_gevent"]
    )
    assert most + 10 <= allowed


@pytest.mark.parametrize("name", ["proxy", "tls"])
class TestProxy:
    def test_reaches_odoos_ports(self, services, name, odoo_conf):
        environment = services[name]["environment"]
        assert environment["PROXY_ODOO_HTTP"] == f"odoo:{odoo_conf['http_port']}"
        assert environment["PROXY_ODOO_WEBSOCKET"] == f"odoo:{odoo_conf['gevent_port']}"
        assert services["odoo"]["expose"] == [
            odoo_conf["http_port"],
            odoo_conf["gevent_port"],
        ]

    def test_gives_every_variable_of_its_templates(self, services, name):
        given = {
            key for key in services[name]["environment"] if key.startswith("PROXY_")
        }
        texts = [
            (ROOT / source).read_text()
            for source, target, _ in mounts(services[name])
            if target.endswith(".template")
        ]
        wanted = {match[1] for text in texts for match in VARIABLE.finditer(text)}
        assert wanted == given

    def test_image_replaces_these_variables_only(self, services, name):
        assert services[name]["environment"]["NGINX_ENVSUBST_FILTER"] == "PROXY_"

    def test_takes_the_place_of_the_images_own_site(self, services, name):
        there = targets(services[name])
        target = "/etc/nginx/templates/default.conf.template"
        assert ROOT / there[target] == TEMPLATE

    def test_publishes_what_it_listens_on(self, services, name):
        environment = services[name]["environment"]
        variable = "PROXY_TLS_LISTEN" if name == "tls" else "PROXY_LISTEN"
        ((address, _, port),) = published(services[name])
        assert port == environment[variable]
        assert address == "127.0.0.1"

    def test_health_is_asked_where_it_is_answered(self, services, name):
        address = services[name]["healthcheck"]["test"][-1]
        path = address.removeprefix("http://127.0.0.1")
        assert f"location = {path} {{" in TEMPLATE.read_text()
        assert services[name]["environment"]["PROXY_LISTEN"] == "80"

    def test_starts_again_with_odoo(self, services, name):
        """nginx keeps the address it found first; a new container has a new one."""
        assert services[name]["depends_on"]["odoo"]["restart"] is True


def test_variables_of_the_templates_are_listed_at_their_top():
    for path in (TEMPLATE, TLS_TEMPLATE):
        text = path.read_text()
        listed = set(re.findall(r"^#   (PROXY_[A-Z_]+) ", text, re.MULTILINE))
        assert listed == {match[1] for match in VARIABLE.finditer(text)}, path.name


def test_tls_template_is_rendered_to_where_it_is_included(services):
    there = targets(services["tls"])
    assert ROOT / there["/etc/nginx/templates/tls/tls.conf.template"] == TLS_TEMPLATE
    assert "include conf.d/tls/*.conf;" in TEMPLATE.read_text()


def test_certificate_is_mounted_where_nginx_looks(services):
    there = targets(services["tls"])
    environment = services["tls"]["environment"]
    for variable in ("PROXY_TLS_CERTIFICATE", "PROXY_TLS_KEY"):
        folder, _, name = environment[variable].rpartition("/")
        assert folder in there
        assert name in COMPOSE.read_text().partition("\nname:")[0]


def test_only_the_proxies_are_published(services):
    assert {name for name in services if published(services[name])} == {"proxy", "tls"}


def test_what_keeps_running_has_a_health_check(services):
    for name, service in services.items():
        check = service.get("healthcheck", {})
        assert bool(check.get("test")) == runs_on(service), name
        if check:
            assert check["test"][0] == "CMD"
            assert {"interval", "timeout", "retries", "start_period"} <= set(check)


def test_waiting_is_for_something_that_will_happen(services):
    for name, service in services.items():
        for other, how in service.get("depends_on", {}).items():
            if how["condition"] == "service_healthy":
                assert "healthcheck" in services[other], name
            else:
                assert how["condition"] == "service_completed_successfully"
                assert not runs_on(services[other]), name


def test_health_of_odoo_is_asked_at_a_route_it_has(services, odoo_conf):
    address = services["odoo"]["healthcheck"]["test"][-1]
    path, _, query = address.partition(f":{odoo_conf['http_port']}")[2].partition("?")
    manager = configmanager()
    own = (manager.addons_base_dir, manager.addons_community_dir)
    places_of_it = [Path(folder) / "web/controllers/home.py" for folder in own]
    home = next(file for file in places_of_it if file.exists())
    assert f"'{path}'" in home.read_text()
    assert query.split("=")[0] in home.read_text()
