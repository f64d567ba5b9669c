from odoo import SUPERUSER_ID, api

PRESETS = {
    "group_role_management": ("view", "export"),
    "group_role_department_manager": ("view", "export"),
    "group_store_manager": ("view", "export"),
    "group_timekeeper": ("view", "export"),
    "group_employee": ("view",),
}


def migrate(cr, version):
    """Roles get a line for the area of periods; those that come along, its functions.

    What else an administrator made of them stays.
    """
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["attendance.role"].with_context(active_test=False).search(
        []
    )._ensure_functions()
    known = env["res.groups"]._attendance_functions()
    for name, operations in PRESETS.items():
        group = env.ref(f"chain_attendance_base.{name}", raise_if_not_found=False)
        if group:
            group.implied_ids = [
                (4, known["periods", operation].id) for operation in operations
            ]
