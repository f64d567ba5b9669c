from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from .attendance_roster import EARLIEST


class ResCompany(models.Model):
    _inherit = "res.company"

    attendance_roster_lock_date = fields.Date(
        string="Rosters Locked up to",
        help="Up to this date, itself included, no roster is changed any more: neither "
        "a single day nor a roster or rotation that begins by then.",
    )

    @api.constrains("attendance_roster_lock_date")
    def _check_attendance_roster_lock_date(self):
        for company in self:
            lock = company.attendance_roster_lock_date
            if lock and lock < EARLIEST:
                raise ValidationError(
                    self.env._(
                        "“Rosters Locked up to” of %(company)s is %(lock)s; it cannot "
                        "lie before %(earliest)s.",
                        company=company.name,
                        lock=lock,
                        earliest=EARLIEST,
                    )
                )

    def write(self, vals):
        if "attendance_roster_lock_date" not in vals:
            return super().write(vals)
        before = {company: company.attendance_roster_lock_date for company in self}
        result = super().write(vals)
        self.env["attendance.audit"]._log(
            [
                {
                    "kind": "lock",
                    "record_name": company.name,
                    "company_id": company.id,
                    "before": str(lock or ""),
                    "after": str(company.attendance_roster_lock_date or ""),
                }
                for company, lock in before.items()
            ]
        )
        return result

    @api.private
    def _check_roster_unlocked(self, day):
        """Refuse to plan a date that is locked.

        :raise UserError: naming the lock date.
        """
        self.ensure_one()
        # sudo: a date of the company that plans, whoever plans
        lock = self.sudo().attendance_roster_lock_date
        if lock and day <= lock:
            raise UserError(
                self.env._(
                    "Rosters are locked up to %(lock)s; %(day)s cannot be planned any "
                    "more.",
                    lock=format_date(self.env, lock),
                    day=format_date(self.env, day),
                )
            )
