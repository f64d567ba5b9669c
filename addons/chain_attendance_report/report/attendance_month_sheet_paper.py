from odoo import api, models

from odoo.addons.chain_attendance_engine import format_leave, format_minutes

from ..const import TONES
from ..models.attendance_month_sheet import CHUNK
from ..models.attendance_month_sheet_file import MOST_ON_PAPER
from ..month_sheet_file import hours_of

# What A4 across holds, with the head, the legend and the signatures.
PEOPLE_ON_PAGE = 25
# Per cent of the page that a total takes: days are short, hours are longer.
COUNT_WIDTH, WIDTH = 2.6, 3.2


class AttendanceMonthSheetPaper(models.AbstractModel):
    """The month sheet on paper: what the reader may take away, page after page."""

    _name = "report.chain_attendance_report.attendance_month_sheet_paper"
    _description = "Month Sheet on Paper"

    @api.model
    def _get_report_values(self, docids, data=None):
        sheet = self.env["attendance.month.sheet"]
        self.env["attendance.day"]._check_attendance_export()
        asked = sheet._choice((data or {}).get("choice") or {})
        ids = sheet._people_of_file(asked, MOST_ON_PAPER)
        words, columns = sheet._words(), sheet._columns()
        people = []
        for start in range(0, len(ids), CHUNK):
            people += sheet._rows(asked, "export", ids[start : start + CHUNK], words)
        for person in people:
            person["shown"] = _shown(columns, person["totals"])
        return {
            "pages": [
                people[start : start + PEOPLE_ON_PAGE]
                for start in range(0, len(people), PEOPLE_ON_PAGE)
            ],
            "texts": sheet._texts(asked),
            "days": sheet._head(asked),
            "columns": [
                column | {"width": COUNT_WIDTH if column["kind"] == "count" else WIDTH}
                for column in columns
            ],
            "legend": words.legend(),
            "signatures": sheet._signatures(),
            "tones": TONES,
            "zoom": self.env["attendance.paper.mixin"]._zoom(data),
        }


def _shown(columns, totals):
    """``{name: text}`` of a row's totals; nothing is left blank."""
    hours = hours_of(totals)
    shown = {}
    for column in columns:
        name, kind = column["name"], column["kind"]
        if kind == "leave":
            stem = name.removesuffix("_minutes")
            text = format_leave(totals[f"{stem}_days"], hours[f"{stem}_hours"])
            shown[name] = "" if text == "0h" else text
        elif kind == "minutes":
            shown[name] = format_minutes(totals[name], blank_zero=True)
        else:
            shown[name] = totals[name] or ""
    return shown
