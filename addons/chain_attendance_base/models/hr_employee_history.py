from collections import defaultdict, namedtuple

from odoo import api, models

from .hr_version import PLACES

# Fields of a version: where somebody is, and on which dates the version says so.
DATED_PLACES = PLACES | {"active", "date_version"}

Version = namedtuple("Version", "date_from department_id job_id store_id")
Loan = namedtuple("Loan", "date_from date_to store_id")


class History:
    """Where each of some people belonged and worked on any date.

    :param companies: ``{employee id: company id}``.
    :param versions: ``{employee id: [Version, ...]}`` from the first to the last.
    :param loans: ``{employee id: [Loan, ...]}``, the latest entry first.
    """

    def __init__(self, companies, versions, loans):
        self.companies = companies
        self.versions = versions
        self.loans = loans

    def __contains__(self, employee):
        return employee in self.versions

    @property
    def store_ids(self):
        """Every store somebody belonged to or was lent to."""
        held = [*self.versions.values(), *self.loans.values()]
        return {entry.store_id for entries in held for entry in entries} - {None}

    def version_on(self, employee, day):
        """The :class:`Version` in force; before the first one, the first."""
        versions = self.versions[employee]
        found = versions[0]
        for version in versions[1:]:
            if version.date_from > day:
                break
            found = version
        return found

    def store_on(self, employee, day):
        """The id of the store where a person works: lent to, or own; or ``None``.

        Of two loans that overlap the one entered later decides.
        """
        for loan in self.loans.get(employee, ()):
            if loan.date_from <= day <= loan.date_to:
                return loan.store_id
        return self.version_on(employee, day).store_id


class HrEmployee(models.Model):
    """Where people are on a date: by dated version, and by loans between stores."""

    # One concern a file: together they would be far too long.
    _inherit = "hr.employee"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    @api.private
    def _attendance_history(self, employee_ids, first, last):
        """The :class:`History` of these people, in two queries; for any dates.

        It does not ask who may see them. In a statement over everybody, join
        ``sql.place_on`` instead.

        :param first: loans that end earlier are left out,
        :param last: and those that begin later.
        """
        employee_ids = list(employee_ids)
        for model in ("hr.employee", "hr.version", "attendance.store.loan"):
            self.env[model].flush_model()
        # In SQL: thousands of rows, of which no record is needed.
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
        companies, versions = {}, defaultdict(list)
        for employee, company, *version in self.env.cr.fetchall():
            companies[employee] = company
            versions[employee].append(Version(*version))
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
        return History(companies, dict(versions), dict(loans))
