"""Filing over a personal link: the same checks as everywhere."""

import re
from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..const import MOST_FILED, MOST_FILED_HOUR

KINDS = ("correction", "overtime", "outing", "trip", "leave")
REASON_LENGTH = 500
DESTINATION_LENGTH = 100
CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
FORM_FIELDS = (
    "date_from", "date_to", "start", "stop", "direction", "destination", "reason",
    "leave_type", "from_period", "to_period",
)  # fmt: skip


class TooMany(UserError):
    """Filed too often over one link; it is to be tried again later."""


class AttendancePersonalLink(models.Model):
    # One concern a file.
    _inherit = "attendance.personal.link"  # pylint: disable=consider-merging-classes-inherited

    def _kinds(self):
        """``{kind: its name}`` of what can be filed."""
        field = self.env["attendance.request.entry"]._fields["kind"]
        names = dict(field._description_selection(self.env))
        kinds = {kind: names[kind] for kind in KINDS}
        if not self._leave_types():
            del kinds["leave"]
        return kinds

    def _form_page(self, form):
        """What is in the fields of the form: what was typed, else today."""
        today = fields.Date.context_today(self).isoformat()
        values = {name: str(form.get(name) or "") for name in FORM_FIELDS}
        values["date_from"] = values["date_from"] or today
        return values

    def _file(self, kind, form):
        """File what the page's form holds.

        :raise UserError: a sentence to be shown beside the form.
        """
        if kind not in self._kinds():
            raise UserError(self.env._("This cannot be filed here."))
        self._check_rate()
        if kind == "leave":
            filed = self._file_leave(form)
        else:
            filed = self._file_request(kind, form)
        self._say_who(filed)

    def _check_rate(self):
        """Whoever holds the telephone cannot have the server work without an end.

        :raise TooMany: what was filed counts, and what was refused.
        """
        now = fields.Datetime.now()
        by_link = Domain("personal_link_id", "=", self.id)
        for hours, most in ((1, MOST_FILED_HOUR), (24, MOST_FILED)):
            recent = Domain("create_date", ">", now - timedelta(hours=hours))
            filed = sum(
                self.env[model].search_count(by_link & recent)
                for model in ("attendance.request", "hr.leave")
            )
            if filed >= most:
                raise TooMany(
                    self.env._(
                        "At most %(limit)s requests are filed this way in %(hours)s h. "
                        "Go on later.",
                        limit=most,
                        hours=hours,
                    )
                )
        failures = self.env["attendance.personal.link.failure"]
        if failures._is_too_many(self._refusals_of()):
            raise TooMany(
                self.env._(
                    "Too many forms were refused. Wait ten minutes, or ask your "
                    "manager to file it."
                )
            )

    def _refusals_of(self):
        """Under what the refused forms of this link are counted."""
        return f"filing-{self.id}"

    def _note_refused(self):
        self.env["attendance.personal.link.failure"]._note(self._refusals_of())

    def _file_request(self, kind, form):
        day = self._read_day(form.get("date_from"))
        values = {
            "kind": kind,
            "employee_id": self.employee_id.id,
            "personal_link_id": self.id,
            "date_from": day,
            "reason": self._read_text(form, "reason", REASON_LENGTH),
        }
        if kind == "correction":
            if form.get("direction") not in ("in", "out"):
                raise UserError(self.env._("Choose clock-in or clock-out."))
            values["direction"] = form["direction"]
            values["start_minutes"] = self._read_clock(form, "start")
        elif kind == "trip":
            last = form.get("date_to")
            values["date_to"] = self._read_day(last) if last else day
            values["is_by_days"] = True
        else:
            values["start_minutes"] = self._read_clock(form, "start")
            values["stop_minutes"] = self._read_clock(form, "stop")
        if kind in ("trip", "outing"):
            destination = self._read_text(form, "destination", DESTINATION_LENGTH)
            values["destination"] = destination
        # The chatter would name the page's own login as who made it.
        quiet = self.env["attendance.request"].with_context(mail_create_nolog=True)
        return quiet.create(values)

    def _read_clock(self, form, name):
        match = CLOCK.fullmatch((form.get(name) or "")[:5])
        if not match:
            raise UserError(
                self.env._("“%s” is no time; it is written 08:30.", form.get(name, ""))
            )
        hours, minutes = map(int, match.groups())
        return hours * 60 + minutes

    def _read_text(self, form, name, longest):
        text = (form.get(name) or "").strip()
        if len(text) > longest:
            raise UserError(
                self.env._(
                    "Write at most %(limit)s characters; these are %(count)s.",
                    limit=longest,
                    count=len(text),
                )
            )
        return text or False

    def _say_who(self, filed):
        """In the chatter, where it is told who did what."""
        contact = self.employee_id.work_contact_id or self.company_id.partner_id
        filed.message_post(
            body=self.env._(
                "Filed over the personal link by %s.", self.employee_id.name
            ),
            author_id=contact.id,
            subtype_xmlid="mail.mt_note",
        )
