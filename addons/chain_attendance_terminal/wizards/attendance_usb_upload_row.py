from odoo import fields, models

from ..usb_outcomes import SELECTION


class AttendanceUsbUploadRow(models.TransientModel):
    """One line of a file, and what would become of it."""

    _name = "attendance.usb.upload.row"
    _description = "Line of a File From a USB Stick"
    _order = "id"

    upload_id = fields.Many2one(
        "attendance.usb.upload", required=True, ondelete="cascade", index=True
    )
    file_id = fields.Many2one(
        "attendance.usb.upload.file", required=True, ondelete="cascade", index=True
    )
    name = fields.Char(related="file_id.name", string="File Name")
    number = fields.Integer(string="Line", help="Counted from 1.")
    outcome = fields.Selection(SELECTION)
    user_code = fields.Char(string="Terminal User Code")
    holder = fields.Char(string="Held by", help="Who holds the code today.")
    wall_time = fields.Char(string="Time at Terminal")
    text = fields.Char(string="In the File")
