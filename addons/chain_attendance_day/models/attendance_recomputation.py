from odoo import api, fields, models
from odoo.exceptions import AccessError

# The days of some people between two dates. One that waits already because something
# changed stays what it is; one of an earlier run belongs to this one from now on.
MARK_SPAN = """
    INSERT INTO attendance_day_queue AS q
        (employee_id, work_date, seq, attempts, recomputation_id)
    SELECT e.id, d.day, nextval('attendance_day_queue_mark'), 0, %s
    FROM unnest(%s::int[]) AS e (id)
    CROSS JOIN (
        SELECT generate_series(%s::date, %s::date, interval '1 day')::date AS day) d
    ORDER BY 1, 2
    ON CONFLICT (employee_id, work_date) DO UPDATE SET
        seq = EXCLUDED.seq, retry_at = NULL, attempts = 0,
        recomputation_id = CASE WHEN q.recomputation_id IS NOT NULL
                                THEN EXCLUDED.recomputation_id END
    WHERE q.claimed_at IS NOT NULL OR q.retry_at IS NOT NULL
        OR q.recomputation_id IS NOT NULL
"""


class AttendanceRecomputation(models.Model):
    """Days that somebody had computed again: how far it is, and how it ended.

    The days wait in the same queue as all others, behind those whose punches, shifts
    or requests changed, and go on when the page is left.
    """

    _name = "attendance.recomputation"
    _description = "Recomputation of Days"
    _order = "id desc"
    _rec_name = "subject"

    subject = fields.Char(
        string="People", required=True, readonly=True, help="Who was chosen, in words."
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Started by",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
        index=True,
    )
    date_from = fields.Date(string="From", required=True, readonly=True)
    date_to = fields.Date(string="To", required=True, readonly=True)
    started_at = fields.Datetime(
        string="Started", required=True, readonly=True, default=fields.Datetime.now
    )
    ended_at = fields.Datetime(string="Ended", readonly=True)
    state = fields.Selection(
        [("running", "Running"), ("done", "Done"), ("stopped", "Stopped")],
        required=True,
        readonly=True,
        default="running",
    )
    total_count = fields.Integer(string="Days", readonly=True)
    skipped_count = fields.Integer(
        string="Not Computed",
        readonly=True,
        help="Days that were still waiting when it was stopped.",
    )
    waiting_count = fields.Integer(string="Waiting", compute="_compute_counts")
    failed_count = fields.Integer(
        string="Failed",
        compute="_compute_counts",
        help="They are tried again; “Days to Compute” says why they could not be "
        "computed.",
    )
    done_count = fields.Integer(string="Computed", compute="_compute_progress")
    progress = fields.Float(compute="_compute_progress", help="Per cent of the days.")
    rate = fields.Float(
        string="Days per Second", compute="_compute_progress", digits=(16, 1)
    )
    left_seconds = fields.Integer(
        string="Seconds Left",
        compute="_compute_progress",
        help="If it goes on at this rate.",
    )
    left_text = fields.Char(string="Time Left", compute="_compute_left_text")

    _running = models.Index("(id) WHERE state = 'running'")

    def _compute_counts(self):
        self.env.cr.execute(
            """
            SELECT recomputation_id, count(*) FILTER (WHERE retry_at IS NULL),
                   count(*) FILTER (WHERE retry_at IS NOT NULL)
            FROM attendance_day_queue WHERE recomputation_id = ANY(%s) GROUP BY 1
            """,
            [self.ids],
        )
        found = {run: counts for run, *counts in self.env.cr.fetchall()}
        for run in self:
            run.waiting_count, run.failed_count = found.get(run.id, (0, 0))

    @api.depends("waiting_count", "failed_count", "total_count", "skipped_count")
    def _compute_progress(self):
        now = fields.Datetime.now()
        for run in self:
            open_count = run.waiting_count + run.failed_count + run.skipped_count
            run.done_count = max(0, run.total_count - open_count)
            run.progress = 100 * run.done_count / (run.total_count or 1)
            seconds = ((run.ended_at or now) - run.started_at).total_seconds()
            run.rate = run.done_count / max(seconds, 1)
            is_moving = run.state == "running" and run.rate
            run.left_seconds = run.waiting_count / run.rate if is_moving else 0

    @api.depends("left_seconds", "state")
    @api.depends_context("lang")
    def _compute_left_text(self):
        for run in self:
            minutes, seconds = divmod(run.left_seconds, 60)
            if run.state != "running":
                run.left_text = False
            elif not run.rate:
                run.left_text = self.env._("Not known yet")
            elif minutes:
                run.left_text = self.env._("about %s min", minutes + (seconds >= 30))
            else:
                run.left_text = self.env._("about %s s", seconds)

    @api.model
    @api.private
    def _start(self, people, date_from, date_to, subject):
        """Put the days of these people into the queue.

        :param people: ``hr.employee`` whom the caller has checked.
        :return: the new run.
        """
        # sudo: runs are made here and nowhere else
        run = self.sudo().create(
            {
                "subject": subject,
                "user_id": self.env.user.id,
                "company_id": people[:1].company_id.id or self.env.company.id,
                "date_from": date_from,
                "date_to": date_to,
            }
        )
        queue = self.env["attendance.day.queue"]
        run.flush_recordset()
        self.env.cr.execute(MARK_SPAN, [run.id, people.ids, date_from, date_to])
        queue.invalidate_model()
        # Odoo reads what is computed without storage as it was.
        run.invalidate_recordset()
        run.total_count = run.waiting_count
        queue._wake()
        if not run.total_count:
            self._end_those_done()
        return run.sudo(self.env.su)

    def action_stop(self):
        """Take back the days that wait; those that are computed stay computed."""
        for run in self:
            if run.user_id != self.env.user and not self.env.user.has_group(
                "chain_attendance_base.function_settings_edit"
            ):
                raise AccessError(
                    self.env._("Only %s can stop this.", run.user_id.name)
                )
        running = self.filtered(lambda run: run.state == "running")
        # What is being computed at this moment is left to whom it is claimed by.
        self.env.cr.execute(
            """
            WITH waiting AS (
                SELECT id FROM attendance_day_queue
                WHERE recomputation_id = ANY(%s) AND claimed_at IS NULL
                ORDER BY employee_id, work_date FOR UPDATE SKIP LOCKED
            ), gone AS (
                DELETE FROM attendance_day_queue q USING waiting
                WHERE q.id = waiting.id RETURNING q.recomputation_id
            )
            SELECT recomputation_id, count(*) FROM gone GROUP BY 1
            """,
            [running.ids],
        )
        skipped = dict(self.env.cr.fetchall())
        self.env["attendance.day.queue"].invalidate_model()
        for run in running.sudo():  # sudo: whoever may stop it, writes that it is
            run.write(
                {
                    "state": "stopped",
                    "ended_at": fields.Datetime.now(),
                    "skipped_count": skipped.get(run.id, 0),
                }
            )
        self.invalidate_recordset()

    def action_days(self):
        """The days that wait and those that could not be computed."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "chain_attendance_day.attendance_day_queue_action"
        )
        return {**action, "domain": [("recomputation_id", "=", self.id)]}

    @api.model
    @api.private
    def _end_those_done(self):
        """Note which runs have nothing left to compute, and tell who started them."""
        self.env.cr.execute(
            """
            UPDATE attendance_recomputation r
            SET state = 'done', ended_at = now() AT TIME ZONE 'UTC'
            WHERE state = 'running' AND NOT EXISTS (
                SELECT 1 FROM attendance_day_queue q
                WHERE q.recomputation_id = r.id AND q.retry_at IS NULL)
            RETURNING id
            """
        )
        ended = self.browse([run for (run,) in self.env.cr.fetchall()])
        ended.invalidate_recordset()
        for run in ended.sudo():  # sudo: whoever computed the last day tells it
            run._tell_it_is_done()

    def _tell_it_is_done(self):
        run = self.with_context(lang=self.user_id.lang)
        run.user_id._bus_send(
            "simple_notification",
            {
                "type": "warning" if run.failed_count else "success",
                "title": run.env._("Recomputed: %s", run.subject),
                "message": run.env._(
                    "Days: %(done)s, failed: %(failed)s",
                    done=run.done_count,
                    failed=run.failed_count,
                ),
            },
        )
