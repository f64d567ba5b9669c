import base64
import json

from odoo import api, models

from ..biometrics import Template, plain_version
from ..vault import Sealed, VaultError

# What an upload that waits for its import is sealed as.
UPLOAD = "usb upload"


class AttendanceUsbFile(models.Model):
    """Fingerprints and faces that a stick carries, kept as those of the wire are."""

    # One concern a file: together they would be far too long.
    _inherit = "attendance.usb.file"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    @api.private
    def _keeps_templates(self, terminal):
        """Whether fingerprints and faces of a stick can be kept.

        :param terminal: empty while nobody has said whose stick it is.
        """
        # sudo: whether a company keeps templates is no secret
        company = (terminal.company_id or self.env.company).sudo()
        if not company.is_attendance_biometric_on:
            return False
        if any(not one._collects_templates() for one in terminal.sudo()):
            return False
        return self._upload_vault() is not None

    @api.model
    def _upload_vault(self):
        try:
            return self.env["attendance.biometric"]._vault()
        except VaultError:
            return None

    @api.model
    @api.private
    def _seal_upload(self, raw):
        """Templates never lie open, not even between the upload and the import."""
        sealed = self._upload_vault().seal(raw, UPLOAD)
        token, key_id = bytes(sealed.token).decode(), sealed.key_id
        return json.dumps([key_id, token, sealed.digest]).encode()

    @api.model
    @api.private
    def _open_upload(self, kept):
        """What :meth:`_seal_upload` sealed; nothing if its key is gone."""
        vault = self._upload_vault()
        if not kept or vault is None:
            return b""
        key_id, token, digest = json.loads(kept)
        try:
            return vault.open(Sealed(key_id, token.encode(), digest), UPLOAD)
        except VaultError:
            return b""

    @api.model
    @api.private
    def _import_templates(self, terminal, rows):
        """Keep those of people who agreed to it.

        :param rows: ``(code, template)``; a template has ``kind``, ``number``,
            ``version``, ``is_valid`` and ``data``.
        :return: how many are new or were changed.
        """
        versions = terminal._template_versions()
        templates = [
            self._template_of(code, found, versions)
            for code, found in rows
            if found.is_valid
        ]
        # sudo: nobody writes templates by hand; the terminal's rights were checked
        biometrics = self.env["attendance.biometric"].sudo()
        return len(biometrics._collect(terminal.sudo(), templates))

    @api.model
    def _template_of(self, code, found, versions):
        text = base64.b64encode(found.data).decode()
        version = plain_version(found.version or versions.get(found.kind))
        content = {"template": text, "size": len(text), "valid": 1}
        return Template(code, found.kind, found.number, 0, version, False, content)
