from odoo import api, fields, models

from .attendance_request import filed_by_link


class HrLeave(models.Model):
    _inherit = "hr.leave"

    personal_link_id = fields.Many2one(
        "attendance.personal.link",
        index="btree_not_null",
        groups=fields.NO_ACCESS,
        copy=False,
    )
    is_filed_by_link = fields.Boolean(
        string="Filed by Personal Link",
        compute="_compute_is_filed_by_link",
        search="_search_is_filed_by_link",
        compute_sudo=True,
        help="The person filed it on a telephone, without a login.",
    )

    @api.depends("personal_link_id")
    def _compute_is_filed_by_link(self):
        for leave in self:
            leave.is_filed_by_link = bool(leave.personal_link_id)

    @api.model
    def _search_is_filed_by_link(self, operator, value):
        return filed_by_link(self, operator, value)
