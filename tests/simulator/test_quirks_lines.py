"""What each switch for lines and bodies puts on the wire, byte by byte."""

import base64
import json

import pytest

from terminal_simulator.quirks import BLACK_AND_WHITE

TWO = (("1001", "2026-03-02 08:58:41"), ("1002", "2026-03-02 08:59:03"))
FIRST = b"1001\t2026-03-02 08:58:41\t0\t15\t0\t0\t0\t0\t0\t0"
SECOND = b"1002\t2026-03-02 08:59:03\t0\t15\t0\t0\t0\t0\t0\t0"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_end(sent, end):
    end_bytes = end.encode()
    assert sent(TWO, line_end=end).body == FIRST + end_bytes + SECOND + end_bytes


def test_no_final_line_end(sent):
    assert sent(TWO, final_line_end=False).body == FIRST + b"\n" + SECOND


def test_trailing_tab(sent):
    assert sent(TWO, trailing_tab=True).body == FIRST + b"\t\n" + SECOND + b"\t\n"


def test_blank_lines_are_not_counted(sent):
    body = sent(TWO, blank_lines=True).body
    assert body == FIRST + b"\n\n" + SECOND + b"\n\n"


@pytest.mark.parametrize("count", [2, 4, 5, 7, 8, 10])
def test_attlog_fields(sent, count):
    expected = b"\t".join(FIRST.split(b"\t")[:count]) + b"\n"
    assert sent(attlog_fields=count).body == expected


def test_field_11_as_zone_offset(sent):
    assert sent(attlog_fields=11).body == FIRST + b"\t+28800\n"


def test_field_11_as_sequence(sent):
    body = sent(TWO, attlog_fields=11, attlog_field_11="sequence").body
    assert body == FIRST + b"\t1\n" + SECOND + b"\t2\n"


def test_field_12_is_base64_json(sent):
    fields = sent(attlog_fields=12).body.rstrip(b"\n").split(b"\t")
    assert len(fields) == 12
    assert set(json.loads(base64.b64decode(fields[11]))) == {"lat", "lng", "no"}


def test_job_fields(sent):
    body = sent(attlog_job_fields=True).body
    assert body == b"1001\t2026-03-02 08:58:41\t0\t15" + b"\t0" * 12 + b"\n"
    assert len(body.split(b"\t")) == 16


def test_empty_fields(sent):
    body = sent(attlog_fields=7, attlog_empty_fields=True).body
    assert body == b"1001\t2026-03-02 08:58:41\t0\t15\t\t\t\n"


def test_nul_byte_inside_a_line(sent):
    body = sent(TWO, attlog_fields=5, nul_in_line_every=2).body
    assert body == (
        b"1001\t2026-03-02 08:58:41\t0\t15\t0\n1002\t2026-03-02 08:59:03\t0\t15\t0\0\n"
    )


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", b"\xe7\x8e\x8b\xe5\xb0\x8f\xe6\x98\x8e"),
        ("gbk", b"\xcd\xf5\xd0\xa1\xc3\xf7"),
        ("gb18030", b"\xcd\xf5\xd0\xa1\xc3\xf7"),
    ],
)
def test_encoding_of_names_enrolled_at_the_unit(server, make, encoding, name):
    device = make(encoding=encoding)
    device.enrol("1002", "王小明")
    device.settle()
    (upload,) = server.uploads("OPERLOG")
    assert upload.body == (
        b"USER PIN=1002\tName=%s\tPri=0\tPasswd=\tCard=\tGrp=1\t"
        b"TZ=0000000100000000\tVerify=-1\tViceCard=\n" % name
    )


def test_name_is_cut_on_a_character_boundary(server, make):
    device = make(encoding="gbk", name_bytes=5)
    device.enrol("1002", "王小明")
    assert device.log.users["1002"]["Name"] == "王小"


def test_zero_padded_pins(sent):
    assert sent(pin_zero_padded_to=9).body.startswith(b"000001001\t")


def test_alphanumeric_pins(sent):
    assert sent([("017", "2026-03-02 08:58:41")], pin_prefix="A").body.startswith(
        b"A017\t2026"
    )


def test_unknown_pins(sent):
    pins = [line.split(b"\t")[0] for line in sent(TWO, unknown_pin_every=2).lines]
    assert pins == [b"1001", b"1002", b"999999999"]


def test_pin_width_makes_the_unknown_pin(sent):
    upload = sent(unknown_pin_every=1, pin_width=5)
    assert upload.lines[1].split(b"\t")[0] == b"99999"


def test_one_megabyte_biodata_line(server, make):
    device = make(big_biodata_bytes=1 << 20)
    device.settle()
    device.reboot()
    device.settle()
    (upload,) = server.uploads("BIODATA")
    assert upload.body.startswith(b"BIODATA Pin=1\tNo=0\tIndex=0\tValid=1\tDuress=0\t")
    assert len(upload.lines) == 1 and len(upload.body) > 1 << 20


def test_burst_of_empty_operlog_posts(server, make):
    make(empty_operlog_burst=5).settle()
    posts = server.uploads("OPERLOG")
    assert [post.body for post in posts] == [b""] * 5
    assert {post.headers["content-length"] for post in posts} == {"0"}


def test_power_on_is_written_down(server, make):
    make(oplog_power_on=True).settle()
    (upload,) = server.uploads("OPERLOG")
    assert upload.body == b"OPLOG 0\t0\t2026-03-02 09:00:00\t0\t0\t0\t0\n"


@pytest.mark.parametrize("path", ["cdata", "fdata"])
def test_photos(server, make, path):
    device = make(photos=True, photo_path=path)
    device.punch("1001", at="2026-03-02 08:58:41")
    device.settle()
    (photo,) = server.requests(path, "ATTPHOTO")
    head, _, picture = photo.body.partition(b"\0")
    assert head == (
        b"PIN=20260302085841-1001.jpg\nSN=ZKDEMO000017\nsize=400\nCMD=realupload"
    )
    assert len(picture) == 400


def test_rows_of_other_tables_are_grouped_like_a_unit_does(server, make):
    device = make()
    device.enrol("1002", "Ana")
    for finger in range(5):
        line = f"FP PIN=1002\tFID={finger}\tSize=4\tValid=1\tTMP=AAAA"
        device.log.add_row("OPERLOG", "FP", line)
    device.settle()
    assert [len(upload.lines) for upload in server.uploads("OPERLOG")] == [4, 2]


def test_a_body_stays_within_the_buffer(server, make):
    device = make(body_limit_bytes=500)
    for minute in range(20):
        device.punch("1001", at=f"2026-03-02 08:{minute:02}:00")
    device.settle()
    assert max(len(upload.body) for upload in server.uploads()) <= 500
    assert len(server.punches) == 20


def test_the_old_generation_as_a_whole(server, make):
    device = make(**vars(BLACK_AND_WHITE))
    device.punch("7", at="2011-03-02 08:00:00")
    device.enrol("7", "王小明")
    device.settle()
    punch, operlog = server.uploads() + server.uploads("OPERLOG")
    assert punch.body == b"7\t2011-03-02 08:00:00\t0\t1\t0\n"
    assert punch.parameters["Stamp"] == "359020800"
    assert operlog.body == (
        b"USER PIN=7\tName=\xcd\xf5\xd0\xa1\xc3\xf7\tPri=0\tPasswd=\tCard=\tGrp=1\t"
        b"TZ=0000000100000000\n"
    )
