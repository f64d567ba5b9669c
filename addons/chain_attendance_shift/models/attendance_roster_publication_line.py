from datetime import date

from odoo import api, fields, models
from odoo.exceptions import AccessError

from odoo.addons.chain_attendance_base.models.attendance_scope_mixin import (
    PERSON_COLUMNS,
)

from ..roster_news import days_between
from .shift_words import ShiftWords


class AttendanceRosterPublicationLine(models.Model):
    """What one person was told of a published roster, and whether it was seen."""

    _name = "attendance.roster.publication.line"
    _description = "Published Roster of a Person"
    _inherit = ["attendance.scope.mixin", "mail.thread"]
    _order = "id desc"

    _attendance_area = "rosters"
    _attendance_scope_columns = PERSON_COLUMNS

    publication_id = fields.Many2one(
        "attendance.roster.publication", required=True, ondelete="cascade", index=True
    )
    employee_id = fields.Many2one("hr.employee", required=True, ondelete="cascade")
    employee_number = fields.Char(related="employee_id.employee_number")
    department_id = fields.Many2one(related="employee_id.department_id")
    company_id = fields.Many2one(
        related="publication_id.company_id", store=True, index=True, precompute=True
    )
    date_from = fields.Date(
        related="publication_id.date_from", store=True, precompute=True
    )
    date_to = fields.Date(related="publication_id.date_to", store=True, precompute=True)
    told = fields.Json(
        required=True,
        help="Dates, with the id of the shift, 0 for rest or null where nothing is "
        "planned any more.",
    )
    changes = fields.Json(
        required=True,
        help="The new and changed dates among them, with what was told before.",
    )
    new_count = fields.Integer(string="New Days")
    changed_count = fields.Integer(string="Days Changed")
    notice = fields.Selection(
        [
            ("waiting", "About to Be Sent"),
            ("sent", "Sent"),
            ("no_address", "Nobody to Send It to"),
        ],
        required=True,
        default="waiting",
        help="A notice goes to the login of the person, or to the work contact.",
    )
    seen_at = fields.Datetime(
        string="Seen on", help="When the person confirmed having seen it."
    )
    summary = fields.Html(string="What Is New", compute="_compute_summary")

    _by_employee = models.Index("(employee_id, date_to)")
    _waiting = models.Index("(id) WHERE notice = 'waiting'")

    @api.depends("employee_id", "date_from", "date_to")
    def _compute_display_name(self):
        for line in self:
            line.display_name = self.env._(
                "%(person)s: %(start)s to %(end)s",
                person=line.employee_id.name,
                start=line.date_from,
                end=line.date_to,
            )

    @api.depends("told", "changes")
    @api.depends_context("lang")
    def _compute_summary(self):
        views = self.env["ir.qweb"]
        for line, rows in self._rows_in_words().items():
            line.summary = views._render(
                "chain_attendance_shift.attendance_roster_news",
                {"rows": rows, "changed_count": line.changed_count},
            )

    def _rows_in_words(self):
        """``{line: [(date, before, now), ...]}``: what is new or changed, in words.

        Before is empty where nothing was told. In the language of the environment, in
        a fixed number of queries.
        """
        shifts = {
            shift
            for line in self
            for days in (line.told, line.changes)
            for shift in days.values()
        }
        words = ShiftWords(self.env, shifts - {None})
        kinds = self._day_kinds_in_words()
        return {line: line._rows(words, kinds) for line in self}

    def _day_kinds_in_words(self):
        """``{(employee id, date): "Public Holiday"}``; the shift alone says nothing."""
        if not self:
            return {}
        field = self.env["attendance.holiday"]._fields["day_kind"]
        words = dict(field._description_selection(self.env))
        kinds = self.env["attendance.roster"]._day_kinds(
            self.employee_id.ids,
            min(self.mapped("date_from")),
            max(self.mapped("date_to")),
        )
        return {pair: words[kind] for pair, kind in kinds.items()}

    def _rows(self, words, kinds):
        rows = []
        for text, before in sorted(self.changes.items()):
            day = date.fromisoformat(text)
            kind = kinds.get((self.employee_id.id, day))
            shown = words.date(day) + (f" · {kind}" if kind else "")
            was = "" if before is None else words.planned(before, day)
            rows.append((shown, was, words.planned(self.told[text], day)))
        return rows

    def _news(self):
        """``{date: shift id told before, 0 or None}`` that their person has not seen.

        Of several lines the earliest says what was known; a day that is back to that
        is no news.
        """
        before, now = {}, {}
        for line in self.sorted("id").filtered(lambda line: not line.seen_at):
            for text, was in line.changes.items():
                day = date.fromisoformat(text)
                before.setdefault(day, was)
                now[day] = line.told[text]
        return {day: was for day, was in before.items() if now[day] != was}

    @api.model
    @api.private
    def _tell(self, publications, planned, found):
        """Keep what each person is told; the notices follow in a scheduled job.

        For use as sudo.

        :param planned: ``{(employee id, date): shift id, or 0}``.
        :param found: as :func:`news` gives it.
        """
        dates = days_between(publications[0].date_from, publications[0].date_to)
        by_company = {each.company_id.id: each.id for each in publications}
        people = self.env["hr.employee"].browse(found)
        lines = self.with_context(mail_create_nosubscribe=True, tracking_disable=True)
        lines.create(
            [
                {
                    "publication_id": by_company[person.company_id.id],
                    "employee_id": person.id,
                    "notice": "waiting" if self._recipient(person) else "no_address",
                    **_told(person.id, dates, planned, found[person.id]),
                }
                for person in people
            ]
        )
        self.env.ref("chain_attendance_shift.ir_cron_roster_notices")._trigger()

    @api.model
    def _recipient(self, person):
        """The partner who is written to: of the login, or the work contact."""
        user = person.user_id.filtered("active")
        if user.notification_type == "inbox":
            return user.partner_id
        # Each by itself: together they would be read one person at a time.
        return user.partner_id.filtered("email") or person.work_contact_id.filtered(
            "email"
        )

    def _get_access_action(self, access_uid=None, force_website=False):
        """The button of a notice leads to the calendar, not to this row."""
        return {
            "type": "ir.actions.act_url",
            "url": "/odoo/my-roster",
        }

    def action_seen(self):
        """The person confirms having seen what was published; of nobody else."""
        if self.employee_id.user_id - self.env.user or not self.employee_id.user_id:
            raise AccessError(
                self.env._("Only the person who was told confirms having seen it.")
            )
        # sudo: nobody else writes here; whose rows these are was looked at above
        unseen = self.sudo().filtered(lambda line: not line.seen_at)
        unseen.write({"seen_at": fields.Datetime.now()})
        return True


def _told(employee, dates, planned, changes):
    """The values of a line that say what one person is told."""
    told = {day.isoformat(): planned.get((employee, day)) for day in dates}
    new = sum(before is None for before in changes.values())
    return {
        "told": told,
        "changes": {day.isoformat(): before for day, before in changes.items()},
        "new_count": new,
        "changed_count": len(changes) - new,
    }
