from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG


def post_init_hook(env):
    """Give what is there already its numbers and codes, and companies their records."""
    employees = env["hr.employee"].with_context(
        active_test=False, tracking_disable=True
    )
    employees.search([("employee_number", "=", False)])._fill_employee_numbers()
    employees.search([("active", "=", True)])._propose_terminal_codes()
    env["res.company"].search([])._ensure_attendance_policy()
    env["hr.employee"]._mark_earlier_departures()
    env["res.company"].search([])._ensure_root_department()
    departments = env["hr.department"].with_context(active_test=False)
    departments.search([("code", "=", False)])._fill_codes()


def uninstall_hook(env):
    """Take away the groups of roles that were made by hand: no module owns them."""
    own = (
        env["attendance.role"]
        .search([])
        .filtered(lambda role: not role.group_id.get_external_id()[role.group_id.id])
    )
    own.with_context(**{MODULE_UNINSTALL_FLAG: True}).unlink()
