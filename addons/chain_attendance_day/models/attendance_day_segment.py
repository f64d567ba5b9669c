from operator import attrgetter

from odoo import api, fields, models

from odoo.addons.chain_attendance_base.sql import array_of
from odoo.addons.chain_attendance_engine import RequestKind, RowKind

from .attendance_day_row_mixin import PLACES
from .carried import Carried
from .unnested import MINUTE, unnested

# What covers and is counted as worked has no row of its own in the manual's figure.
COVERS = {
    RequestKind.OUTING: "outing",
    RequestKind.TRIP: "trip",
    RequestKind.LEAVE: "worked_leave",
}
# The figures of the engine's rows that are stored as they are.
ROW_FIGURES = (
    "due_minutes",
    "worked_minutes",
    "late_minutes",
    "early_minutes",
    "absent_minutes",
    "punched_outing_minutes",
    "outing_minutes",
    "trip_minutes",
    "minutes",
    "claimed_minutes",
    "days",
)
figures_of = attrgetter(*ROW_FIGURES)
# The columns of a segment that are not those of its day, and of which type each is.
COLUMNS = {
    "sequence": "int",
    "kind": "varchar",
    "start_at": MINUTE,
    "stop_at": MINUTE,
    "shift_id": "int",
    "overtime_kind": "varchar",
    **dict.fromkeys(ROW_FIGURES, "int"),
}


class AttendanceDaySegment(models.Model):
    """One printed row of a day: a piece of the shift, leave, overtime or its name.

    Written set-based with its day, and with nothing else. The rows of the manual's
    figure come in order of time; requests that count as worked, and so are within
    the pieces already, follow as "outing", "trip" and "worked leave" with what they
    take of the date. While a day is in progress worked, late, early and absent are
    empty.
    """

    _name = "attendance.day.segment"
    _description = "Row of the Attendance Detail"
    _inherit = ["attendance.day.row.mixin"]
    _order = "work_date desc, employee_id, sequence"
    _log_access = False

    employee_id = Carried()
    company_id = Carried()
    department_id = Carried()
    job_id = Carried()
    store_id = Carried()
    home_store_id = Carried()
    day_id = fields.Many2one(
        "attendance.day", required=True, readonly=True, ondelete="cascade", index=True
    )
    state = fields.Selection(
        [("final", "Final"), ("in_progress", "In Progress")], readonly=True
    )
    sequence = fields.Integer(readonly=True)
    kind = fields.Selection(
        [
            ("shift", "Shift"),
            ("leave", "Leave"),
            ("overtime", "Overtime"),
            ("rest", "Rest"),
            ("unscheduled", "Unscheduled"),
            ("holiday", "Holiday"),
            ("undecided", "Shift Undecided"),
            ("outing", "Outing"),
            ("trip", "Business Trip"),
            ("worked_leave", "Leave Counted as Worked"),
        ],
        readonly=True,
    )
    start_at = fields.Datetime(string="From", readonly=True)
    stop_at = fields.Datetime(string="To", readonly=True)
    shift_id = Carried("attendance.shift", readonly=True, index="btree_not_null")
    overtime_kind = fields.Selection(
        [
            ("workday", "Workday"),
            ("rest_day", "Rest Day"),
            ("holiday", "Public Holiday"),
        ],
        readonly=True,
    )
    due_minutes = fields.Integer(string="Due", readonly=True)
    worked_minutes = fields.Integer(string="Worked", readonly=True)
    late_minutes = fields.Integer(string="Late", readonly=True)
    early_minutes = fields.Integer(string="Early", readonly=True)
    absent_minutes = fields.Integer(string="Absent", readonly=True)
    punched_outing_minutes = fields.Integer(string="Punched Outing", readonly=True)
    outing_minutes = fields.Integer(string="Outing", readonly=True)
    trip_minutes = fields.Integer(string="Business Trip", readonly=True)
    minutes = fields.Integer(
        string="Taken",
        readonly=True,
        help="Of leave, the minutes cut out of what was due; of overtime, the minutes "
        "recognised; of an outing or business trip, the minutes within the shift.",
    )
    claimed_minutes = fields.Integer(
        string="Claimed", readonly=True, help="Of overtime, what the forms claim."
    )
    days = fields.Integer(
        string="Days Charged",
        readonly=True,
        help="1 if a request by days is charged on the date.",
    )
    label = fields.Char(string="What", compute="_compute_label")

    _by_date = models.Index("(company_id, work_date, employee_id)")
    _by_person = models.Index("(employee_id, work_date, sequence)")

    @api.depends("kind", "shift_id", "overtime_kind")
    @api.depends_context("lang")
    def _compute_label(self):
        """What stands under "shift" in the manual's figure."""
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        overtime = {
            "workday": self.env._("Workday Overtime"),
            "rest_day": self.env._("Rest-Day Overtime"),
            "holiday": self.env._("Holiday Overtime"),
        }
        for segment in self:
            # sudo: an archived shift, or one of another company, still has a name
            shift = segment.shift_id.sudo().name
            segment.label = (
                (segment.kind == "shift" and shift)
                or overtime.get(segment.overtime_kind)
                or kinds.get(segment.kind)
            )

    @api.model
    @api.private
    def _columns(self):
        """``{name: SQL type}`` of what ``_prepare_segment`` says.

        ``MINUTE`` of what it says as one of the engine's minute numbers.
        """
        return COLUMNS

    @api.model
    @api.private
    def _prepare_segments(self, result):
        """The rows of a day.

        :param result: the engine's ``DayResult``.
        :return: tuples in the order of ``_columns``.
        """
        rows = [self._prepare_segment(row, row.kind.value) for row in result.rows]
        if result.charges:
            shown = {row.key for row in result.rows if row.kind is RowKind.LEAVE}
            rows += [
                self._prepare_cover(charge)
                for charge in result.charges
                if charge.kind is not RequestKind.LEAVE or charge.key not in shown
            ]
        return [(number, *values) for number, values in enumerate(rows, 1)]

    @api.model
    @api.private
    def _prepare_segment(self, row, kind):
        """The values of one row after its number, in the order of ``_columns``."""
        return (
            kind,
            row.start,
            row.stop,
            row.key if row.kind is RowKind.SHIFT else None,
            row.overtime_kind and row.overtime_kind.value,
            *figures_of(row),
        )

    @api.model
    @api.private
    def _prepare_cover(self, charge):
        """The same of an outing, a trip or a leave that counts as worked."""
        figures = {"minutes": charge.minutes, "days": charge.days}
        return (
            COVERS[charge.kind],
            *(None,) * 4,
            *[figures.get(name, 0) for name in ROW_FIGURES],
        )

    @api.model
    @api.private
    def _write_segments(self, changed):
        """Write the rows of these days anew, in two statements.

        :param changed: ``{pair: Judged}``; a day without a row has no segments.
        """
        pairs = list(changed)
        self.env.cr.execute(
            """
            DELETE FROM attendance_day_segment s
            USING unnest(%s::int[], %s::date[]) AS g(employee_id, work_date)
            WHERE s.employee_id = g.employee_id AND s.work_date = g.work_date
            """,
            [
                array_of(employee for employee, _day in pairs),
                array_of(day for _employee, day in pairs),
            ],
        )
        rows = [
            (*pair, *values)
            for pair, found in changed.items()
            if found.row
            for values in self._prepare_segments(found.result)
        ]
        if rows:
            self._insert_segments(rows)
        self.invalidate_model()

    @api.model
    def _insert_segments(self, rows):
        columns = {"employee_id": "int", "work_date": "date", **self._columns()}
        of_day = ", ".join(("state", *PLACES))
        from_day = ", ".join(f"d.{name}" for name in ("state", *PLACES))
        # Names of columns, written in the code.
        self.env.cr.execute(
            f"""
            INSERT INTO attendance_day_segment (day_id, {of_day}, {", ".join(columns)})
            SELECT d.id, {from_day}, {", ".join(f"v.{name}" for name in columns)}
            FROM (SELECT {unnested(columns)}) AS v
            JOIN attendance_day d
                ON d.employee_id = v.employee_id AND d.work_date = v.work_date
            """,  # pylint: disable=sql-injection
            [array_of(values) for values in zip(*rows, strict=True)],
        )
