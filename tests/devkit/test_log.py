"""Reading Odoo's log: what is a complaint and what was asked for."""

import pytest

from devkit.log import complaints

WHEN = "2026-11-25 04:00:30,767 24943"
REFUSED = f"{WHEN} WARNING site odoo.http: The code “012” is wrong."
OFFERED = f"""{WHEN} ERROR site odoo.http: Exception during request handling.
Traceback (most recent call last):
  File "http.py", line 1, in serve
odoo.exceptions.RedirectWarning: ('“North” is in use.\\n\\nArchive it.', 251)"""
BROKEN = f"""{WHEN} ERROR site odoo.http: Exception during request handling.
Traceback (most recent call last):
  File "http.py", line 1, in serve
ValueError: “North” is in use."""
FINE = f"{WHEN} INFO site werkzeug: GET /web"


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "odoo.log"

    def write(*entries):
        path.write_text("\n".join((FINE, *entries, FINE)))
        return path

    return write


@pytest.mark.parametrize(
    ("entry", "shown"),
    [
        (REFUSED, "The code “012” is wrong."),
        (OFFERED, "“North” is in use.\n\nArchive it."),
    ],
)
def test_a_refusal_that_was_asked_for_is_no_complaint(log, entry, shown):
    assert complaints(log(entry), [shown]) == []
    assert complaints(log(entry), ["Something else."]) == [entry.splitlines()[0]]
    assert complaints(log(entry)) == [entry.splitlines()[0]]


def test_an_error_with_the_same_words_is_one(log):
    shown = "“North” is in use."
    assert complaints(log(BROKEN), [shown]) == [BROKEN.splitlines()[0]]


def test_a_refusal_elsewhere_is_a_complaint(log):
    entry = REFUSED.replace("odoo.http", "odoo.sql_db")
    assert complaints(log(entry), ["The code “012” is wrong."]) == [entry]


def test_a_log_that_is_not_there(tmp_path):
    assert "no log" in complaints(tmp_path / "none.log")[0]


def test_what_odoo_tries_again_is_known_and_what_failed_is_not(log):
    query = f"{WHEN} ERROR site odoo.sql_db: bad query: b'UPDATE \"res_users\" SET'\n"
    met = query + "ERROR: could not serialize access due to concurrent update\n"
    missing = query + 'ERROR: column "x" does not exist'
    failed = f"{WHEN} ERROR site odoo.addons.base.models.ir_cron: Job 'X' (3) failed"
    assert complaints(log(met)) == []
    assert complaints(log(met, failed)) == [failed]
    assert complaints(log(met, missing)) == missing.splitlines()[:1]
    assert complaints(log(met.replace("odoo.sql_db", "odoo.http"))) != []


@pytest.mark.parametrize(
    "said",
    [
        "(from ('127.0.0.1', 1)) Invalid HTTP method: '\\x88\\x82'",
        "(from ('127.0.0.1', 1)) Expected GET method; Got command='\\x88\\x82'",
    ],
)
def test_a_websocket_that_is_closed_while_it_opens_is_known(log, said):
    assert (
        complaints(log(f"{WHEN} ERROR site longpolling: <socket [closed]>: {said}"))
        == []
    )
