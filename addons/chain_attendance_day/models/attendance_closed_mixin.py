from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

# Set by who has confirmed that a change of a closed day becomes an adjustment.
CONFIRMED = "attendance_adjustment_confirmed"


class AttendanceClosedMixin(models.AbstractModel):
    """Facts that may lie on closed days.

    Nothing that is entered about a closed day changes its row; it becomes adjustment
    lines. That is never done silently: whoever enters, changes or takes back such a
    fact confirms it, by a tick on the form or by the context. Punches are not asked:
    they come from terminals, when their line is up again.
    """

    _name = "attendance.closed.mixin"
    _description = "Facts That May Lie on Closed Days"

    is_adjustment_confirmed = fields.Boolean(
        string="Count as Adjustment",
        compute="_compute_is_adjustment_confirmed",
        inverse="_inverse_is_adjustment_confirmed",
        help="The dates lie in a closed period, whose days do not change any more. "
        "With the tick the difference is counted in an open period.",
    )

    def _compute_is_adjustment_confirmed(self):
        """Said anew each time: a tick holds for one saving."""
        self.is_adjustment_confirmed = False

    def _inverse_is_adjustment_confirmed(self):
        """What was ticked is looked at while saving, and kept nowhere."""

    def _closed_spans(self):
        """The dates that these facts decide on.

        :return: ``[(employee id, first, last), ...]``
        """
        raise NotImplementedError

    def _may_adjust_closed(self):
        """Whether the login may count something in an open period instead."""
        return True

    def _check_closed(self, spans, is_confirmed=False):
        """Refuse to touch closed days without a confirmation.

        :raise UserError: saying which day, in which period, and what would become of
            it.
        """
        found = self.env["attendance.period"]._first_closed(spans)
        if not found:
            return
        if not self._is_closed_allowed(is_confirmed):
            raise UserError(self._closed_words(found))

    def _is_closed_allowed(self, is_confirmed=False):
        is_confirmed = is_confirmed or self.env.context.get(CONFIRMED)
        return bool(is_confirmed and self._may_adjust_closed())

    def _closed_words(self, found):
        """What a person reads before confirming."""
        words = self._closed_fact(found)
        if not self._may_adjust_closed():
            return f"{words}\n" + self.env._(
                "Ask who keeps your attendance to enter it for you."
            )
        return f"{words}\n" + self.env._(
            "Tick “Count as Adjustment” if that is what you want."
        )

    @api.model
    def _closed_fact(self, found):
        employee, day, closed, taking = found
        # sudo: the names of a person and of periods, for who enters something of theirs
        person = self.env["hr.employee"].sudo().browse(employee).name
        values = {
            "person": person,
            "day": format_date(self.env, day),
            "closed": closed.sudo().name,
        }
        if taking:
            return self.env._(
                "%(person)s: %(day)s lies in the closed period “%(closed)s”. It will "
                "count as an adjustment in “%(taking)s”.",
                taking=taking.sudo().name,
                **values,
            )
        return self.env._(
            "%(person)s: %(day)s lies in the closed period “%(closed)s”. It will count "
            "as an adjustment in the next period that is made.",
            **values,
        )


def is_ticked(vals_list):
    """Whether all of what is saved was confirmed."""
    return all(vals.get("is_adjustment_confirmed") for vals in vals_list)
