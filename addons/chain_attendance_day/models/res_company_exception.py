from odoo import api, fields, models
from odoo.exceptions import ValidationError

LEAST_REST = 11 * 60


class ResCompany(models.Model):
    # One concern a file.
    _inherit = "res.company"  # pylint: disable=consider-merging-classes-inherited

    attendance_least_rest_minutes = fields.Integer(
        string="Least Rest",
        default=LEAST_REST,
        help="Between the last clock-out of a day and the first clock-in of the next, "
        "in minutes; a shorter one is an exception. 0: not looked at.",
    )
    attendance_exception_user_id = fields.Many2one(
        "res.users",
        string="Responsible for Exceptions",
        domain="[('share', '=', False), ('company_ids', 'in', id)]",
        help="Where neither the store nor the department has a manager with a login.",
    )
    has_attendance_digest = fields.Boolean(
        string="Daily Digest of Exceptions",
        default=True,
        help="One message a day to everybody who may decide on exceptions: how many "
        "there are, with links. Without any, no message.",
    )
    attendance_digest_hour = fields.Integer(
        string="Digest at",
        default=9,
        help="The hour on the clock of the company, 0 to 23.",
    )

    @api.constrains("attendance_digest_hour", "attendance_least_rest_minutes")
    def _check_attendance_exceptions(self):
        for company in self:
            if not 0 <= company.attendance_digest_hour <= 23:
                raise ValidationError(
                    self.env._(
                        "The digest of %(company)s is sent at an hour from 0 to 23, "
                        "not %(hour)s.",
                        company=company.name,
                        hour=company.attendance_digest_hour,
                    )
                )
            if not 0 <= company.attendance_least_rest_minutes <= 24 * 60:
                raise ValidationError(
                    self.env._(
                        "The least rest of %(company)s must be 0 to 1440 minutes, not "
                        "%(minutes)s.",
                        company=company.name,
                        minutes=company.attendance_least_rest_minutes,
                    )
                )

    def write(self, vals):
        minutes = vals.get("attendance_least_rest_minutes")
        other = self.filtered(
            lambda company: (
                minutes is not None and company.attendance_least_rest_minutes != minutes
            )
        )
        result = super().write(vals)
        if other:
            self.env["attendance.exception"]._sync_rest(other)
        if "attendance_exception_user_id" in vals:
            self.env["attendance.exception"]._assign_owners()
        return result
