from odoo import api, fields, models

from odoo.addons.chain_attendance_base.models.attendance_scope_mixin import (
    ROW_COLUMNS,
)
from odoo.addons.chain_attendance_base.sql import array_of
from odoo.addons.chain_attendance_engine import format_leave, format_minutes

# The figures of a day that a line can be about, with the labels of the day's fields.
LABELS = [
    ("due_minutes", "Due"),
    ("worked_minutes", "Worked"),
    ("late_minutes", "Late"),
    ("early_minutes", "Early"),
    ("absent_minutes", "Absent"),
    ("leave_minutes", "Leave"),
    ("punched_outing_minutes", "Punched Outing"),
    ("outing_minutes", "Outing"),
    ("trip_minutes", "Business Trip"),
    ("overtime_workday_minutes", "Workday Overtime"),
    ("overtime_rest_day_minutes", "Rest-Day Overtime"),
    ("overtime_holiday_minutes", "Holiday Overtime"),
    ("claimed_workday_minutes", "Claimed Workday Overtime"),
    ("claimed_rest_day_minutes", "Claimed Rest-Day Overtime"),
    ("claimed_holiday_minutes", "Claimed Holiday Overtime"),
]
ADJUSTED = tuple(name for name, _label in LABELS)
# A line is taken by the open period that holds today, or else by the first one that
# comes after the closed one; of two over the same dates by the store's own.
TAKES = """(
    SELECT t.id FROM attendance_period t
    WHERE t.company_id = a.company_id AND t.state != 'closed'
      AND (t.store_id = a.home_store_id OR t.store_id IS NULL AND NOT EXISTS (
          SELECT 1 FROM attendance_period own
          WHERE own.company_id = a.company_id AND own.store_id = a.home_store_id
            AND own.date_from <= t.date_to AND own.date_to >= t.date_from))
      AND (%(today)s BETWEEN t.date_from AND t.date_to OR t.date_from > c.date_to)
    ORDER BY %(today)s NOT BETWEEN t.date_from AND t.date_to, t.date_from LIMIT 1
)"""


class AttendanceAdjustment(models.Model):
    """What a closed day would be different by: one figure, with its sign.

    The stored row of a closed day never changes. Row and lines together are what the
    engine makes of the day now, figure by figure, so that due = worked + late + early
    + absent holds for the lines of a day as well. Lines are written by the machine and
    by nobody else.
    """

    _name = "attendance.adjustment"
    _description = "Adjustment of a Closed Day"
    _inherit = ["attendance.scope.mixin"]
    _order = "created_at desc, employee_id, work_date, id"
    _rec_name = "employee_id"
    _log_access = False

    _attendance_area = "periods"
    _attendance_scope_columns = ROW_COLUMNS | {"store": ("store_id", "home_store_id")}

    employee_id = fields.Many2one(
        "hr.employee", required=True, readonly=True, ondelete="cascade"
    )
    employee_number = fields.Char(related="employee_id.employee_number")
    work_date = fields.Date(string="Date", required=True, readonly=True)
    closed_period_id = fields.Many2one(
        "attendance.period",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        help="In which the date lies.",
    )
    period_id = fields.Many2one(
        "attendance.period",
        string="Taken By",
        readonly=True,
        ondelete="set null",
        help="The period in which the line counts. Empty: the next one that is made.",
    )
    figure = fields.Selection(LABELS, required=True, readonly=True)
    minutes = fields.Integer(required=True, readonly=True)
    days = fields.Float(string="Leave Days", readonly=True, help="Leave by whole days.")
    amount = fields.Char(compute="_compute_amount")
    cause_codes = fields.Char(readonly=True)
    cause = fields.Char(compute="_compute_cause")
    created_at = fields.Datetime(string="Found", required=True, readonly=True)
    company_id = fields.Many2one("res.company", readonly=True, index=True)
    department_id = fields.Many2one("hr.department", readonly=True, ondelete="restrict")
    job_id = fields.Many2one("hr.job", readonly=True, ondelete="restrict")
    store_id = fields.Many2one("attendance.store", readonly=True, ondelete="restrict")
    home_store_id = fields.Many2one(
        "attendance.store", string="Own Store", readonly=True, ondelete="restrict"
    )

    _by_day = models.Index("(employee_id, work_date)")
    _by_taking = models.Index("(period_id, employee_id) WHERE period_id IS NOT NULL")

    @api.depends("minutes", "days", "figure")
    def _compute_amount(self):
        for line in self:
            line.amount = shown(line.minutes, line.days)

    @api.depends("cause_codes")
    @api.depends_context("lang")
    def _compute_cause(self):
        words = self._cause_words()
        for line in self:
            codes = (line.cause_codes or "").split(",")
            text = "; ".join(words[code] for code in codes if code in words)
            line.cause = text[:1].upper() + text[1:]

    @api.model
    def _cause_words(self):
        return {
            "request": self.env._("a request or leave was filed, changed or withdrawn"),
            "punch": self.env._("a punch came in late"),
            "roster": self.env._("the roster was changed"),
            "shift": self.env._("the shift was changed"),
            "holiday": self.env._("the holiday calendar was changed"),
            "policy": self.env._("the attendance policy was changed"),
            "loan": self.env._("a loan to another store was entered or changed"),
            "reopened": self.env._("the period was reopened"),
            "other": self.env._(
                "something was taken away, or the person's employment or place changed"
            ),
        }

    @api.model
    @api.private
    def _sums(self, pairs):
        """``{pair: {figure: (minutes, days)}}`` of the lines of these days."""
        if not pairs:
            return {}
        self.flush_model()
        self.env.cr.execute(
            """
            SELECT a.employee_id, a.work_date, a.figure, sum(a.minutes), sum(a.days)
            FROM attendance_adjustment a
            JOIN unnest(%s::int[], %s::date[]) AS v(employee_id, work_date)
                ON a.employee_id = v.employee_id AND a.work_date = v.work_date
            GROUP BY 1, 2, 3
            """,
            [
                array_of(employee for employee, _day in pairs),
                array_of(day for _employee, day in pairs),
            ],
        )
        found = {}
        for employee, day, figure, minutes, days in self.env.cr.fetchall():
            found.setdefault((employee, day), {})[figure] = minutes, days or 0
        return found

    @api.model
    @api.private
    def _assign(self):
        """Give lines that no period has taken yet to the one that takes them."""
        self.flush_model()
        self.env["attendance.period"].flush_model()
        self.env.cr.execute(
            f"""
            UPDATE attendance_adjustment SET period_id = taken.period_id
            FROM (
                SELECT a.id, {TAKES} AS period_id FROM attendance_adjustment a
                JOIN attendance_period c ON c.id = a.closed_period_id
                WHERE a.period_id IS NULL
            ) taken
            WHERE attendance_adjustment.id = taken.id AND taken.period_id IS NOT NULL
            RETURNING attendance_adjustment.period_id, employee_id
            """,  # pylint: disable=sql-injection
            {"today": fields.Date.today()},
        )
        taken = set(self.env.cr.fetchall())
        taking = sorted({period for period, _employee in taken})
        # Not closed before these lines are in it.
        self.env.cr.execute(
            "SELECT 1 FROM attendance_period WHERE id = ANY(%s) FOR SHARE", [taking]
        )
        self.invalidate_model()
        self._withdraw_words(taken)

    @api.model
    def _withdraw_words(self, taken):
        """What people confirmed of these lines is asked again."""
        # sudo: lines are written in whoever's name
        rows = self.env["attendance.period.confirmation"].sudo()
        rows._withdraw_lines(sorted(taken))

    @api.model
    @api.private
    def _release_from(self, periods):
        """Take lines out of open periods that are no longer for their people.

        What was put back into a reopened period stays there.
        """
        self.flush_model()
        periods.flush_model()
        self.env.cr.execute(
            """
            UPDATE attendance_adjustment a SET period_id = NULL
            FROM attendance_period t, attendance_period c
            WHERE t.id = a.period_id AND t.id = ANY(%s)
              AND c.id = a.closed_period_id AND c.id != t.id
              AND (t.company_id != a.company_id
                   OR t.store_id IS NOT NULL
                      AND t.store_id IS DISTINCT FROM a.home_store_id
                   OR t.date_to < c.date_from)
            RETURNING t.id, a.employee_id
            """,
            [periods.ids],
        )
        released = set(self.env.cr.fetchall())
        self.invalidate_model()
        self._withdraw_words(released)

    @api.model
    @api.private
    def _take_back(self, periods):
        """Lines about days of periods that were reopened are not needed any more.

        What a closed period has taken stays, and its opposite goes to an open one.
        """
        self.env.flush_all()
        self.env.cr.execute(
            """
            DELETE FROM attendance_adjustment a
            WHERE a.closed_period_id = ANY(%s) AND NOT EXISTS (
                SELECT 1 FROM attendance_period t
                WHERE t.id = a.period_id AND t.state = 'closed')
            RETURNING a.period_id, a.employee_id
            """,
            [periods.ids],
        )
        changed = {row for row in self.env.cr.fetchall() if row[0]}
        self.env.cr.execute(
            """
            INSERT INTO attendance_adjustment (
                employee_id, work_date, closed_period_id, figure, minutes, days,
                cause_codes, created_at, company_id, department_id, job_id, store_id,
                home_store_id, period_id)
            SELECT employee_id, work_date, closed_period_id, figure, -sum(minutes),
                   -sum(days), 'reopened', %s, (array_agg(company_id ORDER BY id))[1],
                   (array_agg(department_id ORDER BY id))[1],
                   (array_agg(job_id ORDER BY id))[1],
                   (array_agg(store_id ORDER BY id))[1],
                   (array_agg(home_store_id ORDER BY id))[1], closed_period_id
            FROM attendance_adjustment WHERE closed_period_id = ANY(%s)
            GROUP BY employee_id, work_date, closed_period_id, figure
            HAVING sum(minutes) != 0 OR sum(days) != 0
            RETURNING period_id, employee_id
            """,
            [fields.Datetime.now(), periods.ids],
        )
        changed.update(self.env.cr.fetchall())
        self.invalidate_model()
        self._withdraw_words(changed)


def shown(minutes, days=0):
    """Minutes, and days of leave, as the product prints them, with their sign."""
    if not days:
        return format_minutes(minutes)
    text = format_leave(abs(days), 0)
    return f"-{text}" if days < 0 else text
