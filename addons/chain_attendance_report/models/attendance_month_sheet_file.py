from odoo import api, models
from odoo.exceptions import UserError

from ..month_sheet_file import MonthSheetFile
from .attendance_month_sheet import CHUNK

# A file of Excel takes the whole chain; paper is made for a store or a department.
MOST_IN_FILE = 20_000
MOST_ON_PAPER = 500
PAPER = "chain_attendance_report.attendance_month_sheet_paper_report"
NAMED_PLACES = 6


class AttendanceMonthSheet(models.AbstractModel):
    # One concern a file.
    _inherit = "attendance.month.sheet"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def action_print(self, choice):
        """The action that makes a PDF file of the sheet.

        :raise UserError: if nobody is on it, or more people than paper is made for.
        """
        self.env["attendance.day"]._check_attendance_export()
        self._people_of_file(self._choice(choice), MOST_ON_PAPER)
        paper = self.env["attendance.paper.mixin"]
        return paper._paper_action(PAPER, {"choice": choice})

    @api.model
    @api.private
    def _excel(self, choice):
        """The sheet of all who are found as an open file of Excel."""
        self.env["attendance.day"]._check_attendance_export()
        asked = self._choice(choice)
        ids = self._people_of_file(asked, MOST_IN_FILE)
        words = self._words()
        book = MonthSheetFile(self._texts(asked), self._head(asked), self._columns())
        for start in range(0, len(ids), CHUNK):
            for person in self._rows(
                asked, "export", ids[start : start + CHUNK], words
            ):
                book.add_person(person)
        return book.close(words.legend())

    @api.model
    @api.private
    def _people_of_file(self, asked, most):
        """Whose days may be taken away, in order.

        :raise UserError: for nobody, or more than ``most``.
        """
        ids, count = self._people(asked, "export", most)
        if count > most:
            raise UserError(
                self.env._(
                    "This sheet has %(count)s people; at most %(most)s can be put into "
                    "one file. Choose stores or departments.",
                    count=count,
                    most=most,
                )
            )
        if not ids:
            raise UserError(
                self.env._("There is no day in this span that you may take away.")
            )
        return ids

    @api.model
    @api.private
    def _texts(self, asked):
        """The words around the table, in the reader's language."""
        name = self.env._("Month Sheet")
        return {
            "name": name,
            "title": f"{name} {self._span_title(asked.first, asked.last)}",
            "about": "   ".join(self._about(asked)),
            "person": [
                self.env._("Number"),
                self.env._("Name"),
                self.env._("Department"),
            ],
            "leave_days": self.env._("%s (days)"),
            "leave_hours": self.env._("%s (by hours)"),
            "signatures": self._signatures(),
            "note": self.env._(
                "Beside a sign: hours. Days in progress are in no total."
            ),
        }

    @api.model
    def _about(self, asked):
        """Companies, the stores and departments chosen, and who made it when."""
        places = [
            place.name
            for model, ids in (
                ("attendance.store", asked.store_ids),
                ("hr.department", asked.department_ids),
            )
            for place in self.env[model].browse(ids).exists()._filtered_access("read")
        ]
        if len(places) > NAMED_PLACES:
            places = [*places[:NAMED_PLACES], "…"]
        made = self.env["attendance.paper.mixin"]._made_text()
        companies = ", ".join(self.env.companies.mapped("name"))
        return [companies, *([", ".join(places)] if places else []), made]

    @api.model
    @api.private
    def _signatures(self):
        return [
            self.env._("Made by:"),
            self.env._("Checked by:"),
            self.env._("Approved by:"),
        ]
