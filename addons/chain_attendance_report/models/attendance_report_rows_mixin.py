from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.chain_attendance_base.models.attendance_scope_mixin import (
    ROW_COLUMNS,
)

from ..checked import Checked

# What the rows of a report say of their person and place.
PLACES = ("department_id", "store_id", "home_store_id", "job_id", "company_id")
# The zone of the clock on the wall where a row belongs, and what it is joined from.
ZONE = SQL("COALESCE(place.tz, seat.tz, 'UTC')")
ZONE_JOINS = SQL(
    """
    LEFT JOIN attendance_store place ON place.id = d.store_id
    LEFT JOIN res_company firm ON firm.id = d.company_id
    LEFT JOIN res_partner seat ON seat.id = firm.partner_id
    """
)


def wall_sql(instant):
    """``08:30``, or ``06:00 +1`` on the day after: an instant on the store's clock.

    :param instant: an expression; the row has ``d.work_date`` and ``ZONE_JOINS``.
    """
    wall = SQL("(%s AT TIME ZONE 'UTC' AT TIME ZONE %s)", instant, ZONE)
    away = SQL("%s::date - d.work_date", wall)
    return SQL(
        "to_char(%s, 'HH24:MI') || CASE WHEN %s = 0 THEN ''"
        " ELSE to_char(%s, 'FM\" \"SG9') END",
        wall,
        away,
        away,
    )


class AttendanceReportRowsMixin(models.AbstractModel):
    """Rows of a report: whose they are, of which place, and the sums of them.

    Rows are read-only and made by a query.
    """

    _name = "attendance.report.rows.mixin"
    _description = "Rows of an Attendance Report"
    _inherit = ["attendance.report.file.mixin"]

    _attendance_area = "reports"
    _attendance_scope_columns = ROW_COLUMNS | {"store": ("store_id", "home_store_id")}

    employee_id = fields.Many2one("hr.employee", readonly=True)
    employee_number = fields.Char(readonly=True)
    employee_name = fields.Char(string="Name", readonly=True)
    english_name = fields.Char(readonly=True)
    department_id = fields.Many2one("hr.department", readonly=True)
    store_id = fields.Many2one(
        "attendance.store",
        readonly=True,
        help="Where the person worked: the own store, or the one they were lent to.",
    )
    home_store_id = fields.Many2one(
        "attendance.store",
        string="Own Store",
        readonly=True,
        help="The store to which the person belonged on that date.",
    )
    job_id = fields.Many2one("hr.job", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)

    def _read_group_select(self, aggregate_spec, query):
        """Sums leave out what is in progress: what is due then, leave, claims."""
        name, _, function = aggregate_spec.partition(":")
        is_sum = function == "sum" and name in self._sum_names()
        if is_sum and self._report_file_has_open():
            return SQL(
                "SUM(%s) FILTER (WHERE %s = 'final')",
                self._field_to_sql(self._table, name, query),
                self._field_to_sql(self._table, "state", query),
            )
        return super()._read_group_select(aggregate_spec, query)

    @api.model
    @api.private
    def _sum_names(self):
        """The columns that have a sum."""
        return ()

    def _report_file_sums(self):
        return set(self._sum_names())

    @api.model
    @api.readonly
    def report_totals(self, domain, names):
        """The sums of all rows that are found, not of a page.

        :param domain: what is looked for, within the reader's scope.
        :param names: columns; others than those of figures are passed over.
        :return: ``{name: number}``.
        :raise UserError: for what is no domain, and columns that there are not.
        """
        checked = Checked(self.env)
        asked = checked.names(names, "names", self)
        domain = checked.domain(domain, self)
        wanted = [name for name in asked if name in self._sum_names()]
        if not wanted:
            return {}
        sums = self._read_group(domain, [], [f"{name}:sum" for name in wanted])[0]
        return dict(zip(wanted, (found or 0 for found in sums), strict=True))

    @api.model
    @api.private
    def _places_sql(self, alias):
        """The columns of person's place, of the row ``alias``."""
        return SQL(", ").join(SQL.identifier(alias, name) for name in PLACES)
