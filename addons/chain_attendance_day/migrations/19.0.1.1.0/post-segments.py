from odoo import SUPERUSER_ID, api

from odoo.addons.chain_attendance_day.models.attendance_day_queue import mark_of


def migrate(cr, version):
    """Days from before get their rows when they are computed again."""
    cr.execute(mark_of("SELECT employee_id, work_date FROM attendance_day"))
    api.Environment(cr, SUPERUSER_ID, {})["attendance.day.queue"]._wake()
