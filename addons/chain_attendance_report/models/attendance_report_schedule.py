import ast
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command, Domain

from ..checked import Checked
from ..report_file.asked import Asked
from ..report_file.regular import next_at, span_of

UTC = ZoneInfo("UTC")
RECEIVERS = 200
TIMING = ("frequency", "weekday", "month_day", "hour", "company_id", "active")


class AttendanceReportSchedule(models.Model):
    """A report that is sent by mail again and again.

    Each receiver gets a file of their own, made with their rights and in their
    language: two receivers of one schedule may get different rows. What is in it is
    chosen by whoever makes the schedule, which gives nobody a row that they could not
    take away themselves.
    """

    _name = "attendance.report.schedule"
    _description = "Report by Mail"
    _order = "name, id"

    name = fields.Char(
        string="Title",
        required=True,
        help="The title of the file and the subject of the mail.",
    )
    active = fields.Boolean(default=True)
    user_id = fields.Many2one(
        "res.users",
        string="Made by",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
        index=True,
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company,
        help="Its people are reported, and the hour is of its time zone.",
    )
    report = fields.Selection("_selection_report", required=True)
    columns = fields.Json(
        string="Chosen Columns",
        help="Names and labels, in order; without any, those that the report shows.",
    )
    column_names = fields.Char(string="Columns", compute="_compute_column_names")
    domain = fields.Char(
        string="Filter", required=True, default="[]", help="Which rows are sent."
    )
    order = fields.Char(help="How the rows are sorted.")
    sheets = fields.Selection(
        [
            ("department_id", "Department"),
            ("store_id", "Store"),
            ("job_id", "Job Position"),
        ],
        string="A Sheet for Each",
        help="Each value has a sheet of its own, and the first sheet sums them up.",
    )
    span = fields.Selection(
        [
            ("yesterday", "Yesterday"),
            ("last_7_days", "The Last 7 Days"),
            ("this_month", "This Month so Far"),
            ("last_month", "Last Month"),
            ("all", "As the Filter Says"),
        ],
        string="Days Reported",
        required=True,
        default="last_month",
    )
    format = fields.Selection(
        [("xlsx", "Excel"), ("csv", "CSV")], required=True, default="xlsx"
    )
    frequency = fields.Selection(
        [("daily", "Every Day"), ("weekly", "Every Week"), ("monthly", "Every Month")],
        required=True,
        default="monthly",
    )
    weekday = fields.Selection(
        [
            ("0", "Monday"),
            ("1", "Tuesday"),
            ("2", "Wednesday"),
            ("3", "Thursday"),
            ("4", "Friday"),
            ("5", "Saturday"),
            ("6", "Sunday"),
        ],
        required=True,
        default="0",
    )
    month_day = fields.Integer(
        string="Day of the Month", required=True, default=1, help="1 to 28."
    )
    hour = fields.Integer(required=True, default=7, help="0 to 23, of the company.")
    receiver_ids = fields.Many2many(
        "res.users",
        string="Receivers",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="Each gets the rows over which their roles allow “Reports: Export”.",
    )
    is_receiver = fields.Boolean(compute="_compute_is_receiver")
    archived_receivers = fields.Char(
        compute="_compute_archived_receivers",
        help="Receivers whose login was archived: nothing is sent to them, and each "
        "time it says so among what was sent.",
    )
    empty = fields.Selection(
        [("tell", "Say So"), ("skip", "Send Nothing")],
        string="If There Is Nothing",
        required=True,
        default="tell",
    )
    next_at = fields.Datetime(
        string="Next Time", compute="_compute_next_at", store=True, index=True
    )
    run_ids = fields.One2many("attendance.report.schedule.run", "schedule_id")

    _hour_range = models.Constraint(
        "CHECK (hour BETWEEN 0 AND 23)", "The hour is one of 0 to 23."
    )
    _month_day_range = models.Constraint(
        "CHECK (month_day BETWEEN 1 AND 28)", "The day of the month is one of 1 to 28."
    )

    @api.model
    def _selection_report(self):
        return self.env["attendance.report.file.mixin"]._report_file_models()

    @api.depends("columns", "report")
    @api.depends_context("lang")
    def _compute_column_names(self):
        for schedule in self:
            names = [label for _name, label in schedule.columns or []]
            schedule.column_names = ", ".join(names) or self.env._(
                "Those that the report shows"
            )

    @api.depends("receiver_ids")
    @api.depends_context("uid")
    def _compute_is_receiver(self):
        for schedule in self:
            schedule.is_receiver = self.env.user in schedule.receiver_ids

    @api.depends("receiver_ids.active")
    def _compute_archived_receivers(self):
        for schedule in self:
            names = schedule._archived().mapped("name")
            schedule.archived_receivers = ", ".join(names)

    def _archived(self):
        """The receivers whose login was archived; the field itself leaves them out."""
        # sudo: who made it need not see every login to be told of them
        everybody = self.sudo().with_context(active_test=False).receiver_ids
        return everybody.filtered(lambda user: not user.active)

    @api.depends(*TIMING)
    def _compute_next_at(self):
        now = fields.Datetime.now()
        for schedule in self:
            schedule.next_at = schedule.active and schedule._next_after(now)

    def _next_after(self, now):
        hour = min(max(self.hour, 0), 23)
        month_day = min(max(self.month_day, 1), 28)
        zone = self.company_id.partner_id.tz or "UTC"
        weekday = int(self.weekday or 0)
        return next_at(now, zone, self.frequency, hour, weekday, month_day)

    @api.constrains("domain", "report")
    def _check_domain(self):
        for schedule in self:
            model = self._report_of(schedule)
            try:
                with Checked(self.env).understood():
                    domain = ast.literal_eval(schedule.domain)
                    Checked(self.env).domain(domain, model).validate(model)
            except (UserError, SyntaxError, MemoryError) as error:
                raise ValidationError(
                    self.env._("The filter cannot be understood: %s", schedule.domain)
                ) from error

    @api.model
    def _report_of(self, schedule):
        """The model of a schedule's report.

        :raise ValidationError: for what is no report.
        """
        if schedule.report not in dict(self._selection_report()):
            raise ValidationError(
                self.env._("There is no report “%s”.", schedule.report)
            )
        return self.env[schedule.report]

    @api.constrains("columns", "report", "sheets")
    def _check_columns(self):
        for schedule in self:
            model = self._report_of(schedule)
            try:
                columns = [str(name) for name, _label in schedule.columns or []]
            except (TypeError, ValueError) as error:
                raise ValidationError(
                    self.env._("These are no columns of the report.")
                ) from error
            if unknown := [name for name in columns if name not in model._fields]:
                raise ValidationError(
                    self.env._("The report has no column “%s”.", unknown[0])
                )
            if schedule.sheets and not model._report_file_sheets(schedule.sheets):
                raise ValidationError(
                    self.env._("This report cannot be divided into such sheets.")
                )

    @api.constrains("receiver_ids", "report", "company_id")
    def _check_receivers(self):
        for schedule in self:
            if len(schedule.receiver_ids) > RECEIVERS:
                raise ValidationError(
                    self.env._("A report is sent to %s people at most.", RECEIVERS)
                )
            # sudo: whether a receiver may have it is not the maker's to see
            refused = [
                user.name
                for user in schedule.receiver_ids.sudo()
                if not schedule._may_receive(user)
            ]
            if refused:
                raise ValidationError(
                    self.env._(
                        "They may not export this report, and cannot be sent it: "
                        "%(names)s. Ask an administrator to give them a role with "
                        "“Reports: Export”.",
                        names=", ".join(refused),
                    )
                )

    def _may_receive(self, user):
        if not user.active or user.share or self.company_id not in user.company_ids:
            return False
        model = self.env[self.report].with_user(user)
        try:
            model._check_attendance_export()
        except AccessError:
            return False
        return model.has_access("read")

    def action_leave(self):
        """A receiver takes oneself off."""
        self.check_access("read")
        # sudo: who receives it need not be who may change it
        for schedule in self.sudo():
            schedule.receiver_ids = [Command.unlink(self.env.uid)]
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def action_drop_archived(self):
        """Take the archived logins off, which no list of receivers shows."""
        self.check_access("write")
        # Else they are not among those that are there to be taken off.
        for schedule in self.with_context(active_test=False):
            schedule.receiver_ids = [
                Command.unlink(user.id) for user in schedule._archived()
            ]

    def action_send_now(self):
        """Send it now, besides the times at which it is sent anyway."""
        self.check_access("write")
        for schedule in self:
            if not schedule.receiver_ids:
                raise UserError(self.env._("There is nobody to send it to."))
        # sudo: the log is the machine's
        self.sudo()._start_runs()
        self._wake()

    @api.model
    def _wake(self):
        # sudo: the job runs for everybody
        self.env.ref("chain_attendance_report.ir_cron_send_reports").sudo()._trigger()

    def _start_runs(self):
        """A line for each receiver; that of an archived login says that it is one."""
        now = fields.Datetime.now()
        return self.env["attendance.report.schedule.run"].create(
            [
                {"schedule_id": schedule.id, "user_id": user.id, "due_at": now}
                for schedule in self
                for user in schedule.receiver_ids + schedule._archived()
            ]
        )

    @api.model
    def _cron_send_reports(self):
        """Start what is due, then hand the receivers' files to who makes them."""
        cron = self.env["ir.cron"]
        now = fields.Datetime.now()
        # sudo: schedules of everybody
        due = self.sudo().search([("next_at", "<=", now)], order="next_at, id")
        runs = self.env["attendance.report.schedule.run"].sudo()
        for number, schedule in enumerate(due, 1):
            schedule._start_runs()
            schedule.next_at = schedule._next_after(now)
            if not cron._commit_progress(1, remaining=1 + len(due) - number):
                return
        waiting = runs.search([("state", "=", "waiting")], order="id")
        for number, run in enumerate(waiting, 1):
            run._start()
            if not cron._commit_progress(1, remaining=len(waiting) - number):
                return

    def _asked(self, reader, at):
        """What is made for one receiver.

        :param reader: the report's model, in the environment of the receiver.
        """
        zone = ZoneInfo(self.company_id.partner_id.tz or "UTC")
        today = at.replace(tzinfo=UTC).astimezone(zone).date()
        days, span, facets = [], (), []
        if found := span_of(self.span, today):
            days, span = reader._report_file_span(*found)
            facets.append(f"{found[0]} – {found[1]}")
        domain = Domain(ast.literal_eval(self.domain))
        if not domain.is_true():
            facets.append(self.domain)
        columns = self.columns or reader._report_file_default_columns()
        return Asked(
            model=self.report,
            columns=tuple((name, label) for name, label in columns),
            domain=list(domain & Domain(days)),
            order=self.order or "",
            title=self.name,
            facets=tuple(facets),
            format=self.format,
            sheets=self.sheets or "",
            companies=tuple(self.company_id.ids),
            span=span,
        )
