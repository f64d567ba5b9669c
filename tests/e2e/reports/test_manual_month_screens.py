"""Figures 44 to 48: one month, and the same rows on the screen, in Excel and in PDF.

What came in came over the wire and through the forms, and Odoo's own cron computed it;
the figures that are expected stand in ``manual_month``, once.
"""

import pytest
from manual_month import (
    DAILY,
    DETAIL,
    ENDS,
    LEAVE,
    MONTHLY,
    NAME,
    NUMBER,
    OVERTIME,
    REST_DAYS,
    SHIFT,
    printed,
)
from report_lists import open_july, sums_of, take_excel, take_pdf

STORE = "[HQ] 总部办公室"
WORDS = {
    "zh_CN": {
        "detail": [
            "序号", "部门", "网点", "工号", "姓名", "日期", "班次", "上下班时间",
            "应出勤", "实出勤", "迟到", "早退", "缺勤", "打卡外出", "申请时长", "认定",
            "外出", "出差",
        ],
        "department": "总公司",
        "daily": ["序号", "工号", "姓名", "部门", "网点", "班次", "日期"],
        "figures": [
            "应出勤", "实出勤", "迟到", "早退", "缺勤", "平日加班", "休日加班",
            "节假日加班", LEAVE,
        ],
        "rest": "休息", "rest_day": "休日加班", "workday": "平日加班",
        "counts": {"实出勤天数": "7", "迟到次数": "1", "早退次数": "2"},
        "days": ["应出勤天数: 8", "实出勤天数: 7", "平日加班: 3h", "休日加班: 8.5h",
                 "事假: 1d 4h"],
        "total": "合计", "print": "打印", "person": "个人考勤月报（签字）",
        "paper": "出勤明细", "sign": "员工签字及日期",
    },
    "en_US": {
        "detail": [
            "No.", "Department", "Store", "Number", "Name", "Date", "Shift",
            "From - To", "Due", "Worked", "Late", "Early", "Absent", "Punched Out",
            "Claimed", "Recognised", "Outing", "Trip",
        ],
        "department": "Head Office",
        "daily": ["No.", "Number", "Name", "Department", "Store", "Shift", "Date"],
        "figures": [
            "Due", "Worked", "Late", "Early", "Absent", "OT Workday", "OT Rest Day",
            "OT Holiday", LEAVE,
        ],
        "rest": "Rest", "rest_day": "Rest-Day Overtime", "workday": "Workday Overtime",
        "counts": {"Days Present": "7", "Times Late": "1", "Times Early": "2"},
        "days": ["Days Due: 8", "Days Present: 7", "Workday Overtime: 3h",
                 "Rest-Day Overtime: 8.5h", "事假: 1d 4h"],
        "total": "Total", "print": "Print", "person": "Month of Each Person, to Sign",
        "paper": "Attendance Detail", "sign": "Employee: signature and date",
    },
}  # fmt: skip
SUMMED = (
    "due_minutes", "worked_minutes", "late_minutes", "early_minutes", "absent_minutes",
    "overtime_workday_minutes", "overtime_rest_day_minutes", "overtime_holiday_minutes",
)  # fmt: skip


@pytest.fixture(params=["zh_CN", "en_US"])
def lang(request):
    return request.param


@pytest.fixture
def words(lang):
    return {**WORDS[lang], "work": SHIFT, "leave": LEAVE}


def _iso(day):
    return f"2014-07-{day:02}"


def _under(names, head, row):
    """What stands below these headings."""
    return tuple(row[head.index(name)] for name in names)


def _check_figures(words, head, rows, expected):
    """The columns of figures, in their order, and other leave than the month's is 0."""
    figures = words["figures"]
    first = head.index(figures[0])
    assert head[first : first + 8] == figures[:8]
    assert [_under(figures, head, row) for row in rows] == expected
    other = range(first + 8, head.index(_outing(head)))
    for row in rows:
        assert {row[at] for at in other if head[at] != LEAVE} <= {"0h"}


def _outing(head):
    return next(name for name in head if name in ("外出", "Outing"))


def test_figure_44(log_in, july, lang, words, tmp_path, poppler):
    """Each piece of shift, leave and overtime is a row."""
    hr = log_in("admin", lang)
    open_july(hr, "detail")
    head, body = hr.rows()
    assert head == words["detail"]
    place = (words["department"], STORE, NUMBER, NAME)
    assert [tuple(row) for row in body] == [
        (str(n), *place, printed(day, lang), words[what], *figures[:6], "",
         *figures[6:], "", "")
        for n, (day, what, *figures) in enumerate(DETAIL, 1)
    ]  # fmt: skip
    sums = sums_of(hr)
    assert tuple(sums[name] for name in SUMMED[:5]) == MONTHLY[:5]
    hr.picture("manual-44-detail")

    table = take_excel(hr, tmp_path / "detail.xlsx", words["total"])
    assert table.head == head
    assert NUMBER in table.top
    assert [tuple(row) for row in table.rows] == [
        (str(n), *place, _iso(day), words[what], *figures[:6], "", *figures[6:], "", "")
        for n, (day, what, *figures) in enumerate(DETAIL, 1)
    ]
    assert _under(words["figures"][:5], table.head, table.sums) == MONTHLY[:5]
    assert table.formulas[table.head.index(words["figures"][0])].startswith("=SUM")

    pdf = take_pdf(hr, words["paper"], words, tmp_path / "detail.pdf", poppler)
    assert _of_detail(pdf) == [
        " ".join(
            (NUMBER, NAME, _iso(day), words[what], *filter(None, figures))
        )
        for day, what, *figures in _on_paper()
    ]  # fmt: skip
    (total,) = (line for line in pdf.lines() if line[0] == words["total"])
    assert total[1:] == [*MONTHLY[:5], OVERTIME]
    assert pdf.says(words["sign"])
    pdf.check_picture(hr.folder / f"manual-44-pdf-{lang}", NAME)
    assert hr.complaints == []


def _on_paper():
    """The same rows; of leave the paper says what was taken, and no recognised time."""
    for day, what, times, *figures in DETAIL:
        times = times.replace(" - ", " – ")
        if what == "leave":
            figures = figures[:-1]
        yield day, what, times, *figures


def _of_detail(pdf):
    """The lines of the rows, from the number on."""
    lines = (" ".join(line) for line in pdf.lines())
    return [line[line.index(NUMBER) :] for line in lines if f"{NUMBER} {NAME}" in line]


def test_figures_45_and_46(log_in, july, lang, words, tmp_path):
    hr = log_in("admin", lang)
    open_july(hr, "daily")
    head, body = hr.rows()
    assert head[: len(words["daily"])] == words["daily"]
    names = [words["rest"] if day in REST_DAYS else SHIFT for day in DAILY]
    place = [NUMBER, NAME, words["department"], STORE]
    assert [row[: len(words["daily"])] for row in body] == [
        [str(n), *place, name, printed(day, lang)]
        for n, (day, name) in enumerate(zip(DAILY, names, strict=True), 1)
    ]
    _check_figures(words, head, body, list(DAILY.values()))
    sums = sums_of(hr)
    assert tuple(sums[name] for name in SUMMED) == MONTHLY[:8]
    hr.picture("manual-45-daily")

    table = take_excel(hr, tmp_path / "daily.xlsx", words["total"])
    assert table.head == head
    assert [row[:7] for row in table.rows] == [
        [str(n), *place, name, _iso(day)]
        for n, (day, name) in enumerate(zip(DAILY, names, strict=True), 1)
    ]
    _check_figures(words, table.head, table.rows, list(DAILY.values()))
    assert _under(words["figures"][:8], table.head, table.sums) == MONTHLY[:8]
    assert hr.complaints == []


def test_figures_47_and_48(log_in, july, lang, words, tmp_path, poppler):
    """The month is one row; on paper it is the days that it was added up from."""
    hr = log_in("admin", lang)
    open_july(hr, "monthly")
    head, body = hr.rows()
    assert head[:6] == words["daily"][:-1]
    place = [NUMBER, NAME, words["department"], STORE, SHIFT]
    assert [row[:6] for row in body] == [["1", *place]]
    _check_figures(words, head, body, [MONTHLY])
    counts = words["counts"]
    assert _under(counts, head, body[0]) == tuple(counts.values())
    hr.picture("manual-47-monthly")

    table = take_excel(hr, tmp_path / "monthly.xlsx", words["total"])
    assert table.head == head
    assert [row[:6] for row in table.rows] == [["1", *place]]
    _check_figures(words, table.head, table.rows, [MONTHLY])
    assert _under(counts, table.head, table.rows[0]) == tuple(counts.values())
    assert _under(words["figures"][:8], table.head, table.sums) == MONTHLY[:8]

    pdf = take_pdf(hr, words["person"], words, tmp_path / "month.pdf", poppler)
    assert pdf.pages == 1
    lines = {line[0]: line for line in pdf.lines()}
    for day, figures in DAILY.items():
        assert lines[f"07-{day:02}"][2:] == _day_on_paper(day, figures, words), day
    assert lines[words["total"]][1:] == [*MONTHLY[:5], OVERTIME]
    for text in (NAME, NUMBER, words["department"], words["sign"], *words["days"]):
        assert pdf.says(text), text
    pdf.check_picture(hr.folder / f"manual-47-pdf-{lang}", NAME)
    assert hr.complaints == []


def _day_on_paper(day, figures, words):
    """The words of a day's line behind its date and weekday."""
    due, worked, late, early, absent, *overtime, leave = figures
    name = words["rest"] if day in REST_DAYS else SHIFT
    extra = [text for text in overtime if text != "0h"]
    taken = [] if leave == "0h" else [LEAVE, leave]
    shown = [name, *ENDS.get(day, ()), due, worked, late, early, absent, *extra, *taken]
    return [word for word in shown if word]
