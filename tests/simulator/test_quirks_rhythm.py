"""Stamps, upload rhythm, batches, repeats and cuts."""

import pytest

from terminal_simulator.punch import packed_time
from terminal_simulator.testing import Answer


def fill(device, count, day="2026-03-02"):
    for number in range(count):
        hour, minute = divmod(number, 60)
        device.punch("1001", at=f"{day} {hour:02}:{minute:02}:00")


def steps(device, seconds):
    """Run the terminal for some (faked) seconds."""
    end = device.time.monotonic() + seconds
    while device.time.monotonic() < end:
        left = end - device.time.monotonic()
        device.time.sleep(min(left, max(device.step(), 0.001)))
    device.step()


def test_backlog_goes_up_in_128_line_batches(server, make):
    device = make()
    fill(device, 300)
    device.settle()
    assert [len(s.lines) for s in server.uploads()] == [128, 128, 44]
    assert len(server.punches) == 300


def test_stamp_9999(server, make):
    device = make()
    fill(device, 2)
    device.settle()
    assert server.uploads()[0].parameters["Stamp"] == "9999"


def test_packed_and_iso_stamps_are_the_last_records_time(server, make):
    for stamps, expected in (
        ("packed", str(packed_time("2026-03-02 00:01:00"))),
        ("iso", "2026-03-02T00:01:00"),
    ):
        device = make(stamps=stamps)
        fill(device, 2)
        device.settle()
        assert server.uploads()[-1].parameters["Stamp"] == expected


def test_stamp_zero_asks_for_everything(server, make):
    device = make()
    fill(device, 5)
    device.settle()
    server.options["ATTLOGStamp"] = "0"
    device.reboot()
    device.settle()
    assert [len(s.lines) for s in server.uploads()] == [5, 5]


@pytest.mark.parametrize("returned", ["None", "9999", "123"])
def test_9999_units_ignore_other_stamps(server, make, returned):
    device = make()
    fill(device, 5)
    device.settle()
    server.options["ATTLOGStamp"] = returned
    device.reboot()
    device.settle()
    assert len(server.uploads()) == 1


@pytest.mark.parametrize("returned", ["None", "9999"])
def test_constants_make_a_real_cursor_start_over(server, make, returned):
    server.options["Stamp"] = server.options["ATTLOGStamp"] = returned
    device = make(stamps="packed")
    fill(device, 5)
    device.settle()
    device.reboot()
    device.settle()
    assert [len(s.lines) for s in server.uploads()] == [5, 5]


@pytest.mark.parametrize("stamps", ["packed", "iso"])
def test_a_returned_cursor_is_honoured(server, make, stamps):
    device = make(stamps=stamps)
    fill(device, 5)
    server.options["ATTLOGStamp"] = "0"
    device.settle()
    cursor = "2026-03-02T00:02:00"
    if stamps == "packed":
        cursor = str(packed_time("2026-03-02 00:02:00"))
    server.options["ATTLOGStamp"] = cursor
    device.reboot()
    device.settle()
    again = server.uploads()[-1]
    assert [line.split(b"\t")[1][11:] for line in again.lines] == [
        b"00:03:00",
        b"00:04:00",
    ]


def test_an_early_stamp_loses_records_only_where_it_is_trusted(server, make):
    server.options["ATTLOGStamp"] = str(packed_time("2026-03-02 00:02:00"))
    careful = make(stamps="packed")
    trusting = make("ZKDEMO000018", stamps="packed", trusts_server_stamp=True)
    for device in (careful, trusting):
        fill(device, 5)
        device.settle()
    assert [len(s.lines) for s in server.uploads()] == [5, 2]


def test_old_units_read_only_the_old_stamp(server, make):
    server.options |= {"ATTLOGStamp": "0", "Stamp": "9999"}
    device = make(push_version=None)
    fill(device, 3)
    device.settle()
    device.reboot()
    device.settle()
    assert len(server.uploads()) == 1


def test_operlog_stamp_zero_asks_for_everybody(server, make):
    device = make()
    device.enrol("1001", "Ana")
    device.settle()
    server.options["OPERLOGStamp"] = "0"
    device.reboot()
    device.settle()
    first, second = server.uploads("OPERLOG")
    assert first.body == second.body


def test_history_is_replayed_after_each_handshake(server, make):
    device = make(replays_history=True)
    fill(device, 130)
    device.settle()
    device.reboot()
    device.settle()
    assert [len(s.lines) for s in server.uploads()] == [128, 2, 128, 2]
    assert len(server.punches) == 130


def test_live_punches_come_between_the_backlog(server, make):
    device = make(live_first=True)
    fill(device, 300)
    device.run_until(lambda d: len(server.uploads()) == 1)
    device.punch("2002", at="2026-03-02 09:00:00")
    device.settle()
    assert [len(s.lines) for s in server.uploads()] == [128, 1, 128, 44]
    assert server.uploads()[1].body.startswith(b"2002\t")


def test_an_acknowledged_batch_is_repeated(server, make):
    device = make(repeat_acknowledged_every=2)
    fill(device, 300)
    device.settle()
    bodies = [s.body for s in server.uploads()]
    assert len(bodies) == 4 and bodies[1] == bodies[2]
    assert len(server.punches) == 300


def test_a_body_is_cut_in_the_middle_of_a_line_and_retried_whole(server, make):
    device = make(cut_body_every=2)
    fill(device, 300)
    device.settle()
    # The server may write the cut request down after the one that follows it.
    server.wait_for(6)
    (cut,) = (seen for seen in server.uploads() if not seen.whole)
    first, whole, last = (seen for seen in server.uploads() if seen.whole)
    assert cut.headers == whole.headers
    assert whole.body.startswith(cut.body) and 0 < len(cut.body) < len(whole.body)
    assert not cut.body.endswith(b"\n")
    assert whole.body[len(cut.body) : len(cut.body) + 1] != b"\n"
    assert device.statistics.failures == {"cut-body": 1}
    assert len(server.punches) == 300


def test_pause_between_batches(server, make):
    device = make(batch_pause_seconds=8.0, poll_seconds=1000)
    fill(device, 300)
    device.run_until(lambda d: not d.backlog)
    assert [s for s in device.time.slept if s] == [8.0, 8.0]


def test_adaptive_batches_shrink_and_grow(server, make):
    fails = [2]

    def script(seen, _index):
        if seen.table == "ATTLOG" and fails[0]:
            fails[0] -= 1
            return Answer(b"busy", status=500)
        return None

    server.script = script
    device = make(adaptive_batch=True)
    fill(device, 600)
    device.settle()
    assert [len(s.lines) for s in server.uploads()] == [
        200,
        170,
        140,
        150,
        150,
        150,
        10,
    ]
    assert len(server.punches) == 600


@pytest.mark.parametrize(
    ("flag", "order", "tables"),
    [
        ("1111111111", "A", ["ATTLOG", "OPERLOG", "BIODATA"]),
        ("TransData AttLog\tOpLog", "A", ["ATTLOG", "OPLOG"]),
        ("TransData AttLog\tEnrollUser", "A", ["ATTLOG", "USER"]),
        ("TransData OpLog", "A", ["OPLOG"]),
        ("1000100000", "A", ["ATTLOG", "USER"]),
        ("1001000000", "B", ["ATTLOG", "USER"]),
        ("0000000000", "A", []),
    ],
)
def test_trans_flag(server, make, flag, order, tables):
    server.options["TransFlag"] = flag
    device = make(trans_flag_order=order)
    device.punch("1001", at="2026-03-02 08:00:00")
    device.enrol("1001", "Ana")
    device.operate(4)
    device.log.add_row("BIODATA", "BIODATA", "BIODATA Pin=1001\tTmp=AA==")
    device.settle()
    posts = [s for s in server.seen if s.method == "POST"]
    if flag == "1111111111":
        assert [s.table for s in posts] == tables
    else:
        words = [line.split(b" ")[0] for s in posts[1:] for line in s.lines]
        found = [s.table for s in posts if s.table == "ATTLOG"]
        if not found:
            words = [line.split(b" ")[0] for s in posts for line in s.lines]
        assert found + [word.decode() for word in words] == tables


def test_what_trans_flag_holds_back_goes_up_later(server, make):
    server.options["TransFlag"] = "TransData OpLog"
    device = make()
    fill(device, 3)
    device.settle()
    assert not server.uploads() and device.backlog == 3
    server.options["TransFlag"] = "TransData AttLog"
    device.reboot()
    device.settle()
    assert len(server.punches) == 3


def test_realtime_sends_at_once(server, make):
    device = make()
    device.settle()
    device.punch("1001")
    device.step()
    assert len(server.uploads()) == 1


def test_without_realtime_the_interval_decides(server, make):
    server.options |= {"Realtime": "0", "TransInterval": "2", "TransTimes": ""}
    device = make()
    steps(device, 1)
    device.punch("1001", at="2026-03-02 09:00:00")
    steps(device, 100)
    assert not server.uploads()
    steps(device, 30)
    assert len(server.uploads()) == 1


def test_without_realtime_and_interval_the_fixed_times_decide(server, make):
    server.options |= {"Realtime": "0", "TransInterval": "0", "TransTimes": "09:10"}
    device = make()
    steps(device, 1)
    device.punch("1001", at="2026-03-02 09:00:01")
    steps(device, 500)
    assert not server.uploads()
    steps(device, 120)
    assert len(server.uploads()) == 1


def test_polling_is_delay_apart_when_idle(server, make):
    device = make()
    steps(device, 61)
    assert [s for s in device.time.slept if s > 0.01][:4] == [15.0] * 4


def test_own_poll_pause(server, make):
    device = make(poll_seconds=2.5)
    steps(device, 10)
    assert device.time.slept.count(2.5) >= 3


def test_polling_after_work_slows_down_again(server, make):
    server.commands.append(b"C:1:LOG\n")
    device = make()
    device.run_until(lambda d: len(server.requests("getrequest")) == 8)
    waits = [round(s, 3) for s in device.time.slept if s]
    assert waits == [1.0, 1.2, 2.0, 3.0, 4.0, 5.0, 6.0]


def test_units_without_adaptive_polling(server, make):
    server.commands.append(b"C:1:LOG\n")
    device = make(adaptive_polling=False)
    device.run_until(lambda d: len(server.requests("getrequest")) == 3)
    assert [s for s in device.time.slept if s] == [15.0, 15.0]


def test_power_cuts(server, make):
    device = make(reboot_every=4)
    fill(device, 600)
    device.settle()
    assert len([s for s in server.seen if s.is_handshake]) >= 3
    assert len(server.punches) == 600


def test_ping_during_long_uploads(server, make):
    server.options["SupportPing"] = "1"
    device = make(batch_lines=10)
    fill(device, 250)
    device.settle()
    assert len(server.requests("ping")) == 2


def test_parameters_are_reported_when_asked_for(server, make):
    server.options["PushOptionsFlag"] = "1"
    make().settle()
    (post,) = server.uploads("OPTIONS")
    assert post.body.startswith(b"~DeviceName=Simulated terminal,~SerialNumber=ZK")
    assert post.parameters["table"] == "options"


def test_two_runs_with_one_seed_send_the_same_bytes(server, make):
    runs = []
    for _ in range(2):
        server.seen.clear()
        server.commands[:] = [b"C:1:INFO\nC:2:DATA QUERY USERINFO\n"]
        device = make(photos=True, big_biodata_bytes=1000, seed=7)
        fill(device, 200)
        device.enrol("1001", "Ana")
        device.settle()
        runs.append([seen.raw for seen in server.seen])
    assert runs[0] == runs[1]
