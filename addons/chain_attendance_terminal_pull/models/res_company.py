from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.chain_attendance_terminal.addresses import networks_of

from ..const import PRIVATE_NETWORKS


class ResCompany(models.Model):
    _inherit = "res.company"

    attendance_pull_networks = fields.Char(
        string="Networks of Called Terminals",
        default=PRIVATE_NETWORKS,
        help="Where terminals may be that this server calls: addresses or networks, "
        "separated by commas. Nothing else is ever called.",
    )

    @api.constrains("attendance_pull_networks")
    def _check_attendance_pull_networks(self):
        for company in self:
            try:
                networks_of(company.attendance_pull_networks)
            except ValueError as error:
                raise ValidationError(
                    self.env._(
                        "The networks of called terminals of %(company)s must be "
                        "addresses like 192.168.1.201 or networks like 10.8.0.0/16, "
                        "separated by commas: %(error)s.",
                        company=company.name,
                        error=error,
                    )
                ) from error
