"""Reports as lists: the first page, as the browser asks for it."""

from statistics import median

from measuring import Result

WANTED_PAGE = 1.5
PAGE = 80
MONTH = [("month", "=", "2026-03-01")]


def monthly_page(bench):
    """The first page of the month's report, its number of rows, and the totals."""
    model = bench.env["attendance.report.monthly"]
    columns = [name for name, _label in model._report_file_default_columns()]
    spec = {
        name: {"fields": {"display_name": {}}}
        if model._fields[name].type == "many2one"
        else {}
        for name in columns
    }
    sums = [name for name in columns if name in model._sum_names()]
    taken_all = []
    for _round in range(bench.options["rounds"]):
        with bench.clock.measure() as taken:
            found = model.web_search_read(
                MONTH, spec, limit=PAGE, order="employee_number", count_limit=10001
            )
            model.report_totals(MONTH, sums)
        taken_all.append(taken.wall)
    print(f"monthly list: {found['length']:,} rows, {len(columns)} columns")
    yield Result("monthly list, first page, seconds", median(taken_all), WANTED_PAGE)
