from odoo import api, fields, models


class AttendancePersonalLinkMixin(models.AbstractModel):
    """What a person may file by a personal link; marked, where it was."""

    _name = "attendance.personal.link.mixin"
    _description = "Filed by a Personal Link"

    # Out of everybody's reach, so that nobody says it of a form of their own.
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
        for row in self:
            row.is_filed_by_link = bool(row.personal_link_id)

    @api.model
    def _search_is_filed_by_link(self, operator, value):
        if operator != "in":
            return NotImplemented
        # sudo: which link it was is nobody's business, that it was one is
        found = self.sudo()._search([("personal_link_id", "!=", False)])
        return [("id", "in" if True in value else "not in", found)]
