import hashlib
from collections import namedtuple
from operator import attrgetter, itemgetter
from pathlib import Path

from odoo import api, fields, models
from odoo.tools import SQL, groupby
from odoo.tools.sql import column_exists, table_exists

from odoo.addons import chain_attendance_engine
from odoo.addons.chain_attendance_base.models.attendance_scope_mixin import (
    ROW_COLUMNS,
)
from odoo.addons.chain_attendance_base.sql import array_of
from odoo.addons.chain_attendance_engine import (
    DayName,
    DayState,
    ExceptionKind,
    RequestKind,
    evaluate_days,
)

from .attendance_day_place import COLUMNS as PLACE_COLUMNS
from .by_index import by_index
from .carried import Carried
from .unnested import MINUTE, unnested

FIGURES = (
    "due_minutes",
    "worked_minutes",
    "late_minutes",
    "early_minutes",
    "absent_minutes",
    "leave_minutes",
    "punched_outing_minutes",
    "outing_minutes",
    "trip_minutes",
    "overtime_workday_minutes",
    "overtime_rest_day_minutes",
    "overtime_holiday_minutes",
    "leave_days",
    "trip_days",
    "claimed_workday_minutes",
    "claimed_rest_day_minutes",
    "claimed_holiday_minutes",
    "core_missed_minutes",
)
figures_of = attrgetter(*FIGURES)
# What is counted of a day's result beside the figures.
COUNTS = ("leave_hour_minutes", "missing_in_count", "missing_out_count")
# Columns that days from before them have not got.
LATER = (*FIGURES[-6:], *COUNTS)
COLUMNS = (
    "employee_id",
    "work_date",
    "company_id",
    "department_id",
    "job_id",
    "store_id",
    "home_store_id",
    "shift_id",
    "shift_since",
    "policy_id",
    "state",
    "day_name",
    *FIGURES,
    *COUNTS,
    "first_in_at",
    "last_out_at",
    "exception_codes",
    "window_closes_at",
    "fingerprint",
)


def _version():
    """What changes with anything that a row is made by; days are written again then."""
    folder = Path(chain_attendance_engine.__file__).parent
    digest = hashlib.blake2b(repr(COLUMNS).encode(), digest_size=8)
    for path in sorted(folder.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


ENGINE_VERSION = _version()
# One day: what went in, what came out, and the row of it that is stored.
Judged = namedtuple("Judged", "gathered result row")
NOTHING = Judged(None, None, None)
STORED_STATES = (DayState.FINAL, DayState.IN_PROGRESS)


class AttendanceDay(models.Model):
    """One person's day as the engine judged it.

    Department, job, store and company are those of the date, so that history stays
    right after a transfer. All figures are whole minutes. There is no stored
    computed field here: results are written set-based.
    """

    _name = "attendance.day"
    _description = "Attendance Day"
    _inherit = ["attendance.scope.mixin"]
    _order = "work_date desc, employee_id"
    _log_access = False

    _attendance_area = "reports"
    # A person who is lent is seen by who keeps the one store and who keeps the other.
    _attendance_scope_columns = ROW_COLUMNS | {"store": ("store_id", "home_store_id")}

    employee_id = fields.Many2one(
        "hr.employee", required=True, readonly=True, ondelete="cascade"
    )
    work_date = fields.Date(string="Date", required=True, readonly=True)
    place_id = fields.Many2one(
        "attendance.day.place", readonly=True, ondelete="restrict"
    )
    company_id = Carried("res.company", readonly=True, ondelete="restrict")
    department_id = Carried("hr.department", readonly=True, ondelete="restrict")
    job_id = Carried("hr.job", readonly=True, ondelete="restrict")
    store_id = Carried(
        "attendance.store",
        readonly=True,
        ondelete="restrict",
        help="Where the person worked: the own store, or the one they were lent to.",
    )
    home_store_id = Carried(
        "attendance.store",
        string="Own Store",
        readonly=True,
        ondelete="restrict",
        help="The store to which the person belonged on that date.",
    )
    shift_id = fields.Many2one(
        "attendance.shift", readonly=True, index="btree_not_null"
    )
    state = fields.Selection(
        [("in_progress", "In Progress"), ("final", "Final")], readonly=True
    )
    day_name = fields.Selection(
        [
            ("work", "Work"),
            ("rest", "Rest"),
            ("holiday", "Holiday"),
            ("unscheduled", "Unscheduled"),
        ],
        readonly=True,
    )
    due_minutes = fields.Integer(string="Due", readonly=True)
    worked_minutes = fields.Integer(string="Worked", readonly=True)
    late_minutes = fields.Integer(string="Late", readonly=True)
    early_minutes = fields.Integer(string="Early", readonly=True)
    absent_minutes = fields.Integer(string="Absent", readonly=True)
    leave_minutes = fields.Integer(string="Leave", readonly=True)
    punched_outing_minutes = fields.Integer(string="Punched Outing", readonly=True)
    outing_minutes = fields.Integer(string="Outing", readonly=True)
    trip_minutes = fields.Integer(string="Business Trip", readonly=True)
    overtime_workday_minutes = fields.Integer(string="Workday Overtime", readonly=True)
    overtime_rest_day_minutes = fields.Integer(
        string="Rest-Day Overtime", readonly=True
    )
    overtime_holiday_minutes = fields.Integer(string="Holiday Overtime", readonly=True)
    leave_days = fields.Integer(
        readonly=True, help="1 if leave by days is charged on the date."
    )
    trip_days = fields.Integer(
        string="Business Trip Days",
        readonly=True,
        help="1 if a business trip by days is charged on the date.",
    )
    claimed_workday_minutes = fields.Integer(
        string="Claimed Workday Overtime", readonly=True
    )
    claimed_rest_day_minutes = fields.Integer(
        string="Claimed Rest-Day Overtime", readonly=True
    )
    claimed_holiday_minutes = fields.Integer(
        string="Claimed Holiday Overtime", readonly=True
    )
    core_missed_minutes = fields.Integer(string="Core Time Missed", readonly=True)
    leave_hour_minutes = fields.Integer(
        string="Leave by Hours",
        readonly=True,
        help="The part of the leave that was asked for by hours.",
    )
    missing_in_count = fields.Integer(string="Clock-Ins Missing", readonly=True)
    missing_out_count = fields.Integer(string="Clock-Outs Missing", readonly=True)
    first_in_at = fields.Datetime(string="Clock-In", readonly=True)
    last_out_at = fields.Datetime(string="Clock-Out", readonly=True)
    exception_codes = fields.Char(readonly=True)
    window_closes_at = fields.Datetime(
        readonly=True, help="When a day in progress can be judged."
    )
    fingerprint = fields.Char(readonly=True)

    _pair_uniq = models.Constraint("UNIQUE(employee_id, work_date)", "One day each.")
    _by_date = models.Index("(company_id, work_date, employee_id)")
    # What the data scopes look for; the lists are ordered by date.
    _by_store = models.Index("(store_id, work_date)")
    _by_home_store = models.Index("(home_store_id, work_date)")
    _by_department = models.Index("(department_id, work_date)")
    _by_job = models.Index("(job_id, work_date)")
    _open = models.Index("(window_closes_at) WHERE state = 'in_progress'")

    def _auto_init(self):
        """Days that were there before loans were in the person's own store."""
        cr = self.env.cr
        is_there = table_exists(cr, self._table)
        is_new = is_there and not column_exists(cr, self._table, "home_store_id")
        if is_there:
            self._add_later_columns()
        result = super()._auto_init()
        if is_new:
            cr.execute("UPDATE attendance_day SET home_store_id = store_id")
        return result

    def _add_later_columns(self):
        """Figures that older days have not got are zero until they are computed again.

        The default of a new column rewrites no row.
        """
        for name in LATER:
            self.env.cr.execute(
                SQL(
                    "ALTER TABLE attendance_day"
                    " ADD COLUMN IF NOT EXISTS %s int4 DEFAULT 0",
                    SQL.identifier(name),
                )
            )

    @api.depends("employee_id", "work_date")
    def _compute_display_name(self):
        for day in self:
            day.display_name = f"{day.employee_id.name} {day.work_date}"

    @api.model
    @api.private
    def _recompute(self, pairs):
        """Compute these days and store what changed.

        :param pairs: ``(employee id, date)``.
        :return: how many days were written or removed.
        """
        with by_index(self.env.cr):
            judged = self._judge(pairs, is_known_left_out=True)
            self._hold_closed(judged)
            changed = self._write_results(judged)
            self._after_results({pair: judged[pair] for pair in changed})
        return len(changed)

    @api.model
    @api.private
    def _judge(self, pairs, *, is_known_left_out=False):
        """What the engine makes of these days, stored nowhere.

        :param pairs: ``(employee id, date)``.
        :param is_known_left_out: days of which the stored row says so already are not
            judged and not in the result, and the others are not explained.
        :return: ``{pair: Judged}``, in the order of the pairs; ``row`` is ``None`` of a
            day that has no row, and all is of one whose person no longer exists.
        """
        inputs = self._prepare_engine_inputs(pairs)
        known = self._known_days(inputs) if is_known_left_out else ()
        judged = {pair: NOTHING for pair in pairs if pair not in known}
        wanted = {pair: inputs[pair] for pair in inputs if pair in judged}
        for pair, result in self._evaluate(wanted, explains=not is_known_left_out):
            gathered = wanted[pair]
            has_row = result.state in STORED_STATES
            row = self._prepare_row(pair, gathered, result) if has_row else None
            judged[pair] = Judged(gathered, result, row)
        return judged

    @api.model
    def _evaluate(self, inputs, *, explains):
        """The engine's results, one after the other: ``(pair, DayResult)``.

        Days of one person are computed together, which shares the work between
        neighbours.

        :param inputs: ``{pair: Gathered}``, days of one person beside each other.
        :param explains: with what the explanation of a day is made of.
        """
        for employee, days in groupby(inputs, itemgetter(0)):
            dates = [day for _employee, day in days]
            source = inputs[employee, dates[0]].book.source
            for result in evaluate_days(source, dates, explains=explains):
                yield (employee, result.work_date), result

    @api.model
    def _known_days(self, inputs):
        """Those days whose stored row was made of the same inputs and is final.

        Who keeps something beside the row that can be out of date by itself takes
        such days out of this.

        :param inputs: ``{pair: Gathered}``.
        :return: a set of pairs.
        """
        self.env.cr.execute(
            """
            SELECT d.employee_id, d.work_date, d.fingerprint FROM attendance_day d
            JOIN unnest(%s::int[], %s::date[]) AS v (employee_id, work_date)
                USING (employee_id, work_date)
            WHERE d.state = 'final'
            """,
            [
                array_of(pair[0] for pair in inputs),
                array_of(pair[1] for pair in inputs),
            ],
        )
        return {
            (employee, day)
            for employee, day, fingerprint in self.env.cr.fetchall()
            if fingerprint == self._fingerprint(inputs[employee, day], "final")
        }

    @api.model
    def _hold_closed(self, judged):
        """Take those out of ``judged`` that may not change any more."""

    @api.model
    def _after_results(self, changed):
        """Store what else hangs on days that were written or removed.

        :param changed: ``{pair: Judged}``.
        """

    @api.model
    def _prepare_row(self, pair, gathered, result):
        """The values of ``COLUMNS``; instants are the engine's minute numbers."""
        organisation = gathered.organisation
        shift = result.shift if result.name is DayName.WORK else None
        is_open = result.state is DayState.IN_PROGRESS
        values = (
            *pair,
            organisation.company_id,
            organisation.department_id,
            organisation.job_id,
            organisation.store_id,
            organisation.home_store_id,
            shift.key if shift else None,
            gathered.shift_since(shift) if shift else None,
            gathered.policy_id,
            result.state.value,
            result.name.value,
            *figures_of(result.totals),
            *_counts(result),
            result.first_in,
            result.last_out,
            _codes(result),
            result.window.stop if is_open else None,
        )
        return (*values, self._fingerprint(gathered, result.state.value))

    @api.model
    def _fingerprint(self, gathered, state):
        """What went in, and whether the day is over: nothing else decides the row.

        An equal one has nothing to write.
        """
        text = f"{ENGINE_VERSION}|{gathered.fingerprint}|{state}"
        return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()

    @api.model
    def _write_results(self, judged):
        """Store rows whose fingerprint differs and remove days that have none.

        :return: the pairs that were written or removed.
        """
        rows = [found.row for found in judged.values() if found.row]
        gone = [pair for pair, found in judged.items() if not found.row]
        changed = []
        if rows:
            columns = dict(zip(COLUMNS, zip(*rows, strict=True), strict=True))
            columns["place_id"] = self._places_of(columns)
            updates = ", ".join(f"{n} = EXCLUDED.{n}" for n in list(columns)[2:])
            kinds = {name: self._kind_of(name) for name in columns}
            # Arrays: thousands of constants would have to be read one by one.
            self.env.cr.execute(
                f"""
                INSERT INTO attendance_day ({", ".join(columns)})
                SELECT {unnested(kinds)}
                ON CONFLICT (employee_id, work_date) DO UPDATE SET {updates}
                WHERE attendance_day.fingerprint IS DISTINCT FROM EXCLUDED.fingerprint
                RETURNING employee_id, work_date
                """,  # pylint: disable=sql-injection
                [array_of(column) for column in columns.values()],
            )
            changed += self.env.cr.fetchall()
        if gone:
            self.env.cr.execute(
                """
                DELETE FROM attendance_day d
                USING unnest(%s::int[], %s::date[]) AS g(e, w)
                WHERE d.employee_id = g.e AND d.work_date = g.w
                RETURNING employee_id, work_date
                """,
                [
                    array_of(employee for employee, _day in gone),
                    array_of(day for _employee, day in gone),
                ],
            )
            changed += self.env.cr.fetchall()
        self.invalidate_model()
        return changed

    @api.model
    def _kind_of(self, name):
        field = self._fields[name]
        return MINUTE if field.type == "datetime" else field.column_type[1]

    @api.model
    def _places_of(self, columns):
        """The ``place_id`` of rows.

        :param columns: ``{name: values}``
        """
        places = list(zip(*(columns[name] for name in PLACE_COLUMNS), strict=True))
        ids = self.env["attendance.day.place"]._ids_of(places)
        return [ids[place] for place in places]


def _counts(result):
    """The values of ``COUNTS``."""
    if not (result.charges or result.exceptions):
        return (0, 0, 0)
    by_hours = sum(
        charge.minutes
        for charge in result.charges
        if charge.kind is RequestKind.LEAVE and not charge.days
    )
    kinds = [found.kind for found in result.exceptions]
    missing = (ExceptionKind.MISSING_IN, ExceptionKind.MISSING_OUT)
    return (by_hours, *(kinds.count(kind) for kind in missing))


def _codes(result):
    """The value of ``exception_codes``."""
    if not result.exceptions:
        return None
    return ",".join(sorted({found.kind.value for found in result.exceptions}))
