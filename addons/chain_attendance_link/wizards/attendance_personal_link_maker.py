from base64 import b64encode

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

from ..const import MOST_LINKS, PATH, TOKEN_GROUP
from ..qr import qr_svg


class AttendancePersonalLinkMaker(models.TransientModel):
    """Choose people for new links; the sheet with the links is a page of its own.

    The words of a link are never on this record, nor on any other: the page that
    makes them prints them.
    """

    _name = "attendance.personal.link.maker"
    _description = "Make Personal Links"

    find_store_id = fields.Many2one("attendance.store", string="Store")
    find_has_login = fields.Boolean(
        string="With a Login Too", help="Else who has a login is left out."
    )
    employee_ids = fields.Many2many(
        "hr.employee",
        string="People",
        default=lambda self: self.env.context.get("personal_link_employee_ids"),
        domain="[('attendance_scope', '=', 'employees.edit')]",
    )

    def action_find(self):
        """Add the people of a store."""
        if not self.find_store_id:
            raise UserError(self.env._("Choose the store first."))
        domain = Domain("store_id", "=", self.find_store_id.id)
        domain &= Domain("attendance_scope", "=", "employees.edit")
        if not self.find_has_login:
            domain &= Domain("user_id", "=", False)
        found = self.env["hr.employee"].search(domain, limit=MOST_LINKS + 1)
        if not found:
            raise UserError(
                self.env._(
                    "Nobody of “%s” without a login is yours to edit.",
                    self.find_store_id.name,
                )
            )
        self.employee_ids |= found
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Make Personal Links"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
        }

    def action_make(self):
        """Go to the page that makes the links and prints them."""
        self.ensure_one()
        self._check_count()
        return {
            "type": "ir.actions.client",
            "tag": "attendance_personal_link_sheet",
            "params": {"maker_id": self.id},
        }

    def _check_count(self):
        if not 1 <= len(self.employee_ids) <= MOST_LINKS:
            raise UserError(
                self.env._(
                    "Choose 1 to %(limit)s people; these are %(count)s.",
                    limit=MOST_LINKS,
                    count=len(self.employee_ids),
                )
            )

    def _sheet(self, base_url):
        """Make the links; what the slips of the sheet say, by store."""
        self.ensure_one()
        self._check_count()
        people = self.employee_ids.sorted(lambda e: (e.store_id.name or "", e.name))
        links = self.env["attendance.personal.link"]._make(people)
        return [self._slip(link, token, f"{base_url}{PATH}") for link, token in links]

    def _slip(self, link, token, address):
        """The number is no part of it where it is asked for."""
        employee = link.employee_id
        # Behind the # it is sent to no server, written into no log.
        url = f"{address}#{token}"
        picture = b64encode(qr_svg(url).encode()).decode()
        groups = range(0, len(token), TOKEN_GROUP)
        return {
            "name": employee.name,
            "store": employee.store_id.name or "",
            "company": employee.company_id.name,
            "asks": employee.company_id.attendance_link_question,
            "until": format_date(self.env, link.date_to),
            "address": address,
            "url": url,
            "words": " ".join(token[at : at + TOKEN_GROUP] for at in groups),
            "picture": f"data:image/svg+xml;base64,{picture}",
        }
