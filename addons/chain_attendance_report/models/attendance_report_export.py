from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..report_file import asked as asking
from ..report_file.making import Maker
from ..report_file.rows import RowReader
from ..report_file.state import State
from ..report_file.workbook import Words

# A file of at most so many cells is made while its reader waits for it, unless this
# parameter of the system says another number.
SMALL_CELLS = 60_000
SMALL_PARAMETER = "chain_attendance_report.small_cells"
# Cells that are downloaded at once although nobody asked first, at most.
LARGE_CELLS = 300_000
# How long a file is kept.
KEEP_DAYS = 7
OPEN = ("waiting", "running")


class AttendanceReportExport(models.Model):
    """A file of a report that is made in the background: how far it is, and the file.

    It is made as the one who asked for it: of the rows that this login may take away
    at the moment they are read. Nobody else sees it.
    """

    _name = "attendance.report.export"
    _description = "Report Export"
    _order = "id desc"

    name = fields.Char(string="Report", required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.user,
    )
    format = fields.Selection(
        [("xlsx", "Excel"), ("csv", "CSV")], required=True, readonly=True
    )
    filters = fields.Char(readonly=True)
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("running", "Running"),
            ("done", "Done"),
            ("failed", "Failed"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        readonly=True,
        default="waiting",
    )
    total_count = fields.Integer(string="Rows", readonly=True)
    done_count = fields.Integer(string="Written", readonly=True)
    progress = fields.Float(compute="_compute_progress", help="Per cent of the rows.")
    error = fields.Char(string="Reason", readonly=True)
    started_at = fields.Datetime(string="Started", readonly=True)
    ended_at = fields.Datetime(string="Ended", readonly=True)
    file_id = fields.Many2one("ir.attachment", readonly=True, ondelete="set null")
    file_size = fields.Integer(related="file_id.file_size", string="Size (bytes)")
    # What is to be made and what is made of it, for the machine.
    asked = fields.Text(required=True, readonly=True, groups="base.group_system")
    making = fields.Text(readonly=True, groups="base.group_system")
    part_ids = fields.Json(readonly=True, groups="base.group_system")

    _open = models.Index("(id) WHERE state IN ('waiting', 'running')")

    @api.depends("state", "done_count", "total_count")
    def _compute_progress(self):
        for export in self:
            # The last step is no row's.
            most = 100 if export.state == "done" else 99
            done = 100 * export.done_count / (export.total_count or 1)
            export.progress = most if export.state == "done" else min(done, most)

    # Asking

    @api.model
    def ask(self, asked):
        """Have a file made of what a screen shows.

        :param asked: see :class:`~..report_file.asked.Asked`, as a dictionary.
        :return: ``{"is_small": True}`` if it may be downloaded at once, else the new
            ``{"export_id": number, "rows": number}``.
        :raise AccessError: naming the area whose export function is missing.
        :raise UserError: for what is no such thing.
        """
        try:
            wanted = asking.read(asked)
            reader = self._reader(wanted)
        except ValueError as error:
            raise UserError(
                self.env._("This cannot be made a file: %s.", error)
            ) from error
        rows = reader.count()
        # sudo: a number that is no secret
        parameters = self.env["ir.config_parameter"].sudo()
        small = int(parameters.get_param(SMALL_PARAMETER) or SMALL_CELLS)
        if rows * len(reader.columns) <= small:
            return {"is_small": True}
        export = self._enqueue(wanted, rows)
        return {"export_id": export.id, "rows": rows}

    @api.model
    @api.private
    def _enqueue(self, wanted, rows):
        """Put a file into the queue, for the login of the environment."""
        # sudo: exports are made here, after what ``_reader`` checks
        export = self.sudo().create(
            {
                "name": wanted.title or self.env[wanted.model]._report_file_title(),
                "user_id": self.env.user.id,
                "format": wanted.format,
                "filters": ", ".join(wanted.facets),
                "total_count": rows,
                "asked": wanted.to_json(),
            }
        )
        self._wake()
        return export.sudo(self.env.su)

    @api.model
    @api.private
    def _wake(self):
        # sudo: the job runs for everybody
        self.env.ref("chain_attendance_report.ir_cron_write_exports").sudo()._trigger()

    @api.model
    @api.private
    def _reader(self, wanted):
        """The reader of what is wanted, with the rights of the environment's login.

        :raise ValueError: for models, columns or sheets that there are not.
        :raise UserError: for a filter or order that cannot be understood.
        :raise AccessError: without the function *Export*, or for a company that is
            not among the login's.
        """
        if wanted.model not in dict(
            self.env["attendance.report.file.mixin"]._report_file_models()
        ):
            raise ValueError(f"model {wanted.model}")
        user = self.env.user
        # The companies that are switched on; access to them is checked here by Odoo.
        rows = self.env[wanted.model].with_context(
            allowed_company_ids=list(wanted.companies) or user.company_id.ids,
            lang=user.lang,
            tz=user.tz,
        )
        rows = rows.with_context(allowed_company_ids=rows.env.companies.ids)
        rows._check_attendance_export()
        rows.check_access("read")
        if wanted.sheets and not rows._report_file_sheets(wanted.sheets):
            raise ValueError(f"sheets {wanted.sheets}")
        columns = rows._report_file_columns(wanted.columns)
        reader = RowReader(rows, wanted, columns)
        # Nothing is found here; what cannot be found or ordered is refused.
        reader.query()
        return reader

    @api.model
    @api.private
    def _maker(self, wanted, reader, state=None):
        env = reader.rows.env
        words = Words(
            total=env._("Total"),
            rows=env._("Rows"),
            summary=env._("Summary"),
            open=env._("In Progress"),
        )
        group_label = ""
        if reader.group:
            known = reader.rows.fields_get([reader.group], ["string"])
            group_label = known[reader.group]["string"]
        state = state or State(top=self._top(wanted, reader))
        return Maker(reader, state, words, wanted.format == "csv", group_label)

    @api.model
    def _top(self, wanted, reader):
        """The lines above the table: what it is, who made it when, what is in it."""
        env = reader.rows.env
        now = fields.Datetime.now()
        lines = [
            wanted.title or reader.rows._report_file_title(),
            env._(
                "Made by %(name)s on %(at)s (%(zone)s)",
                name=env.user.name,
                at=reader._local(now).strftime("%Y-%m-%d %H:%M"),
                zone=reader.zone.key,
            ),
        ]
        facets = "; ".join(wanted.facets)
        lines.append(env._("Filters: %s", facets) if facets else env._("Filters: none"))
        if wanted.span:
            lines.append(
                env._(
                    "From %(first)s to %(last)s",
                    first=wanted.span[0],
                    last=wanted.span[1],
                )
            )
        return lines

    @api.model
    @api.private
    def _make_at_once(self, asked):
        """A finished file, opened, and its name: for what a reader waits for.

        :raise ValueError: for what is no such thing.
        :raise UserError: for too many rows.
        """
        wanted = asking.read(asked)
        reader = self._reader(wanted)
        most = LARGE_CELLS // len(reader.columns)
        chunk = reader.whole(limit=most + 1)
        if chunk.count > most:
            raise UserError(
                self.env._(
                    "That is too much to wait for. Press “Export” on the report: the "
                    "file is then made in the background."
                )
            )
        maker = self._maker(wanted, reader)
        part = maker.add(chunk)
        return maker.finish(lambda _number: part), self._file_name(wanted)

    @api.model
    def _file_name(self, wanted):
        title = wanted.title or self.env[wanted.model]._report_file_title()
        day = fields.Date.context_today(self)
        return f"{title.replace('/', '-')} {day}.{wanted.format}"

    # What its owner does with it

    def action_cancel(self):
        """Stop making these files; what is made of them is thrown away."""
        self.check_access("read")
        # sudo: nobody writes exports but through here
        for export in self.sudo().filtered(lambda e: e.state in OPEN):
            export._end("cancelled")

    def action_download(self):
        self.ensure_one()
        self.check_access("read")
        # sudo: the file of an export that the login sees
        if not self.sudo().file_id:
            raise UserError(self.env._("There is no file."))
        return {"type": "ir.actions.act_url", "url": self._url(), "target": "download"}

    def action_delete(self):
        self.unlink()

    def unlink(self):
        self.check_access("unlink")
        self.sudo()._attachments().unlink()  # sudo: theirs and nobody else's
        return super().unlink()

    @api.autovacuum
    def _gc_exports(self):
        """Files that were made long ago; they are made again in no time."""
        before = fields.Datetime.subtract(fields.Datetime.now(), days=KEEP_DAYS)
        old = Domain("create_date", "<", before) & Domain("state", "not in", OPEN)
        found = self.search(old, limit=1000)
        found.unlink()
        return len(found), len(found) == 1000
