"""Which version of its shift and which policy a day is judged by."""

from collections import defaultdict

from odoo import api, fields, models

from .carried import Carried


class ShiftVersions:
    """From when on the version of a shift counts that is in force on a date.

    :param rows: ``(shift id, last date or None, first date or None)``, in the order of
        the dates, the version in force last at the end.
    """

    def __init__(self, rows):
        self.versions = defaultdict(list)
        for shift, last, first in rows:
            self.versions[shift].append((last, first))

    def since(self, shift, day):
        """The first date of the version; ``None`` since the shift was made.

        :param shift: the engine's ``Shift``, or ``None``. The hours of a working
            calendar are a shift without a key, and have no versions.
        """
        if shift is None or shift.key is None:
            return None
        for last, first in self.versions[shift.key]:
            if not last or day <= last:
                return first
        return None


class AttendanceDay(models.Model):
    # One concern a file.
    _inherit = "attendance.day"  # pylint: disable=consider-merging-classes-inherited

    shift_since = fields.Date(
        string="Shift As Of",
        readonly=True,
        help="The version of the shift by which the day was judged counts from this "
        "date on. Empty: since the shift was made.",
    )
    policy_id = Carried(
        "attendance.policy",
        readonly=True,
        ondelete="restrict",
        help="By which the day was judged, where the shift has no figures of its own.",
    )

    @api.model
    def _gather_shift_versions(self, planned):
        """The :class:`ShiftVersions` of the shifts of some roster days."""
        shift_ids = {
            shift.key
            for day in planned.values()
            for shift in (day.shift, *day.candidates)
            if shift
        } - {None}
        self.env["attendance.shift"].flush_model()
        self.env["attendance.shift.version"].flush_model()
        # In SQL: days are computed in whoever's name; record rules must not matter.
        self.env.cr.execute(
            """
            SELECT shift_id, date_to, date_from FROM attendance_shift_version
            WHERE shift_id = ANY(%(shifts)s)
            UNION ALL
            SELECT id, NULL, date_from FROM attendance_shift WHERE id = ANY(%(shifts)s)
            ORDER BY 1, 2 NULLS LAST
            """,
            {"shifts": sorted(shift_ids)},
        )
        return ShiftVersions(self.env.cr.fetchall())
