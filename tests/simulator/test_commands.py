"""Commands: executed against the unit's memory, answered with the right code."""

import base64

import pytest

from terminal_simulator.commands import read_commands
from terminal_simulator.quirks import Quirks

TEMPLATE = base64.b64encode(b"template bytes").decode()
FINGER = f"PIN=1001\tFID=6\tSize={len(TEMPLATE)}\tValid=1\tTMP={TEMPLATE}"
BIO = "DATA UPDATE BIODATA Pin=1001\tNo=0\tIndex=0\tValid=1\tDuress=0\tType={}"
BIO += f"\tMajorVer={{}}\tMinorVer=0\tFormat=0\tTmp={TEMPLATE}"


@pytest.fixture
def run(server, make):
    """Send commands to a fresh terminal; the lines of its result posts."""

    def run(*texts, device=None, people=("1001",), **quirks):
        device = device or make(**quirks)
        for pin in people:
            device.log.put_user({"PIN": pin, "Name": "", "Pri": "0", "Card": ""})
        encoded = [text if isinstance(text, bytes) else text.encode() for text in texts]
        answer = b"".join(
            b"C:%d:%s\n" % (n, text) for n, text in enumerate(encoded, 4711)
        )
        before = len(server.requests("devicecmd"))
        server.commands.append(answer)
        device.wake()
        device.run_until(lambda d: not server.commands)
        device.settle()
        run.device = device
        posts = server.requests("devicecmd")[before:]
        return [line.decode() for post in posts for line in post.lines]

    return run


def code(lines):
    return int(lines[0].split("Return=")[1].split("&")[0])


def test_upsert_user(run):
    lines = run(
        "DATA UPDATE USERINFO PIN=1002\tName=Ana Lim\tPri=14\tPasswd=\tCard=[0A1B2C3D]"
        "\tGrp=1\tTZ=0000000100000000"
    )
    assert lines == ["ID=4711&Return=0&CMD=DATA"]
    user = run.device.log.users["1002"]
    assert (user["Name"], user["Pri"], user["Card"]) == ("Ana Lim", "14", "[0A1B2C3D]")


@pytest.mark.parametrize(("cleared", "name"), [(False, "Ana"), (True, "")])
def test_omitted_keys(run, cleared, name):
    run(
        "DATA UPDATE USERINFO PIN=1002\tName=Ana",
        "DATA UPDATE USERINFO PIN=1002\tPri=14",
        omitted_keys_cleared=cleared,
    )
    assert run.device.log.users["1002"]["Name"] == name


def test_names_come_in_the_units_encoding(run):
    run(
        "DATA UPDATE USERINFO PIN=1002\tName=王小明".encode("gbk"),
        encoding="gbk",
        language=83,
    )
    assert run.device.log.users["1002"]["Name"] == "王小明"


def test_names_in_the_wrong_encoding_come_back_as_the_same_bytes(run, server):
    name = "王小明".encode()
    run(b"DATA UPDATE USERINFO PIN=1002\tName=" + name, encoding="gbk", people=())
    run(b"DATA QUERY USERINFO PIN=1002", device=run.device, people=())
    assert b"Name=" + name[:8] in server.uploads("OPERLOG")[0].body


@pytest.mark.parametrize("pin", ["", "1234567890", "10 2", "10-2", "\u4e00"], ids=repr)
def test_unusable_pins(run, pin):
    assert code(run(f"DATA UPDATE USERINFO PIN={pin}\tName=x")) == -6


def test_capacity(run):
    lines = run(
        "DATA UPDATE USERINFO PIN=1001\tName=known",
        "DATA UPDATE USERINFO PIN=1002\tName=new",
        max_users=1,
    )
    assert lines[1] == "ID=4712&Return=-1001&CMD=DATA"


def test_delete_user_takes_the_templates_along(run):
    run(f"DATA UPDATE FINGERTMP {FINGER}", "DATA DELETE USERINFO PIN=1001")
    assert not run.device.log.users and not run.device.log.templates


def test_delete_without_pin_removes_everyone_and_is_loud(run, caplog):
    lines = run("DATA DELETE USERINFO", people=("1001", "1002"))
    assert code(lines) == 0 and not run.device.log.users
    assert run.device.statistics.dangerous == ["DATA DELETE USERINFO"]
    assert "dangerous command received" in caplog.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"DATA UPDATE FINGERTMP {FINGER}", 0),
        (f"DATA UPDATE FINGERTMP {FINGER.replace('1001', '9')}", -10),
        ("DATA UPDATE FINGERTMP PIN=1001\tFID=6\tSize=99\tTMP=" + TEMPLATE, -9),
        ("DATA UPDATE FINGERTMP PIN=1001\tFID=6\tTMP=not base64!", -11),
        ("DATA UPDATE FINGERTMP PIN=1001\tFID=6\tTMP=", -6),
        (f"DATA UPDATE FACE {FINGER}", 0),
        (BIO.format("9", "39"), 0),
        (BIO.format("9", "35"), -30),
        (BIO.format("8", "1"), -30),
        (f"DATA UPDATE USERPIC PIN=1001\tSize={len(TEMPLATE)}\tContent={TEMPLATE}", 0),
        (f"DATA UPDATE BIOPHOTO PIN=1001\tType=9\tContent={TEMPLATE}\tFormat=0", 0),
        ("DATA UPDATE WORKCODE PIN=1\tCODE=7\tNAME=x", 0),
        ("DATA UPDATE AccTimeZone UID=1", -1004),
        ("DATA UPDATE NOSUCHTABLE PIN=1", -1004),
        ("DATA UPDATE ATTLOG PIN=1", -1),
        ("DATA DELETE FINGERTMP PIN=1001", 0),
        ("DATA DELETE ATTLOG PIN=1001", -1),
        ("DATA DEL USERINFO PIN=1001", -1002),
        ("DATA USER PIN=1001", -1002),
        ("USER ADD PIN=5", -22),
        ("DATA", -1002),
        ("DATA QUERY ATTLOG StartTime=x\tEndTime=y", -1),
        ("DATA QUERY FINGERTMP PIN=1001", -1),
        ("DATA QUERY USERINFO PIN=77", -1),
        ("VERIFY SUM ATTLOG StartTime=x", -1),
        ("NONSENSE", -22),
        ("", -22),
        ("LOG", 0),
        ("RELOAD OPTIONS", 0),
        ("AC_UNLOCK", 0),
        ("SET OPTION Delay=5", 0),
        ("SET OPTION ~SerialNumber=X", -1),
        ("SET OPTION nonsense", -1),
        ("GET OPTION FROM NoSuchKey", -1),
        ("CLEAR PHOTO", 0),
        ("CLEAR NOTHING", -1),
        ("ENROLL_FP PIN=1001\tFID=3\tRETRY=3\tOVERWRITE=0", 0),
        ("ENROLL_FP FID=3", -6),
        ("ENROLL_FP PIN=55\tFID=3", -10),
        ("ENROLL_BIO TYPE=9\tPIN=1001\tRETRY=3\tOVERWRITE=1", 0),
        ("ENROLL_BIO TYPE=8\tPIN=1001", -1004),
    ],
)
def test_result_codes(run, text, expected):
    assert code(run(text)) == expected


def test_door_tables(run):
    assert code(run("DATA UPDATE AccGroup ID=1", door_tables=True)) == 0


def test_biodata_versions(run):
    assert code(run(BIO.format("8", "12"), biodata_versions=(("8", "12"),))) == 0


def test_forced_results(run):
    lines = run("DATA UPDATE USERINFO PIN=5", forced_results=(("DATA UPDATE", -1003),))
    assert code(lines) == -1003 and "5" not in run.device.log.users


def test_old_syntax_on_old_units(run):
    lines = run(
        "DATA USER PIN=7\tName=x",
        f"DATA FP {FINGER}",
        "DATA DEL_FP PIN=1001\tFID=6",
        "DATA DEL_USER PIN=1001",
        push_version=None,
    )
    assert [line.split("&")[1] for line in lines] == ["Return=0"] * 4
    assert list(run.device.log.users) == ["7"] and not run.device.log.templates


@pytest.mark.parametrize(
    "text",
    [
        "SHELL cat /etc/passwd",
        "PutFile http://x/y\t/z",
        "GetFile /etc/shadow",
        "UPGRADE x",
        "DATA UPDATE BIOPHOTO PIN=1001\tUrl=http://example.test/x.jpg",
        "SET OPTION WebServerIP=10.0.0.1",
    ],
)
def test_what_must_never_be_sent_is_loud_and_refused(run, caplog, text):
    assert code(run(text)) != 0
    assert run.device.statistics.dangerous == [text]
    assert "CRITICAL" in caplog.text and "dangerous command received" in caplog.text


def test_query_of_punches_uploads_them_again_before_the_result(run, server, make):
    device = make()
    for minute in range(5):
        device.punch("1001", at=f"2026-03-01 08:0{minute}:00")
    device.settle()
    lines = run(
        "DATA QUERY ATTLOG StartTime=2026-03-01 08:01:00\tEndTime=2026-03-01 08:03:00",
        device=device,
    )
    assert lines == ["ID=4711&Return=3&CMD=DATA"]
    assert [seen.verb for seen in server.seen[-3:]] == [
        "getrequest",
        "cdata",
        "devicecmd",
    ]
    assert len(server.uploads()[-1].lines) == 3


def test_query_in_dialect_b_and_in_batches(run, server, make):
    device = make(batch_lines=2)
    for minute in range(5):
        device.punch("1001", at=f"2026-03-01 08:0{minute}:00")
    device.settle()
    text = (
        "DATA QUERY ATTLOG StartTime=2026-03-01T00:00:00\tEndTime=2026-03-01T23:59:59"
    )
    assert code(run(text, device=device)) == 5
    assert [len(s.lines) for s in server.uploads()[-3:]] == [2, 2, 1]


def test_query_of_users_and_templates(run, server):
    lines = run(
        f"DATA UPDATE FINGERTMP {FINGER}",
        "DATA QUERY USERINFO",
        "DATA QUERY FINGERTMP PIN=1001\tFID=6",
        people=("1001", "1002"),
    )
    assert [line.split("&")[1] for line in lines] == [
        "Return=0",
        "Return=2",
        "Return=1",
    ]
    users, fingers = server.uploads("OPERLOG")
    assert [line.split(b"\t")[0] for line in users.lines] == [
        b"USER PIN=1001",
        b"USER PIN=1002",
    ]
    assert fingers.body == f"FP {FINGER}\n".encode()


def test_verify_sum(run, make):
    device = make()
    device.punch("1001", at="2026-03-01 08:00:00")
    lines = run(
        "VERIFY SUM ATTLOG StartTime=2026-03-01 00:00:00\tEndTime=2026-03-02 00:00:00",
        device=device,
    )
    assert lines == ["ID=4711&Return=0&CMD=VERIFY SUM&AttlogCount=1"]


def test_info_is_a_block_of_its_own(run, server):
    lines = run("LOG", "INFO", "LOG")
    assert lines[0] == "ID=4711&Return=0&CMD=LOG"
    assert lines[1] == "ID=4712&Return=0&CMD=INFO"
    assert "UserCount=1" in lines
    assert lines[-1] == "ID=4713&Return=0&CMD=LOG"
    assert len(server.requests("devicecmd")) == 3


def test_options_are_set_and_told(run):
    lines = run("SET OPTION VOLUME=70", "GET OPTION FROM VOLUME")
    assert lines[:2] == [
        "ID=4711&Return=0&CMD=SET OPTION",
        "ID=4712&Return=0&CMD=GET OPTION",
    ]
    assert lines[2] == "VOLUME=70"


def test_check_shakes_hands_again_after_the_result(run, server):
    run("CHECK")
    verbs = [s.verb for s in server.seen]
    result = verbs.index("devicecmd")
    assert server.seen[result + 1].is_handshake


def test_log_uploads_now(run, server, make):
    server.options |= {"Realtime": "0", "TransInterval": "0", "TransTimes": ""}
    device = make()
    device.run_until(lambda d: d.step() > 1)
    device.punch("1001", at="2026-03-02 08:00:00")
    device.step()
    assert not server.uploads()
    run("LOG", device=device)
    assert len(server.uploads()) == 1


def test_reboot_is_answered_first_and_drops_later_commands(run, server):
    lines = run("LOG", "REBOOT", "INFO")
    assert [line[:7] for line in lines] == ["ID=4711", "ID=4712"]
    verbs = [s.verb for s in server.seen]
    assert server.seen[verbs.index("devicecmd") + 1].is_handshake
    assert len([s for s in server.seen if s.is_handshake]) == 2


@pytest.mark.parametrize("what", ["LOG", "DATA"])
def test_clear(run, make, server, what):
    server.options["TransFlag"] = "TransData OpLog"
    device = make()
    device.punch("1001", at="2026-03-02 08:00:00")
    lines = run(f"CLEAR {what}", device=device)
    assert lines == [f"ID=4711&Return=0&CMD=CLEAR_{what}"]
    assert not device.log.punches and device.backlog == 0
    assert device.statistics.lost_unacknowledged == 1
    assert bool(device.log.users) is (what == "LOG")


def test_enrolment_uploads_the_template(run, server):
    lines = run(
        "ENROLL_FP PIN=1001\tFID=3\tRETRY=3\tOVERWRITE=0",
        "ENROLL_FP PIN=1001\tFID=3\tRETRY=3\tOVERWRITE=0",
        "ENROLL_FP PIN=1001\tFID=3\tRETRY=3\tOVERWRITE=1",
        "ENROLL_BIO TYPE=9\tPIN=1001\tRETRY=3\tOVERWRITE=1",
    )
    codes = [line.split("&")[1] for line in lines]
    assert codes == ["Return=0", "Return=2", "Return=0", "Return=0"]
    (fingers,) = server.uploads("OPERLOG")
    assert fingers.body.startswith(b"FP PIN=1001\tFID=3\tSize=1200\tValid=1\tTMP=")
    (bio,) = server.uploads("BIODATA")
    assert b"\tType=9\tMajorVer=39\t" in bio.body


# --- how results are posted -----------------------------------------------------


def test_results_in_one_post(run, server):
    run("LOG", "LOG", "LOG")
    assert len(server.requests("devicecmd")) == 1


def test_results_one_by_one(run, server):
    run("LOG", "LOG", "LOG", results_batched=False)
    assert [p.body for p in server.requests("devicecmd")] == [
        b"ID=4711&Return=0&CMD=LOG\n",
        b"ID=4712&Return=0&CMD=LOG\n",
        b"ID=4713&Return=0&CMD=LOG\n",
    ]


def test_results_reversed(run):
    lines = run("LOG", "LOG", results_reversed=True)
    assert [line[:7] for line in lines] == ["ID=4712", "ID=4711"]


def test_results_missing(run):
    lines = run("LOG", "DATA UPDATE USERINFO PIN=5", "LOG", results_missing_every=2)
    assert [line[:7] for line in lines] == ["ID=4711", "ID=4713"]
    assert "5" in run.device.log.users


def test_results_late(run, server):
    run("LOG", results_late_polls=3)
    verbs = [s.verb for s in server.seen]
    assert verbs[: verbs.index("devicecmd")].count("getrequest") == 4


def test_results_with_serial(run):
    lines = run("LOG", results_with_serial=True)
    assert lines == ["ID=4711&SN=ZKDEMO000017&Return=0&CMD=LOG"]


def test_results_over_several_lines(run):
    lines = run("CHECK", results_multi_line=True)
    assert lines == ["ID=4711", "SN=ZKDEMO000017", "Return=0", "CMD=CHECK"]


def test_long_command_ids_come_back_cut(server, make):
    server.commands.append(b"C:3f2504e0-4f89-11d3-9a0c-0305e82c3301:LOG\n")
    make(command_id_bytes=20).settle()
    (post,) = server.requests("devicecmd")
    assert post.body == b"ID=3f2504e0-4f89-11d3-9&Return=0&CMD=LOG\n"


def test_reading_an_answer():
    text = (
        "OK\nC:1:LOG\r\nC:2:DATA UPDATE USERINFO PIN=1\tName=a:b\n\nnoise\nC::x\nC:3:"
    )
    commands = read_commands(text, Quirks())
    assert [(c.id, c.text) for c in commands] == [
        ("1", "LOG"),
        ("2", "DATA UPDATE USERINFO PIN=1\tName=a:b"),
        ("3", ""),
    ]


def test_at_most_200_commands_of_an_answer():
    text = "".join(f"C:{number}:LOG\n" for number in range(300))
    assert len(read_commands(text, Quirks())) == 200
