import base64
import binascii
import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_datetime

from odoo.addons.chain_attendance_base.models.attendance_terminal_code import code_key

from .. import usb_outcomes
from ..const import USB_CHUNK_LINES, USB_FILE_BYTES, USB_PREVIEW_LINES

NAME_LENGTH = 128
TEXT_LENGTH = 200
# A user.dat is shown whole up to so many people.
PREVIEW_PEOPLE = 1000


class AttendanceUsbUploadFile(models.TransientModel):
    """One file of an upload: what it is, and what would become of its lines."""

    _name = "attendance.usb.upload.file"
    _description = "File of an Upload from a USB Stick"
    _order = "id"

    upload_id = fields.Many2one(
        "attendance.usb.upload", required=True, ondelete="cascade", index=True
    )
    name = fields.Char(string="File Name")
    content = fields.Binary(string="File", attachment=True)
    sha256 = fields.Char(string="SHA-256", readonly=True)
    size = fields.Integer(string="Bytes", readonly=True)
    kind = fields.Selection(
        [
            ("punches", "Punches"),
            ("users", "People"),
            ("templates", "Fingerprints or faces"),
        ],
        string="Content",
        readonly=True,
    )
    problem = fields.Char(readonly=True)
    layout = fields.Char(readonly=True)
    serial_number = fields.Char(readonly=True)
    unit_number = fields.Char(readonly=True)
    terminal_id = fields.Many2one(
        "attendance.terminal", domain="[('attendance_scope', '=', 'terminals.edit')]"
    )
    previewed_terminal_id = fields.Many2one("attendance.terminal", readonly=True)
    line_count = fields.Integer(string="Lines", readonly=True)
    new_count = fields.Integer(string="New", readonly=True)
    known_count = fields.Integer(string="Here Already", readonly=True)
    unknown_count = fields.Integer(string="New, Code of Nobody", readonly=True)
    aside_count = fields.Integer(string="Set Aside", readonly=True)
    unreadable_count = fields.Integer(string="Unreadable", readonly=True)
    heading_count = fields.Integer(string="Headings", readonly=True)
    has_other_serial = fields.Boolean(compute="_compute_has_other_serial")
    note = fields.Char(compute="_compute_note")

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._take_in(vals) for vals in vals_list])

    def write(self, vals):
        if "content" in vals:
            vals = self._take_in({"name": self[:1].name, **vals})
        else:
            # What a file is, and would become, is told by its bytes alone.
            vals = {name: vals[name] for name in vals.keys() & {"terminal_id"}}
        return super().write(vals)

    def _note(self, vals):
        return super().write(vals)  # pylint: disable=super-method-mismatch

    @api.model
    def _take_in(self, vals):
        """The values with what the file is, and with bytes that may be kept."""
        vals = {**vals, "name": _clean_name(vals.get("name"))}
        raw = self._decode(vals["name"], vals.get("content"))
        found = self.env["attendance.terminal"]._usb_recognise(vals["name"], raw)
        kept = self._may_be_kept(found, raw)
        return {
            **vals,
            "content": base64.b64encode(kept) if kept else False,
            "sha256": hashlib.sha256(raw).hexdigest(),
            "size": len(raw),
            "kind": found and found.kind,
            "problem": (found.problem if found else "unknown") or False,
            "layout": found and found.layout,
            "serial_number": found and found.serial_number,
            "unit_number": found and found.unit_number,
            "line_count": found and found.count,
            "previewed_terminal_id": False,
        }

    @api.model
    def _decode(self, name, content):
        """The bytes of what the browser sent.

        :raise UserError: for a file that is too large, or missing.
        """
        if not content:
            # A file without a byte, or a line without a file.
            return b""
        if len(content) * 3 // 4 > USB_FILE_BYTES + 3:
            raise UserError(
                self.env._(
                    "The file %(name)s is larger than %(limit)s MB. No terminal holds "
                    "so many punches: it is the wrong file, or has to be split.",
                    name=name,
                    limit=USB_FILE_BYTES // 1024 // 1024,
                )
            )
        try:
            return base64.b64decode(content, validate=True)
        except (binascii.Error, ValueError) as error:
            raise UserError(
                self.env._("The file %s did not arrive whole. Add it again.", name)
            ) from error

    @api.model
    def _may_be_kept(self, found, raw):
        """Bytes without passwords; nothing of foreign files and unwanted templates."""
        terminals = self.env["attendance.terminal"]
        if not found or not found.kind:
            return b""
        if found.kind == "templates":
            files = self.env["attendance.usb.file"]
            keeps = files._keeps_templates(terminals)
            return files._seal_upload(raw) if keeps else b""
        return terminals._usb_without_secrets(found, raw)

    def _raw(self):
        self.ensure_one()
        raw = base64.b64decode(self.with_context(bin_size=False).content or b"")
        if self.kind == "templates":
            return self.env["attendance.usb.file"]._open_upload(raw)
        return raw

    def _told_terminal(self):
        """The terminal that the file tells, among those that the login may edit."""
        terminals = self.env["attendance.terminal"]
        held = fields.Domain("attendance_scope", "=", "terminals.edit")
        if self.serial_number:
            serials = {self.serial_number, self.serial_number.upper()}
            return terminals.search(
                held & fields.Domain("serial_number", "in", list(serials)), limit=1
            )
        if self.unit_number:
            found = terminals.search(
                held
                & fields.Domain("code", "=", self.unit_number)
                & fields.Domain("company_id", "=", self.env.company.id),
                limit=1,
            )
            return found
        return terminals

    def _check_terminals(self):
        """:raise AccessError: for a terminal that the login may not edit."""
        self.terminal_id.check_access("write")

    @api.depends("serial_number", "terminal_id")
    def _compute_has_other_serial(self):
        for file in self:
            serial = (file.serial_number or "").upper()
            chosen = (file.terminal_id.serial_number or "").upper()
            file.has_other_serial = bool(serial and chosen and serial != chosen)

    @api.depends("kind", "problem", "terminal_id", "sha256", "line_count")
    @api.depends_context("lang", "tz")
    def _compute_note(self):
        for file in self:
            texts = [
                file._problem_text(),
                file._place_text(),
                file._repeat_text(),
                file._template_text(),
            ]
            file.note = " ".join(text for text in texts if text)

    def _problem_text(self):
        if not self.problem:
            return None
        return {
            "empty": self.env._("The file is empty."),
            "encrypted": self.env._(
                "The file is encrypted, or no file of a terminal. Turn off the "
                "encryption of downloads in the terminal's menu and copy it again."
            ),
            "picture": self.env._("A picture. Photos are not imported."),
            "pdf": self.env._("A PDF document, not a file of a terminal."),
            "office": self.env._(
                "A file of Excel or Word. Upload the file as the terminal wrote it."
            ),
            "archive": self.env._(
                "A packed archive. Unpack it and upload what is in it."
            ),
            "page": self.env._("A web page, not a file of a terminal."),
            "database": self.env._(
                "A database. Upload the file as the terminal wrote it."
            ),
            "firmware": self.env._(
                "Firmware or settings of a terminal: never imported."
            ),
            "operation_log": self.env._(
                "The terminal's log of its operation. It comes over the network only."
            ),
            "unused": self.env._("Messages or settings of a terminal: not used here."),
            "text": self.env._(
                "A text in which no line holds a code and a time, with TABs between."
            ),
        }.get(
            self.problem,
            self.env._("Neither punches nor people nor templates of a known terminal."),
        )

    def _place_text(self):
        terminal = self.terminal_id
        if self.has_other_serial:
            return self.env._(
                "The file is of the terminal with serial number %(serial)s, not of "
                "%(terminal)s!",
                serial=self.serial_number,
                terminal=terminal.display_name,
            )
        if self.serial_number and not terminal:
            return self.env._(
                "You may edit no terminal with serial number %s.", self.serial_number
            )
        if self.unit_number and not self.serial_number and terminal:
            if self.unit_number != terminal.code:
                return self.env._(
                    "The file's name says terminal %(number)s, not %(terminal)s: "
                    "please check.",
                    number=self.unit_number,
                    terminal=terminal.display_name,
                )
        return None

    def _repeat_text(self):
        earlier = self._earlier()
        if not earlier:
            return None
        return self.env._(
            "This file was imported on %(at)s by %(who)s.",
            at=format_datetime(self.env, earlier.create_date),
            # sudo: the name of a colleague
            who=earlier.sudo().imported_by_id.name,
        )

    def _earlier(self):
        """The latest import of the same bytes that the login may see."""
        if not self.kind or not self.sha256:
            return self.env["attendance.usb.file"]
        return self.env["attendance.usb.file"].search(
            [("sha256", "=", self.sha256)], limit=1
        )

    def _template_text(self):
        if self.kind != "templates":
            return None
        if self.content:
            return self.env._(
                "Fingerprints or faces: %(count)s, of which %(known)s are of people "
                "in the user.dat of this upload.",
                count=self.line_count,
                known=len(self._template_rows()) if self.terminal_id else 0,
            )
        return self.env._(
            "%s fingerprints or faces were recognised. Such data is not kept here, so "
            "nothing of them is imported.",
            self.line_count,
        )

    def _reader(self):
        return self.terminal_id._usb_reader(self.kind, self.layout, self._raw())

    def _template_rows(self):
        """``(code, template)`` of the people in the stick's ``user.dat``."""
        lists = self.upload_id.file_ids.filtered(
            lambda file: file.kind == "users" and file.terminal_id == self.terminal_id
        )
        codes = {
            line.internal_id: line.person.code
            for file in lists
            for line in file._reader().lines()
            if line.person
        }
        templates = self.terminal_id._usb_templates(self.layout, self._raw())
        return [
            (codes[template.internal_id], template)
            for template in templates
            if template.internal_id in codes
        ]

    def _preview(self):
        """Count the outcomes and show lines of each; nothing is stored."""
        self.upload_id.row_ids.unlink()
        for file in self:
            values = dict.fromkeys(usb_outcomes.LETTERS_OF_COUNT, 0)
            if file.terminal_id and file.kind in ("punches", "users"):
                outcomes, samples = file._look_through()
                values = usb_outcomes.counts(outcomes)
                file._show(samples)
            file._note({**values, "previewed_terminal_id": file.terminal_id.id})

    def _look_through(self):
        """``(a letter a line, {letter: the first lines of it})``."""
        # sudo: whose code it is; the terminal's rights were checked
        judge = self.env["attendance.usb.file"].sudo()._judge
        reader, seen, samples, outcomes = self._reader(), set(), {}, []
        most = PREVIEW_PEOPLE if self.kind == "users" else USB_PREVIEW_LINES
        for start in range(0, len(reader), USB_CHUNK_LINES):
            lines = reader.lines(start, start + USB_CHUNK_LINES)
            letters = judge(self.terminal_id.sudo(), self.kind, lines, seen)
            outcomes.append(letters)
            for line, letter in zip(lines, letters, strict=True):
                shown = samples.setdefault(letter, [])
                if len(shown) < most:
                    shown.append(line)
        return "".join(outcomes), samples

    def _show(self, samples):
        files = self.env["attendance.usb.file"]
        holders = self._holder_names(samples)
        rows = []
        for letter in usb_outcomes.BY_CONCERN:
            for line in samples.get(letter, ()):
                code, wall_time, text = files._line_texts(self.kind, line)
                rows.append(
                    {
                        "upload_id": self.upload_id.id,
                        "file_id": self.id,
                        "number": line.number,
                        "outcome": letter,
                        "user_code": code,
                        "wall_time": wall_time,
                        "holder": holders.get(code_key(code)),
                        "text": text[:TEXT_LENGTH],
                    }
                )
        self.env["attendance.usb.upload.row"].create(rows)

    def _holder_names(self, samples):
        """Names of today's holders, for a login that may see codes."""
        codes = self.env["attendance.terminal.code"]
        if self.kind != "users" or not codes.has_access("read"):
            return {}
        keys = {
            code_key(line.person.code)
            for lines in samples.values()
            for line in lines
            if line.person
        }
        holders = self.env["attendance.usb.file"]._holders(
            self.terminal_id.company_id, keys
        )
        # sudo: the name of a person whose code the login was allowed to read
        return {key: person.sudo().name for key, person in holders.items()}

    def _keep(self):
        """Import the file; what is kept of it, as the login sees it."""
        self.ensure_one()
        values = {
            name: self[name] for name in ("name", "kind", "layout", "sha256", "size")
        }
        # sudo: nobody makes these by hand; the terminal's rights were checked
        kept = (
            self.env["attendance.usb.file"]
            .sudo()
            .create(
                {
                    **values,
                    "terminal_id": self.terminal_id.id,
                    "imported_by_id": self.env.user.id,
                    "earlier_id": self._earlier().id,
                    "line_count": self.line_count,
                }
            )
        )
        if self.kind == "templates":
            self._keep_templates(kept)
            return kept.sudo(False)
        kept.content = self.with_context(bin_size=False).content
        if not self.upload_id._is_long(self.line_count):
            kept._import_all()
        return kept.sudo(False)

    def _keep_templates(self, kept):
        rows = self._template_rows() if self.content else []
        if rows:
            kept.kept_count = kept._import_templates(kept.terminal_id, rows)
        kept.done_count = kept.line_count
        kept._finish()


def _clean_name(name):
    """A file's name without folders and without what a screen cannot show."""
    name = str(name or "").replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in name if c.isprintable())[:NAME_LENGTH].strip()
