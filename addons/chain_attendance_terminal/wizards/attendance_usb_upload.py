from odoo import api, fields, models
from odoo.exceptions import UserError

from ..const import USB_FILES, USB_LINES_AT_ONCE


class AttendanceUsbUpload(models.TransientModel):
    """Files of a USB stick: looked at first, then imported.

    Nothing is stored before the second step. Whoever may edit a terminal may import
    its files.
    """

    _name = "attendance.usb.upload"
    _description = "Upload from a USB Stick"

    purpose = fields.Selection(
        [("punches", "Punches"), ("users", "People")],
        required=True,
        default="punches",
    )
    state = fields.Selection(
        [("files", "Files"), ("preview", "Preview")], required=True, default="files"
    )
    terminal_id = fields.Many2one(
        "attendance.terminal",
        domain="[('attendance_scope', '=', 'terminals.edit')]",
        help="Leave it empty if the files tell their terminal: by a serial number in "
        "the name or in the file, or by the terminal's number.",
    )
    file_ids = fields.One2many("attendance.usb.upload.file", "upload_id", "Files")
    row_ids = fields.One2many(
        "attendance.usb.upload.row", "upload_id", "Lines", readonly=True
    )
    has_rows = fields.Boolean(compute="_compute_has_rows")
    has_other_serial = fields.Boolean(compute="_compute_has_other_serial")
    is_other_serial_accepted = fields.Boolean(
        string="Import Them All the Same",
        help="Only if the terminal was exchanged or the file was renamed: a raw punch "
        "is never deleted.",
    )

    @api.depends("row_ids")
    def _compute_has_rows(self):
        for upload in self:
            upload.has_rows = bool(upload.row_ids)

    @api.depends("file_ids.has_other_serial")
    def _compute_has_other_serial(self):
        for upload in self:
            upload.has_other_serial = any(upload.file_ids.mapped("has_other_serial"))

    def _compute_display_name(self):
        for upload in self:
            upload.display_name = self.env._("Upload from a USB Stick")

    def action_preview(self):
        """Say what would become of each line; nothing is stored."""
        self.ensure_one()
        if not self.file_ids:
            raise UserError(self.env._("Add a file of the USB stick first."))
        if len(self.file_ids) > USB_FILES:
            raise UserError(
                self.env._(
                    "At most %(limit)s files go with one upload; these are %(count)s.",
                    limit=USB_FILES,
                    count=len(self.file_ids),
                )
            )
        self._propose_terminals()
        self.file_ids._check_terminals()
        self.file_ids._preview()
        self.state = "preview"
        return True

    def action_back(self):
        self.ensure_one()
        self.state = "files"
        return True

    def _propose_terminals(self):
        """What a file tells of its terminal, else what the others tell."""
        missing = self.file_ids.filtered(
            lambda file: file.kind and not file.terminal_id
        )
        for file in missing:
            file.terminal_id = self.terminal_id or file._told_terminal()
        told = self.file_ids.terminal_id
        if len(told) == 1:
            for file in missing.filtered(lambda file: not file.terminal_id):
                file.terminal_id = told

    def action_import(self):
        """Store what the preview showed, and open what was kept of the files."""
        self.ensure_one()
        files = self.file_ids.filtered("kind")
        self._check_importable(files)
        files._check_terminals()
        changed = files.filtered(lambda f: f.terminal_id != f.previewed_terminal_id)
        if changed or self.state != "preview":
            # Not what was looked at: show it first.
            return self.action_preview()
        kept = self.env["attendance.usb.file"]
        for file in files:
            kept |= file._keep()
        if any(file.state == "importing" for file in kept):
            kept._trigger_import()
        self.file_ids.unlink()
        self.state = "files"
        return self._open_kept(kept)

    def _check_importable(self, files):
        if not files:
            raise UserError(
                self.env._("None of these files can be imported; see what each one is.")
            )
        without = files.filtered(lambda file: not file.terminal_id)
        if without:
            raise UserError(
                self.env._("Choose the terminal of the file %s.", without[0].name)
            )
        if self.has_other_serial and not self.is_other_serial_accepted:
            raise UserError(
                self.env._(
                    "A file is of another terminal than the one chosen, by its serial "
                    "number. Choose the right one, or say that it is to be imported "
                    "all the same."
                )
            )

    @api.model
    def _open_kept(self, kept):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "chain_attendance_terminal.attendance_usb_file_action"
        )
        if len(kept) == 1:
            form = (False, "form")
            return {**action, "res_id": kept.id, "view_mode": "form", "views": [form]}
        return {**action, "domain": [("id", "in", kept.ids)]}

    @api.model
    def _is_long(self, count):
        """Whether so many lines are imported behind the scenes."""
        return count > USB_LINES_AT_ONCE
