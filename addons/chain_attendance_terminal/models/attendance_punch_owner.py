from datetime import date

from odoo import api, models

from odoo.addons.chain_attendance_base.sql import version_on

from .attendance_punch import PLACES, WALL_DAY, held_on


class AttendancePunch(models.Model):
    """Whose a punch is, and where that person belonged on its date."""

    # One concern a file: together they would be far too long.
    _inherit = "attendance.punch"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _after_move(self, owned):
        """Hook: punches that were here before changed their owner or their mark.

        :param owned: ``(employee id, wall time text)`` of each that has an owner.
        """

    @api.model
    @api.private
    def _assign_owners(self, company_id, code_keys):
        """Give the punches of these codes to who held them on the punches' dates.

        Called when holders or dates of codes changed. The days of the earlier and
        of the new owner are told, those of archived punches too.

        :return: how many punches have another owner now.
        """
        self.env["attendance.terminal.code"].flush_model()
        self.env["hr.version"].flush_model()
        moved = []
        for table in self._tables_since(date.min):
            self.env.cr.execute(
                f"""
                WITH owned AS (
                    SELECT p.id, p.employee_id AS before, c.employee_id AS after,
                           place.*
                    FROM {table} p
                    LEFT JOIN {held_on("p")}
                    LEFT JOIN LATERAL
                        {version_on("c.employee_id", WALL_DAY.format("p"))} place
                        ON TRUE
                    WHERE p.company_id = %s AND p.code_key = ANY(%s)
                      AND p.employee_id IS DISTINCT FROM c.employee_id
                )
                UPDATE {table} p SET
                    employee_id = owned.after, department_id = owned.department_id,
                    job_id = owned.job_id, home_store_id = owned.store_id
                FROM owned WHERE p.id = owned.id
                RETURNING owned.before, owned.after, p.wall_time, p.quarantine
                """,  # pylint: disable=sql-injection
                [company_id, list(code_keys)],
            )
            moved += self.env.cr.fetchall()
        self._forget(["employee_id", *PLACES])
        self._after_move(
            [
                (owner, wall_time)
                for before, after, wall_time, quarantine in moved
                for owner in (before, after)
                if owner and not quarantine
            ]
        )
        return len(moved)

    @api.model
    @api.private
    def _refresh_places(self, employee_ids, since=date.min, after_id=0):
        """Give the punches of these people the places of their dates.

        :param since: the first date whose places can have changed; the archive is
            looked through only where it reaches there, and never for ``date.max``.
        :param after_id: punches up to this one are as they should be.
        :return: how many punches have another department, job or store now.
        """
        self.env["hr.version"].flush_model()
        placed, tables = 0, ("attendance_punch",)
        if since != date.max:
            tables = self._tables_since(since)
        for table in tables:
            self.env.cr.execute(
                f"""
                WITH placed AS (
                    SELECT p.id, place.* FROM {table} p
                    JOIN LATERAL
                        {version_on("p.employee_id", WALL_DAY.format("p"))} place
                        ON TRUE
                    WHERE p.employee_id = ANY(%s) AND p.id > %s
                      AND (p.department_id, p.job_id, p.home_store_id)
                          IS DISTINCT FROM
                          (place.department_id, place.job_id, place.store_id)
                    ORDER BY p.id FOR UPDATE OF p
                )
                UPDATE {table} p SET
                    department_id = placed.department_id, job_id = placed.job_id,
                    home_store_id = placed.store_id
                FROM placed WHERE p.id = placed.id
                """,  # pylint: disable=sql-injection
                [[employee for employee in employee_ids if employee], after_id],
            )
            placed += self.env.cr.rowcount
        self._forget(PLACES)
        return placed

    @api.model
    def _forget(self, names):
        """What was read of punches, and of what is made of them, is old now."""
        self.invalidate_model(names)
        self.env["attendance.punch.archive"].invalidate_model(names)
        self.env["attendance.code.unknown"].invalidate_model()

    @api.model
    def _assign_strays(self):
        """Punches that arrived while their code was being given to somebody.

        Likewise those that arrived while their holder was being moved.
        """
        self.env.cr.execute(  # pylint: disable=sql-injection
            f"""
            SELECT DISTINCT p.company_id, p.code_key FROM attendance_punch p
            JOIN {held_on("p")}
            WHERE p.employee_id IS NULL
              AND p.received_at > now() AT TIME ZONE 'UTC' - interval '2 days'
            """
        )
        for company_id, key in self.env.cr.fetchall():
            self._assign_owners(company_id, [key])
        self.env.cr.execute(
            "SELECT DISTINCT employee_id FROM hr_version"
            " WHERE write_date > now() AT TIME ZONE 'UTC' - interval '2 hours'"
        )
        people = [employee for (employee,) in self.env.cr.fetchall()]
        # After an import of people all of them were moved: their earlier punches are
        # millions. Those that just arrived are not in the archive.
        self.env.cr.execute(
            """
            SELECT id FROM attendance_punch
            WHERE received_at <= now() AT TIME ZONE 'UTC' - interval '3 hours'
            ORDER BY id DESC LIMIT 1
            """
        )
        earlier = self.env.cr.fetchone()
        self._refresh_places(people, date.max, earlier[0] if earlier else 0)
