import logging
import time
from array import array

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.chain_attendance_base.xlsx import CONTENT_TYPE

from ..report_file import asked as asking
from ..report_file.state import State
from .attendance_report_export import OPEN

_logger = logging.getLogger(__name__)

# A call of the job goes on for so long; Odoo calls it at least ten times in a row.
CALL_SECONDS = 3
CSV_TYPE = "text/csv;charset=utf-8"
STORED_CSV_TYPE = "application/csv"
IDS = "ids"


class AttendanceReportExport(models.Model):
    """How files are made: a part in each transaction, by whichever worker comes by."""

    # One concern a file.
    _inherit = "attendance.report.export"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _cron_write_exports(self):
        """Go on with the files that wait, a part a transaction, the oldest first."""
        cron = self.env["ir.cron"]
        deadline = time.monotonic() + CALL_SECONDS
        # sudo: the queue of everybody
        queue = self.sudo()
        self._new_transaction()
        while export := queue.search([("state", "in", OPEN)], order="id", limit=1):
            cron._commit_progress(remaining=1)
            self._new_transaction()
            export._go_on()
            waiting = queue.search_count([("state", "in", OPEN)])
            left = cron._commit_progress(1, remaining=waiting)
            if not left or time.monotonic() > deadline:
                if waiting:
                    # Odoo itself would call again a minute later.
                    self._wake()
                return
            self._new_transaction()

    def _go_on(self):
        """Do the next step of one file; what goes wrong is noted on it."""
        try:
            self._step()
        except Exception as error:
            self._new_transaction(self.env.cr.rollback)
            export = self.exists()
            if not export:
                return
            if isinstance(error, UserError | AccessError):
                text = str(error)
            else:
                _logger.exception("Export %s of %s", self.id, self.name)
                text = self._of_reader().env._(
                    "The file could not be made. The server's log says why."
                )
            export._end("failed", error=text)

    def _of_reader(self):
        """The record in the language and with the rights of who asked for it."""
        user = self.user_id
        return self.with_user(user).with_context(lang=user.lang, tz=user.tz)

    def _step(self):
        """The next part of the file, or the file of its parts."""
        mine = self._of_reader()
        if not self.user_id.active:
            raise UserError(self.env._("The login is archived."))
        wanted = asking.read(self.asked)
        reader = mine._reader(wanted)
        state = State.from_json(self.making) if self.making else None
        maker = mine._maker(wanted, reader, state)
        part_ids = list(self.part_ids or [])
        if part_ids and self.done_count >= self.total_count:
            self._finish(maker, wanted, part_ids)
        elif part_ids:
            self._add_part(maker, part_ids)
        elif reader.is_whole(self.total_count):
            self._add_only_part(maker)
        else:
            # The rows in their order, whatever happens to them meanwhile.
            ids = reader.ids()
            kept = self._keep(IDS, ids.tobytes())
            self._note_step(maker, [kept], {"total_count": len(ids)})

    def _add_only_part(self, maker):
        """All rows at once: what finds them is most of the work where there are few."""
        chunk = maker.reader.whole()
        part_ids = [self._keep(IDS, b""), self._keep("1", maker.add(chunk))]
        counts = {"total_count": chunk.count, "done_count": chunk.count}
        self._note_step(maker, part_ids, counts)

    def _add_part(self, maker, part_ids):
        ids = array("q", self._kept(part_ids[0]))
        # Rows that are gone meanwhile count as done.
        start = (len(part_ids) - 1) * maker.reader.chunk_rows
        stop = min(start + maker.reader.chunk_rows, len(ids))
        part = maker.add(maker.reader.some(ids[start:stop]))
        part_ids.append(self._keep(str(len(part_ids)), part))
        self._note_step(maker, part_ids, {"done_count": stop})

    def _finish(self, maker, wanted, part_ids):
        with maker.finish(lambda number: self._kept(part_ids[number + 1])) as file:
            content = file.read()
        attachment = self._attachment(
            self._of_reader()._file_name(wanted),
            content,
            # Of a text, Odoo would keep an index, larger than the file in memory.
            CONTENT_TYPE if wanted.format == "xlsx" else STORED_CSV_TYPE,
        )
        del content
        if self._is_still_wanted():
            self._end("done", file_id=attachment.id, done_count=self.total_count)

    def _note_step(self, maker, part_ids, values):
        if not self._is_still_wanted():
            return
        self.write(
            {
                "state": "running",
                "started_at": self.started_at or fields.Datetime.now(),
                "making": maker.state.to_json(),
                "part_ids": part_ids,
                **values,
            }
        )
        self._tell("progress")

    def _is_still_wanted(self):
        """Whether nobody has cancelled it meanwhile; it is locked then.

        What the step has made is committed before, so that the row is locked for a
        moment only: who cancels a file does not wait for a part of it.
        """
        self._new_transaction()
        self.env.cr.execute(
            "SELECT state FROM attendance_report_export WHERE id = %s FOR UPDATE",
            [self.id],
        )
        found = self.env.cr.fetchone()
        self.invalidate_recordset()
        if found and found[0] in OPEN:
            return True
        self._attachments().unlink()
        return False

    @api.model
    def _new_transaction(self, end=None):
        """End this transaction; in the next, a statement sees what is committed."""
        self.env["attendance.day.queue"]._new_transaction(end)

    def _end(self, state, **values):
        self.write(
            {
                "state": state,
                "ended_at": fields.Datetime.now(),
                "making": False,
                "part_ids": False,
                **values,
            }
        )
        (self._attachments() - self.file_id).unlink()
        self._tell(state)

    def _tell(self, state):
        """Let the screens of who asked for it know, and say so when it has ended."""
        mine = self._of_reader()
        message = {"id": self.id, "state": state, "progress": self.progress}
        if state == "done":
            message["title"] = mine.env._("Ready: %s", self.name)
            message["message"] = mine.env._("Rows: %s", self.total_count)
            message["download"] = mine.env._("Download")
            message["url"] = self._url()
        elif state == "failed":
            message["title"] = mine.env._("Not made: %s", self.name)
            message["message"] = self.error
        self.user_id._bus_send("attendance_report_export", message)

    def _url(self):
        return f"/web/content/{self.file_id.id}?download=true"

    # Parts and files

    def _keep(self, name, raw):
        # Of what may be a text, Odoo would keep an index.
        return self._attachment(name, raw, "application/x-binary").id

    def _attachment(self, name, raw, mimetype):
        return self.env["ir.attachment"].create(
            {
                "name": name,
                "raw": raw,
                "mimetype": mimetype,
                "res_model": self._name,
                "res_id": self.id,
            }
        )

    def _kept(self, attachment_id):
        attachment = self.env["ir.attachment"].browse(attachment_id)
        raw = attachment.raw
        attachment.invalidate_recordset(["raw"], flush=False)
        return raw

    def _attachments(self):
        return self.env["ir.attachment"].search(
            [("res_model", "=", self._name), ("res_id", "in", self.ids)]
        )
