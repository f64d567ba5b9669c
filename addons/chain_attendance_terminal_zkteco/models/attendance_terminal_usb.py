from odoo import api, models

from .. import usb_files, usb_punches, usb_templates, usb_users


class AttendanceTerminal(models.Model):
    """The files that terminals of this family write to a USB stick, and read."""

    # One concern a file: together they would be far too long.
    _inherit = "attendance.terminal"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    @api.private
    def _usb_recognise(self, name, content):
        found = usb_files.recognise(name, content)
        if found.kind:
            return found
        return super()._usb_recognise(name, content) or found

    @api.model
    @api.private
    def _usb_without_secrets(self, found, content):
        if found.kind == "users":
            return usb_users.without_passwords(content, int(found.layout))
        return super()._usb_without_secrets(found, content)

    @api.private
    def _usb_reader(self, kind, layout, content):
        if self.vendor != "zkteco":
            return super()._usb_reader(kind, layout, content)
        if kind == "punches":
            return usb_punches.PunchFile(content, order=layout)
        return usb_users.UserFile(content, int(layout), self.code_page)

    @api.private
    def _usb_templates(self, layout, content):
        if self.vendor != "zkteco":
            return super()._usb_templates(layout, content)
        return usb_templates.read_templates(content, layout)

    @api.private
    def _usb_code_problem(self, code, layout):
        if self.vendor != "zkteco":
            return super()._usb_code_problem(code, layout)
        return usb_users.code_problem(code, int(layout))

    @api.private
    def _usb_user_file(self, people, layout, code_page):
        if self.vendor != "zkteco":
            return super()._usb_user_file(people, layout, code_page)
        return usb_users.write_users(
            [usb_users.NewUser(**person) for person in people],
            int(layout),
            code_page,
            self.name_bytes,
        )
