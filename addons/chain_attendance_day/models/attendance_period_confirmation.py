from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import format_date

from odoo.addons.chain_attendance_base.models.attendance_scope_mixin import (
    ROW_COLUMNS,
)
from odoo.addons.chain_attendance_base.sql import array_of

from .attendance_day import FIGURES
from .attendance_period_days import LIES_IN

STATES = [
    ("asked", "To Confirm"),
    ("confirmed", "Confirmed"),
    ("objected", "Objection"),
]
TOTALS = (
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
)
SUMS = ", ".join(f"COALESCE(sum(d.{name}), 0) AS {name}" for name in TOTALS)
# What a person confirms beside the days: what the period takes for earlier dates.
LINES = """(
    SELECT string_agg(concat_ws('|', a.work_date, a.figure, a.minutes, a.days),
                      ',' ORDER BY a.work_date, a.id)
    FROM attendance_adjustment a
    WHERE a.period_id = p.id AND a.employee_id = %s)"""


def _print(employee):
    """All that a person confirms, so that any change of it is another print."""
    figures = ", ".join(f"d.{name}" for name in FIGURES)
    return f"""md5(NULLIF(concat(string_agg(
        concat_ws('|', d.work_date, d.state, d.day_name, {figures}),
        ',' ORDER BY d.work_date) FILTER (WHERE d.id IS NOT NULL),
        {LINES % employee}), ''))"""


KEPT = ("day_count", "fingerprint", *TOTALS)
# What the days of confirmations come to now.
KEPT_NOW = f"""
    SELECT c.id, count(d.id) AS day_count, {_print("c.employee_id")} AS fingerprint,
           {SUMS}
    FROM attendance_period_confirmation c
    JOIN attendance_period p ON p.id = c.period_id
    LEFT JOIN attendance_day d ON d.employee_id = c.employee_id AND {LIES_IN}
    WHERE c.id = ANY(%s) GROUP BY c.id, p.id
"""
# Set by a page: the print of the days that it shows.
SEEN = "attendance_seen_print"


class AttendancePeriodConfirmation(models.Model):
    """One person's word on the own days of a period.

    The totals are those of the days, as long as the period is open: a figure that
    changes takes a word that was given back, and the person is asked again.
    """

    _name = "attendance.period.confirmation"
    _description = "Confirmation of a Period"
    _inherit = ["mail.thread", "attendance.scope.mixin"]
    _order = "period_id, employee_id"
    _rec_name = "employee_id"

    _attendance_area = "periods"
    _attendance_scope_columns = ROW_COLUMNS

    period_id = fields.Many2one(
        "attendance.period", required=True, readonly=True, ondelete="cascade"
    )
    period_name = fields.Char(related="period_id.name", string="Period Name")
    period_state = fields.Selection(related="period_id.state", string="Period Status")
    date_from = fields.Date(related="period_id.date_from")
    date_to = fields.Date(related="period_id.date_to")
    employee_id = fields.Many2one(
        "hr.employee", required=True, readonly=True, index=True, ondelete="cascade"
    )
    employee_number = fields.Char(related="employee_id.employee_number")
    company_id = fields.Many2one("res.company", readonly=True, index=True)
    department_id = fields.Many2one("hr.department", readonly=True, ondelete="restrict")
    job_id = fields.Many2one("hr.job", readonly=True, ondelete="restrict")
    store_id = fields.Many2one("attendance.store", readonly=True, ondelete="restrict")
    state = fields.Selection(
        STATES, required=True, default="asked", readonly=True, tracking=True
    )
    decided_at = fields.Datetime(string="Confirmed at", readonly=True)
    decided_by = fields.Char(string="Confirmed by", readonly=True)
    objection = fields.Text(
        readonly=True, tracking=True, help="What is not right, in the person's words."
    )
    withdrawn_at = fields.Datetime(
        string="Changed Since", readonly=True, help="A figure changed after the word."
    )
    fingerprint = fields.Char(readonly=True)
    day_count = fields.Integer(string="Days", readonly=True)
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
    day_ids = fields.Many2many(
        "attendance.day", string="My Days", compute="_compute_day_ids"
    )
    adjustment_ids = fields.Many2many(
        "attendance.adjustment",
        compute="_compute_adjustment_ids",
        help="Lines about earlier dates that this period takes.",
    )
    is_mine = fields.Boolean(compute="_compute_may_decide")
    may_decide = fields.Boolean(compute="_compute_may_decide")

    _person_uniq = models.Constraint(
        "UNIQUE(period_id, employee_id)", "A person confirms a period once."
    )

    @api.depends("period_id", "employee_id")
    @api.depends_context("uid")
    def _compute_day_ids(self):
        days = self.env["attendance.day"]
        if not days.has_access("read"):
            self.day_ids = False
            return
        for row in self:
            # sudo: which dates a period has, whoever may see it
            domain = row.sudo().period_id._day_domain()
            row.day_ids = days.search(
                domain & Domain("employee_id", "=", row.employee_id.id),
                order="work_date",
            )

    @api.depends("period_id", "employee_id")
    @api.depends_context("uid")
    def _compute_adjustment_ids(self):
        lines = self.env["attendance.adjustment"]
        for row in self:
            row.adjustment_ids = lines.search(
                [
                    ("period_id", "=", row.period_id.id),
                    ("employee_id", "=", row.employee_id.id),
                ]
            )

    @api.depends("period_id.state", "employee_id", "state")
    @api.depends_context("uid")
    def _compute_may_decide(self):
        edited = self._edited()
        for row in self:
            # sudo: whose login somebody has
            row.is_mine = row.sudo().employee_id.user_id == self.env.user
            row.may_decide = row.sudo().period_id.state == "confirming" and (
                row.is_mine or row in edited
            )

    def _edited(self):
        """Those over whose people the login may edit periods."""
        held = self._filtered_access("read").sudo()
        return held.filtered_domain(self._attendance_held("edit")).sudo(False)

    @api.model
    @api.private
    def _ask(self, periods):
        """A row for everybody with days in these periods who has none yet."""
        self.env.flush_all()
        self.env.cr.execute(
            f"""
            INSERT INTO attendance_period_confirmation (
                period_id, employee_id, company_id, department_id, job_id, store_id,
                state, create_uid, create_date, write_uid, write_date,
                day_count, fingerprint, {", ".join(TOTALS)})
            SELECT p.id, d.employee_id, p.company_id,
                   (array_agg(d.department_id ORDER BY d.work_date DESC))[1],
                   (array_agg(d.job_id ORDER BY d.work_date DESC))[1],
                   (array_agg(d.home_store_id ORDER BY d.work_date DESC))[1],
                   'asked', %s, now() AT TIME ZONE 'UTC', %s, now() AT TIME ZONE 'UTC',
                   count(*), {_print("d.employee_id")}, {SUMS}
            FROM attendance_period p JOIN attendance_day d ON {LIES_IN}
            WHERE p.id = ANY(%s) GROUP BY p.id, d.employee_id
            ON CONFLICT (period_id, employee_id) DO NOTHING
            """,  # pylint: disable=sql-injection
            [self.env.uid, self.env.uid, periods.ids],
        )
        self.env.invalidate_all()

    @api.model
    @api.private
    def _unasked(self, periods):
        """The ids of people with days in these periods who have no row, one a row."""
        self.env.flush_all()
        self.env.cr.execute(
            f"""
            SELECT DISTINCT p.id, d.employee_id
            FROM attendance_period p JOIN attendance_day d ON {LIES_IN}
            WHERE p.id = ANY(%s) AND NOT EXISTS (
                SELECT 1 FROM attendance_period_confirmation c
                WHERE c.period_id = p.id AND c.employee_id = d.employee_id)
            """,  # pylint: disable=sql-injection
            [periods.ids],
        )
        return [employee for _period, employee in self.env.cr.fetchall()]

    def _figures(self):
        """``{id: {column: value}}``: totals and print of the days as they are now."""
        self.env["attendance.day"].flush_model()
        self.flush_model()
        self.env.cr.execute(KEPT_NOW, [self.ids])  # pylint: disable=sql-injection
        return {
            row: dict(zip(KEPT, values, strict=True))
            for row, *values in self.env.cr.fetchall()
        }

    def action_confirm(self):
        """The person says that the days are right."""
        self._check_decides()
        seen = self.env.context.get(SEEN)
        # sudo: what is compared is what the page was given
        if seen and set(self.sudo().mapped("fingerprint")) != {seen}:
            return self._look_again()
        self._note_word("", self.env.user.name)
        return True

    def _look_again(self):
        """Show the page anew: nobody confirms figures that were not on it."""
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "message": self.env._(
                    "A figure has changed while the page was open: please look again."
                ),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def action_object(self):
        """Ask what is not right."""
        self.ensure_one()
        self._check_decides()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Something Is Not Right"),
            "res_model": "attendance.period.objection",
            "view_mode": "form",
            "target": "new",
            "context": {"default_confirmation_id": self.id},
        }

    def _object(self, sentence):
        if not (sentence or "").strip():
            raise UserError(self.env._("Please say what is not right."))
        self._check_decides()
        self._note_word(sentence.strip(), self.env.user.name)

    def _note_word(self, objection, name):
        """Keep the word with the figures it is about; who may give it was looked at.

        :param objection: what is not right; nothing says that all is.
        :param name: of who says it.
        """
        # sudo: nobody writes a confirmation by hand
        rows = self.sudo()
        figures = rows._figures()
        for row in rows:
            row.write(
                {
                    "state": "objected" if objection else "confirmed",
                    "objection": objection or False,
                    **figures[row.id],
                    "decided_at": fields.Datetime.now(),
                    "decided_by": name,
                    "withdrawn_at": False,
                }
            )

    def _check_decides(self):
        """The person, or for people without a login who may edit periods."""
        self.check_access("read")
        for row in self:
            # sudo: the period need not be readable to its people
            period = row.sudo().period_id
            if period.state != "confirming":
                raise UserError(
                    self.env._(
                        "“%s” cannot be confirmed now: nobody asks for it, or it is "
                        "over.",
                        period.name,
                    )
                )
            if not row.may_decide:
                raise AccessError(
                    self.env._(
                        "The days of %s are confirmed by the person, or by who may "
                        "edit periods.",
                        row.sudo().employee_id.name,
                    )
                )

    @api.model
    @api.private
    def _withdraw(self, pairs):
        """These days have changed: bring totals up to date, take words about them back.

        Two who compute days of one person wait for each other here, so that the second
        one counts what the first one wrote.
        """
        self.flush_model()
        self.env["attendance.period"].flush_model()
        self.env.cr.execute(
            """
            SELECT id FROM attendance_period_confirmation WHERE id IN (
                SELECT c.id FROM unnest(%s::int[], %s::date[]) AS v(e, day)
                JOIN attendance_period_confirmation c ON c.employee_id = v.e
                JOIN attendance_period p ON p.id = c.period_id AND p.state != 'closed'
                 AND v.day BETWEEN p.date_from AND p.date_to
            ) ORDER BY id FOR NO KEY UPDATE
            """,
            [
                array_of(employee for employee, _day in pairs),
                array_of(day for _employee, day in pairs),
            ],
        )
        self._bring_up_to_date([row for (row,) in self.env.cr.fetchall()])

    @api.model
    @api.private
    def _withdraw_lines(self, taken):
        """Lines that these periods take for these people have changed.

        :param taken: ``[(period id, employee id), ...]``.
        """
        if not taken:
            return
        self.flush_model()
        self.env.cr.execute(
            """
            SELECT c.id FROM attendance_period_confirmation c
            JOIN attendance_period p ON p.id = c.period_id AND p.state != 'closed'
            WHERE (c.period_id, c.employee_id) IN (
                SELECT * FROM unnest(%s::int[], %s::int[]))
            ORDER BY c.id FOR NO KEY UPDATE OF c
            """,
            [list(column) for column in zip(*taken, strict=True)],
        )
        self._bring_up_to_date([row for (row,) in self.env.cr.fetchall()])

    @api.model
    def _bring_up_to_date(self, near):
        """Keep the totals that are now; a word about others is taken back.

        :param near: ids of rows, locked.
        """
        if not near:
            return
        self.env.cr.execute(
            f"""
            UPDATE attendance_period_confirmation c
            SET {", ".join(f"{name} = now_.{name}" for name in KEPT)}
            FROM ({KEPT_NOW}) now_
            WHERE c.id = now_.id AND c.fingerprint IS DISTINCT FROM now_.fingerprint
            RETURNING c.id
            """,  # pylint: disable=sql-injection
            [near],
        )
        changed = self.browse(row for (row,) in self.env.cr.fetchall())
        self.browse(near).invalidate_recordset()
        decided = changed.filtered(lambda row: row.state != "asked")
        decided.write({"state": "asked", "withdrawn_at": fields.Datetime.now()})

    def action_remind(self):
        """A message in the inbox of those who have not said anything yet."""
        self.check_access("read")
        if self - self._edited():
            raise AccessError(
                self.env._("Who may edit periods reminds the people of the own scope.")
            )
        waiting = self.sudo().filtered(
            lambda row: row.state == "asked" and row.period_id.state == "confirming"
        )
        # sudo: who may edit the period may remind its people
        users = waiting.employee_id.user_id
        for row in waiting.filtered("employee_id.user_id"):
            row._remind(row.employee_id.user_id)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if users else "warning",
                "message": self.env._(
                    "%(told)s of %(asked)s people were reminded; the others have no "
                    "login.",
                    told=len(users),
                    asked=len(waiting),
                ),
            },
        }

    def _remind(self, user):
        """One message, in the language of who reads it."""
        row = self.with_context(lang=user.lang)
        row.message_notify(
            partner_ids=user.partner_id.ids,
            subject=row.env._("Please confirm your month"),
            body=row.env._(
                "Your days from %(first)s to %(last)s wait for your word: they are "
                "under Attendance, “My Month”.",
                first=format_date(row.env, row.date_from),
                last=format_date(row.env, row.date_to),
            ),
            force_email_lang=user.lang,
        )

    @api.model
    def action_my_month(self):
        """The own days that wait for a word, or the list of one's months."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "chain_attendance_day.attendance_my_month_action"
        )
        mine = Domain("employee_id.user_id", "=", self.env.uid)
        waiting = mine & Domain("state", "=", "asked")
        waiting &= Domain("period_id.state", "=", "confirming")
        # sudo: one's own rows
        row = self.sudo().search(waiting, limit=1) or self.sudo().search(mine, limit=1)
        if row:
            form = self.env.ref("chain_attendance_day.attendance_my_month_view_form")
            action |= {"res_id": row.id, "views": [(form.id, "form")]}
        return action
