from dataclasses import replace

from odoo import fields, models

from ..guard import key_proof, vouches
from ..wire_commands import dialect
from ..wire_rows import clean


class AttendanceTerminal(models.Model):
    _inherit = "attendance.terminal"

    vendor = fields.Selection(
        selection_add=[("zkteco", "ZKTeco family")],
        ondelete={"zkteco": "cascade"},
        default="zkteco",
    )

    push_version = fields.Char(
        string="Protocol",
        readonly=True,
        copy=False,
        help="Version of the protocol that the terminal named at its last handshake.",
    )
    push_language = fields.Char(
        string="Language of the Terminal",
        readonly=True,
        copy=False,
        help="Number of the language that the terminal named at its last handshake; "
        "83 is Chinese.",
    )

    speaks_access_control = fields.Boolean(
        readonly=True,
        copy=False,
        help="It calls in the dialect of access control, in which its punches cannot "
        "be read here.",
    )

    upload_stamps = fields.Json(readonly=True, copy=False, groups="base.group_system")

    key_proof = fields.Char(readonly=True, copy=False, groups="base.group_system")

    def _forget_unit(self):
        result = super()._forget_unit()
        self.write({"upload_stamps": False, "key_proof": False})
        return result

    def _note_key(self, request):
        """A handshake with the key vouches for what comes from its address without."""
        self.ensure_one()
        key = self.communication_key
        if vouches(key, request):
            proof = key_proof(key, request.address)
            if proof != self.key_proof:
                self.key_proof = proof

    def _note_handshake(self, query):
        """Keep which language and protocol a unit names; commands are written so."""
        self.ensure_one()
        told = {
            "push_version": clean(query.get("pushver"), 16),
            "push_language": clean(query.get("language"), 8),
            "speaks_access_control": query.get("devicetype", "").lower() == "acc",
        }
        self._note_information(
            {name: text for name, text in told.items() if text != (self[name] or "")}
        )

    def _health_facts(self):
        facts = super()._health_facts()
        for terminal in self.filtered("speaks_access_control"):
            facts[terminal.id] = replace(facts[terminal.id], speaks_access_control=True)
        return facts

    def _dialect(self):
        """How commands for this unit are written, see ``wire_commands``."""
        self.ensure_one()
        return dialect(
            self.code_page,
            self.name_bytes,
            self.push_language,
            self.push_version,
            self.punch_stamp,
        )

    def _note_upload_stamp(self, table, stamp):
        """Keep the cursor of a table other than punches, see `_note_punch_stamp`."""
        self.ensure_one()
        stamp = clean(stamp, 32)
        stamps = self.upload_stamps or {}
        if stamp and stamp != stamps.get(table):
            self.upload_stamps = {**stamps, table: stamp}

    def _note_punch_stamp(self, stamp):
        """Keep the cursor of units that resume from it; new ones always send 9999.

        :param stamp: cleaned, and another one than is there.
        """
        self.ensure_one()
        self.env.cr.execute(
            "UPDATE attendance_terminal SET punch_stamp = %s WHERE id = %s",
            [stamp, self.id],
        )
        self.invalidate_recordset(["punch_stamp"], flush=False)
