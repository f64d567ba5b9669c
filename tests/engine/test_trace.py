"""Rule 17: the trace lets a person redo the arithmetic, without sentences."""

from chain_attendance_engine import (
    BreakKind,
    OvertimeMode,
    RequestKind,
    RosterSource,
)

from .kit import (
    BASE,
    D9,
    FX,
    N8,
    at,
    by_days,
    day,
    form,
    judged,
    leave,
    outing,
    rest,
    shift,
    table,
    with_policy,
)


def lines(result, code):
    return [dict(line.figures) for line in result.trace if line.code == code]


def test_roster_window_and_punches():
    result = day(D9, "08:36 17:30", source=RosterSource.DATED, source_key="roster 4")
    (roster,) = lines(result, "roster")
    assert roster["source"] is RosterSource.DATED
    assert (roster["key"], roster["shift"]) == ("roster 4", "D9")
    (window,) = lines(result, "window")
    assert [judged(m) for m in window["spans"][0]] == ["06:30", "21:31"]
    used = lines(result, "stretch")
    assert [(judged(s["start"]), judged(s["stop"])) for s in used] == [
        ("08:36", "17:30")
    ]


def test_gap_and_its_rule():
    result = day(D9, "08:36 16:50")
    late, early = lines(result, "gap")
    assert (late["kind"], late["minutes"], late["counted"]) == ("start", 6, "late")
    assert (late["grace"], late["limit"]) == (5, 30)
    assert (early["kind"], early["minutes"], early["counted"]) == ("end", 40, "absent")
    (piece,) = lines(result, "piece")
    assert piece["due"] == piece["worked"] + piece["late"] + piece["absent"]


def test_gap_within_grace_says_so():
    (gap,) = lines(day(D9, "08:33 17:30"), "gap")
    assert (gap["minutes"], gap["counted"]) == (3, "grace")


def test_each_request_is_named():
    result = day(
        D9,
        "08:30 17:30",
        leave("13:00", "14:00", key="L"),
        outing("15:00", "16:00", key="O"),
    )
    (leave_line,) = lines(result, "leave")
    assert (leave_line["key"], leave_line["minutes"]) == ("L", 60)
    (cover,) = lines(result, "cover")
    assert (cover["key"], cover["kind"], cover["minutes"]) == (
        "O",
        RequestKind.OUTING,
        60,
    )


def test_overtime_arithmetic():
    result = day(D9, "08:30 20:10", form("17:00", "21:00"))
    (line,) = lines(result, "overtime")
    assert line["mode"] is OvertimeMode.FORM_PRESENCE
    assert (line["claimed"], line["net"], line["raw"], line["recognised"]) == (
        240,
        210,
        160,
        150,
    )
    assert (line["rest"], line["least"], line["unit"]) == (0, 30, 30)


def test_elastic_flexible_break_and_percentage():
    elastic = shift("09:00-18:00", elastic_minutes=30)
    (line,) = lines(day(elastic, "09:20 18:20"), "elastic")
    assert line["move"] == 20
    (line,) = lines(day(FX, "09:00 16:00"), "flexible")
    assert (line["due"], line["present"], line["absent"]) == (480, 420, 60)
    beyond = shift(
        table("09:00-18:00", rest("12:00-13:00", kind=BreakKind.BEYOND,
                                  beyond_minutes=360))
    )  # fmt: skip
    (line,) = lines(day(beyond, "09:00 13:00"), "break_credit")
    assert (line["present"], line["beyond"], line["minutes"], line["credited"]) == (
        240,
        360,
        60,
        60,
    )
    policy = with_policy(least_worked_percent=50)
    (line,) = lines(day(D9, "08:30 10:00", policy=policy), "below_percent")
    assert (line["worked"], line["due"], line["percent"]) == (90, 540, 50)


def test_in_progress_and_undecided():
    (line,) = lines(day(D9, "08:30", now="12:00"), "in_progress")
    assert line["until"] == int(at("21:31").timestamp()) // 60
    one, two = shift("08:00-16:00", key=1), shift("10:00-18:00", key=2)
    (line,) = lines(day(None, "09:00", candidates=(one, two)), "recognition")
    assert line["fits"] == (1, 2)
    result = day(None, "08:10 16:00", candidates=(one, two))
    (line,) = lines(result, "recognition")
    assert line["fits"] == (1, 2)
    assert lines(result, "roster")[0]["shift"] == 1


def test_missing_end_and_fill():
    (line,) = lines(day(D9, "08:25"), "missing")
    assert (line["end"], line["fill"]) == ("out", "not_present")


def test_trace_holds_no_sentences():
    result = day(N8, "21:55 06:30+1", by_days(RequestKind.TRIP), tomorrow=D9)
    for line in result.trace:
        assert line.code.isidentifier()
        for name, _value in line.figures:
            assert name.isidentifier()
    assert result.work_date == BASE
