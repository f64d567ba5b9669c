"""Commands over real HTTP: fetched, done, answered, and by nobody else."""

import itertools
import json
import xmlrpc.client
from functools import partial

import pytest

from terminal_simulator import Quirks

from .test_conversation import raw_exchange, status

_numbers = itertools.count(1)
PERSON = {"code": "1015", "name": "\u738b\u5c0f\u660e", "privilege": 0, "card": ""}


@pytest.fixture
def new_terminal(new_terminal, rpc):
    """A unit that gets what a test sends and nothing else.

    A job puts right who is on a unit: it sends the people of its shop, takes off those
    whom the shop does not know, as the people of these tests, and sends them no more.
    """
    number = next(_numbers)
    store = rpc.create(
        "attendance.store", name=f"Empty {number}", code=f"EMPTY{number}"
    )
    return partial(new_terminal, store=store, is_provisioned_automatically=False)


@pytest.fixture
def queue(site):
    """Add commands for a unit as the server itself does; their ids."""

    def add(device, *orders):
        return [
            site.query(
                """
                INSERT INTO attendance_terminal_command
                    (terminal_id, company_id, kind, "values", user_code, state, tries,
                     create_date, expires_at)
                SELECT id, company_id, %s, %s, %s, 'waiting', 0,
                       now() AT TIME ZONE 'UTC',
                       now() AT TIME ZONE 'UTC' + interval '1 day'
                FROM attendance_terminal WHERE serial_number = %s RETURNING id
                """,
                [kind, json.dumps(values), values.get("code"), device.serial],
            )[0][0]
            for kind, values in orders
        ]

    return add


@pytest.fixture
def states(site):
    """What became of commands, in the order of their ids."""

    def read(ids):
        return site.query(
            "SELECT state, tries FROM attendance_terminal_command"
            " WHERE id = ANY(%s) ORDER BY id",
            [ids],
        )

    return read


def work(device, *, polls=1, seconds=60):
    """Let the unit poll, do what it was told and answer."""
    for _poll in range(polls):
        asked = device.statistics.requests["poll"]
        device.wake()
        # It may have something better to send first, or not be answered at once.
        device.run_until(
            lambda unit, before=asked: (
                unit.statistics.requests["poll"] > before
                and unit.last_failure is None
                and unit.is_settled
            ),
            seconds=seconds,
        )


def get(site, serial, verb="getrequest"):
    return raw_exchange(
        site.server.port,
        b"GET /iclock/%s?SN=%s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        % (verb.encode(), serial.encode()),
    )


def tell(site, serial, body):
    return raw_exchange(
        site.server.port,
        b"POST /iclock/devicecmd?SN=%s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
        b"Content-Type: text/plain\r\nContent-Length: %d\r\n\r\n%s"
        % (serial.encode(), len(body), body),
    )


def ids_in(answer):
    body = answer.partition(b"\r\n\r\n")[2]
    return [int(line.split(b":")[1]) for line in body.splitlines() if line[:2] == b"C:"]


def test_a_person_is_put_on_a_unit_and_taken_off(new_terminal, queue, states):
    device = new_terminal(quirks=Quirks(encoding="gbk"))
    device.settle(seconds=20)
    ids = queue(device, ("user_put", PERSON), ("user_put", {**PERSON, "code": "7"}))
    work(device)
    assert states(ids) == [("done", 1), ("done", 1)]
    assert device.log.users["1015"]["Name"] == PERSON["name"]
    ids = queue(device, ("user_delete", {"code": "1015"}))
    work(device)
    assert states(ids) == [("done", 1)]
    assert sorted(device.log.users) == ["7"]
    assert not device.statistics.dangerous


@pytest.mark.parametrize(
    "quirks",
    [
        Quirks(results_batched=False),
        Quirks(results_reversed=True),
        Quirks(results_reversed=True, results_batched=False),
        Quirks(results_late_polls=2),
        Quirks(results_with_serial=True),
        Quirks(results_multi_line=True),
    ],
    ids=["one-by-one", "reversed", "reversed-singly", "late", "serial", "lines"],
)
def test_results_in_every_dialect(new_terminal, queue, states, rpc, quirks):
    device = new_terminal(quirks=quirks)
    device.settle(seconds=20)
    ids = queue(
        device,
        ("user_put", PERSON),
        ("info", {}),
        ("check", {}),
        ("template_delete", {"code": "99", "kind": "fingerprint", "number": 3}),
        ("upload_now", {}),
    )
    work(device, polls=4)
    assert [state for state, _tries in states(ids)][:3] == ["done"] * 3
    assert {state for state, _tries in states(ids)} <= {"done", "failed"}
    (found,) = rpc.search_read(
        "attendance.terminal", [("serial_number", "=", device.serial)], ["unit_users"]
    )
    assert found["unit_users"] == 1


def test_a_lost_answer_is_offered_again_with_the_same_id(
    site, new_terminal, queue, states
):
    device = new_terminal(quirks=Quirks(results_missing_every=1))
    device.settle(seconds=20)
    ids = queue(device, ("user_put", PERSON))
    work(device)
    assert states(ids) == [("sent", 1)]
    assert device.log.users["1015"]
    assert ids_in(get(site, device.serial)) == []
    site.query(
        "UPDATE attendance_terminal_command SET retry_at = sent_at"
        " WHERE id = ANY(%s) RETURNING id",
        [ids],
    )
    assert ids_in(get(site, device.serial)) == ids
    assert states(ids) == [("sent", 2)]
    answer = tell(site, device.serial, b"ID=%d&Return=0&CMD=DATA\n" % ids[0])
    assert answer.endswith(b"OK")
    assert states(ids) == [("done", 2)]


def test_a_restart_comes_last_and_loses_nothing(new_terminal, queue, states):
    device = new_terminal()
    device.settle(seconds=20)
    ids = queue(device, ("reboot", {}), ("user_put", PERSON), ("info", {}))
    work(device)
    assert states(ids) == [("done", 1)] * 3
    assert device.log.users["1015"]


def test_many_commands_come_in_parts(new_terminal, queue, states):
    device = new_terminal()
    device.settle(seconds=20)
    orders = [("user_put", {**PERSON, "code": str(n + 1)}) for n in range(50)]
    ids = queue(device, *orders)
    work(device, polls=3)
    assert states(ids) == [("done", 1)] * 50
    assert len(device.log.users) == 50


def test_nobody_else_reads_or_answers_a_unit_s_commands(
    site, new_terminal, queue, states
):
    device, other = new_terminal(), new_terminal()
    ids = queue(device, ("user_put", PERSON))
    assert ids_in(get(site, other.serial)) == []
    unknown = get(site, "NOBODY000001")
    assert status(unknown) == 403
    assert PERSON["name"].encode() not in unknown
    assert ids_in(get(site, device.serial)) == ids
    result = b"ID=%d&Return=0&CMD=DATA\n" % ids[0]
    assert status(tell(site, "NOBODY000001", result)) == 403
    for body in (result, b"ID=%d&SN=%s&Return=0" % (ids[0], device.serial.encode())):
        assert tell(site, other.serial, body).endswith(b"OK")
        assert states(ids) == [("sent", 1)]
    assert tell(site, device.serial, result).endswith(b"OK")
    assert states(ids) == [("done", 1)]


def test_hostile_results_are_answered_ok(site, new_terminal, queue, states):
    device = new_terminal()
    ids = queue(device, ("info", {}))
    get(site, device.serial)
    for body in (
        b"",
        b"\x00" * 100,
        b"ID=" + b"9" * 5000 + b"&Return=0",
        b"ID=%d&Return=" % ids[0] + b"9" * 5000,
        b"ID=%d' OR 1=1--&Return=0\n" % ids[0],
        b"ID=1&Return=0&CMD=INFO\n" + b"a=b\n" * 5000,
    ):
        assert tell(site, device.serial, body).endswith(b"OK")
    assert states(ids) == [("sent", 1)]
    body = b"ID=%d&Return=0&CMD=\x00<b>\nUserCount=\x00\nFWVersion=<i>\xff\n" % ids[0]
    assert tell(site, device.serial, body).endswith(b"OK")
    assert states(ids) == [("done", 1)]


def test_the_ordinary_entrance_gives_the_same(ordinary, site, new_terminal, queue):
    device = new_terminal()
    ids = queue(device, ("user_put", PERSON))
    request = b"GET /iclock/getrequest?SN=%s HTTP/1.1\r\nHost: x\r\n"
    answer = raw_exchange(
        ordinary.port,
        request % device.serial.encode() + b"Connection: close\r\n\r\n",
    )
    assert ids_in(answer) == ids
    assert b"\tName=" in answer


def test_a_deletion_takes_an_upload_and_two_people(site, rpc, new_terminal, rows_of):
    device = new_terminal()
    for minute in range(5):
        device.punch("1015", at=f"2026-03-02 08:0{minute}:00")
    device.settle(seconds=30)
    (found,) = rpc.search_read(
        "attendance.terminal", [("serial_number", "=", device.serial)], ["id"]
    )
    manager = rpc.ref("chain_attendance_base.group_manager")
    rpc.create(
        "res.users",
        name="Second",
        login="second",
        password="attendance-second",
        group_ids=[(4, manager)],
    )
    request = rpc.create(
        "attendance.terminal.clearing.request",
        terminal_id=found["id"],
        kind="clear_punches",
        note="moves away",
    )
    opened = rpc("attendance.terminal.clearing.request", "action_ask", [request])
    clearing = opened["res_id"]

    def state():
        rows = rpc("attendance.terminal.clearing", "read", [clearing], ["state"])
        return rows[0]["state"]

    def confirm(caller):
        wizard = caller.create(
            "attendance.terminal.clearing.confirm", clearing_id=clearing
        )
        caller("attendance.terminal.clearing.confirm", "action_confirm", [wizard])

    work(device)
    assert state() == "ready"
    site.refusals.append("Whoever asked for a deletion cannot confirm it as well.")
    with pytest.raises(xmlrpc.client.Fault, match="cannot confirm"):
        confirm(rpc)
    work(device)
    assert len(device.log.punches) == 5
    device.punch("1015", at="2026-03-02 12:00:00")
    confirm(site.rpc("second", "attendance-second"))
    work(device, polls=3)
    assert state() == "done"
    assert not device.log.punches
    assert not device.statistics.lost_unacknowledged
    assert len(rows_of(device)) == 6
