from odoo import api, fields, models
from odoo.exceptions import UserError

from ..holiday_effect import Regime


class AttendanceHolidayStores(models.TransientModel):
    """For which stores a holiday calendar holds, with what that does to rosters."""

    _name = "attendance.holiday.stores"
    _description = "Stores of a Holiday Calendar"
    _inherit = ["attendance.holiday.effect.mixin"]

    step = fields.Selection(
        [("stores", "Stores"), ("effect", "Effect on Rosters")],
        default="stores",
        required=True,
    )
    calendar_id = fields.Many2one(
        "attendance.holiday.calendar", required=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(related="calendar_id.company_id")
    is_company_default = fields.Boolean(related="calendar_id.is_company_default")
    store_ids = fields.Many2many(
        "attendance.store",
        string="Stores",
        compute="_compute_store_ids",
        store=True,
        readonly=False,
        help="Stores taken off the list live by the calendar of the company.",
    )

    @api.depends("calendar_id")
    def _compute_store_ids(self):
        for wizard in self:
            wizard.store_ids = wizard.calendar_id.store_ids

    def action_back(self):
        self.step = "stores"
        return self._reopen()

    def action_next(self):
        """Show what the stores listed would change."""
        self.ensure_one()
        self._show_effect()
        self.step = "effect"
        return self._reopen()

    def action_apply(self):
        """Have the stores live by the calendar; the login needs to edit them."""
        self.ensure_one()
        self._check_shown()
        added, removed = self._moves()
        added.write({"holiday_calendar_id": self.calendar_id.id})
        removed.write({"holiday_calendar_id": False})
        return {"type": "ir.actions.act_window_close"}

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Stores of a Holiday Calendar"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    def _moves(self):
        """Stores that get the calendar, and those that lose it."""
        strange = self.store_ids.filtered(lambda s: s.company_id != self.company_id)
        if strange:
            raise UserError(
                self.env._(
                    "%(store)s belongs to another company than the calendar.",
                    store=strange[0].display_name,
                )
            )
        there = self.calendar_id.with_context(active_test=False).store_ids
        kept = there.filtered(lambda store: not store.active)
        return self.store_ids - there, there - kept - self.store_ids

    def _holiday_company(self):
        return self.company_id

    def _holiday_plan(self):
        return self.calendar_id.id, *(sorted(stores.ids) for stores in self._moves())

    def _holiday_regimes(self):
        before = self.env["attendance.roster"]._holiday_regime(self.company_id)
        added, removed = self._moves()
        calendars = {
            store: calendar
            for store, calendar in before.calendars.items()
            if store not in removed.ids
        }
        calendars |= dict.fromkeys(added.ids, self.calendar_id.id)
        return before, Regime(calendars, before.kinds)
