from odoo import fields

from odoo.addons.chain_attendance_terminal.models.attendance_punch import WirePunch

from .life import punches_of

DAYS = 30


def post_init_hook(env):
    """A month of life up to yesterday, stored as terminals would have sent it."""
    yesterday = fields.Date.subtract(fields.Date.today(), days=1)
    rosters = env["attendance.roster"].search([])
    for terminal in env["attendance.terminal"].search(
        [("serial_number", "like", "DEMO")]
    ):
        punches = []
        for roster in rosters.filtered(
            lambda r, t=terminal: r.employee_id.store_id == t.store_id
        ):
            code = roster.employee_id.terminal_user_code
            spans = roster.shift_id._spans()
            for back in range(DAYS):
                day = fields.Date.subtract(yesterday, days=back)
                if roster._weekdays()[day.weekday()]:
                    punches += [
                        WirePunch(code, at, 0, 15, "", f"{code}\t{at}\t0\t15")
                        for at in punches_of(code, day, spans)
                    ]
        env["attendance.punch"]._store(terminal, punches, "push")
    _compute_at_once(env)


def _compute_at_once(env):
    """The reports of the demo are full when the installation ends."""
    queue = env["attendance.day.queue"].search([])
    env["attendance.day"]._recompute(
        [(row.employee_id.id, row.work_date) for row in queue]
    )
    queue.unlink()
