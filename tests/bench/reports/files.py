"""Reports as files: seconds beside bare xlsxwriter, and memory."""

import tempfile
from statistics import median
from unittest.mock import patch

import xlsxwriter
from measuring import Result

from odoo.addons.chain_attendance_report.models import (
    attendance_report_export as asking,
)
from odoo.addons.chain_attendance_report.models import (
    attendance_report_export_making as making,
)
from odoo.addons.chain_attendance_report.report_file.asked import read
from odoo.addons.chain_attendance_report.report_file.columns import (
    leave_format,
    minutes_format,
)

WANTED_RATIO = 1.5
WANTED_GROWTH = 150
WANTED_STEP = 10
MONTH_COLUMNS = 30
MONTHLY, DAILY = "attendance.report.monthly", "attendance.report.daily"


def asked(bench, model, count=None, **more):
    """All that a report's list may show, or so many columns of it."""
    rows = bench.env[model]
    columns = list(rows._report_file_default_columns())
    names = [name for name, _label in columns]
    others = [
        (name, "")
        for name in rows._sum_names()
        if name in rows.fields_get(rows._sum_names()) and name not in names
    ]
    columns = [*columns, *others][: count or len(columns)]
    return read(
        {"model": model, "columns": columns, "domain": [], "title": "Bench", **more}
    )


def monthly(bench):
    """The monthly Excel file beside the same cells, written by bare xlsxwriter."""
    exports = bench.env[asking.AttendanceReportExport._name]
    wanted = asked(bench, MONTHLY, MONTH_COLUMNS)
    chunk = exports._reader(wanted).whole()
    columns = exports._reader(wanted).columns
    assert len(columns) == MONTH_COLUMNS, [column.name for column in columns]
    ours, bare, growths = [], [], []
    for _round in range(bench.options["rounds"]):
        with bench.clock.measure() as taken:
            write_bare(columns, chunk)
        bare.append(taken)
        with (
            bench.clock.measure() as taken,
            patch.object(asking, "LARGE_CELLS", 10**9),
        ):
            file, _name = exports._make_at_once(wanted.to_json())
        size = file.seek(0, 2)
        file.close()
        ours.append(taken)
        growths.append(taken.growth)
    print(
        f"monthly Excel: {chunk.count:,} rows x {len(columns)} columns, {size:,} bytes;"
        f" bare xlsxwriter {median(t.cpu for t in bare):.2f} s of a core,"
        f" ours with reading {median(t.cpu for t in ours):.2f} s"
        f" ({median(t.wall for t in ours):.2f} s by the clock)"
    )
    ratio = median(t.cpu for t in ours) / median(t.cpu for t in bare)
    yield Result("monthly Excel, of bare xlsxwriter", ratio, WANTED_RATIO)
    yield Result("monthly Excel, MB more", max(growths), WANTED_GROWTH)


def write_bare(columns, chunk):
    """The cells of a chunk, written as the manual of xlsxwriter says."""
    with tempfile.TemporaryFile() as file:
        book = xlsxwriter.Workbook(
            file, {"constant_memory": True, "strings_to_formulas": False}
        )
        sheet = book.add_worksheet("Bench")
        styles = {}

        def style(look):
            if look not in styles:
                styles[look] = book.add_format({"num_format": look})
            return styles[look]

        for number, row in enumerate(zip(*chunk.columns, strict=True), 1):
            for index, (column, value) in enumerate(zip(columns, row, strict=True)):
                if column.kind == "minutes":
                    look = style(minutes_format(value))
                    sheet.write_number(number, index, value / 60, look)
                elif column.kind == "leave":
                    look = style(leave_format(*value))
                    sheet.write_number(number, index, value[0] / 60, look)
                elif column.kind in ("number", "row_number"):
                    sheet.write_number(number, index, value)
                elif column.kind == "date":
                    sheet.write_datetime(number, index, value, style("yyyy-mm-dd"))
                elif value:
                    sheet.write_string(number, index, value)
        book.close()


def detail(bench):
    """Every day of everybody, by the job: its longest step, and memory."""
    for kind in ("xlsx", "csv"):
        yield from _job(bench, asked(bench, DAILY, format=kind), f"detail {kind}")


def by_store(bench):
    wanted = asked(bench, DAILY, sheets="store_id")
    yield from _job(bench, wanted, "detail xlsx, a sheet a store")


def _job(bench, wanted, name):
    exports = bench.env[asking.AttendanceReportExport._name]
    export = exports._enqueue(wanted, exports._reader(wanted).count())
    bench.env.cr.commit()
    steps = []
    with patch.object(making, "CALL_SECONDS", 0):
        while export.state in asking.OPEN:
            with bench.clock.measure() as taken:
                exports._cron_write_exports()
            steps.append(taken)
            export.invalidate_recordset()
    assert export.state == "done", export.error
    longest, last = max(t.wall for t in steps), steps[-1]
    print(
        f"{name}: {export.total_count:,} rows, {export.file_size:,} bytes,"
        f" {sum(t.wall for t in steps):.1f} s in {len(steps)} steps"
        f" (first {steps[0].wall:.2f} s, longest {longest:.2f} s,"
        f" last {last.wall:.2f} s, {last.growth:.0f} MB)"
    )
    yield Result(f"{name}, seconds of the longest step", longest, WANTED_STEP)
    growth = max(t.growth for t in steps)
    yield Result(f"{name}, MB more", growth, WANTED_GROWTH)
