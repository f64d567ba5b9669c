from odoo import api, fields, models
from odoo.fields import Domain

CLOSE_BATCH = 200


class HrEmployee(models.Model):
    """A departed employee's login closes."""

    _inherit = "hr.employee"

    login_closed_at = fields.Datetime(
        copy=False,
        readonly=True,
        groups="hr.group_hr_user",
        help="When the login was closed because the person left. Coming back does not "
        "open it again: that is done under Settings, Logins.",
    )

    def write(self, vals):
        result = super().write(vals)
        if "active" in vals and not vals["active"]:
            self._close_logins()
        elif vals.keys() & {"active", "leave_date", "departure_date"}:
            # Whoever comes back, or stays longer, may leave once more.
            # sudo: the mark is kept by the system, whoever writes the dates
            back = self.sudo().filtered(lambda e: e.active and e.login_closed_at)
            back.login_closed_at = False
        return result

    @api.model
    def _departed_domain(self, day):
        """People whose last day lies before ``day``, or who are archived."""
        left = Domain("leave_date", "<", day) | (
            Domain("leave_date", "=", False)
            & Domain("current_version_id.departure_date", "<", day)
        )
        return Domain("active", "=", False) | left

    def _close_logins(self):
        """Close the logins of these people, who have left.

        A login that another employee still uses, or that runs Odoo itself, stays
        open and loses its roles here. So does the login that is doing this, which
        Odoo does not let close itself; the daily job closes it later.
        """
        # sudo: who may archive people need not be one who may write logins
        people = self.sudo().with_context(active_test=False)
        users = people.user_id.filtered("active")
        if users:
            kept = users._attendance_kept_open(people)
            roles = self.env["attendance.role"].sudo().search(Domain.TRUE)
            for user in kept | (users & self.env.user):
                user._attendance_take_roles(roles)
            (users - kept - self.env.user).write({"active": False})
        done = people.filtered(
            lambda e: e.user_id and (not e.user_id.active or e.user_id != self.env.user)
        )
        done.login_closed_at = fields.Datetime.now()

    @api.model
    def _departed_with_login(self):
        today = fields.Date.context_today(self)
        return self._departed_domain(today) & Domain(
            [("user_id.active", "=", True), ("login_closed_at", "=", False)]
        )

    @api.model
    def _cron_close_logins(self):
        """Close the logins of those whose last day has passed."""
        everybody = self.with_context(active_test=False)
        domain = self._departed_with_login()
        progress = self.env["ir.cron"]
        remaining = everybody.search_count(domain)
        while remaining:
            people = everybody.search(domain, order="id", limit=CLOSE_BATCH)
            if not people:
                break
            people._close_logins()
            people.login_closed_at = fields.Datetime.now()
            remaining = max(0, remaining - len(people))
            if not progress._commit_progress(len(people), remaining=remaining):
                break

    @api.model
    def _mark_earlier_departures(self):
        """At install: people who left earlier keep the login that nobody closed."""
        everybody = self.with_context(active_test=False)
        everybody.search(
            self._departed_with_login()
        ).login_closed_at = fields.Datetime.now()
