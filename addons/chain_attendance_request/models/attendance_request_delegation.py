from odoo import api, fields, models
from odoo.exceptions import ValidationError

LONGEST_DAYS = 366


class AttendanceRequestDelegation(models.Model):
    """Meanwhile somebody else decides, too, what waits for a login."""

    _name = "attendance.request.delegation"
    _description = "Delegated Approval"
    _order = "date_from desc, id desc"

    user_id = fields.Many2one(
        "res.users",
        string="For",
        required=True,
        ondelete="cascade",
        index=True,
        default=lambda self: self.env.user,
        domain=[("share", "=", False)],
    )
    delegate_id = fields.Many2one(
        "res.users",
        string="Decides",
        required=True,
        ondelete="cascade",
        index=True,
        domain=[("share", "=", False)],
        help="Decides as if it were the other one; what is decided names both. Nobody "
        "decides on the own requests, and what was delegated to somebody is not passed "
        "on.",
    )
    date_from = fields.Date(
        string="From", required=True, default=fields.Date.context_today
    )
    date_to = fields.Date(string="To", required=True, default=fields.Date.context_today)
    note = fields.Char(string="Reason")

    @api.depends("user_id", "delegate_id")
    def _compute_display_name(self):
        for delegation in self:
            delegation.display_name = self.env._(
                "%(delegate)s for %(user)s",
                delegate=delegation.delegate_id.name,
                user=delegation.user_id.name,
            )

    @api.constrains("user_id", "delegate_id", "date_from", "date_to")
    def _check_delegation(self):
        for delegation in self:
            if delegation.user_id == delegation.delegate_id:
                raise ValidationError(
                    self.env._("%s decides already.", delegation.user_id.name)
                )
            days = (delegation.date_to - delegation.date_from).days + 1
            if not 1 <= days <= LONGEST_DAYS:
                raise ValidationError(
                    self.env._(
                        "A delegation lasts 1 to %(limit)s days; %(first)s to %(last)s "
                        "was given.",
                        limit=LONGEST_DAYS,
                        first=delegation.date_from,
                        last=delegation.date_to,
                    )
                )

    def write(self, vals):
        result = super().write(vals)
        if not self.env.su:
            # Odoo looks at whose it was before; whose it is now must be one's own, too.
            self.check_access("write")
        return result

    @api.model
    @api.private
    def _principals(self, user):
        """The login itself and those for whom it decides today."""
        # sudo: who delegated is looked at on behalf of the login in question
        running = self.sudo()._running([("delegate_id", "=", user.id)])
        return user | running.user_id.filtered("active")

    @api.model
    @api.private
    def _delegates(self, users):
        """``{login: those who decide for it today}``."""
        # sudo: as above
        running = self.sudo()._running([("user_id", "in", users.ids)])
        found = running.grouped("user_id")
        nobody = self.browse()
        return {
            user: found.get(user, nobody).delegate_id.filtered("active")
            for user in users
        }

    def _running(self, domain):
        today = fields.Date.context_today(self)
        return self.search(
            [*domain, ("date_from", "<=", today), ("date_to", ">=", today)]
        )
