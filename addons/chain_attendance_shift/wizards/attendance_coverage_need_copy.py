from itertools import product

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.attendance_roster import WEEKDAYS

DAYS = (*WEEKDAYS, "holidays")
MOST_COPIES = 5000


class AttendanceCoverageNeedCopy(models.TransientModel):
    """Enter what a store needs on one day for other days and other stores, too."""

    _name = "attendance.coverage.need.copy"
    _description = "Copy People Needed"

    need_ids = fields.Many2many(
        "attendance.coverage.need",
        string="People Needed",
        default=lambda self: self.env.context.get("active_ids"),
        readonly=True,
    )
    need_count = fields.Integer(string="Chosen", compute="_compute_need_count")
    to_monday = fields.Boolean("Mon")
    to_tuesday = fields.Boolean("Tue")
    to_wednesday = fields.Boolean("Wed")
    to_thursday = fields.Boolean("Thu")
    to_friday = fields.Boolean("Fri")
    to_saturday = fields.Boolean("Sat")
    to_sunday = fields.Boolean("Sun")
    to_holidays = fields.Boolean("Holidays")
    store_ids = fields.Many2many(
        "attendance.store",
        string="To Stores",
        domain="[('attendance_scope', '=', 'rosters.create')]",
        help="Empty: the stores of the chosen lines.",
    )
    is_replacing = fields.Boolean(
        string="Replace What Is There",
        default=True,
        help="What is entered there for the same position at the same time goes away; "
        "without, nothing is copied if anything is.",
    )

    @api.depends("need_ids")
    def _compute_need_count(self):
        for copy in self:
            copy.need_count = len(copy.need_ids)

    def action_copy(self):
        """Copy, all or nothing, and say how many were entered."""
        self.ensure_one()
        rows = self._prepare_copies()
        replaced = self._replace(rows) if self.is_replacing else 0
        self.env["attendance.coverage.need"].create(rows)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "%(count)s lines entered, %(replaced)s replaced.",
                    count=len(rows),
                    replaced=replaced,
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _prepare_copies(self):
        """The values of the new rows, without those that are copied."""
        weekdays = [str(n) for n, day in enumerate(DAYS) if self[f"to_{day}"]]
        if not weekdays and not self.store_ids:
            raise UserError(
                self.env._("Choose the days or the stores that are to have the same.")
            )
        targets = {
            (need.id, store.id, weekday)
            for need in self.need_ids
            for store, weekday in product(
                self.store_ids or need.store_id, weekdays or [need.weekday]
            )
            if (store, weekday) != (need.store_id, need.weekday)
        }
        if not targets:
            raise UserError(
                self.env._("The chosen lines are of these days and stores already.")
            )
        if len(targets) > MOST_COPIES:
            raise UserError(
                self.env._(
                    "That would be %(count)s lines; at most %(limit)s can be copied at "
                    "once. Choose fewer lines, days or stores.",
                    count=len(targets),
                    limit=MOST_COPIES,
                )
            )
        values = dict(zip(self.need_ids.ids, self.need_ids.copy_data(), strict=True))
        return [
            {**values[need], "store_id": store, "weekday": weekday}
            for need, store, weekday in sorted(targets)
        ]

    def _replace(self, rows):
        """Delete what stands in the way of these rows.

        :return: how many were deleted.
        """
        needs = self.env["attendance.coverage.need"]
        there = needs.search([("store_id", "in", [row["store_id"] for row in rows])])
        beside = there.grouped(lambda need: (need.store_id.id, need.job_id.id))
        gone = needs
        for row in rows:
            new = needs.new(row)
            for other in beside.get((row["store_id"], row["job_id"]), needs):
                if other not in self.need_ids and new._overlaps(other):
                    gone |= other
        count = len(gone)
        gone.unlink()
        return count
