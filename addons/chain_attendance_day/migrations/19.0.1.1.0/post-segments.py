from odoo import SUPERUSER_ID, api

from odoo.addons.chain_attendance_day.models.attendance_day_queue import mark_of

DECIDING = ("group_role_department_manager", "group_store_manager", "group_timekeeper")


def migrate(cr, version):
    """Days from before get their rows and exceptions when they are computed again.

    The roles that come along may decide on exceptions of the people they plan.
    """
    cr.execute(mark_of("SELECT employee_id, work_date FROM attendance_day"))
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["attendance.day.queue"]._wake()
    edit = env.ref("chain_attendance_base.function_reports_edit")
    for name in DECIDING:
        group = env.ref(f"chain_attendance_base.{name}", raise_if_not_found=False)
        if group:
            group.implied_ids = [(4, edit.id)]
