from datetime import date

from odoo import api, fields, models


class AttendancePunch(models.Model):
    """The photo of a punch."""

    # One concern a file: together they would be far too long.
    _inherit = "attendance.punch"  # pylint: disable=consider-merging-classes-inherited

    photo_id = fields.Many2one("attendance.punch.photo", compute="_compute_photo_id")

    @api.depends("terminal_id", "code_key", "wall_time")
    def _compute_photo_id(self):
        photos = self.env["attendance.punch.photo"]._of_punches(self)
        for punch in self:
            punch.photo_id = photos.get(punch.id)

    def action_view_photo(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Photo"),
            "res_model": "attendance.punch.photo",
            "res_id": self.photo_id.id,
            "view_mode": "form",
            "target": "new",
        }

    @api.model
    @api.private
    def _store(self, terminal, punches, source):
        origin = self._origin_of(terminal)
        count = super()._store(origin, punches, source)
        if count and origin.keeps_photos:
            self.env["attendance.punch.photo"]._follow_punches(
                origin, [punch.wall_time.isoformat(" ") for punch in punches]
            )
        return count

    @api.model
    @api.private
    def _assign_owners(self, company_id, code_keys):
        moved = super()._assign_owners(company_id, code_keys)
        if moved:
            self.env["attendance.punch.photo"]._follow_codes(company_id, code_keys)
        return moved

    @api.model
    @api.private
    def _refresh_places(self, employee_ids, since=date.min, after_id=0):
        moved = super()._refresh_places(employee_ids, since, after_id)
        if moved:
            self.env["attendance.punch.photo"]._follow_people(employee_ids)
        return moved
