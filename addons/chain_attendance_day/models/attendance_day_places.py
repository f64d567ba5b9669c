"""Where people are on which date: store, department, zone, holidays."""

from collections import defaultdict, namedtuple
from zoneinfo import ZoneInfo

from odoo import api, models

from odoo.addons.chain_attendance_engine import DayKind

Organisation = namedtuple(
    "Organisation", "company_id department_id job_id store_id home_store_id"
)
Version = namedtuple("Version", "date_from department_id job_id store_id")
Loan = namedtuple("Loan", "date_from date_to store_id")
# A store or a company: its zone and its holiday calendar, where it has them.
Site = namedtuple("Site", "company_id zone calendar_id")
Place = namedtuple("Place", "organisation zone calendar_id")

DAY_KINDS = {
    "public_holiday": DayKind.PUBLIC_HOLIDAY,
    "moved_rest_day": DayKind.MOVED_REST_DAY,
    "make_up_workday": DayKind.MAKEUP_WORKDAY,
}


class Places:
    """Where each of some people is on any date.

    :param versions: ``{employee id: [Version, ...]}`` from the first to the last.
    :param loans: ``{employee id: [Loan, ...]}``, the latest entry first.
    :param companies: ``{employee id: company id}``.
    :param sites: ``{store id: Site}``.
    :param seats: ``{company id: Site}``.
    """

    def __init__(self, versions, loans, companies, sites, seats):
        self.versions = versions
        self.loans = loans
        self.companies = companies
        self.sites = sites
        self.seats = seats
        self.zones = {}

    def __contains__(self, employee):
        return employee in self.versions

    @property
    def company_ids(self):
        return set(self.seats)

    @property
    def calendar_ids(self):
        found = {site.calendar_id for site in self.sites.values()}
        return (found | {seat.calendar_id for seat in self.seats.values()}) - {None}

    def on(self, employee, day):
        """The :class:`Place` of a person on a date."""
        version = _version_on(self.versions[employee], day)
        home = version.store_id
        store = _lent_store(self.loans.get(employee, ()), day) or home
        own = self.sites.get(home)
        company = own.company_id if own else self.companies[employee]
        seat, site = self.seats[company], self.sites.get(store) or NOWHERE
        return Place(
            Organisation(company, version.department_id, version.job_id, store, home),
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
        """The :class:`Places` of these people between two dates, in four queries."""
        self.env.flush_all()
        versions, companies = self._gather_versions(employee_ids)
        loans = self._gather_loans(employee_ids, first, last)
        stores = {v.store_id for found in versions.values() for v in found}
        stores |= {loan.store_id for found in loans.values() for loan in found}
        self.env.cr.execute(
            "SELECT id, company_id, tz, holiday_calendar_id FROM attendance_store"
            " WHERE id = ANY(%s)",
            [sorted(stores - {None})],
        )
        sites = {row[0]: Site(*row[1:]) for row in self.env.cr.fetchall()}
        seats = set(companies.values()) | {site.company_id for site in sites.values()}
        self.env.cr.execute(
            """
            SELECT c.id, p.tz, c.attendance_holiday_calendar_id
            FROM res_company c JOIN res_partner p ON p.id = c.partner_id
            WHERE c.id = ANY(%s)
            """,
            [sorted(seats)],
        )
        seats = {row[0]: Site(*row) for row in self.env.cr.fetchall()}
        return Places(versions, loans, companies, sites, seats)

    @api.model
    def _gather_versions(self, employee_ids):
        self.env.cr.execute(
            """
            SELECT v.employee_id, e.company_id, v.date_version, v.department_id,
                   v.job_id, v.store_id
            FROM hr_version v JOIN hr_employee e ON e.id = v.employee_id
            WHERE v.employee_id = ANY(%s) AND v.active
            ORDER BY v.employee_id, v.date_version
            """,
            [employee_ids],
        )
        versions, companies = defaultdict(list), {}
        for employee, company, *version in self.env.cr.fetchall():
            versions[employee].append(Version(*version))
            companies[employee] = company
        return versions, companies

    @api.model
    def _gather_loans(self, employee_ids, first, last):
        self.env.cr.execute(
            """
            SELECT employee_id, date_from, date_to, store_id FROM attendance_store_loan
            WHERE employee_id = ANY(%s) AND date_from <= %s AND date_to >= %s
            ORDER BY employee_id, id DESC
            """,
            [employee_ids, last, first],
        )
        loans = defaultdict(list)
        for employee, *loan in self.env.cr.fetchall():
            loans[employee].append(Loan(*loan))
        return loans

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


def _version_on(versions, day):
    """The version in force; before the first one, the first."""
    found = versions[0]
    for version in versions[1:]:
        if version.date_from > day:
            break
        found = version
    return found


def _lent_store(loans, day):
    """Where a loan takes the person; of two, the one entered later decides."""
    for loan in loans:
        if loan.date_from <= day <= loan.date_to:
            return loan.store_id
    return None
