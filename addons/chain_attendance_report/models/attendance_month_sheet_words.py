from odoo import api, models
from odoo.tools.misc import get_lang

from ..month_symbols import (
    ABSENT,
    EARLY,
    HOLIDAY,
    LATE,
    LEAVE,
    MISSING,
    OPEN,
    OUTING,
    OVERTIME,
    PRESENT,
    REST,
    TRIP,
    UNDECIDED,
    UNSCHEDULED,
    leave_code,
    short_hours,
    signs_in,
    signs_of,
    tone_of,
)


class SheetWords:
    """Signs and their meaning in one language, and which leave was met.

    :param meanings: ``{code: (sign, word)}``.
    :param leave: ``{code: name}`` of leave types, in their order.
    """

    def __init__(self, meanings, leave):
        self.meanings = dict(meanings)
        taken = [sign for sign, _word in meanings.values()]
        for code, sign in signs_of(leave, taken).items():
            self.meanings[code] = sign, leave[code]
        self.met = set(meanings) - {LEAVE}

    def cell(self, codes, notes):
        """What a cell shows: ``text``, ``notes``, ``tone`` and ``title``."""
        for code in (*codes, *(code for code, _minutes in notes)):
            self.met.add(self._known(code))
        words = [self._of(code)[1] for code in codes]
        words += [
            f"{self._of(code)[1]} {short_hours(minutes)}h"
            if minutes
            else self._of(code)[1]
            for code, minutes in notes
        ]
        return {
            "text": "".join(self._of(code)[0] for code in codes),
            "notes": [
                self._of(code)[0] + (short_hours(minutes) if minutes else "")
                for code, minutes in notes
            ],
            # A little absence is absence too.
            "tone": tone_of([*codes, *(code for code, _ in notes if code == ABSENT)]),
            "title": ", ".join(words),
        }

    def legend(self):
        """The signs, those of leave only if a cell had them."""
        return [
            {"sign": sign, "word": word, "tone": tone_of([code])}
            for code, (sign, word) in self.meanings.items()
            if code in self.met
        ]

    def _known(self, code):
        # A type that is gone, or another company's, is leave all the same.
        return code if code in self.meanings else LEAVE

    def _of(self, code):
        return self.meanings[self._known(code)]


class AttendanceMonthSheet(models.AbstractModel):
    # One concern a file.
    _inherit = "attendance.month.sheet"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    @api.private
    def _words(self):
        """The signs in the reader's language, as :class:`SheetWords`."""
        words = {
            PRESENT: self.env._("Present"),
            LATE: self.env._("Late"),
            EARLY: self.env._("Early Departure"),
            ABSENT: self.env._("Absent"),
            REST: self.env._("Rest"),
            HOLIDAY: self.env._("Holiday"),
            TRIP: self.env._("Business Trip"),
            OUTING: self.env._("Outing"),
            LEAVE: self.env._("Leave"),
            UNSCHEDULED: self.env._("Unscheduled"),
            UNDECIDED: self.env._("Shift Undecided"),
            MISSING: self.env._("Punch Missing"),
            OPEN: self.env._("In Progress"),
            OVERTIME: self.env._("Overtime, hours"),
        }
        signs = signs_in(get_lang(self.env).code)
        meanings = {code: (signs[code], word) for code, word in words.items()}
        return SheetWords(meanings, self._leave_names())

    @api.model
    def _leave_names(self):
        companies = self.env.companies
        # sudo: what an absence is called is told to who sees the absence
        types = self.env["hr.leave.type"].sudo().with_context(active_test=False)
        found = types.search(
            [
                ("company_id", "in", [False, *companies.ids]),
                ("country_id", "in", [False, *companies.sudo().country_id.ids]),
            ],
            order="sequence, id",
        )
        return {leave_code(leave_type.id): leave_type.name for leave_type in found}
