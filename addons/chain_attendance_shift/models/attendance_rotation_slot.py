from odoo import api, fields, models
from odoo.exceptions import UserError


class AttendanceRotationSlot(models.Model):
    """One day of the cycle of a rotation: a shift, or rest."""

    _name = "attendance.rotation.slot"
    _description = "Day of a Cycle"
    _order = "rotation_id, number"
    _check_company_auto = True

    rotation_id = fields.Many2one(
        "attendance.rotation", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="rotation_id.company_id")
    number = fields.Integer(
        string="Day", required=True, help="1 is the first day of the cycle."
    )
    shift_id = fields.Many2one(
        "attendance.shift",
        ondelete="restrict",
        index=True,
        check_company=True,
        help="Empty: rest.",
    )

    _number_uniq = models.Constraint(
        "UNIQUE(rotation_id, number)", "A cycle has each of its days once."
    )
    _number_positive = models.Constraint(
        "CHECK(number > 0)", "The days of a cycle are counted from 1."
    )

    @api.depends("number", "shift_id")
    def _compute_display_name(self):
        for slot in self:
            what = slot.shift_id.name or self.env._("Rest")
            slot.display_name = f"{slot.number}: {what}"

    @api.model_create_multi
    def create(self, vals_list):
        slots = super().create(vals_list)
        # sudo: people outside of the login's scope count too
        planned = slots.rotation_id.sudo().filtered("roster_ids")
        if planned:
            raise UserError(
                self.env._(
                    "The cycle of “%s” is not changed once people are on it; generate "
                    "it again.",
                    planned[0].display_name,
                )
            )
        return slots
