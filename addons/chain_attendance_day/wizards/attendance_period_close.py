from odoo import api, fields, models
from odoo.fields import Command


class AttendancePeriodClose(models.TransientModel):
    """What was looked at before periods are closed, and the button that closes them."""

    _name = "attendance.period.close"
    _description = "Close Periods"

    period_ids = fields.Many2many("attendance.period", required=True)
    period_names = fields.Char(compute="_compute_period_names")
    line_ids = fields.One2many(
        "attendance.period.close.line", "close_id", string="Looked At", readonly=True
    )
    day_count = fields.Integer(string="Days", readonly=True)
    is_blocked = fields.Boolean(readonly=True)
    is_waiting = fields.Boolean(readonly=True)

    @api.depends("period_ids")
    def _compute_period_names(self):
        for page in self:
            page.period_names = ", ".join(page.period_ids.mapped("name"))

    @api.model_create_multi
    def create(self, vals_list):
        pages = super().create(vals_list)
        pages._look()
        return pages

    @api.model
    def default_get(self, fields_list):
        """The page opens with what was found, not only once it is saved."""
        values = super().default_get(fields_list)
        periods = self._asked_periods(values)
        if periods:
            values |= self._found(periods)
        return values

    @api.model
    def _asked_periods(self, values):
        ids = []
        for command in values.get("period_ids") or []:
            ids += command[2] if command[0] == Command.SET else [command[1]]
        periods = self.env["attendance.period"].browse(ids)
        periods.check_access("write")
        return periods

    @api.model
    def _found(self, periods):
        # sudo: who may close a period must see what is in the way of all of it
        findings = periods.sudo()._findings()
        waiting = [f for f in findings if f.code == "waiting" and f.count]
        return {
            "line_ids": [
                Command.clear(),
                *(
                    Command.create(
                        {
                            "code": found.code,
                            "name": found.label,
                            "found_count": found.count,
                            "is_blocking": found.is_blocking and bool(found.count),
                            "is_warning": not found.is_blocking and bool(found.count),
                        }
                    )
                    for found in findings
                ),
            ],
            "day_count": sum(periods.sudo()._count_days("TRUE").values()),
            "is_blocked": any(f.is_blocking and f.count for f in findings),
            "is_waiting": bool(waiting),
        }

    def _look(self):
        for page in self:
            page.period_ids.check_access("write")
            page.write(page._found(page.period_ids))

    def action_look_again(self):
        """Look once more at what is in the way."""
        self.ensure_one()
        self._look()
        return self._reopened()

    def action_compute(self):
        """Have the days that wait computed at once, also those that failed before."""
        self.ensure_one()
        self.period_ids.check_access("write")
        queue = self.env["attendance.day.queue"]
        # sudo: who may close a period may have its days computed
        queue.sudo()._mark(self.period_ids.sudo()._waiting_pairs())
        queue.sudo()._wake()
        return self._reopened()

    def action_close(self):
        """Close the periods, or say what is in the way."""
        self.ensure_one()
        self.period_ids._close()
        return {"type": "ir.actions.act_window_close"}

    def _reopened(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Close"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }
