"""What a unit sends besides its punches: people, templates, photos, its own log."""

from . import photos, templates, wire, wire_rows
from .messages import OK, TerminalAnswer


class UploadsMixin:
    """The uploads of one request; a part of the handler's dialogue.

    Every line is counted in the answer, also one that is not kept: a unit that hears
    of fewer sends the same batch for ever.
    """

    def _upload_rows(self):
        query = self.request.query
        table = query.get("table", "").lower()
        rows, rejects = wire_rows.read_rows(
            self.request.body, table, self.terminal.code_page
        )
        by_kind = {}
        for row in rows:
            by_kind.setdefault(row.kind, []).append(row)
        self.env["attendance.terminal.event"]._keep(
            self.terminal, by_kind.get("OPLOG", [])
        )
        self._note_users(by_kind.get("USER", []))
        self._collect_templates(table)
        self.env["attendance.punch.reject"]._keep(self.terminal, rejects)
        self.terminal._note_upload_stamp(
            table, query.get("stamp") or query.get("opstamp")
        )
        return TerminalAnswer(200, f"OK: {len(rows) + len(rejects)}\n")

    _upload_operlog = _upload_biodata = _upload_idcard = _upload_rows
    _upload_userinfo = _upload_user = _upload_fingertmp = _upload_rows
    _upload_face = _upload_fvein = _upload_userpic = _upload_biophoto = _upload_rows

    def _collect_templates(self, table):
        """Hand on fingerprints and faces, if this unit may enrol people."""
        if not self.terminal._collects_templates():
            return
        found = templates.read_templates(
            self.request.body,
            table,
            self.terminal.code_page,
            self.terminal._template_versions(),
        )
        self.env["attendance.biometric"]._collect(self.terminal, found)

    def _note_users(self, rows):
        """Tell which people are on the unit; nobody is ever created from it."""
        if not rows:
            return
        found = [wire_rows.read_user(row)._asdict() for row in rows]
        self.env["attendance.terminal.user"]._note_reported(self.terminal, found)

    def _upload_errorlog(self):
        self._upload_rows()
        return OK

    def _upload_attphoto(self):
        """One picture a request; dropped where the company keeps none."""
        if self.terminal.company_id.is_attendance_photo_on:
            self._keep_photo()
        query = self.request.query
        self.terminal._note_upload_stamp(
            "attphoto", query.get("stamp") or query.get("photostamp")
        )
        return OK

    def _keep_photo(self):
        photo = photos.read_photo(self.request.body)
        kept = photo and self.env["attendance.punch.photo"]._keep(self.terminal, *photo)
        if not kept and self.request.body:
            reject = wire.RejectedLine(photos.head_of(self.request.body), "picture")
            self.env["attendance.punch.reject"]._keep(self.terminal, [reject])

    def _upload_options(self):
        options = wire_rows.read_options(self.request.body, self.terminal.code_page)
        self.terminal._note_information(wire_rows.options_as_status(options))
        return OK

    def _note_info(self):
        """Keep what a poll says of the unit; most polls say nothing."""
        if info := self.request.query.get("info"):
            self.terminal._note_information(wire_rows.read_info(info))

    def _on_fdata(self):
        return self._upload_attphoto()
