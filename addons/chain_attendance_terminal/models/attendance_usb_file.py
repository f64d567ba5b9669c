import base64

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.service.model import PG_CONCURRENCY_ERRORS_TO_RETRY

from odoo.addons.chain_attendance_base.models.attendance_terminal_code import code_key

from ..const import TERMINAL_COLUMNS, USB_CHUNK_LINES
from ..usb_outcomes import (
    KNOWN,
    LETTER_OF_QUARANTINE,
    LETTER_OF_REASON,
    NEW,
    STORED,
    UNKNOWN_CODE,
    counts,
)
from .attendance_punch import held_on


class AttendanceUsbFile(models.Model):
    """A file that came on a USB stick, who imported it, and what was in it.

    The file is not signed: anybody can edit it. So it is kept with its fingerprint
    and with the name of who imported it, and each of its punches says that it came
    this way. People's passwords are blank in what is kept; templates are not kept.
    """

    _name = "attendance.usb.file"
    _description = "USB File"
    _inherit = ["attendance.scope.mixin"]
    _order = "id desc"

    _attendance_area = "terminals"
    _attendance_scope_columns = TERMINAL_COLUMNS

    name = fields.Char(string="File", required=True, readonly=True)
    terminal_id = fields.Many2one(
        "attendance.terminal",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    company_id = fields.Many2one(
        related="terminal_id.company_id", store=True, index=True, precompute=True
    )
    kind = fields.Selection(
        [
            ("punches", "Punches"),
            ("users", "People"),
            ("templates", "Fingerprints or faces"),
        ],
        string="Content",
        required=True,
        readonly=True,
    )
    layout = fields.Char(readonly=True)
    state = fields.Selection(
        [("importing", "Being imported"), ("done", "Imported")],
        required=True,
        readonly=True,
        default="importing",
        index=True,
    )
    sha256 = fields.Char(
        string="SHA-256",
        readonly=True,
        index=True,
        help="The fingerprint of the file as it was uploaded.",
    )
    size = fields.Integer(string="Bytes", readonly=True)
    earlier_id = fields.Many2one(
        "attendance.usb.file",
        string="Imported Before As",
        readonly=True,
        help="The very same bytes were imported before.",
    )
    imported_by_id = fields.Many2one(
        "res.users", string="Imported by", required=True, readonly=True
    )
    finished_at = fields.Datetime(readonly=True)
    content = fields.Binary(
        string="Bytes Kept", readonly=True, attachment=True, groups="base.group_system"
    )
    outcomes = fields.Text(readonly=True, groups="base.group_system")
    line_count = fields.Integer(
        string="Lines", readonly=True, help="Lines or records that are not blank."
    )
    done_count = fields.Integer(string="Lines Done", readonly=True)
    progress = fields.Integer(compute="_compute_progress")
    new_count = fields.Integer(string="New", readonly=True)
    known_count = fields.Integer(
        string="Here Already",
        readonly=True,
        help="Delivered before, over the network or by a file.",
    )
    unknown_count = fields.Integer(
        string="New, Code of Nobody",
        readonly=True,
        help="Kept as well. They count as soon as somebody is given the code.",
    )
    aside_count = fields.Integer(
        string="Set Aside",
        readonly=True,
        help="The terminal's clock cannot have been right.",
    )
    unreadable_count = fields.Integer(string="Unreadable", readonly=True)
    heading_count = fields.Integer(
        string="Headings",
        readonly=True,
        help="Lines about the file itself: serial number, checksum.",
    )
    kept_count = fields.Integer(
        string="Templates Kept",
        readonly=True,
        help="Fingerprints and faces that were kept.",
    )

    @api.depends("done_count", "line_count", "state")
    def _compute_progress(self):
        for file in self:
            if file.state == "done" or not file.line_count:
                file.progress = 100
            else:
                file.progress = 100 * file.done_count // file.line_count

    def _compute_display_name(self):
        for file in self:
            file.display_name = file.name

    def action_download_result(self):
        """What became of each line, as an Excel file."""
        self.ensure_one()
        self._check_result_access()
        return {
            "type": "ir.actions.act_url",
            "url": f"/chain_attendance/usb/{self.id}/result.xlsx",
            "target": "download",
        }

    def _check_result_access(self):
        """Who imported a file may have its result; others need the export function."""
        self.check_access("read")
        if self.imported_by_id == self.env.user:
            return
        self._check_attendance_export()
        if not self.env.su and not self.filtered_domain(
            self._attendance_held("export")
        ):
            self.check_access("write")

    @api.private
    def _reader(self):
        self.ensure_one()
        # sudo: the bytes are for nobody to read; what they say is shown
        file = self.sudo()
        raw = base64.b64decode(file.with_context(bin_size=False).content or b"")
        return file.terminal_id._usb_reader(file.kind, file.layout, raw)

    @api.model
    def _cron_import(self):
        """Go on with the files that are being imported, a stretch a transaction."""
        cron = self.env["ir.cron"]
        # sudo: the queue of every company
        waiting = self.sudo().search(
            [("state", "=", "importing")], order="id", limit=50
        )
        cron._commit_progress(remaining=len(waiting))
        try:
            for file in waiting:
                if not file._import_all(cron):
                    return
        except OperationalError as error:
            if error.pgcode not in PG_CONCURRENCY_ERRORS_TO_RETRY:
                raise
            # A terminal delivered at the same moment: the stretch is done again.
            self.env.cr.rollback()
            self.env.invalidate_all(flush=False)
            self._trigger_import()

    @api.model
    @api.private
    def _trigger_import(self):
        # sudo: the job runs for everybody
        cron = self.env.ref("chain_attendance_terminal.ir_cron_import_usb").sudo()
        cron._trigger()

    @api.private
    def _import_all(self, cron=None):
        """Import what is left of the file; as sudo, after the caller's checks.

        :param cron: commits after each stretch; without it all is one transaction.
        :return: whether there was time to finish.
        """
        self.ensure_one()
        reader = self._reader()
        while self.done_count < self.line_count:
            stop = self.done_count + USB_CHUNK_LINES
            self._import_lines(reader.lines(self.done_count, stop))
            if cron is not None and not cron._commit_progress(0, remaining=1):
                return False
        self._finish()
        if cron is not None:
            cron._commit_progress(1)
        return True

    def _finish(self):
        self.write({"state": "done", "finished_at": fields.Datetime.now()})

    def _import_lines(self, lines):
        outcomes = self._judge(self.terminal_id, self.kind, lines, set())
        if self.kind == "punches":
            self.env["attendance.punch"]._store(
                self.terminal_id,
                [
                    # As it is found again, however the wire or another file pads it.
                    line.punch._replace(user_code=code_key(line.punch.user_code))
                    for line, letter in zip(lines, outcomes, strict=True)
                    if letter in STORED
                ],
                "usb",
            )
        else:
            self.env["attendance.terminal.user"]._note_reported(
                self.terminal_id,
                [line.person._asdict() for line in lines if line.person],
            )
        values = {
            name: self[name] + number for name, number in counts(outcomes).items()
        }
        values["outcomes"] = (self.outcomes or "") + outcomes
        values["done_count"] = self.done_count + len(lines)
        self.write(values)

    @api.model
    @api.private
    def _judge(self, terminal, kind, lines, seen):
        """What would become of these lines, a letter each; nothing is written.

        As sudo, after the caller's checks.

        :param seen: what earlier lines of the file brought; added to.
        """
        if kind == "users":
            return self._judge_people(terminal, lines, seen)
        letters, rows, now = [], {}, fields.Datetime.now()
        prepare = self.env["attendance.punch"]._prepare_row
        for place, line in enumerate(lines):
            if line.punch is None:
                letters.append(LETTER_OF_REASON[line.reason])
                continue
            quarantine = prepare(terminal, line.punch, "usb", now).quarantine
            key = code_key(line.punch.user_code)
            wall_time = line.punch.wall_time.isoformat(" ")
            mark = hash((key, wall_time))
            if mark in seen:
                letters.append(KNOWN)
                continue
            seen.add(mark)
            letters.append(LETTER_OF_QUARANTINE.get(quarantine, NEW))
            rows[place] = (line.punch.user_code, key, wall_time)
        for place, is_known, is_held in self._look_up(terminal, rows):
            if is_known:
                letters[place] = KNOWN
            elif not is_held and letters[place] == NEW:
                letters[place] = UNKNOWN_CODE
        return "".join(letters)

    @api.model
    def _look_up(self, terminal, rows):
        """``(place, stored already, code held that day)`` of each row.

        A file may write ``0126`` where the wire says ``126``, or the other way round:
        it is the same punch. Its instant is near its wall time, in whatever zone.

        :param rows: ``{place: (code, its normal form, wall time)}``.
        """
        if not rows:
            return []
        self.env["attendance.terminal.code"].flush_model()
        codes, keys, walls = zip(*rows.values(), strict=True)
        archived = self.env["attendance.punch.archive"]._known_keys(
            self.env["attendance.punch"]._origin_of(terminal),
            [(code, at) for code, _key, at in rows.values()]
            + [(key, at) for code, key, at in rows.values() if code != key],
        )
        self.env.cr.execute(
            f"""
            SELECT v.place, c.employee_id IS NOT NULL, EXISTS (
                SELECT 1 FROM attendance_punch p
                WHERE p.terminal_id = %(terminal)s AND p.wall_time = v.wall_time
                  AND p.user_code IN (v.user_code, v.code_key)
            ) OR EXISTS (
                SELECT 1 FROM attendance_punch p
                WHERE p.company_id = v.company_id AND p.code_key = v.code_key
                  AND p.punched_at BETWEEN v.wall_time::timestamp - interval '1 day'
                                       AND v.wall_time::timestamp + interval '1 day'
                  AND p.terminal_id = %(terminal)s AND p.wall_time = v.wall_time)
            FROM (
                SELECT *, %(company)s AS company_id FROM unnest(
                    %(places)s::int[], %(codes)s::text[], %(keys)s::text[],
                    %(walls)s::text[]
                ) AS line (place, user_code, code_key, wall_time)
            ) v
            LEFT JOIN {held_on("v")}
            """,  # pylint: disable=sql-injection
            {
                "terminal": terminal.id,
                "company": terminal.company_id.id,
                "places": list(rows),
                "codes": list(codes),
                "keys": list(keys),
                "walls": list(walls),
            },
        )
        found = []
        for place, is_held, is_known in self.env.cr.fetchall():
            code, key, at = rows[place]
            is_known = is_known or bool({(code, at), (key, at)} & archived)
            found.append((place, is_known, is_held))
        return found

    @api.model
    def _judge_people(self, terminal, lines, seen):
        keys = {code_key(line.person.code) for line in lines if line.person}
        users = self.env["attendance.terminal.user"]
        known = users.search(
            [("terminal_id", "=", terminal.id), ("code_key", "in", list(keys))]
        )
        known = set(known.mapped("code_key"))
        held = self._holders(terminal.company_id, keys)
        letters = []
        for line in lines:
            if line.person is None:
                letters.append(LETTER_OF_REASON[line.reason])
                continue
            key = code_key(line.person.code)
            if key in known or key in seen:
                letters.append(KNOWN)
            else:
                letters.append(NEW if key in held else UNKNOWN_CODE)
            seen.add(key)
        return "".join(letters)

    @api.model
    @api.private
    def _holders(self, company, keys):
        """``{normal form of a code: who holds it today}`` in a company."""
        codes = self.env["attendance.terminal.code"]
        rows = codes.search(
            codes._valid_on(fields.Date.context_today(self))
            & fields.Domain("company_id", "=", company.id)
            & fields.Domain("code_key", "in", list(keys))
        )
        return {row.code_key: row.employee_id for row in rows}

    def _result_labels(self):
        return [
            self.env._("Line"),
            self.env._("Outcome"),
            self.env._("Terminal User Code"),
            self.env._("Time at Terminal"),
            self.env._("In the File"),
        ]

    @api.private
    def _result_rows(self):
        """``(line, outcome, code, time, name or text)`` of each line done."""
        self.ensure_one()
        file = self.sudo()  # sudo: the letters are for nobody to read as such
        reader, outcomes = self._reader(), file.outcomes or ""
        labels = dict(
            self.env["attendance.usb.upload.row"]
            ._fields["outcome"]
            ._description_selection(self.env)
        )
        for start in range(0, len(outcomes), USB_CHUNK_LINES):
            lines = reader.lines(start, start + USB_CHUNK_LINES)
            letters = outcomes[start : start + USB_CHUNK_LINES]
            for line, letter in zip(lines, letters, strict=False):
                yield (line.number, labels[letter], *self._line_texts(self.kind, line))

    @api.model
    @api.private
    def _line_texts(self, kind, line):
        """``(code, time, text)`` of a line, as they are shown."""
        if kind == "users":
            person = line.person
            return (person.code, "", person.name) if person else ("", "", "")
        if line.punch is None:
            return "", "", line.text
        return line.punch.user_code, line.punch.wall_time.isoformat(" "), line.text
