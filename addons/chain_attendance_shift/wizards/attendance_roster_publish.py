from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..models.attendance_roster_publication import LONGEST_DAYS
from ..models.shift_words import ShiftWords
from ..roster_news import news
from .attendance_roster_people_mixin import FOUND_LIMIT

# Changed days that the dialog lists; the rest is counted.
SHOWN_ROWS = 100
SHOWN_PEOPLE = 50


class AttendanceRosterPublish(models.TransientModel):
    """Publish rosters: what people would be told, before they are."""

    _name = "attendance.roster.publish"
    _description = "Publish a Roster"
    _inherit = ["attendance.roster.people.mixin"]

    # By their public profiles, which whoever plans may read.
    employee_ids = fields.Many2many(
        "hr.employee.public",
        string="People",
        domain="[('attendance_scope', '=', 'rosters.edit')]",
    )
    date_from = fields.Date(
        string="First Date",
        required=True,
        default=lambda self: self._next_month(),
        help="At most 62 days are published at once.",
    )
    date_to = fields.Date(
        string="Last Date",
        required=True,
        default=lambda self: self._next_month() + relativedelta(day=31),
    )
    note = fields.Text(
        help="What people read above their days, e.g. why the roster was changed."
    )
    people_count = fields.Integer("People Told", compute="_compute_news")
    new_count = fields.Integer("New Days", compute="_compute_news")
    changed_count = fields.Integer("Days Changed", compute="_compute_news")
    unreachable = fields.Char(compute="_compute_news")
    conflicts = fields.Char(compute="_compute_news")
    preview = fields.Html(compute="_compute_news", sanitize=False)

    def _title(self):
        return self.env._("Publish a Roster")

    def _add_people(self, people):
        self.employee_ids |= self.employee_ids.browse(people.ids)

    @api.model
    def _may_plan(self):
        if self.env.su:
            return Domain.TRUE
        return Domain("attendance_scope", "=", "rosters.edit")

    @api.model
    def _next_month(self):
        return fields.Date.context_today(self) + relativedelta(months=1, day=1)

    @api.depends("employee_ids", "date_from", "date_to")
    def _compute_news(self):
        for wizard in self:
            wizard.update(wizard._news() if wizard._is_complete() else NOTHING)

    def _is_complete(self):
        first, last = self.date_from, self.date_to
        if not (first and last and self.employee_ids):
            return False
        return 0 <= (last - first).days < LONGEST_DAYS

    def _news(self):
        """What these people would be told; of those whom the login may publish."""
        publications = self.env["attendance.roster.publication"]
        span = self.date_from, self.date_to
        people = self._held_people()
        planned = publications._planned(people.ids, *span)
        told = publications._told(people.ids, *span)
        found = news(planned, told)
        days = [before for days in found.values() for before in days.values()]
        new = days.count(None)
        return {
            "people_count": len(found),
            "new_count": new,
            "changed_count": len(days) - new,
            "unreachable": self._unreachable(found),
            "conflicts": self._conflicts_in_words(planned),
            "preview": self._preview(people, planned, found),
        }

    def _held_people(self):
        people = self.env["hr.employee.public"].with_context(active_test=False)
        may_publish = self.env["attendance.roster.publication"]._may_publish()
        return people.search(Domain("id", "in", self.employee_ids.ids) & may_publish)

    def _unreachable(self, found):
        lines = self.env["attendance.roster.publication.line"]
        # sudo: whether somebody has an address, of people whom the login plans
        people = self.env["hr.employee"].sudo().browse(found)
        names = [person.name for person in people if not lines._recipient(person)]
        if not names:
            return False
        return self.env._(
            "Without a login or an address, so they get no notice (%(count)s): "
            "%(names)s",
            count=len(names),
            names=", ".join(names[:5]) + (" …" if len(names) > 5 else ""),
        )

    def _conflicts_in_words(self, planned):
        rosters = self.env["attendance.roster"]
        found = rosters._conflicts(planned, self.date_from, self.date_to)
        codes = [code for said in found.values() for code in said]
        return ", ".join(
            self.env._("%(what)s: %(count)s days", what=word, count=codes.count(code))
            for code, word in rosters._conflict_words().items()
            if code in codes
        )

    def _preview(self, people, planned, found):
        """Changed days one by one, new ones counted; both of so many people."""
        shown = [person for person in people if person.id in found][:SHOWN_PEOPLE]
        shifts = {planned.get(pair) for pair in planned} | {
            before for days in found.values() for before in days.values()
        }
        words = ShiftWords(self.env, shifts - {None})
        left, rows = SHOWN_ROWS, []
        for person in shown:
            days = found[person.id]
            changed = [(day, was) for day, was in days.items() if was is not None]
            listed = [
                (
                    words.date(day),
                    words.planned(was, day),
                    words.planned(planned.get((person.id, day)), day),
                )
                for day, was in changed[:left]
            ]
            left -= len(listed)
            rows.append((person, len(days) - len(changed), listed, len(changed)))
        return self.env["ir.qweb"]._render(
            "chain_attendance_shift.attendance_roster_publish_preview",
            {"rows": rows, "more": len(found) - len(shown)},
        )

    @api.model
    def open_for(self, domain, date_from, date_to, employee_ids=False):
        """The dialog for the people of a roster grid.

        :param domain: over ``hr.employee.public``; ``employee_ids`` go before it.
        """
        self.check_access("create")
        if employee_ids:
            domain = [("id", "in", employee_ids)]
        may_publish = self.env["attendance.roster.publication"]._may_publish()
        people = self.env["hr.employee.public"].search(
            Domain(domain) & may_publish, limit=FOUND_LIMIT + 1
        )
        if len(people) > FOUND_LIMIT:
            raise UserError(
                self.env._(
                    "At most %(limit)s people are published at once. Narrow the search "
                    "down.",
                    limit=FOUND_LIMIT,
                )
            )
        wizard = self.create(
            {
                "employee_ids": people.ids,
                "date_from": date_from,
                "date_to": date_to,
            }
        )
        return wizard._reopen()

    def action_publish(self):
        """Tell them; the notices go out in the background."""
        self.ensure_one()
        publications = self.env["attendance.roster.publication"]._publish(
            self.employee_ids.ids, self.date_from, self.date_to, self.note
        )
        count = sum(publications.mapped("people_count"))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("Published: %(count)s people told.", count=count),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }


NOTHING = {
    "people_count": 0,
    "new_count": 0,
    "changed_count": 0,
    "unreachable": False,
    "conflicts": False,
    "preview": False,
}
