"""The person's own requests and leaves behind a personal link."""

from odoo import models
from odoo.exceptions import UserError

SHOWN = 60
# Before somebody approved it.
OPEN_STATES = ("draft", "submitted")
OPEN_LEAVES = ("confirm",)
MOST_DIGITS = 9


def read_number(text):
    """The number of a row as a form sends it; 0 of whatever is none."""
    text = text or ""
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else 0


class AttendancePersonalLink(models.Model):
    # One concern a file.
    _inherit = "attendance.personal.link"  # pylint: disable=consider-merging-classes-inherited

    def _requests_page(self):
        """The latest requests and leaves, with what may be taken back."""
        entries = self._own("attendance.request.entry", limit=SHOWN)
        states = dict(entries._fields["state"]._description_selection(self.env))
        return [
            {
                "kind": "leave" if entry.leave_id else "request",
                "id": entry.leave_id.id or entry.request_id.id,
                "title": entry.title,
                "start": entry.start_text,
                "stop": entry.stop_text or "",
                "amount": entry.amount or "",
                "state": entry.state,
                "state_text": states[entry.state],
                "reason": entry.reason or "",
                "refusal": entry.request_id.refusal or "",
                "can_cancel": self._is_open(entry.request_id or entry.leave_id),
            }
            for entry in entries
        ]

    def _is_open(self, filed):
        is_leave = filed._name == "hr.leave"
        return filed.state in (OPEN_LEAVES if is_leave else OPEN_STATES)

    def _cancel(self, kind, number):
        """Take back what nobody approved yet."""
        model = "hr.leave" if kind == "leave" else "attendance.request"
        filed = self._own(model, ("id", "=", read_number(number)), limit=1)
        if not filed or not self._is_open(filed):
            raise UserError(
                self.env._("There is no such request of yours that can be cancelled.")
            )
        if kind == "leave":
            filed._force_cancel()
        else:
            filed.action_cancel()
