from datetime import timedelta, timezone

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.chain_attendance_base.sql import version_on

# In which the punch of a correction counts, of the request ``r``.
IN_FORCE = """(r.state = 'approved'
               OR r.state = 'submitted' AND r.needs_approval IS NOT TRUE)"""
# No conditions and no joins beside the punches: only so PostgreSQL looks up what is
# asked for in their indexes. Rows that were entered by hand have negative numbers.
ROWS = f"""
    SELECT p.id, p.id AS punch_id, NULL::int AS request_id, p.employee_id,
           p.company_id, p.department_id, p.job_id, p.store_id, p.home_store_id,
           p.terminal_id, p.user_code, p.wall_time, p.punched_at, p.received_at,
           p.source, p.quarantine, p.is_time_doubtful
    FROM attendance_punch p
    UNION ALL
    SELECT -r.id, NULL, r.id, r.employee_id, r.company_id, place.department_id,
           place.job_id, place.store_id, place.store_id, NULL,
           (SELECT c.code FROM attendance_terminal_code c
            WHERE c.employee_id = r.employee_id
              AND (c.date_from IS NULL OR c.date_from <= r.date_from)
              AND (c.date_to IS NULL OR c.date_to >= r.date_from) LIMIT 1),
           to_char(r.date_from + r.start_minutes * interval '1 min',
                   'YYYY-MM-DD HH24:MI:SS'),
           r.start_at, r.create_date, 'hand', NULL, FALSE
    FROM attendance_request r
    LEFT JOIN LATERAL {version_on("r.employee_id", "r.date_from")} place ON TRUE
    WHERE r.kind = 'correction' AND {IN_FORCE}
"""
# The same person punched shortly before, by the interval of the company's policy.
REPEATED = """
    EXISTS (
        SELECT FROM attendance_punch q
        WHERE q.employee_id = u.employee_id AND q.quarantine IS NULL
          AND q.punched_at >= u.punched_at - interval '1 s' * (
              SELECT policy.duplicate_seconds FROM res_company c
              JOIN attendance_policy policy ON policy.id = c.attendance_policy_id
              WHERE c.id = u.company_id)
          AND (q.punched_at, q.id) < (u.punched_at, u.punch_id))
"""
DAY = timedelta(days=1)


class AttendanceReportPunch(models.Model):
    """Every raw punch, and those that were entered by hand, as the manual lists them.

    Date and time are those of the clock on the wall. Why a row is special is said as
    far as one row can tell; which punch counted is told by the day's explanation.
    """

    _name = "attendance.report.punch"
    _description = "Raw Punches"
    _inherit = ["attendance.report.rows.mixin"]
    _auto = False
    _order = "punched_at desc, id desc"
    _rec_name = "wall_time"
    _depends = {
        "attendance.punch": ["employee_id", "punched_at", "quarantine"],
        "attendance.request": [
            "kind", "state", "needs_approval", "employee_id", "date_from",
            "start_minutes", "start_at",
        ],
        "attendance.terminal.code": ["employee_id", "code", "date_from", "date_to"],
        "hr.employee": ["name", "employee_number", "english_name"],
        "hr.version": ["department_id", "job_id", "store_id", "date_version"],
    }  # fmt: skip

    punch_id = fields.Many2one("attendance.punch", readonly=True)
    request_id = fields.Many2one("attendance.request", readonly=True)
    store_id = fields.Many2one(
        help="Where the terminal hung; of a row entered by hand, the person's store."
    )
    terminal_id = fields.Many2one(
        "attendance.terminal",
        readonly=True,
        help="Empty: entered by hand, by a punch correction that is in force.",
    )
    user_code = fields.Char(string="Terminal User Code", readonly=True)
    wall_time = fields.Char(string="Time at Terminal", readonly=True)
    wall_date = fields.Date(
        string="Punch Date", readonly=True, help="On the terminal's clock."
    )
    wall_clock = fields.Char(
        string="Punch Time", readonly=True, help="On the terminal's clock."
    )
    punched_at = fields.Datetime(string="Punched at", readonly=True)
    received_at = fields.Datetime(readonly=True)
    source = fields.Selection(
        [
            ("push", "Terminal"),
            ("usb", "USB File"),
            ("clock", "Corrected Clock"),
            ("hand", "By Hand"),
        ],
        readonly=True,
    )
    quarantine = fields.Selection(
        [
            ("past", "Clock in the past"),
            ("future", "Clock in the future"),
            ("withdrawn", "Correction withdrawn"),
        ],
        string="Set Aside",
        readonly=True,
    )
    is_time_doubtful = fields.Boolean(string="Time Shown Twice", readonly=True)
    mark = fields.Selection(
        [
            ("by_hand", "By hand"),
            ("set_aside", "Set aside"),
            ("unknown", "Unknown code"),
            ("repeated", "Repeated"),
            ("corrected", "Clock corrected"),
            ("doubtful", "Time shown twice"),
        ],
        string="Remark",
        readonly=True,
        help="Set aside and unknown: it counts for nobody. Repeated: the same person "
        "punched just before, within the policy's interval. Which punch counted is "
        "told by the explanation of the day.",
    )
    photo_id = fields.Many2one("attendance.punch.photo", compute="_compute_photo_id")

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT u.*, e.employee_number, e.name AS employee_name, e.english_name,
                   left(u.wall_time, 10)::date AS wall_date,
                   substr(u.wall_time, 12) AS wall_clock,
                   CASE WHEN u.source = 'hand' THEN 'by_hand'
                        WHEN u.quarantine IS NOT NULL THEN 'set_aside'
                        WHEN u.employee_id IS NULL THEN 'unknown'
                        WHEN %s THEN 'repeated'
                        WHEN u.source = 'clock' THEN 'corrected'
                        WHEN u.is_time_doubtful THEN 'doubtful' END AS mark
            FROM (%s) u
            LEFT JOIN hr_employee e ON e.id = u.employee_id
            """,
            SQL(REPEATED),
            SQL(ROWS),
        )

    @api.depends("punch_id")
    def _compute_photo_id(self):
        for row in self:
            row.photo_id = row.punch_id.photo_id

    def action_view_photo(self):
        self.ensure_one()
        return self.punch_id.action_view_photo()

    def action_open(self):
        """The correction of a row entered by hand, else the day that it is part of."""
        self.ensure_one()
        if self.request_id:
            return {
                "type": "ir.actions.act_window",
                "name": self.env._("Punch Correction"),
                "res_model": "attendance.request",
                "res_id": self.request_id.id,
                "views": [(False, "form")],
            }
        return self.action_explain()

    def action_explain(self):
        """How the day was computed; a punch may belong to the night before."""
        self.ensure_one()
        day = self._day()
        return day.action_explain() if day else False

    @api.private
    def _day(self):
        """The day in whose window the punch lies, else that of its date.

        The morning's punch after a night belongs to the day before, one shortly before
        a midnight at which the shift begins to the day after.
        """
        days = self.env["attendance.day"]
        if not self.employee_id or not self.wall_date:
            return days
        of_dates = {
            day.work_date: day
            for day in days.search(
                [
                    ("employee_id", "=", self.employee_id.id),
                    ("work_date", ">=", self.wall_date - DAY),
                    ("work_date", "<=", self.wall_date + DAY),
                ]
            )
        }
        found = [
            of_dates[date]
            for date in (self.wall_date, self.wall_date - DAY, self.wall_date + DAY)
            if date in of_dates
        ]
        at = self.punched_at.replace(tzinfo=timezone.utc)
        if len(found) > 1:
            for day in found:
                judged = days._judge_for_reading((self.employee_id.id, day.work_date))
                window = judged.result.window if judged.result else ()
                if any(span.start_at <= at < span.stop_at for span in window):
                    return day
        return found[0] if found else days
