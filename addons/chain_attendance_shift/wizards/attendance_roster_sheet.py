import base64
import binascii
from collections import namedtuple
from hashlib import sha256

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..models.attendance_roster_grid_edit import MOST_CELLS
from ..roster_sheet.judging import judge
from ..roster_sheet.reading import MAX_BYTES, SheetRefused, Trouble, read_sheet
from ..roster_sheet.writing import CorrectedBook, address_of

# So many lines of a kind are shown; a file with more errors is mended in Excel.
SHOWN_LINES = 1000
# Of base64, which are four for three bytes: somewhat more than a file may have.
MAX_CHARACTERS = (MAX_BYTES // 3 + 10) * 4

# What a file comes to: ``final`` is ``{(employee id, date): shift id, 0 or None}`` as
# it would be resolved, of what is changed; ``follows`` are the conflicts that other
# days get by that, ``since`` the changed days that somebody changed meanwhile.
Look = namedtuple("Look", "sheet known verdict final conflicts follows since")


class AttendanceRosterSheet(models.TransientModel):
    """A roster that was edited in Excel comes back: file, preview, done.

    Nothing is written while a cell is wrong. What is applied is worked out from the
    file anew, and refused if it is something else than what the preview showed.
    """

    _name = "attendance.roster.sheet"
    _description = "Import Roster from Excel"

    state = fields.Selection(
        [
            ("file", "File"),
            ("errors", "Errors"),
            ("preview", "Preview"),
            ("done", "Applied"),
            ("undone", "Undone"),
        ],
        default="file",
        required=True,
        readonly=True,
    )
    file = fields.Binary(attachment=False, help="An Excel workbook (.xlsx) up to 5 MB.")
    file_name = fields.Char()
    company_ids = fields.Many2many(
        "res.company",
        required=True,
        readonly=True,
        default=lambda self: self.env.companies,
    )
    line_ids = fields.One2many("attendance.roster.sheet.line", "sheet_id")
    error_ids = fields.One2many(
        "attendance.roster.sheet.line", "sheet_id", domain=[("kind", "=", "error")]
    )
    change_ids = fields.One2many(
        "attendance.roster.sheet.line", "sheet_id", domain=[("kind", "=", "change")]
    )
    note_ids = fields.One2many(
        "attendance.roster.sheet.line", "sheet_id", domain=[("kind", "=", "note")]
    )
    people_count = fields.Integer(readonly=True)
    change_count = fields.Integer(readonly=True)
    error_count = fields.Integer(readonly=True)
    conflict_count = fields.Integer(readonly=True)
    follow_count = fields.Integer(readonly=True)
    since_count = fields.Integer(readonly=True)
    note_count = fields.Integer(readonly=True)
    message = fields.Text(compute="_compute_message")
    is_other = fields.Boolean(readonly=True)
    fingerprint = fields.Char(readonly=True)
    step = fields.Json(readonly=True)

    def action_check(self):
        """Read the file and show what it changes, or what is wrong."""
        self.ensure_one()
        self._show(self._look())
        return self._reopen()

    def action_apply(self):
        """Write what the preview shows, as one step."""
        self.ensure_one()
        if self.state != "preview":
            raise UserError(self.env._("Look at the preview first."))
        look = self._look()
        if look.verdict.troubles or _fingerprint(look) != self.fingerprint:
            self._show(look)
            self.is_other = True
            return self._reopen()
        overrides = self.env["attendance.roster.override"]
        reason = self.env._("Excel, %s", self.file_name or "")
        off = overrides._reset(look.verdict.resets)
        on = overrides._set(look.verdict.changes, reason)
        self.write({"step": {"on": on.ids, "off": off.ids}, "state": "done"})
        return self._reopen()

    def action_undo(self):
        """Take back what was applied, unless somebody has changed it since."""
        self.ensure_one()
        if self.state != "done":
            raise UserError(self.env._("Nothing was applied that could be undone."))
        # The grid answers with the days of a screen, of which there is none here.
        today = fields.Date.to_string(fields.Date.context_today(self))
        for step in _portions(self.step):
            self._grid().toggle_step(step, today, today, undo=True)
        self.state = "undone"
        return self._reopen()

    def action_back(self):
        """Choose another file, or the same one, mended."""
        self.ensure_one()
        self.write({"state": "file", "file": False, "line_ids": [Command.clear()]})
        return self._reopen()

    def action_download_errors(self):
        """The file as it is, with the wrong cells marked."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/chain_attendance/roster_sheet/{self.id}/errors.xlsx",
            "target": "download",
        }

    @api.private
    def _errors_file(self):
        """``(name, file)``, the file opened at its beginning."""
        self.ensure_one()
        look = self._look()
        grid, say = self._grid(), self._speaker()
        book = CorrectedBook(
            grid._sheet_texts(),
            grid._sheet_lines(look.known.words),
            look.sheet,
            [(trouble, say(trouble)) for trouble in look.verdict.troubles],
        )
        stem = (self.file_name or "").rpartition(".")[0] or self.env._("Roster")
        return self.env._("%s - errors.xlsx", stem), book.finish()

    def _look(self):
        """The :class:`Look` at the file as the roster is now."""
        grid = self._grid()
        for operation in ("create", "write"):
            self.env["attendance.roster.override"].check_access(operation)
        if not self.file:
            raise UserError(self.env._("Choose a file first."))
        try:
            sheet = read_sheet(self._content())
        except SheetRefused as refused:
            raise UserError(self._refusal(refused)) from refused
        known = grid._sheet_known(sheet)
        verdict = judge(sheet, known)
        if verdict.troubles:
            return Look(sheet, known, verdict, {}, {}, {}, set())
        final = verdict.changes | grid._sheet_beneath(verdict.resets)
        return Look(
            sheet,
            known,
            verdict,
            final,
            *grid._sheet_conflicts(final),
            grid._sheet_changed_since(final, sheet.made_at),
        )

    def _content(self):
        """The bytes of the file; of one that is too long, too many of them."""
        text = self.with_context(bin_size=False).file[:MAX_CHARACTERS]
        try:
            return base64.b64decode(text)
        except binascii.Error as error:
            raise SheetRefused("broken") from error

    def _grid(self):
        """The grid of the companies that were switched on."""
        return self.env["attendance.roster.grid"].with_context(
            allowed_company_ids=self.company_ids.ids
        )

    def _show(self, look):
        """Store what is to be seen of a look."""
        verdict, say = look.verdict, self._speaker()
        notes = [*self._follow_notes(look), *verdict.notes]
        told = [
            self._line(kind, trouble, say(trouble))
            for kind, troubles in (("error", verdict.troubles), ("note", notes))
            for trouble in troubles[:SHOWN_LINES]
        ]
        pairs = look.final
        changes = self._change_lines(look, _shown(look))
        self.write(
            {
                "state": "errors" if verdict.troubles else "preview",
                "is_other": False,
                "error_count": len(verdict.troubles),
                "note_count": len(notes),
                "people_count": len({employee for employee, _day in pairs}),
                "change_count": len(pairs),
                "conflict_count": len(look.conflicts),
                "follow_count": len(look.follows),
                "since_count": len(look.since),
                "fingerprint": _fingerprint(look),
                "line_ids": [
                    Command.clear(),
                    *map(Command.create, told + changes),
                ],
            }
        )

    def _follow_notes(self, look):
        """Days that are not changed and get a conflict by those that are."""
        words = self.env["attendance.roster"]._conflict_words()
        people = {person.id: person for person in look.known.people}
        columns = {day: column for column, day in look.sheet.days.items()}
        rows = {pair[0]: place[0] for pair, place in look.verdict.places.items()}
        return [
            Trouble(
                "follows",
                rows[employee],
                columns.get(day, 0),
                people[employee].number,
                people[employee].name,
                day,
                ", ".join(words[code] for code in codes),
            )
            for (employee, day), codes in sorted(look.follows.items())
        ]

    def _line(self, kind, trouble, text):
        return {
            "kind": kind,
            # A day that follows may lie beyond those of the sheet.
            "place": address_of(trouble) if trouble.column else False,
            "employee_number": trouble.number,
            "employee_name": trouble.name,
            "date": trouble.day,
            "typed": trouble.typed,
            "text": text,
        }

    def _change_lines(self, look, pairs):
        people = {person.id: person for person in look.known.people}
        words = self.env["attendance.roster"]._conflict_words()
        since = self.env._("Changed by somebody since the file was made")
        back = self.env._("Back to what the rosters say")
        lines = []
        for pair in pairs:
            employee, day = pair
            person = people[employee]
            labels = look.known.words[person.company].labels
            remarks = [words[code] for code in look.conflicts.get(pair, ())]
            if pair in look.since:
                remarks.append(since)
            if pair in look.verdict.resets:
                remarks.append(back)
            lines.append(
                {
                    "kind": "change",
                    "place": address_of(_At(*look.verdict.places[pair])),
                    "employee_number": person.number,
                    "employee_name": person.name,
                    "date": day,
                    "before": labels.get(look.known.planned.get(pair)),
                    "after": labels.get(look.final[pair]),
                    "text": ", ".join(remarks),
                    "is_doubtful": pair in look.conflicts or pair in look.since,
                }
            )
        return lines

    def _reopen(self):
        """The same dialog again, with what has changed."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Import Roster from Excel"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }


_At = namedtuple("_At", "row column")


def _shown(look):
    """The changes in the order of the sheet; of too many, the doubtful ones first."""
    doubtful = look.conflicts.keys() | look.since
    places, is_cut = look.verdict.places, len(look.final) > SHOWN_LINES
    pairs = sorted(look.final, key=lambda p: (is_cut and p not in doubtful, places[p]))
    return pairs[:SHOWN_LINES]


def _fingerprint(look):
    """What tells two looks apart: what would change, and from what to what."""
    planned = look.known.planned
    rows = sorted((pair, planned.get(pair), to) for pair, to in look.final.items())
    return sha256(repr(rows).encode()).hexdigest()


def _portions(step):
    """A step in parts of the size that the grid takes back at a time."""
    ids = [("on", key) for key in step["on"]] + [("off", key) for key in step["off"]]
    for start in range(0, len(ids), MOST_CELLS):
        portion = {"on": [], "off": []}
        for name, key in ids[start : start + MOST_CELLS]:
            portion[name].append(key)
        yield portion
