from odoo import api, models
from odoo.exceptions import UserError


class AttendanceTerminal(models.Model):
    """What terminals write to a USB stick and read from it.

    Which bytes mean what, the addons of the vendors say.
    """

    # One concern a file: together they would be far too long.
    _inherit = "attendance.terminal"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    @api.private
    def _usb_recognise(self, name, content):
        """What a file is; whatever its bytes, this never fails.

        :return: ``None``, or a value with ``kind`` (punches, users, templates, or
            ``None`` and a ``problem``), ``layout``, ``serial_number``,
            ``unit_number`` and ``count``, as the vendors' addons make it.
        """
        return None

    @api.model
    @api.private
    def _usb_without_secrets(self, found, content):
        """The file's bytes as they may be kept: without the passwords of people."""
        return content

    @api.private
    def _usb_reader(self, kind, layout, content):
        """A sequence with ``len()`` and ``read(start, stop)``.

        Lines of punches have ``number``, ``punch`` (see ``WirePunch``), ``reason``
        and ``text``; those of people ``number``, ``person`` and ``reason``.
        """
        raise self._no_usb()

    @api.private
    def _usb_templates(self, layout, content):
        """Fingerprints and faces, by the number that the terminal uses inside."""
        raise self._no_usb()

    @api.private
    def _usb_code_problem(self, code, layout):
        """``letters``, ``long`` or ``None``: whether a code fits into the records."""
        raise self._no_usb()

    @api.private
    def _usb_user_file(self, people, layout, code_page):
        """The bytes that give a terminal its people.

        :param people: dicts with ``code``, ``name``, ``privilege`` and ``card``.
        """
        raise self._no_usb()

    def _no_usb(self):
        return UserError(
            self.env._(
                "Terminals of the vendor of %(terminal)s have no files on a USB stick.",
                terminal=self.display_name,
            )
        )

    @api.model
    def _deletion_guards(self):
        return super()._deletion_guards() + [("attendance.usb.file", "terminal_id")]
