"""What a personal link asks of a period: whether the own days are right."""

from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from .attendance_personal_link_month import ALL
from .attendance_personal_link_requests import read_number

LONGEST_OBJECTION = 500
# Whoever holds the telephone does not fill the history of a confirmation.
PAUSE = timedelta(minutes=1)


class AttendancePersonalLink(models.Model):
    # One concern a file.
    _inherit = "attendance.personal.link"  # pylint: disable=consider-merging-classes-inherited

    def _periods_page(self):
        """The periods that wait for the person's word, or have it, oldest first."""
        rows = self._asked_rows()
        figures = rows._figures()
        return [
            {
                "id": row.id,
                "name": row.period_name,
                "first": format_date(self.env, row.date_from),
                "last": format_date(self.env, row.date_to),
                "month": row.date_from.replace(day=1).isoformat(),
                "state": row.state,
                "objection": row.objection,
                "is_changed": bool(row.withdrawn_at),
                "print": figures[row.id]["fingerprint"],
                "totals": self._figures(
                    {name: figures[row.id].get(name) or 0 for name in ALL}
                ),
            }
            for row in rows.sorted("date_from")
        ]

    def _asked_rows(self, *conditions):
        return self._own(
            "attendance.period.confirmation",
            ("period_id.state", "=", "confirming"),
            *conditions,
        )

    def _give_word(self, number, is_right, objection, seen):
        """The person's word on the own days of a period.

        :param number: of the confirmation, as the page sent it.
        :param is_right: whether all is right.
        :param objection: else, what is not.
        :param seen: the print of the days that the page showed.
        """
        row = self._asked_rows(("id", "=", read_number(number)))
        if not row:
            raise UserError(self.env._("Nobody asks for your word on this any more."))
        if row.decided_at and row.decided_at > fields.Datetime.now() - PAUSE:
            raise UserError(self.env._("You have just said so. Wait a minute."))
        if is_right and seen != row._figures()[row.id]["fingerprint"]:
            raise UserError(
                self.env._(
                    "A figure has changed while the page was open: please look again."
                )
            )
        objection = "" if is_right else (objection or "").strip()
        if not is_right and not objection:
            raise UserError(self.env._("Please say what is not right."))
        if len(objection) > LONGEST_OBJECTION:
            raise UserError(
                self.env._(
                    "“What Is Not Right” has at most %s characters.", LONGEST_OBJECTION
                )
            )
        row._note_word(objection, self.employee_id.name)
