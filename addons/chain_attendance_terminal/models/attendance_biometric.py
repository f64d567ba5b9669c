import logging

import psycopg2
from psycopg2.extras import execute_values

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, config

from odoo.addons.chain_attendance_base.models.attendance_scope_mixin import (
    PERSON_COLUMNS,
)
from odoo.addons.chain_attendance_base.models.attendance_terminal_code import code_key

from .. import biometrics
from ..vault import Sealed, Vault, VaultError, configured_keys

_logger = logging.getLogger(__name__)

SEAL_BATCH = 200


class AttendanceBiometric(models.Model):
    """A fingerprint, face or palm template of a person: only that it is there.

    The template itself lies encrypted in a column that is no field: no view, no
    export and no remote call can read it.
    """

    _name = "attendance.biometric"
    _description = "Biometric Template"
    _inherit = ["attendance.scope.mixin"]
    _order = "employee_id, kind, number, part, id"
    _rec_name = "kind"
    _log_access = False

    _attendance_area = "terminals"
    _attendance_scope_columns = PERSON_COLUMNS

    employee_id = fields.Many2one(
        "hr.employee", required=True, readonly=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    kind = fields.Selection(biometrics.KINDS, required=True, readonly=True)
    number = fields.Integer(
        required=True,
        readonly=True,
        help="Which finger, from the left little finger, 0, to the right one, 9.",
    )
    finger = fields.Selection(biometrics.FINGERS, compute="_compute_finger")
    part = fields.Integer(
        required=True,
        readonly=True,
        help="A palm and some faces are kept in several parts.",
    )
    version = fields.Char(
        string="Algorithm",
        required=True,
        readonly=True,
        help="Templates go to terminals of the same algorithm only.",
    )
    is_duress = fields.Boolean(
        string="Duress Finger",
        readonly=True,
        help="This finger opens under threat and raises the alarm.",
    )
    user_code = fields.Char(string="Terminal User Code", readonly=True)
    terminal_id = fields.Many2one(
        "attendance.terminal", string="Enrolled at", readonly=True, ondelete="set null"
    )
    collected_at = fields.Datetime(required=True, readonly=True)

    _one_uniq = models.Constraint(
        "UNIQUE(employee_id, kind, number, part, version)", "It is here already."
    )

    def _auto_init(self):
        """The columns that are no fields: template, key's name, keyed digest."""
        result = super()._auto_init()
        self.env.cr.execute(
            "ALTER TABLE attendance_biometric"
            " ADD COLUMN IF NOT EXISTS sealed bytea,"
            " ADD COLUMN IF NOT EXISTS key_id varchar,"
            " ADD COLUMN IF NOT EXISTS digest varchar"
        )
        return result

    @api.depends("kind", "number")
    def _compute_finger(self):
        for row in self:
            row.finger = biometrics.finger(row.kind, row.number)

    @api.model
    @api.private
    def _vault(self):
        """The keys of this server's configuration.

        :raise VaultError: if there is none.
        """
        return Vault(configured_keys(config))

    @api.model
    @api.private
    def _check_vault(self, companies):
        """:raise UserError: a sentence, if these companies cannot keep templates."""
        try:
            vault = self._vault()
        except VaultError as error:
            raise UserError(self._vault_sentence(error.reason)) from None
        if lost := self._lost_count(vault, companies):
            raise UserError(self._vault_sentence("lost", lost))
        return vault

    @api.model
    def _lost_count(self, vault, companies):
        """How many of their templates were encrypted with a key that is not here."""
        self.env.cr.execute(
            "SELECT key_id, count(*) FROM attendance_biometric"
            " WHERE company_id = ANY(%s) GROUP BY key_id",
            [companies.ids],
        )
        return sum(n for key, n in self.env.cr.fetchall() if not vault.has_key(key))

    @api.model
    def _vault_sentence(self, reason, count=0):
        if reason == "missing":
            return self.env._(
                "Fingerprints and faces are kept encrypted only, and this server has "
                "no key for them. Whoever runs it sets “attendance_biometric_key” in "
                "its configuration file, or ATTENDANCE_BIOMETRIC_KEY in its "
                "environment, and starts it again."
            )
        if reason == "malformed":
            return self.env._(
                "“attendance_biometric_key” in this server's configuration is not a "
                "key: each must be 32 random bytes in URL-safe base64 (44 characters)."
            )
        return self.env._(
            "%(count)s templates were encrypted with a key that this server does not "
            "have any more. Put that key behind the new one in “attendance_biometric_"
            "key”, with a comma between them, or delete the templates.",
            count=count,
        )

    @api.model
    @api.private
    def _collect(self, terminal, templates):
        """Keep what a terminal sent of the people who agreed to it.

        Everything else is dropped: from a terminal that may not enrol, while
        biometrics are off, of codes that nobody holds today, of people without
        consent. What is here already is not written again.

        :param templates: :class:`~..biometrics.Template` values.
        :return: the rows that are new or changed.
        """
        if not templates or not terminal._collects_templates():
            return self.browse()
        try:
            vault = self._vault()
        except VaultError as error:
            _logger.warning("Templates are dropped: the key is %s", error.reason)
            return self.browse()
        people = self._agreed_holders(
            terminal.company_id, {code_key(template.code) for template in templates}
        )
        rows = {}
        for template in templates:
            if employee := people.get(code_key(template.code)):
                rows[(employee.id, *template[1:5])] = template
        changed = self._without_known(vault, rows)
        return self._upsert(terminal, vault, changed)

    @api.model
    def _agreed_holders(self, company, code_keys):
        """``{code key: employee}`` of who holds these codes today and agreed."""
        today = fields.Date.context_today(self)
        codes = self.env["attendance.terminal.code"]
        held = codes.search(
            codes._valid_on(today)
            & Domain("company_id", "=", company.id)
            & Domain("code_key", "in", list(code_keys))
        )
        return {
            row.code_key: row.employee_id
            for row in held
            if row.employee_id._may_keep_biometrics(company, today)
        }

    @api.model
    def _without_known(self, vault, rows):
        """Those of the rows whose content is not here already."""
        self.env.cr.execute(
            """
            SELECT employee_id, kind, number, part, version, key_id, digest
            FROM attendance_biometric WHERE employee_id = ANY(%s)
            """,
            [list({key[0] for key in rows})],
        )
        known = {row[:5]: row[5:] for row in self.env.cr.fetchall()}
        changed = {}
        for key, template in rows.items():
            key_id, digest = known.get(key, (None, None))
            content = biometrics.packed(template.content)
            if not vault.has_key(key_id) or digest != vault.digest(
                content, biometrics.label(*key), key_id
            ):
                changed[key] = template
        return changed

    @api.model
    def _upsert(self, terminal, vault, rows):
        """In the order of the key: two uploads of the same rows only wait."""
        if not rows:
            return self.browse()
        now = fields.Datetime.now()
        values = []
        for key, template in sorted(rows.items(), key=lambda row: row[0]):
            sealed = vault.seal(
                biometrics.packed(template.content), biometrics.label(*key)
            )
            values.append(
                (
                    *key,
                    terminal.company_id.id,
                    template.is_duress,
                    template.code,
                    terminal.id,
                    now,
                    sealed.key_id,
                    psycopg2.Binary(sealed.token),
                    sealed.digest,
                )
            )
        found = execute_values(
            self.env.cr,
            """
            INSERT INTO attendance_biometric
                (employee_id, kind, number, part, version, company_id, is_duress,
                 user_code, terminal_id, collected_at, key_id, sealed, digest)
            VALUES %s
            ON CONFLICT (employee_id, kind, number, part, version) DO UPDATE SET
                company_id = EXCLUDED.company_id,
                is_duress = EXCLUDED.is_duress,
                user_code = EXCLUDED.user_code,
                terminal_id = EXCLUDED.terminal_id,
                collected_at = EXCLUDED.collected_at,
                key_id = EXCLUDED.key_id,
                sealed = EXCLUDED.sealed,
                digest = EXCLUDED.digest
            RETURNING id
            """,
            values,
            page_size=len(values),
            fetch=True,
        )
        self.invalidate_model()
        return self.browse(row for (row,) in found)

    @api.private
    def _open(self):
        """The content of one template, or ``None`` if its key is lost."""
        self.ensure_one()
        self.env.cr.execute(
            "SELECT key_id, sealed, digest FROM attendance_biometric WHERE id = %s",
            [self.id],
        )
        row = self.env.cr.fetchone()
        if not row or row[1] is None:
            return None
        try:
            text = self._vault().open(Sealed(*row), self._label())
        except VaultError as error:
            _logger.warning("Template %s is not readable: %s", self.id, error.reason)
            return None
        return biometrics.unpacked(text)

    def _label(self):
        return biometrics.label(
            self.employee_id.id, self.kind, self.number, self.part, self.version
        )

    @api.model
    def _cron_seal_again(self):
        """Encrypt with the first key what lies under an earlier one; in batches.

        A template whose key is lost, or that was changed, stays as it is.
        """
        try:
            vault = self._vault()
        except VaultError:
            return
        cron, last = self.env["ir.cron"], 0
        while rows := self._sealed_earlier(vault, last):
            for row, sealed in rows:
                self.browse(row)._seal_again(vault, sealed)
            last = rows[-1][0]
            more = int(len(rows) == SEAL_BATCH)
            if not cron._commit_progress(len(rows), remaining=more):
                break

    @api.model
    def _sealed_earlier(self, vault, after):
        """A batch of ``(id, Sealed)`` under earlier keys, past an id; locked."""
        self.env.cr.execute(
            """
            SELECT id, key_id, sealed, digest FROM attendance_biometric
            WHERE key_id != %s AND id > %s AND sealed IS NOT NULL
            ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED
            """,
            [vault.key_id, after, SEAL_BATCH],
        )
        return [(row[0], Sealed(*row[1:])) for row in self.env.cr.fetchall()]

    def _seal_again(self, vault, sealed):
        try:
            content = vault.open(sealed, self._label())
        except VaultError as error:
            _logger.warning("Template %s is left: %s", self.id, error.reason)
            return
        again = vault.seal(content, self._label())
        self.env.cr.execute(
            SQL(
                "UPDATE attendance_biometric SET key_id = %s, sealed = %s, digest = %s"
                " WHERE id = %s",
                again.key_id,
                psycopg2.Binary(again.token),
                again.digest,
                self.id,
            )
        )
