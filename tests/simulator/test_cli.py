"""The command line: what it prints, and how it ends."""

import pytest

from terminal_simulator.cli import main
from terminal_simulator.live import CannotStart, deal_codes
from terminal_simulator.testing import Answer
from terminal_simulator.usb import write_attlog
from terminal_simulator.wire import Target, TargetRefused

SERIAL = "ZKDEMO000017"


@pytest.fixture
def file(tmp_path):
    from terminal_simulator import Punch

    path = tmp_path / "1_attlog.dat"
    walls = [f"2026-03-02 08:{minute:02}:00" for minute in range(60)]
    path.write_bytes(write_attlog([Punch("1001", wall) for wall in walls]))
    return str(path)


def test_replay_twice(server, file, capsys):
    arguments = ["replay", file, "--url", server.url, "--serial", SERIAL]
    assert main([*arguments, "--batch", "25", "--times", "2"]) == 0
    text = capsys.readouterr().out
    assert text.startswith("60 punches, 2 times: 120 lines sent, 120 acknowledged in ")
    assert [len(seen.lines) for seen in server.uploads()] == [25, 25, 10] * 2


@pytest.mark.parametrize("status", [401, 403])
def test_a_refused_replay_ends_with_one_sentence(server, file, capsys, status):
    server.script = lambda seen, _i: Answer(b"not approved", status=status)
    assert main(["replay", file, "--url", server.url, "--serial", SERIAL]) == 1
    assert capsys.readouterr().err == (
        f"The server refuses {SERIAL}: the server answered {status} not approved.\n"
    )


def test_a_replay_without_server_gives_up(server, file, capsys):
    server.stop()
    arguments = ["replay", file, "--url", server.url, "--serial", SERIAL]
    assert main([*arguments, "--give-up", "0.1"]) == 1
    assert "Nothing more was acknowledged for 0.1 s: no connection" in (
        capsys.readouterr().err
    )


def test_replays_that_cannot_start(tmp_path, server, file, capsys):
    empty = tmp_path / "empty.dat"
    empty.write_bytes(b"nothing\n")
    common = ["--url", server.url, "--serial", SERIAL]
    assert main(["replay", str(empty), *common]) == 1
    assert main(["replay", str(tmp_path / "none"), *common]) == 1
    assert main(["replay", file, *common, "--batch", "0"]) == 1
    folder = str(tmp_path / "folder")
    assert main(["replay", file, *common, "--resume-folder", folder]) == 0
    empty.write_bytes(b"1\t2026-03-02 08:00:00\t1\t0\t1\t0\n")
    assert main(["replay", str(empty), *common, "--resume-folder", folder]) == 1
    err = capsys.readouterr().err
    for words in ("There is no punch", "No such file", "--batch", "another file"):
        assert words in err


@pytest.mark.parametrize(
    "url",
    [
        "http://10.0.0.1:8069",
        "http://example.test",
        "http://127.0.0.1.example.test",
        "http://[2001:db8::1]/",
        "http://0.0.0.0:8069",
        "https://127.0.0.1",
        "http://127.0.0.1:99999",
        "http://",
        "",
    ],
)
def test_only_this_machine_is_connected_to(file, capsys, url):
    with pytest.raises(TargetRefused):
        Target.from_url(url)
    assert main(["replay", file, "--url", url, "--serial", SERIAL]) == 1
    assert capsys.readouterr().err.count(".\n") == 1


@pytest.mark.parametrize(
    ("url", "address", "port", "host", "prefix"),
    [
        ("http://127.0.0.1:8069", "127.0.0.1", 8069, "127.0.0.1:8069", ""),
        ("127.0.0.9:80", "127.0.0.9", 80, "127.0.0.9:80", ""),
        ("http://localhost/a/b/", "127.0.0.1", 80, "localhost", "/a/b"),
        ("http://shop.localhost:1", "127.0.0.1", 1, "shop.localhost:1", ""),
        ("http://[::1]:8069", "::1", 8069, "[::1]:8069", ""),
    ],
)
def test_targets(url, address, port, host, prefix):
    assert Target.from_url(url) == Target(address, port, host, prefix)


def test_live_prints_punches_and_figures(server, capsys, tmp_path):
    arguments = ["live", "--url", server.url, "--serial", SERIAL, "--every", "0.05"]
    arguments += ["--codes", "1001,1002", "--seconds", "0.6"]
    assert main([*arguments, "--folder", str(tmp_path)]) == 0
    text = capsys.readouterr().out
    assert SERIAL in text and "lines acknowledged" in text
    assert server.punches
    assert main(["show", str(tmp_path / SERIAL), "--last", "1"]) == 0
    assert "0 not acknowledged" in capsys.readouterr().out


def test_live_accelerated_follows_the_plan(server):
    arguments = ["live", "--url", server.url, "--serial", SERIAL, "--quiet"]
    arguments += ["--codes", ",".join(str(c) for c in range(1001, 1021))]
    arguments += ["--from", "2026-03-02 08:00", "--speed", "60000", "--seconds", "0.7"]
    assert main(arguments) == 0
    walls = {wall.decode() for _, _, wall in server.punches}
    assert len(walls) >= 15 and min(walls).startswith("2026-03-02 08:")


def test_soak(server, capsys):
    arguments = ["soak", "--url", server.url, "--terminals", "40", "--poll", "0.2"]
    arguments += ["--seconds", "0.8", "--punching", "0.5", "--threads", "4"]
    assert main(arguments) == 0
    assert "40 terminals" in capsys.readouterr().out
    assert len({seen.parameters["SN"] for seen in server.seen}) == 40
    assert server.punches


def test_soak_tells_failures(server, capsys):
    server.script = lambda seen, _i: Answer(b"no", status=403)
    arguments = ["soak", "--url", server.url, "--terminals", "2", "--stagger", "0"]
    assert main([*arguments, "--seconds", "0.2", "--settle", "0.1"]) == 1
    assert "2 x 403" in capsys.readouterr().out


def test_show_of_nothing(tmp_path, capsys):
    assert main(["show", str(tmp_path / "none")]) == 1
    assert main(["show", str(tmp_path)]) == 1
    assert "is no terminal's folder" in capsys.readouterr().err


def test_codes_are_dealt_out(tmp_path):
    assert deal_codes("1,2,3", ["A", "B"]) == {"A": ["1", "2"], "B": ["3"]}
    path = tmp_path / "codes"
    path.write_text("# people\nB 7\n8\nA,9\nELSEWHERE 5\n")
    assert deal_codes(str(path), ["A", "B"]) == {"A": ["9", "8"], "B": ["7"]}
    for bad in ("", "a b c", "1;2"):
        with pytest.raises(CannotStart):
            deal_codes(bad, ["A"])


@pytest.mark.parametrize(
    "more", [["--shift", "x"], ["--from", "x"], ["--speed", "0.5"], ["--codes", ""]]
)
def test_live_that_cannot_start(server, capsys, more):
    arguments = ["live", "--url", server.url, "--serial", SERIAL, "--codes", "1"]
    assert main([*arguments, *more]) == 1
    assert capsys.readouterr().err.count("\n") == 1
