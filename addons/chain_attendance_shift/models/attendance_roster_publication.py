from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.chain_attendance_base.models.attendance_scope_mixin import (
    PERSON_COLUMNS,
)

from ..roster_news import days_between, news
from .attendance_roster import EARLIEST

LONGEST_DAYS = 62


class AttendanceRosterPublication(models.Model):
    """A roster that was told to its people, as it was then.

    It stays as it is: who changes the roster afterwards publishes again, and people
    are told what differs.
    """

    _name = "attendance.roster.publication"
    _description = "Published Roster"
    _inherit = ["attendance.scope.mixin"]
    _order = "id desc"

    # Whoever sees one of its people sees it.
    _attendance_area = "rosters"
    _attendance_scope_columns = {
        kind: tuple(f"line_ids.{path}" for path in paths)
        for kind, paths in PERSON_COLUMNS.items()
    }

    company_id = fields.Many2one("res.company", required=True, index=True)
    date_from = fields.Date(string="First Date", required=True)
    date_to = fields.Date(string="Last Date", required=True)
    note = fields.Text(help="What people read above their days.")
    line_ids = fields.One2many(
        "attendance.roster.publication.line", "publication_id", string="People"
    )
    people_count = fields.Integer(
        string="People Told", help="The people to whom something was new or changed."
    )
    change_count = fields.Integer(
        string="New or Changed Days",
        help="Days that differ from what the person was told before, of all people.",
    )
    seen_count = fields.Integer(string="Seen by", compute="_compute_seen_count")

    def _compute_seen_count(self):
        # sudo: a figure beside that of all people, which is no secret either
        seen = dict(
            self.env["attendance.roster.publication.line"]
            .sudo()
            ._read_group(
                [("publication_id", "in", self.ids), ("seen_at", "!=", False)],
                ["publication_id"],
                ["__count"],
            )
        )
        for publication in self:
            publication.seen_count = seen.get(publication, 0)

    @api.depends("date_from", "date_to")
    def _compute_display_name(self):
        for publication in self:
            publication.display_name = self.env._(
                "%(start)s to %(end)s",
                start=publication.date_from,
                end=publication.date_to,
            )

    @api.model
    @api.private
    def _publish(self, employee_ids, first, last, note=False):
        """Tell people their rosters between two dates; the login may edit each one's.

        Who has nothing new or changed since the last time is not told again.

        :return: the publications, one for each company with people who are told.
        """
        employee_ids = sorted(set(employee_ids))
        self._check_dates(first, last)
        self._check_people(employee_ids)
        planned = self._planned(employee_ids, first, last)
        found = news(planned, self._told(employee_ids, first, last))
        if not found:
            raise UserError(
                self.env._(
                    "Nothing is new or changed since these people were told last."
                )
            )
        # sudo: nobody makes publications by hand, and nobody changes them; the right
        # to each person was looked at above
        publications = self.sudo().create(
            [
                {
                    "company_id": company,
                    "date_from": first,
                    "date_to": last,
                    "note": note,
                    "people_count": len(people),
                    "change_count": sum(len(found[person]) for person in people),
                }
                for company, people in self._by_company(found).items()
            ]
        )
        lines = self.env["attendance.roster.publication.line"].sudo()
        lines._tell(publications, planned, found)
        return publications.sudo(self.env.su)

    @api.model
    @api.private
    def _check_dates(self, first, last):
        if first < EARLIEST or last < first:
            raise UserError(
                self.env._(
                    "The last date, %(end)s, lies before the first, %(start)s, or that "
                    "one before %(earliest)s.",
                    start=first,
                    end=last,
                    earliest=EARLIEST,
                )
            )
        if (last - first).days >= LONGEST_DAYS:
            raise UserError(
                self.env._(
                    "At most %(limit)s days are published at once; %(start)s to "
                    "%(end)s are %(count)s.",
                    limit=LONGEST_DAYS,
                    start=first,
                    end=last,
                    count=(last - first).days + 1,
                )
            )

    @api.model
    @api.private
    def _check_people(self, employee_ids):
        """Refuse nobody, and people whose rosters the login may not edit."""
        if not employee_ids:
            raise UserError(self.env._("Choose the people first."))
        people = self.env["hr.employee.public"].with_context(active_test=False)
        held = people.search_count(
            Domain("id", "in", employee_ids) & self._may_publish()
        )
        if held < len(employee_ids):
            raise AccessError(
                self.env._(
                    "You may not publish the rosters of some of these people. Remove "
                    "them."
                )
            )

    @api.model
    @api.private
    def _may_publish(self):
        """The people, by their public profiles, whose rosters the login publishes."""
        if self.env.su:
            return Domain.TRUE
        return self.env.user._attendance_scope("rosters", "edit")

    @api.model
    @api.private
    def _planned(self, employee_ids, first, last):
        """``{(employee id, date): shift id, or 0}`` while people are employed."""
        dates = days_between(first, last)
        rosters = self.env["attendance.roster"]
        kinds = rosters._day_kinds(employee_ids, first, last)
        make_up_days = {p for p, kind in kinds.items() if kind == "make_up_workday"}
        resolved = rosters._resolve(employee_ids, dates, make_up_days)
        planned = {pair: found.shift_id for pair, found in resolved.items()}
        for pair in list(rosters._not_employed(planned)):
            del planned[pair]
        return planned

    @api.model
    @api.private
    def _told(self, employee_ids, first, last):
        """``{(employee id, date): shift id, or 0}`` as people were told last.

        In one query. It does not ask who may see these people.
        """
        self.env["attendance.roster.publication.line"].flush_model()
        self.env.cr.execute(
            "SELECT employee_id, told FROM attendance_roster_publication_line"
            " WHERE employee_id = ANY(%s) AND date_from <= %s AND date_to >= %s"
            " ORDER BY id",
            [list(employee_ids), last, first],
        )
        dates = {day.isoformat(): day for day in days_between(first, last)}
        told = {}
        for employee, days in self.env.cr.fetchall():
            for text, shift in days.items():
                if text in dates:
                    told[employee, dates[text]] = shift
        return {pair: shift for pair, shift in told.items() if shift is not None}

    @api.model
    def _by_company(self, employee_ids):
        """``{company id: [employee id, ...]}``"""
        # sudo: the right to each of them was looked at
        people = self.env["hr.employee"].sudo().browse(employee_ids)
        companies = defaultdict(list)
        for person in people:
            companies[person.company_id.id].append(person.id)
        return companies
