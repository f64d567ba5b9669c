"""The terminal's memory: nothing leaves it unacknowledged, nothing dies with it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from terminal_simulator import LocalLog, Punch
from terminal_simulator.journal import FolderInUse

PUNCH = Punch("1001", "2026-03-02 08:00:00")


def test_acknowledging_out_of_order():
    log = LocalLog()
    log.add_punches([PUNCH] * 5)
    log.acknowledge_punches([2, 4])
    assert (list(log.open_numbers()), log.open_punches) == ([1, 3, 5], 3)
    log.acknowledge_punches([1])
    assert (list(log.open_numbers()), log.open_punches) == ([3, 5], 2)
    assert list(log.open_numbers(after=3)) == [5]


def test_numbers_go_on_after_a_clear():
    log = LocalLog()
    log.add_punches([PUNCH] * 3)
    assert log.clear_punches() == 3
    log.add_punches([PUNCH])
    assert list(log.numbered()) == [(4, PUNCH)]
    assert (list(log.open_numbers()), log.open_punches) == ([4], 1)


def test_reopening():
    log = LocalLog()
    log.add_punches([PUNCH] * 4)
    log.acknowledge_punches([1, 2, 3])
    log.reopen_punches([2])
    assert list(log.open_numbers()) == [2, 4]
    log.reopen_punches()
    assert log.open_punches == 4


STEPS = st.one_of(
    st.tuples(st.just("add"), st.integers(0, 4)),
    st.tuples(st.just("ack"), st.sets(st.integers(1, 20), max_size=6)),
    st.tuples(st.just("reopen"), st.sets(st.integers(1, 20), max_size=6)),
    st.tuples(st.just("clear"), st.just(0)),
)


@settings(deadline=None)
@given(st.lists(STEPS, max_size=20))
def test_the_log_agrees_with_a_plain_model(steps):
    log, kept, waiting = LocalLog(), set(), set()
    made = 0
    for kind, value in steps:
        if kind == "add":
            log.add_punches([PUNCH] * value)
            new = set(range(made + 1, made + value + 1))
            made, kept, waiting = made + value, kept | new, waiting | new
        elif kind == "ack":
            log.acknowledge_punches(value & kept)
            waiting -= value
        elif kind == "reopen":
            log.reopen_punches(value & kept)
            waiting |= value & kept
        else:
            assert log.clear_punches() == len(waiting)
            kept, waiting = set(), set()
        assert list(log.open_numbers()) == sorted(waiting)
        assert log.open_punches == len(waiting)
        assert [number for number, _ in log.numbered()] == sorted(kept)


def test_everything_is_there_again(tmp_path):
    log = LocalLog(tmp_path)
    log.add_punches([PUNCH, Punch("A7", "2026-03-02 08:00:01", 1, 15, "x")])
    log.acknowledge_punches([1])
    log.put_user({"PIN": "1001", "Name": "\udcff王"})
    log.put_template(("FINGERTMP", "1001", "6"), {"TMP": "AAAA"})
    log.add_row("OPERLOG", "USER", "USER PIN=1")
    log.add_row("OPERLOG", "USER", "USER PIN=2")
    log.acknowledge_rows([1])
    log.set_value("VOLUME", "70")
    log.close()
    again = LocalLog(tmp_path)
    for name in ("punches", "users", "templates", "rows", "values"):
        assert getattr(again, name) == getattr(log, name)
    assert list(again.open_numbers()) == [2]
    again.add_row("OPERLOG", "USER", "USER PIN=3")
    assert list(again.rows) == [2, 3]
    again.close()


def test_a_write_cut_at_any_byte_loses_only_itself(tmp_path):
    log = LocalLog(tmp_path)
    log.add_punches([PUNCH])
    whole = log._journal.path.read_bytes()
    log.add_punches([PUNCH])
    longer = log._journal.path.read_bytes()
    path = log._journal.path
    log.close()
    for size in range(len(whole), len(longer)):
        path.write_bytes(longer[:size])
        assert len(LocalLog.copy_of(tmp_path).punches) == 1
        again = LocalLog(tmp_path)
        again.add_punches([Punch("2", PUNCH.wall)])
        again.close()
        assert [p.pin for p in LocalLog.copy_of(tmp_path).punches] == ["1001", "2"]


def test_one_simulator_per_folder(tmp_path):
    log = LocalLog(tmp_path)
    with pytest.raises(FolderInUse, match="is using the folder"):
        LocalLog(tmp_path)
    log.close()
    LocalLog(tmp_path).close()
