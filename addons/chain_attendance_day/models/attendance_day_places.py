"""Where people are on which date: store, department, zone, holidays."""

from collections import namedtuple
from zoneinfo import ZoneInfo

from odoo import api, models

from odoo.addons.chain_attendance_base.sql import PLACE_MODELS
from odoo.addons.chain_attendance_engine import DayKind

Organisation = namedtuple(
    "Organisation", "company_id department_id job_id store_id home_store_id"
)
# A store or a company: its zone and its holiday calendar, where it has them.
Site = namedtuple("Site", "company_id zone calendar_id")
Place = namedtuple("Place", "organisation zone calendar_id")

DAY_KINDS = {
    "public_holiday": DayKind.PUBLIC_HOLIDAY,
    "moved_rest_day": DayKind.MOVED_REST_DAY,
    "make_up_workday": DayKind.MAKEUP_WORKDAY,
}


class Places:
    """Store, zone and holiday calendar of some people on any date.

    :param history: their :class:`History`.
    :param sites: ``{store id: Site}``.
    :param seats: ``{company id: Site}``.
    """

    def __init__(self, history, sites, seats):
        self.history = history
        self.sites = sites
        self.seats = seats
        self.zones, self.places, self.settled = {}, {}, {}

    def __contains__(self, employee):
        return employee in self.history

    @property
    def company_ids(self):
        return set(self.seats)

    @property
    def calendar_ids(self):
        found = {site.calendar_id for site in self.sites.values()}
        return (found | {seat.calendar_id for seat in self.seats.values()}) - {None}

    def on(self, employee, day):
        """The :class:`Place` of a person on a date; one object for all who are there.

        Most people are in one place all the time.
        """
        if employee in self.settled:
            return self.settled[employee]
        history = self.history
        version = history.version_on(employee, day)
        store = history.store_on(employee, day)
        home = version.store_id
        own = self.sites.get(home)
        company = own.company_id if own else history.companies[employee]
        where = Organisation(
            company, version.department_id, version.job_id, store, home
        )
        if where not in self.places:
            self.places[where] = self._place(where)
        if len(history.versions[employee]) == 1 and employee not in history.loans:
            self.settled[employee] = self.places[where]
        return self.places[where]

    def _place(self, where):
        seat = self.seats[where.company_id]
        site = self.sites.get(where.store_id) or NOWHERE
        return Place(
            where,
            self._zone(site.zone or seat.zone or "UTC"),
            site.calendar_id or seat.calendar_id,
        )

    def _zone(self, name):
        if name not in self.zones:
            self.zones[name] = ZoneInfo(name)
        return self.zones[name]


NOWHERE = Site(None, None, None)


class AttendanceDay(models.Model):
    # One concept, one file.
    _inherit = "attendance.day"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    @api.private
    def _gather_places(self, employee_ids, first, last):
        """The :class:`Places` of these people between two dates, in three queries."""
        for model in PLACE_MODELS:
            self.env[model].flush_model()
        people = self.env["hr.employee"]
        history = people._attendance_history(employee_ids, first, last)
        stores, companies = sorted(history.store_ids), set(history.companies.values())
        self.env.cr.execute(
            """
            SELECT TRUE, id, company_id, tz, holiday_calendar_id
            FROM attendance_store WHERE id = ANY(%(stores)s)
            UNION ALL
            SELECT FALSE, c.id, c.id, p.tz, c.attendance_holiday_calendar_id
            FROM res_company c JOIN res_partner p ON p.id = c.partner_id
            WHERE c.id = ANY(%(companies)s) OR c.id IN (
                SELECT company_id FROM attendance_store WHERE id = ANY(%(stores)s))
            """,
            {"stores": stores, "companies": sorted(companies)},
        )
        sites, seats = {}, {}
        for is_store, key, *site in self.env.cr.fetchall():
            (sites if is_store else seats)[key] = Site(*site)
        return Places(history, sites, seats)

    @api.model
    def _gather_day_kinds(self, calendar_ids, dates):
        """``{(calendar id, date): DayKind}`` of the dates that are out of the usual."""
        self.env.cr.execute(
            "SELECT calendar_id, date, day_kind FROM attendance_holiday"
            " WHERE calendar_id = ANY(%s) AND date = ANY(%s)",
            [sorted(calendar_ids), sorted(dates)],
        )
        return {
            (calendar, day): DAY_KINDS[kind]
            for calendar, day, kind in self.env.cr.fetchall()
        }
