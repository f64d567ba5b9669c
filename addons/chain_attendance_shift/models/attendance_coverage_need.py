from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .shift_definition import MINUTES_PER_DAY, clock

HOLIDAYS = "7"
MOST_PEOPLE = 999
WEEK = 7 * MINUTES_PER_DAY


class AttendanceCoverageNeed(models.Model):
    """How many people a store needs at some hours of a weekday, on its wall clock.

    An end at or before the start lies on the next day. Needs without a position are of
    whatever people; those by position are among them.
    """

    _name = "attendance.coverage.need"
    _description = "People Needed"
    _inherit = ["attendance.scope.mixin", "attendance.time.span.mixin"]
    _order = "store_id, weekday, start_minutes, id"
    _check_company_auto = True

    _attendance_area = "rosters"
    _attendance_scope_columns = {
        "store": ("store_id",),
        "department": ("store_id.department_id",),
    }

    store_id = fields.Many2one(
        "attendance.store", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(
        related="store_id.company_id", store=True, index=True, precompute=True
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
            (HOLIDAYS, "Holidays"),
        ],
        required=True,
        default="0",
        help="“Holidays” are the public holidays and moved rest days of the store. "
        "Where something is entered for them, it holds there instead of what is needed "
        "on that weekday.",
    )
    start_minutes = fields.Integer(default=540)
    end_minutes = fields.Integer(default=1080)
    start_time = fields.Float(string="Starts at")
    end_time = fields.Float(
        string="Ends at",
        help="At or before the start it lies on the next day; 24:00 is midnight.",
    )
    job_id = fields.Many2one(
        "hr.job",
        string="Job Position",
        ondelete="restrict",
        index="btree_not_null",
        check_company=True,
        help="Empty: people of whatever position, in all. Those needed by position are "
        "among them.",
    )
    people = fields.Integer(
        string="People Needed", required=True, default=1, aggregator=None
    )
    date_from = fields.Date(string="Valid From", help="Empty: since ever.")
    date_to = fields.Date(string="Valid To", help="The last date; empty: for good.")

    _some_people = models.Constraint(
        f"CHECK(people BETWEEN 1 AND {MOST_PEOPLE})",
        f"“People Needed” must lie between 1 and {MOST_PEOPLE}.",
    )
    _dates_in_order = models.Constraint(
        "CHECK(date_to >= date_from)",
        "“Valid To” cannot be before “Valid From”.",
    )

    @api.depends("weekday", "start_minutes", "end_minutes", "people", "job_id")
    def _compute_display_name(self):
        for need in self:
            job = need.job_id.name or ""
            need.display_name = f"{need._when()} {need.people} {job}".strip()

    def _when(self):
        """Day and hours in a few characters."""
        days = dict(self._fields["weekday"]._description_selection(self.env))
        hours = f"{clock(self.start_minutes)}–{clock(self.end_minutes)}"
        return f"{days.get(self.weekday, '')} {hours}"

    @api.constrains("start_minutes", "end_minutes")
    def _check_times(self):
        for need in self:
            start, end = need.start_minutes, need.end_minutes
            if not (
                0 <= start < MINUTES_PER_DAY
                and 0 <= end <= MINUTES_PER_DAY
                and start != end
            ):
                raise ValidationError(
                    self.env._(
                        "People needed in “%(store)s”: “Starts at” must be 00:00 to "
                        "23:59, “Ends at” 00:00 to 24:00, and the two must differ; "
                        "%(start)s and %(end)s were given.",
                        store=need.store_id.display_name,
                        start=clock(start),
                        end=clock(end),
                    )
                )

    @api.constrains(
        "store_id",
        "weekday",
        "job_id",
        "start_minutes",
        "end_minutes",
        "date_from",
        "date_to",
    )
    def _check_overlap(self):
        # sudo: a need that the login does not see stands in the way all the same
        every = self.sudo().search([("store_id", "in", self.store_id.ids)])
        beside = every.grouped(lambda need: (need.store_id, need.job_id))
        for need in self.sudo():
            for other in beside[need.store_id, need.job_id] - need:
                if need._overlaps(other):
                    raise ValidationError(need._overlap_sentence(other))

    def _overlap_sentence(self, other):
        return self.env._(
            "“%(store)s” needs people of the same position (%(job)s) twice at the same "
            "time: %(first)s and %(second)s.",
            store=self.store_id.display_name,
            job=self.job_id.name or self.env._("whatever position"),
            first=self._when(),
            second=other._when(),
        )

    def _overlaps(self, other):
        """Whether two needs of one store and position hold at the same time."""
        if (self.weekday == HOLIDAYS) != (other.weekday == HOLIDAYS):
            return False
        if self.date_to and other.date_from and self.date_to < other.date_from:
            return False
        if other.date_to and self.date_from and other.date_to < self.date_from:
            return False
        start, stop = self._span()
        # The week goes round: Sunday's night may reach into Monday.
        around = (0,) if self.weekday == HOLIDAYS else (-WEEK, 0, WEEK)
        other_start, other_stop = other._span()
        return any(
            start < other_stop + shift and other_start + shift < stop
            for shift in around
        )

    def _span(self):
        """Start and end in minutes of the week; the end may lie in the next one."""
        day = int(self.weekday) * MINUTES_PER_DAY
        start, end = self.start_minutes, self.end_minutes
        return day + start, day + end + (MINUTES_PER_DAY if end <= start else 0)
