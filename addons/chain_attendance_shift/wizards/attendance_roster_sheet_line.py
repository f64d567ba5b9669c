from odoo import api, fields, models
from odoo.tools import format_date


class AttendanceRosterSheetLine(models.TransientModel):
    """What is said of one cell of a sheet."""

    _name = "attendance.roster.sheet.line"
    _description = "Import Roster from Excel: Cell"
    _order = "id"

    sheet_id = fields.Many2one(
        "attendance.roster.sheet", required=True, ondelete="cascade", index=True
    )
    kind = fields.Selection(
        [("error", "Error"), ("change", "Change"), ("note", "Note")], required=True
    )
    place = fields.Char(string="Cell")
    employee_number = fields.Char(string="Number")
    employee_name = fields.Char(string="Name")
    date = fields.Date()
    weekday = fields.Char(compute="_compute_weekday")
    typed = fields.Char(string="In the Cell")
    before = fields.Char()
    after = fields.Char()
    text = fields.Char(string="Remark")
    is_doubtful = fields.Boolean()

    @api.depends("date")
    def _compute_weekday(self):
        for line in self:
            day = line.date
            line.weekday = day and format_date(self.env, day, date_format="EEE")
