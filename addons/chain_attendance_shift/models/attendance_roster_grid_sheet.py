"""The rosters of many people as a file of Excel."""

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import split_every

from ..roster_sheet.reading import MAX_PEOPLE
from ..roster_sheet.words import ShiftWord, ShiftWords
from ..roster_sheet.writing import COLORS, Line, RosterBook

CHUNK = 200
# What colours a cell, the strongest first.
KINDS = ("public_holiday", "moved_rest_day", "make_up_workday")


class AttendanceRosterGrid(models.AbstractModel):
    # One concern a file.
    _inherit = "attendance.roster.grid"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    @api.private
    def _sheet_people(self, domain):
        """Whom a file is made of: people over whom the login has ``rosters.export``.

        :param domain: over ``hr.employee.public``.
        :raise AccessError: where the login may not take rosters away.
        :raise UserError: where it is nobody, or more people than can be read back.
        """
        self.env["attendance.roster"]._check_attendance_export()
        found = self._people().search(
            self._in_scope(domain, "view", "export"),
            order="store_id, employee_number, id",
            limit=MAX_PEOPLE + 1,
        )
        if not found:
            raise UserError(self.env._("Nobody fits whose roster you may export."))
        if len(found) > MAX_PEOPLE:
            raise UserError(
                self.env._(
                    "A file holds the roster of at most %s people. Choose stores or "
                    "departments.",
                    f"{MAX_PEOPLE:,}",
                )
            )
        return found

    @api.model
    @api.private
    def _write_sheet(self, domain, date_from, date_to):
        """The file, opened at its beginning; people are planned a chunk at a time.

        Parameters and refusals are those of ``get_grid`` and ``_sheet_people``.
        """
        days = self._dates(date_from, date_to)
        people = self._sheet_people(domain)
        companies = people.company_id
        words = self._sheet_words(companies.ids)
        locks = self._sheet_locks(companies.ids)
        book = RosterBook(
            self._sheet_texts(),
            self._sheet_lines(words),
            days,
            self.env.cr.now(),
            self._sheet_names(days),
            min(locks.values()) if all(locks.values()) else None,
        )
        for ids in split_every(CHUNK, people.ids):
            self._write_people(book, people.browse(ids), words, locks)
        return book.finish()

    def _write_people(self, book, people, words, locks):
        plan = self._plan(people.ids, book.days)
        used = {day.shift_id for day in plan.planned.values()}
        for company, known in words.items():
            if not used <= known.labels.keys():
                words[company] = self._sheet_words([company], used)[company]
        for person in people:
            labels = words[person.company_id.id].labels
            lock = locks[person.company_id.id]
            cells = []
            for day in book.days:
                found = plan.planned.get((person.id, day))
                text = labels[found.shift_id] if found else None
                if lock and day <= lock:
                    tint = "locked"
                elif (person.id, day) in plan.gone:
                    tint = "not_employed"
                else:
                    tint = plan.kinds.get((person.id, day)) or book.weekend(day)
                cells.append((text, tint))
            store, department = person.store_id, person.department_id
            book.add_person(
                (
                    person.employee_number,
                    person.name,
                    store.display_name,
                    department.display_name,
                ),
                cells,
            )
        people.invalidate_recordset()

    @api.model
    @api.private
    def _sheet_words(self, company_ids, used=()):
        """``{company id: ShiftWords}``: how each company's shifts are written.

        :param used: ids of shifts which are planned and may be another company's: they
            are known, as archived ones are, and cannot be planned.
        """
        # sudo: shifts are no secret, and a lent person may bring another company's
        shifts = self.env["attendance.shift"].sudo().with_context(active_test=False)
        own = shifts.search([("company_id", "in", list(company_ids))])
        every = own | shifts.browse(set(used) - {0})
        names = [every.mapped("name")]
        for code, _name in self.env["res.lang"].get_installed():
            names.append(every.with_context(lang=code).mapped("name"))
        names = dict(zip(every.ids, map(list, zip(*names, strict=True)), strict=True))
        return {
            company: ShiftWords(
                [
                    ShiftWord(
                        shift.id,
                        shift.code or "",
                        names[shift.id],
                        shift.active and shift.company_id.id == company,
                    )
                    for shift in every
                    if shift.company_id.id == company or shift.id in used
                ],
                self._sheet_rest(),
            )
            for company in company_ids
        }

    @api.model
    def _sheet_rest(self):
        """What stands in the cell of a rest day: short, beside codes."""
        is_chinese = (self.env.lang or "").startswith("zh")
        return "休" if is_chinese else self.env._("Rest")

    @api.model
    @api.private
    def _sheet_lines(self, words):
        """What can be typed: rest, and the shifts that can be planned."""
        lines = {}
        for known in words.values():
            ids = known.labels.keys() - known.archived - {0}
            # sudo: shifts are no secret
            for shift in self.env["attendance.shift"].sudo().browse(ids).sorted():
                label = known.labels[shift.id]
                color = shift.color % len(COLORS)
                line = Line(label, shift.name, shift.time_summary, color)
                lines.setdefault(label, line)
        rest = self._sheet_rest()
        return [Line(rest, self.env._("Rest"), "", None), *lines.values()]

    @api.model
    @api.private
    def _sheet_locks(self, company_ids):
        """``{company id: last locked date, or False}``."""
        # sudo: dates of the companies whose people are planned, whoever looks
        companies = self.env["res.company"].sudo().browse(company_ids)
        return {each.id: each.attendance_roster_lock_date for each in companies}

    @api.model
    def _sheet_names(self, days):
        return {
            day: next((kind, names[kind]) for kind in KINDS if kind in names)
            for day, names in self._holiday_names(days).items()
        }

    @api.model
    @api.private
    def _sheet_texts(self):
        """The words of a file in the reader's language."""
        return {
            "language": self.env.lang or "en_US",
            "title": self.env._("Roster"),
            "number": self.env._("Employee Number"),
            "name": self.env._("Name"),
            "store": self.env._("Store"),
            "department": self.env._("Department"),
            "shifts": self.env._("Shifts"),
            "code": self.env._("In the Sheet"),
            "shift": self.env._("Shift Name"),
            "hours": self.env._("Hours"),
            "errors": self.env._("Errors"),
            "cell": self.env._("Cell"),
            "date": self.env._("Date"),
            "typed": self.env._("In the Cell"),
            "error": self.env._("What Is Wrong"),
            "choose": self.env._(
                "Choose one of the sheet “Shifts”. An empty cell leaves the day to the "
                "rosters."
            ),
            "help": self.env._("How to Use It"),
            "help_lines": self._sheet_help(),
        }

    @api.model
    def _sheet_help(self):
        return [
            self.env._("Change the cells of the sheet “Roster” and save the file."),
            self.env._(
                "Import it with “Import Roster from Excel”, behind the gear of a "
                "list of rosters, or in the roster grid."
            ),
            self.env._(
                "A cell holds a shift as the sheet “Shifts” writes it, or rest."
            ),
            self.env._(
                "A cell that is emptied takes a change by hand back: the rosters "
                "decide again. What the rosters say themselves stays as it is."
            ),
            self.env._("Cells that are left as they are change nothing."),
            self.env._("Grey days are locked, or the person is not employed on them."),
            self.env._(
                "Rows and columns may be moved, sorted, added or left out; the "
                "employee number and the dates in the head are needed."
            ),
            self.env._(
                "Nothing is written before you have seen what would change, and "
                "nothing at all while a cell is wrong."
            ),
        ]
