from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

from ..models.attendance_request_evidence import check_files

PERIODS = [("am", "Morning"), ("pm", "Afternoon")]
# Of so many people what is charged is shown beforehand.
SHOWN_PEOPLE = 20
MOST_PEOPLE = 500


class AttendanceLeaveFiling(models.TransientModel):
    """The leave form: for oneself, or for one or many of one's people at once."""

    _name = "attendance.leave.filing"
    _description = "File Leave"
    # Logins without HR rights link people too.
    _inherit = ["hr.mixin", "attendance.closed.form.mixin", "attendance.span.mixin"]

    leave_id = fields.Many2one(
        "hr.leave", readonly=True, help="Which is changed, instead of filing one."
    )
    employee_ids = fields.Many2many(
        "hr.employee",
        string="Employees",
        default=lambda self: self.env.user.employee_id,
        context={"active_test": False},
        help="One leave is filed for each of them.",
    )
    company_id = fields.Many2one("res.company", compute="_compute_company_id")
    leave_type_id = fields.Many2one(
        "hr.leave.type",
        required=True,
        domain="[('company_id', 'in', [company_id, False])]",
    )
    request_unit = fields.Selection(related="leave_type_id.request_unit")
    measure = fields.Selection(
        [("days", "By Days"), ("hours", "By Hours")],
        string="Unit",
        default="days",
        required=True,
        help="By days the whole shifts of the dates are taken, by hours the time "
        "from the one to the other.",
    )
    is_by_hours = fields.Boolean(compute="_compute_is_by_hours")
    date_from = fields.Date(
        string="From", required=True, default=fields.Date.context_today
    )
    date_to = fields.Date(
        string="To",
        compute="_compute_date_to",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        help="A night shift belongs to the date on which it starts.",
    )
    from_period = fields.Selection(PERIODS, default="am", required=True)
    to_period = fields.Selection(PERIODS, default="pm", required=True)
    start_time = fields.Float(string="Starts", default=9)
    stop_time = fields.Float(
        string="Ends",
        default=18,
        help="On one date, an end at or before the start is on the next day.",
    )
    typed_days = fields.Float(
        string="Days", help="Charged instead of what is counted. 0: as counted."
    )
    typed_hours = fields.Float(
        string="Hours", help="Charged instead of what is counted. 0: as counted."
    )
    reason = fields.Text(help="Those who may see the person's requests can read it.")
    attachment_ids = fields.Many2many("ir.attachment", string="Attachments")
    charged = fields.Text(
        compute="_compute_charged",
        help="By the roster, or by Odoo's calendar where nothing is planned.",
    )

    @api.depends("employee_ids")
    def _compute_company_id(self):
        for filing in self:
            # sudo: the company of a colleague
            people = filing.employee_ids.sudo()
            filing.company_id = people[:1].company_id or self.env.company

    @api.depends("request_unit", "measure")
    def _compute_is_by_hours(self):
        for filing in self:
            is_hours = filing.request_unit == "hour"
            filing.is_by_hours = is_hours and filing.measure == "hours"

    @api.depends("date_from")
    def _compute_date_to(self):
        for filing in self:
            first, last = filing.date_from, filing.date_to
            if first and (not last or last < first):
                filing.date_to = first

    @api.depends(
        "employee_ids", "leave_type_id", "measure", "date_from", "date_to",
        "from_period", "to_period", "start_time", "stop_time", "typed_days",
        "typed_hours",
    )  # fmt: skip
    @api.depends_context("lang")
    def _compute_charged(self):
        for filing in self:
            filing.charged = False
            people = filing.employee_ids[:SHOWN_PEOPLE]
            is_complete = filing.leave_type_id and filing.date_from and filing.date_to
            if not people or not is_complete or filing.date_to < filing.date_from:
                continue
            people._check_held_for_requests("create")
            filing.charged = "\n".join(filing._charged_lines(people))

    def _charged_lines(self, people):
        """What each of these people is charged, and what is left to them."""
        # sudo: amounts of people whom the login may file for; checked by the caller
        leaves = self.env["hr.leave"].sudo()
        for person in people:
            leave = leaves.new(self._values(person))
            parts = [
                self.env._(
                    "%(person)s: %(days)s d, %(hours)s h",
                    person=leave.employee_id.name,
                    days=f"{round(leave.number_of_days, 2):g}",
                    hours=f"{round(leave.number_of_hours, 2):g}",
                ),
                leave.amount_note,
                leave.balance,
            ]
            yield " · ".join(filter(None, parts))

    def _values(self, person):
        """The leave of one person, as Time Off wants it."""
        values = {
            "employee_id": person._origin.id,
            "holiday_status_id": self.leave_type_id.id,
            "request_date_from": self.date_from,
            "request_date_to": self.date_to,
            "notes": self.reason,
        }
        if self.is_by_hours:
            values["request_hour_from"] = self.start_time
            values["request_hour_to"] = self.stop_time
            values |= {"typed_hours": self.typed_hours, "typed_days": 0}
            values["is_by_days"] = False
            return values
        values |= {"typed_days": self.typed_days, "typed_hours": 0}
        if self.request_unit == "half_day":
            values["request_date_from_period"] = self.from_period
            values["request_date_to_period"] = self.to_period
        values["is_by_days"] = self.request_unit == "hour"
        return values

    def action_file(self):
        """File the leave of everybody, or of nobody."""
        self.ensure_one()
        self._check()
        leaves = self._as_confirmed().env["hr.leave"]
        if self.leave_id:
            leave = leaves.browse(self.leave_id.id)
            person = leave.employee_id
            leave._change_to({**self._values(person), **self._attached()})
            return self._say(self.env._("Leave changed."))
        leaves = leaves._file_for(
            [
                {**self._values(person), **self._attached()}
                for person in self.employee_ids
            ]
        )
        return self._say(self.env._("Leave filed: %s", len(leaves)))

    def _say(self, words):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": words,
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _check(self):
        check_files(self.attachment_ids)
        if not self.employee_ids:
            raise UserError(self.env._("Choose the people first."))
        if len(self.employee_ids) > MOST_PEOPLE:
            raise UserError(
                self.env._(
                    "Leave is filed for at most %(limit)s people at once; these are "
                    "%(count)s.",
                    limit=MOST_PEOPLE,
                    count=len(self.employee_ids),
                )
            )
        if self.date_to < self.date_from:
            raise ValidationError(
                self.env._(
                    "“To” lies before “From”: %(last)s, %(first)s.",
                    last=self.date_to,
                    first=self.date_from,
                )
            )
        for name in ("start_time", "stop_time"):
            if self.is_by_hours and not 0 <= self[name] <= 24:
                raise ValidationError(
                    self.env._(
                        "“%(field)s” must lie between 00:00 and 24:00.",
                        field=self._fields[name].get_description(self.env)["string"],
                    )
                )

    def _attached(self):
        """A copy of the attachments for one leave."""
        if not self.attachment_ids:
            return {}
        self.attachment_ids.check_access("read")
        # sudo: the copies are the leave's, not the login's
        copies = self.attachment_ids.sudo().copy({"res_model": "hr.leave", "res_id": 0})
        return {"supported_attachment_ids": list(map(Command.link, copies.ids))}
