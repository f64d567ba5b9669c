from odoo import api, fields, models
from odoo.tools import SQL

from ..const import FIGURES, LEAVE_COLUMNS

# How a leave column looks in a list.
LEAVE_NODE = {
    "widget": "attendance_leave",
    "options": "{'blank_open': true}",
    "width": "74px",
    "optional": "show",
    "sum": "Leave",
}
# Zeros that are left empty beside those of every report.
BLANK_ZERO = (
    "punched_outing_minutes",
    "claimed_workday_minutes",
    "claimed_rest_day_minutes",
    "claimed_holiday_minutes",
)


def leave_fields():
    """``{name: field}`` of the leave columns: minutes, days, minutes by hours.

    Their labels are the names of the leave types; see ``fields_get``.
    """
    made = {}
    for column in range(1, LEAVE_COLUMNS + 1):
        for part in ("minutes", "days", "hour_minutes"):
            made[f"leave_{column}_{part}"] = fields.Integer(
                readonly=True, export_string_translation=False
            )
    return made


class AttendanceReportMixin(models.AbstractModel):
    """What daily and monthly reports have in common: a person's figures.

    Rows are read-only and made by a query. Columns of minutes end in ``_minutes``;
    each leave type has three (``leave_N_minutes`` is what it took of the time due,
    ``leave_N_days`` how many days were charged, ``leave_N_hour_minutes`` the part
    that was asked for by hours).
    """

    _name = "attendance.report.mixin"
    _description = "Attendance Report"
    _inherit = ["attendance.report.rows.mixin"]

    due_minutes = fields.Integer(string="Due", readonly=True)
    worked_minutes = fields.Integer(string="Worked", readonly=True)
    late_minutes = fields.Integer(string="Late", readonly=True)
    early_minutes = fields.Integer(string="Early", readonly=True)
    absent_minutes = fields.Integer(string="Absent", readonly=True)
    overtime_workday_minutes = fields.Integer(string="Workday Overtime", readonly=True)
    overtime_rest_day_minutes = fields.Integer(
        string="Rest-Day Overtime", readonly=True
    )
    overtime_holiday_minutes = fields.Integer(string="Holiday Overtime", readonly=True)
    leave_minutes = fields.Integer(string="Leave", readonly=True)
    leave_days = fields.Integer(readonly=True)
    leave_hour_minutes = fields.Integer(string="Leave by Hours", readonly=True)
    punched_outing_minutes = fields.Integer(string="Punched Outing", readonly=True)
    outing_minutes = fields.Integer(string="Outing", readonly=True)
    trip_minutes = fields.Integer(string="Business Trip", readonly=True)
    trip_days = fields.Integer(string="Business Trip Days", readonly=True)
    trip_hour_minutes = fields.Integer(string="Business Trip by Hours", readonly=True)
    claimed_workday_minutes = fields.Integer(
        string="Claimed Workday Overtime", readonly=True
    )
    claimed_rest_day_minutes = fields.Integer(
        string="Claimed Rest-Day Overtime", readonly=True
    )
    claimed_holiday_minutes = fields.Integer(
        string="Claimed Holiday Overtime", readonly=True
    )
    missing_in_count = fields.Integer(string="Clock-Ins Missing", readonly=True)
    missing_out_count = fields.Integer(string="Clock-Outs Missing", readonly=True)
    # A class body is a dictionary like any other.
    vars().update(leave_fields())

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        """Leave columns are called what their leave types are called."""
        found = super().fields_get(allfields, attributes)
        names = self.env["hr.leave.type"]._report_columns()
        for name in [name for name in found if name in self._leave_columns()]:
            column, part = self._leave_columns()[name]
            if column not in names:
                # Taken by no type: it is not offered.
                del found[name]
            elif "string" in found[name]:
                found[name]["string"] = self._leave_label(names[column], part)
        return found

    @api.model
    def _leave_label(self, name, part):
        if part == "days":
            return self.env._("%s (days)", name)
        if part == "hour_minutes":
            return self.env._("%s (by hours)", name)
        return name

    @api.model
    @api.private
    def _leave_columns(self):
        """``{field: (column, part)}`` of the leave columns of this model."""
        return {
            f"leave_{column}_{part}": (column, part)
            for column in range(1, LEAVE_COLUMNS + 1)
            for part in ("minutes", "days", "hour_minutes")
        }

    @api.model
    def _get_view_cache_key(self, view_id=None, view_type="form", **options):
        key = super()._get_view_cache_key(view_id, view_type, **options)
        return (*key, *self.env["hr.leave.type"]._report_columns())

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """Where a list, pivot or graph has the total of leave, its types follow."""
        arch, view = super()._get_view(view_id, view_type, **options)
        place = arch.find(".//field[@name='leave_minutes']")
        if place is None or view_type not in ("list", "pivot"):
            return arch, view
        for column in reversed(self.env["hr.leave.type"]._report_columns()):
            name = f"leave_{column}_minutes"
            shown = LEAVE_NODE if view_type == "list" else {}
            place.addnext(place.makeelement("field", {"name": name, **shown}))
        return arch, view

    @api.model
    @api.private
    def _sum_names(self):
        return (*FIGURES, "trip_hour_minutes", *self._leave_columns())

    def _report_file_blank_zeros(self):
        return (*super()._report_file_blank_zeros(), *BLANK_ZERO)

    @api.model
    def _leave_sql(self, source):
        """Select terms of leave, and of trips by hours, out of the rows of ``source``.

        :param source: the alias of rows with ``kind``, ``report_column``, ``minutes``
            and ``days``.
        """
        by_hours = SQL(
            "COALESCE(SUM(%s) FILTER (WHERE %s = 'trip' AND %s = 0), 0)::int"
            " AS trip_hour_minutes",
            *(SQL.identifier(source, name) for name in ("minutes", "kind", "days")),
        )
        terms = [by_hours]
        for name, (column, part) in self._leave_columns().items():
            amount = SQL.identifier(source, "days" if part == "days" else "minutes")
            of_column = SQL("%s = %s", SQL.identifier(source, "report_column"), column)
            if part == "hour_minutes":
                of_column = SQL(
                    "%s AND %s = 0", of_column, SQL.identifier(source, "days")
                )
            terms.append(
                SQL(
                    "COALESCE(SUM(%s) FILTER (WHERE %s), 0)::int AS %s",
                    amount,
                    of_column,
                    SQL.identifier(name),
                )
            )
        return SQL(", ").join(terms)
