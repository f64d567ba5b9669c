from odoo import api, fields, models

from odoo.addons.chain_attendance_base.sql import array_of

from .attendance_day_row_mixin import PLACES

COLUMNS = (*PLACES, "policy_id")
SAME = ", ".join(f"COALESCE({{0}}.{name}, 0)" for name in COLUMNS)
UNNESTED = ", ".join("%s::int[]" for _name in COLUMNS)


class AttendanceDayPlace(models.Model):
    """Where days were worked, and by which policy they were judged.

    A row for each combination, to which its days refer. Its foreign keys guard what
    millions of days name, so that a day is looked up against one table and not six.
    """

    _name = "attendance.day.place"
    _description = "Place of Attendance Days"
    _log_access = False

    company_id = fields.Many2one("res.company", readonly=True, ondelete="cascade")
    department_id = fields.Many2one("hr.department", readonly=True, ondelete="cascade")
    job_id = fields.Many2one("hr.job", readonly=True, ondelete="cascade")
    store_id = fields.Many2one("attendance.store", readonly=True, ondelete="cascade")
    home_store_id = fields.Many2one(
        "attendance.store", string="Own Store", readonly=True, ondelete="cascade"
    )
    policy_id = fields.Many2one("attendance.policy", readonly=True, ondelete="cascade")

    _place_uniq = models.UniqueIndex(
        f"({', '.join(f'COALESCE({name}, 0)' for name in COLUMNS)})",
        "A combination has one row.",
    )

    @api.model
    @api.private
    def _ids_of(self, places):
        """The rows of these combinations, made where there was none.

        :param places: tuples in the order of ``COLUMNS``.
        :return: ``{place: id}``
        """
        found = self._find(set(places))
        # In one order everywhere, so that two who make the same do not deadlock.
        missing = sorted(set(places) - set(found), key=lambda p: [v or 0 for v in p])
        if missing:
            self.env.cr.execute(
                f"INSERT INTO attendance_day_place ({', '.join(COLUMNS)})"
                f" SELECT * FROM unnest({UNNESTED}) ON CONFLICT DO NOTHING",
                [array_of(values) for values in zip(*missing, strict=True)],
            )
            found |= self._find(missing)
        return found

    @api.model
    def _find(self, places):
        if not places:
            return {}
        self.env.cr.execute(
            f"""
            SELECT p.id, {", ".join(f"v.{name}" for name in COLUMNS)}
            FROM unnest({UNNESTED}) AS v ({", ".join(COLUMNS)})
            JOIN attendance_day_place p ON ({SAME.format("p")}) = ({SAME.format("v")})
            """,  # pylint: disable=sql-injection
            [array_of(values) for values in zip(*places, strict=True)],
        )
        return {tuple(place): number for number, *place in self.env.cr.fetchall()}
