import json

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class AttendanceRosterSheetExport(models.TransientModel):
    """Which part of the roster is taken away as a file of Excel."""

    _name = "attendance.roster.sheet.export"
    _description = "Export Roster to Excel"

    date_from = fields.Date(
        string="First Date",
        required=True,
        default=lambda self: fields.Date.start_of(
            fields.Date.context_today(self), "month"
        ),
    )
    date_to = fields.Date(
        string="Last Date",
        required=True,
        default=lambda self: fields.Date.end_of(
            fields.Date.context_today(self), "month"
        ),
        help="At most 62 days after the first one, both included.",
    )
    store_ids = fields.Many2many("attendance.store", string="Stores")
    department_ids = fields.Many2many(
        "hr.department",
        string="Departments",
        help="With the departments below them.",
    )
    people_domain = fields.Char(
        help="Whom a screen shows, as a domain in JSON over public employees."
    )
    company_ids = fields.Many2many(
        "res.company", required=True, default=lambda self: self.env.companies
    )

    def action_export(self):
        """Download the file; what speaks against it is said before."""
        self.ensure_one()
        grid = self._grid()
        grid._dates(self.date_from.isoformat(), self.date_to.isoformat())
        grid._sheet_people(self._domain())
        return {
            "type": "ir.actions.act_url",
            "url": f"/chain_attendance/roster_sheet/{self.id}/roster.xlsx",
            "target": "new",
            "close": True,
        }

    @api.private
    def _file(self):
        """``(name, file)``, the file opened at its beginning."""
        self.ensure_one()
        first, last = self.date_from.isoformat(), self.date_to.isoformat()
        name = f"{self.env._('Roster')} {first} - {last}.xlsx"
        return name, self._grid()._write_sheet(self._domain(), first, last)

    def _grid(self):
        """The grid of the companies that were switched on."""
        return self.env["attendance.roster.grid"].with_context(
            allowed_company_ids=self.company_ids.ids
        )

    def _domain(self):
        domain = Domain.TRUE
        if self.people_domain:
            try:
                domain = Domain(json.loads(self.people_domain))
            except (TypeError, ValueError) as error:
                raise UserError(
                    self.env._("It cannot be told whom to export.")
                ) from error
        if self.store_ids:
            domain &= Domain("store_id", "in", self.store_ids.ids)
        if self.department_ids:
            domain &= Domain("department_id", "child_of", self.department_ids.ids)
        return domain
