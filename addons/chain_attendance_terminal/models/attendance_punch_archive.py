from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

from odoo.addons.chain_attendance_base.sql import array_of

from ..const import ARCHIVE_BATCH, ARCHIVE_LOCK


class AttendancePunchArchive(models.Model):
    """Raw punches past a company's chosen age, moved out of the way of new ones.

    The same rows with the same ids, in a table that no upload and no daily list has
    to look through. A day that is computed again still finds them, and a terminal
    that sends them once more does not double them.
    """

    _name = "attendance.punch.archive"
    _description = "Archived Punch"
    _inherit = ["attendance.punch"]
    _log_access = False

    @api.model
    def _cron_archive(self):
        """Move what is past its age, company by company, a batch a transaction."""
        # sudo: the clean-up of every company
        companies = self.env["res.company"].sudo()
        for company in companies.search([("attendance_punch_months", ">", 0)]):
            months = company.attendance_punch_months
            first = fields.Date.today().replace(day=1) - relativedelta(months=months)
            self._archive(company, first)

    @api.model
    @api.private
    def _archive(self, company, before):
        """Move the company's punches from before a day; each batch is committed.

        Punches that still wait for somebody stay: of codes nobody holds, and those
        that were set aside. So do those about which somebody decided, and their
        corrected rows: the decision points at them.

        :return: how many were moved.
        """
        cron, started, total = self.env["ir.cron"], fields.Datetime.now(), 0
        # First, so that whoever looks for older punches looks here as well.
        company.attendance_archived_before = max(
            before, company.attendance_archived_before or before
        )
        cron._commit_progress()
        while moved := self._move(company, before):
            total += moved
            more = int(moved == ARCHIVE_BATCH)
            if not cron._commit_progress(moved, remaining=more):
                break
        if total:
            self._note_run(company, before, total, started)
        return total

    @api.model
    def _note_run(self, company, before, total, started):
        self.env["attendance.retention.run"].create(
            {
                "company_id": company.id,
                "kind": "punches",
                "before": before,
                "count": total,
                "started_at": started,
                "finished_at": fields.Datetime.now(),
            }
        )

    @api.model
    def _columns(self):
        """The columns that both tables have, for a statement."""
        return ", ".join(
            name
            for name, field in self._fields.items()
            if field.store and field.column_type
        )

    @api.model
    def _move(self, company, before):
        """One batch, oldest first; 0 when nothing is left."""
        self.flush_model()
        self.env["attendance.punch"].flush_model()
        columns = self._columns()
        self.env.cr.execute("SELECT pg_advisory_xact_lock(%s)", [ARCHIVE_LOCK])
        self.env.cr.execute(
            f"""
            WITH gone AS (
                DELETE FROM attendance_punch WHERE id IN (
                    SELECT p.id FROM attendance_punch p
                    WHERE p.company_id = %s AND p.punched_at < %s
                      AND p.employee_id IS NOT NULL AND p.quarantine IS NULL
                      AND NOT EXISTS (SELECT 1 FROM attendance_punch_review r
                                      WHERE r.punch_id = p.id)
                      AND NOT EXISTS (SELECT 1 FROM attendance_punch_review r
                                      WHERE r.corrected_id = p.id)
                    ORDER BY p.punched_at LIMIT %s FOR UPDATE OF p SKIP LOCKED)
                RETURNING *
            )
            INSERT INTO attendance_punch_archive ({columns}) SELECT {columns} FROM gone
            """,  # pylint: disable=sql-injection
            [company.id, before, ARCHIVE_BATCH],
        )
        moved = self.env.cr.rowcount
        self.env["attendance.punch"].invalidate_model()
        self.invalidate_model()
        return moved

    @api.model
    @api.private
    def _known_keys(self, origin, keys):
        """Which of these punches of a terminal are in the archive.

        Waits for a batch that is being moved, so that none is looked for in between.

        :param origin: the terminal's :data:`~.attendance_punch.Origin`.
        :param keys: ``(code as sent, wall time text)``.
        :return: those of them that are here, as a set.
        """
        border = origin.archived_before
        if not border:
            return set()
        # A wall clock is up to a day from the instant that the border means.
        last = str(border + timedelta(days=1))
        old = [key for key in keys if key[1] < last]
        if not old:
            return set()
        self.env.cr.execute("SELECT pg_advisory_xact_lock_shared(%s)", [ARCHIVE_LOCK])
        self.env.cr.execute(
            """
            SELECT a.user_code, a.wall_time FROM attendance_punch_archive a
            JOIN unnest(%s::text[], %s::text[]) AS k(user_code, wall_time)
                ON a.terminal_id = %s AND a.user_code = k.user_code
               AND a.wall_time = k.wall_time
            """,
            [
                array_of(code for code, _at in old),
                array_of(at for _code, at in old),
                origin.id,
            ],
        )
        return set(self.env.cr.fetchall())
