"""Time off in lieu: recognised overtime becomes an allocation of Time Off."""

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .attendance_request import IN_FORCE, MINUTES_PER_HOUR, amount_words
from .attendance_request_recognised import FINAL

# Results of days that are longer ago are not looked at again.
LOOK_BACK = relativedelta(years=1)
# A person whose working calendar says nothing.
HOURS_PER_DAY = 8
# Written by the scheduled job alone: what it takes back stands there.
SETTLED = ("lieu_allocation_id", "lieu_minutes", "lieu_problem")


class AttendanceRequest(models.Model):
    # One concern a file.
    _inherit = "attendance.request"  # pylint: disable=consider-merging-classes-inherited

    compensation = fields.Selection(
        [("pay", "Pay"), ("time_off", "Time Off in Lieu")],
        default="pay",
        tracking=True,
        help="Time off in lieu: once the day is final, what is recognised is added to "
        "the leave balance, and follows the result if that changes.",
    )
    lieu_allocation_id = fields.Many2one(
        "hr.leave.allocation",
        string="Allocation",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    lieu_minutes = fields.Integer(
        readonly=True, copy=False, help="Time off that was given for this form."
    )
    lieu_given = fields.Char(string="Time Off Given", compute="_compute_lieu_given")
    lieu_problem = fields.Char(
        string="Not Settled",
        readonly=True,
        copy=False,
        help="Why the leave balance could not follow; it is tried again.",
    )
    lieu_balance = fields.Char(
        string="Balance in Lieu", compute="_compute_lieu_balance"
    )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            nothing = dict.fromkeys(SETTLED, False)
            vals_list = [vals | nothing for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su and vals.keys() & set(SETTLED):
            raise AccessError(
                self.env._("Time off that was given follows the result of the day.")
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_if_nothing_was_given(self):
        for request in self:
            if request.lieu_minutes:
                raise UserError(
                    self.env._(
                        "“%s” has given time off in lieu; cancel it instead.",
                        request.display_name,
                    )
                )

    @api.depends("lieu_minutes")
    @api.depends_context("lang")
    def _compute_lieu_given(self):
        for request in self:
            request.lieu_given = amount_words(self.env, request.lieu_minutes, 0)

    @api.depends("employee_id", "compensation")
    @api.depends_context("lang")
    def _compute_lieu_balance(self):
        self.lieu_balance = False
        asked = self.filtered(lambda r: r.compensation == "time_off" and r.employee_id)
        limits = self.env["attendance.request.limit"]._of(asked) if asked else {}
        for request in asked:
            limit = limits.get((request.company_id.id, "overtime"))
            kind = limit and limit.lieu_type_id
            if not kind:
                continue
            # sudo: the balance of somebody for whom the login files
            employee = request.employee_id._origin.sudo()
            found = kind.get_allocation_data(employee)[employee]
            if not found:
                continue
            left = found[0][1]["virtual_remaining_leaves"]
            is_hours = kind.request_unit == "hour"
            words = self.env._("%s h") if is_hours else self.env._("%s d")
            request.lieu_balance = words % f"{round(left, 2):g}"

    @api.constrains("compensation", "kind", "state", "employee_id")
    def _check_compensation(self):
        limits = self.env["attendance.request.limit"]._of(self)
        for request in self.filtered(lambda r: r.state in IN_FORCE):
            limit = limits.get((request.company_id.id, "overtime"))
            is_lieu = request.kind == "overtime" and request.compensation == "time_off"
            if is_lieu and not (limit and limit.lieu_type_id):
                request._refuse(
                    self.env._(
                        "“Time Off in Lieu” cannot be chosen: “Limits of Requests” "
                        "name no leave type for it."
                    )
                )

    @api.model
    def _cron_settle_lieu(self):
        """Have the leave balances follow the results, one form a transaction."""
        cron = self.env["ir.cron"]
        due = self._lieu_due()
        left = len(due)
        cron._commit_progress(remaining=left)
        for request, minutes in due:
            request._settle_lieu(minutes)
            left -= 1
            if not cron._commit_progress(1, remaining=left):
                return

    @api.model
    def _lieu_due(self):
        """``[(request, minutes)]`` of those for whom other time off is due."""
        requests = self.search(
            [
                ("kind", "=", "overtime"),
                ("work_date", ">=", fields.Date.today() - LOOK_BACK),
                "|",
                ("compensation", "=", "time_off"),
                ("lieu_minutes", "!=", 0),
            ]
        )
        found = self._recognised_of({(r.employee_id.id, r.work_date) for r in requests})
        limits = self.env["attendance.request.limit"]._of(requests)
        due = []
        for request in requests:
            limit = limits.get((request.company_id.id, "overtime"))
            minutes = request._lieu_of(found.get(request.id), limit)
            if minutes is not None and minutes != request.lieu_minutes:
                due.append((request, minutes))
        return due

    def _lieu_of(self, recognised, limit):
        """Minutes of time off that are due; ``None``: leave it as it is."""
        if self.compensation != "time_off" or not recognised:
            return 0
        if recognised.state != FINAL or not (limit and limit.lieu_type_id):
            return None
        factor = limit[f"lieu_{recognised.kind}_factor"]
        return round(recognised.minutes * factor)

    def _settle_lieu(self, minutes):
        """Give, change or take back the time off of one form."""
        try:
            with self.env.cr.savepoint():
                if not minutes:
                    self.lieu_allocation_id.filtered(
                        lambda allocation: allocation.state != "refuse"
                    ).action_refuse()
                    allocation = self.lieu_allocation_id.browse()
                elif self.lieu_allocation_id.state == "validate":
                    allocation = self.lieu_allocation_id
                    allocation.write(self._lieu_amount(allocation, minutes))
                else:
                    allocation = self._give_lieu(minutes)
                self.write(
                    {
                        "lieu_allocation_id": allocation.id,
                        "lieu_minutes": minutes,
                        "lieu_problem": False,
                    }
                )
        except UserError as error:
            # Such as leave that was taken of it meanwhile.
            self.lieu_problem = str(error)

    def _lieu_amount(self, allocation, minutes):
        hours = minutes / MINUTES_PER_HOUR
        if allocation.type_request_unit == "hour":
            return {"number_of_hours_display": hours}
        days = hours / self._hours_per_day()
        return {"number_of_days": days, "number_of_days_display": days}

    def _hours_per_day(self):
        return self.employee_id._get_hours_per_day(self.work_date) or HOURS_PER_DAY

    def _give_lieu(self, minutes):
        limits = self.env["attendance.request.limit"]._of(self)
        limit = limits[self.company_id.id, "overtime"]
        months = relativedelta(months=limit.lieu_months)
        allocation = self.env["hr.leave.allocation"].create(
            {
                "name": self.display_name,
                "employee_id": self.employee_id.id,
                "holiday_status_id": limit.lieu_type_id.id,
                "date_from": self.work_date,
                "date_to": self.work_date + months if limit.lieu_months else False,
                "number_of_days": minutes / MINUTES_PER_HOUR / self._hours_per_day(),
            }
        )
        if allocation.state != "validate":
            allocation._action_validate()
        return allocation
