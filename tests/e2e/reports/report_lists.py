"""Report lists as several tests use them."""

from excel_table import read_table
from manual_month import NUMBER
from pdf_pages import PdfPages

REPORT = "chain_attendance_report.attendance_report_{}_action"
# What stands at the foot, by the name of the column above it.
SUMS = """
    () => {
        const foot = [...document.querySelectorAll(".o_list_table tfoot td")];
        const head = [...document.querySelectorAll(".o_list_table thead th")];
        const found = {};
        let column = 0;
        for (const cell of foot) {
            const name = head[column]?.dataset.name;
            if (name && cell.innerText.trim()) {
                found[name] = cell.innerText.trim();
            }
            column += cell.colSpan;
        }
        return found;
    }
"""


def open_july(person, report):
    """Open a report with the rows of the manual's employee, oldest first."""
    page = person.page
    person.open(REPORT.format(report))
    if report == "monthly":
        choose_span(person, "2014-07-01", "2014-07-31")
    else:
        person.look_at_all()
    person.look_for(NUMBER)
    page.wait_for_selector(f".o_data_row:has-text('{NUMBER}')")
    if report != "monthly":
        person._search("th[data-name=work_date]")
        page.wait_for_selector(".o_data_row td[name=work_date]:has-text('2014')")


def choose_span(person, start, stop):
    page = person.page
    page.click(".o_attendance_span")
    page.fill(".o_attendance_span_from", start)
    page.fill(".o_attendance_span_to", stop)
    person.picture("report-span")
    person._search(".o_attendance_span_apply")
    page.wait_for_selector(f".o_searchview_facet:has-text('{start} – {stop}')")


def sums_of(person):
    """``{column: text}`` at the foot of the list on the screen."""
    return person.page.evaluate(SUMS)


def take_excel(person, path, total):
    person.page.click(".o_attendance_export")
    with person.page.expect_download() as download:
        person.page.click(".o_attendance_excel")
    download.value.save_as(path)
    return read_table(path, total)


def take_pdf(person, entry, words, path, poppler):
    """Tick all rows, and choose from the menu "Print"."""
    page = person.page
    page.click(".o_list_renderer thead .o_list_record_selector")
    page.click(
        f".o_control_panel .o_cp_action_menus button:has-text('{words['print']}')"
    )
    with page.expect_download() as download:
        page.get_by_role("menuitem", name=entry, exact=True).click()
    download.value.save_as(path)
    return PdfPages(poppler, path)
