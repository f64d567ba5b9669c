from odoo import api, fields, models

from ..const import LEAVE_COLUMNS


class HrLeaveType(models.Model):
    """Which column of the reports a leave type has.

    Fields of reports are fixed, leave types are not: each type takes the lowest
    number that is free among the types of its company and country, and the reports
    call the column what the type is called.
    """

    _inherit = "hr.leave.type"

    report_column = fields.Integer(
        readonly=True,
        copy=False,
        help="The leave column of the daily and monthly reports. 0: all are taken, "
        "and leave of this type is seen in the total only.",
    )

    def init(self):
        """Types from before the reports get their columns in their order."""
        self.env.flush_all()
        # sudo: every type of every company takes part
        types = self.sudo().with_context(active_test=False)
        types.search([("report_column", "=", 0)], order="sequence, id")._take_columns()

    @api.model_create_multi
    def create(self, vals_list):
        types = super().create(vals_list)
        types._take_columns()
        return types

    def write(self, vals):
        result = super().write(vals)
        if {"company_id", "country_id"} & vals.keys():
            self._take_columns()
        return result

    def _take_columns(self):
        """Give each of these the lowest number that none beside it has."""
        for leave_type in self:
            beside = [("id", "!=", leave_type.id), ("report_column", "!=", 0)]
            # sudo: where a company is, is no secret from who names its leave
            company = leave_type.company_id.sudo()
            if company:
                beside.append(("company_id", "in", (False, company.id)))
            # A company's people never meet the types of other countries.
            country = leave_type.country_id or company.country_id
            if company or country:
                beside.append(("country_id", "in", (False, country.id)))
            # sudo: types of every company that share people with this one
            others = self.sudo().with_context(active_test=False).search(beside)
            taken = set(others.mapped("report_column"))
            if leave_type.report_column and leave_type.report_column not in taken:
                continue
            free = (n for n in range(1, LEAVE_COLUMNS + 1) if n not in taken)
            leave_type.report_column = next(free, 0)

    @api.model
    @api.private
    def _report_columns(self):
        """``{column: name}`` of the leave types of the companies that are on.

        In the order of the types; where two companies use a column, both are named.
        """
        companies = self.env.companies
        # sudo: what an absence is called is told to who sees the absence
        types = self.sudo().search(
            [
                ("company_id", "in", [False, *companies.ids]),
                ("country_id", "in", [False, *companies.sudo().country_id.ids]),
                ("report_column", "!=", 0),
            ],
            order="sequence, id",
        )
        names = {}
        for leave_type in types:
            found = names.setdefault(leave_type.report_column, [])
            if leave_type.name not in found:
                found.append(leave_type.name)
        return {column: " / ".join(found) for column, found in names.items()}
