"""What the rosters say of the people and dates of a file."""

import unicodedata
from datetime import timedelta

from odoo import api, models

from ..conflicts import RUN_DAYS
from ..roster_news import days_between
from ..roster_sheet.judging import Known, Person
from ..roster_sheet.words import as_text, key

LONGEST_NUMBER = 10
MOST_NAMESAKES = 200


class AttendanceRosterGrid(models.AbstractModel):
    # One concern a file.
    _inherit = "attendance.roster.grid"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    @api.private
    def _sheet_known(self, sheet):
        """The ``Known`` that a ``Sheet`` is judged by; of people one may plan only."""
        found = self._sheet_found(sheet)
        days = sorted(set(sheet.days.values()))
        plan = self._plan(found.ids, days)
        companies = found.company_id.ids
        planned = {pair: day.shift_id for pair, day in plan.planned.items()}
        people = [
            Person(one.id, one.employee_number, one.name, one.company_id.id)
            for one in found
        ]
        return Known(
            people=people,
            words=self._sheet_words(companies, set(planned.values())),
            planned=planned,
            overridden={
                pair for pair, day in plan.planned.items() if day.source == "override"
            },
            locked=self._sheet_locks(companies),
            away=plan.gone,
            namesakes=self._sheet_namesakes(sheet, people),
        )

    @api.model
    def _sheet_found(self, sheet):
        """Everybody whose number stands in the sheet and whom the login may plan."""
        numbers = set()
        for row, (number, _name) in sheet.people.items():
            value = sheet.value(row, sheet.number_column)
            numbers |= _spellings(number, is_number=not isinstance(value, str))
        domain = [("employee_number", "in", list(numbers))]
        # Bounded by the rows of a file and the companies that are switched on.
        return self._people().search(self._in_scope(domain, "create", "edit"))

    @api.model
    def _sheet_namesakes(self, sheet, people):
        """``{key of a name: number}`` for the rows whose number is nobody's."""
        known = {key(person.number) for person in people}
        names = [
            name
            for number, name in sheet.people.values()
            if name and key(number) not in known
        ]
        if not names:
            return {}
        domain = [("name", "in", names[:MOST_NAMESAKES])]
        found = self._people().search(
            self._in_scope(domain, "create", "edit"), limit=MOST_NAMESAKES
        )
        numbers = {}
        for person in found:
            numbers.setdefault(key(person.name), set()).add(person.employee_number)
        return {
            name: next(iter(each)) for name, each in numbers.items() if len(each) == 1
        }

    @api.model
    @api.private
    def _sheet_beneath(self, pairs):
        """``{(employee id, date): shift id, 0 or None}`` without changes by hand."""
        if not pairs:
            return {}
        people = sorted({employee for employee, _day in pairs})
        dates = sorted({day for _employee, day in pairs})
        rosters = self.env["attendance.roster"]
        kinds = rosters._day_kinds(people, dates[0], dates[-1])
        make_up = {pair for pair, kind in kinds.items() if kind == "make_up_workday"}
        found = rosters._resolve(people, dates, make_up, overridden=False)
        return {pair: found[pair].shift_id if pair in found else None for pair in pairs}

    @api.model
    @api.private
    def _sheet_conflicts(self, final):
        """What speaks against these changes, as ``attendance.roster._conflicts``.

        :param final: ``{(employee id, date): shift id, 0 or None}`` as they would be.
        :return: the conflicts of the changed days; and those that other days get by
            the changes, as a short night before a day that stays as it is.
        """
        if not final:
            return {}, {}
        rosters = self.env["attendance.roster"]
        people = sorted({employee for employee, _day in final})
        dates = [day for _employee, day in final]
        first, last = min(dates), max(dates) + timedelta(days=RUN_DAYS)
        plan = self._plan(people, days_between(first, last)).planned
        before = {pair: day.shift_id for pair, day in plan.items()}
        after = before | {pair: shift or 0 for pair, shift in final.items()}
        found = rosters._conflicts(after, first, last)
        known = rosters._conflicts(before, first, last)
        follows = {
            pair: [code for code in codes if code not in known.get(pair, ())]
            for pair, codes in found.items()
            if pair not in final
        }
        return (
            {pair: codes for pair, codes in found.items() if pair in final},
            {pair: codes for pair, codes in follows.items() if codes},
        )

    @api.model
    @api.private
    def _sheet_changed_since(self, final, made_at):
        """The pairs of ``final`` that somebody changed by hand since an instant."""
        if not final or not made_at:
            return set()
        self.env["attendance.roster.override"].flush_model()
        self.env.cr.execute(
            "SELECT employee_id, date FROM attendance_roster_override"
            " WHERE employee_id = ANY(%s) AND date BETWEEN %s AND %s"
            "   AND greatest(create_date, write_date) > %s",
            [
                list({employee for employee, _day in final}),
                min(day for _employee, day in final),
                max(day for _employee, day in final),
                made_at,
            ],
        )
        return final.keys() & set(self.env.cr.fetchall())


def _spellings(number, *, is_number):
    """How a number may be written here that stands so in a sheet."""
    plain = unicodedata.normalize("NFKC", as_text(number)).strip()
    found = {number, plain, plain.upper(), plain.lower()}
    if is_number:
        found |= {plain.zfill(length) for length in range(1, LONGEST_NUMBER + 1)}
    return found
